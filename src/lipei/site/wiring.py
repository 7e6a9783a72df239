"""Wiring: the keyring for the privacy floor, followers for the file."""

from __future__ import annotations

from lipei.filing.recording import follow_with
from lipei.launch.keys import KeysTrouble, load
from lipei.privacy.cipher import Keyring, install
from lipei.process.followups import followed_kinds
from lipei.process.jobs import defer_follow


def wire() -> None:
    """Install keys and followers in this process."""
    try:
        keys = load()
    except (KeysTrouble, OSError):
        pass
    else:
        install(Keyring(dict(keys.encryption), keys.blind_index))
    follow_with(followed_kinds(), defer_follow)
