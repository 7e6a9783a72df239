"""What stops a whole book before or while it is calculated, said all at once, in both languages; single rows are problems, not this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lipei.terms.words import Words


class BookTrouble(Exception):
    """The book, its map or its terms cannot be used as they are; `reasons` says everything that is wrong."""

    def __init__(self, reasons: Iterable[Words]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(reason.en for reason in self.reasons))

    def __reduce__(self) -> tuple[type[BookTrouble], tuple[tuple[Words, ...]]]:
        return BookTrouble, (self.reasons,)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row could not be calculated: its number in the file (from 1, the heading not counted), its claim, the column, what."""

    row: int
    claim: str
    name: str
    what: Words
