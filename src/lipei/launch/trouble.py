"""What can go wrong while starting and keeping Lipei, said in both languages with what to do about it."""

from __future__ import annotations

import os

from lipei.terms.words import Words


class Trouble(Exception):
    """Something on this machine must be put right by a person first; `words` says what and how."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class ServerTrouble(Trouble):
    """The database server could not be started, joined or stopped."""


class KeysTrouble(Trouble):
    """The keys are missing, unreadable, open to others, or belong to other data."""


class BackupTrouble(Trouble):
    """A backup could not be written or may not be restored here."""


def terminal_language() -> str:
    """The language in which the terminal's user reads, from the locale's environment variables; English when
    nothing says Chinese."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "zh" if os.environ[variable].lower().startswith("zh") else "en"
    return "en"
