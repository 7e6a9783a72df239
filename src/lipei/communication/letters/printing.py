"""A letter in, a PDF out: composed from data and approved texts, then set by the press."""

from __future__ import annotations

from datetime import datetime

from lipei.communication.letters.compose import compose
from lipei.communication.letters.faults import LetterFault
from lipei.communication.letters.schemas import AnyLetter
from lipei.communication.press import Printed, print_letter
from lipei.communication.rules import must_hold, page_must_hold


def printed(letter: AnyLetter, *, at: datetime) -> Printed:
    """The PDF of `letter`; the same letter, `at` and typefaces give the same bytes. Raises `PressFault`."""
    return print_letter("letter", compose(letter), at=at)


def faults_before_sending(letter: AnyLetter) -> tuple[LetterFault, ...]:
    """All that keeps this letter from going: in its data, and on its page as the approved texts compose it."""
    return (*must_hold(letter), *page_must_hold(letter, compose(letter)))
