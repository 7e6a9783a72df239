"""Wiring: the keyring for the privacy floor, followers for the file, bank and post for the jobs."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from lipei.adapters.folder_bank import FolderBank
from lipei.adapters.folder_post import FolderPost
from lipei.filing.recording import follow_with
from lipei.launch.keys import load
from lipei.launch.trouble import KeysTrouble
from lipei.privacy.cipher import Keyring, install
from lipei.process.followups import followed_kinds
from lipei.process.jobs import defer_follow
from lipei.process.outside import Outside, connect


def wire() -> None:
    """Install keys and followers in this process."""
    try:
        keys = load()
    except (KeysTrouble, OSError):
        pass
    else:
        install(Keyring(dict(keys.encryption), keys.blind_index))
    follow_with(followed_kinds(), defer_follow)
    connect(_outside())


def _outside() -> Outside:
    """The folders of bank and post; the demo's answer by themselves."""
    home = Path(os.environ.get("LIPEI_HOME", "~/.local/share/lipei")).expanduser()
    bank = FolderBank(
        Path(os.environ.get("LIPEI_BANK_OUT", home / "bank" / "out")),
        Path(os.environ.get("LIPEI_BANK_IN", home / "bank" / "in")),
        answers_itself=settings.IS_DEMO,
    )
    post = FolderPost(Path(os.environ.get("LIPEI_OUTBOX", home / "outbox")), confirms_delivery=settings.IS_DEMO)
    return Outside(bank, post)
