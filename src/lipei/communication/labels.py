"""Labels to stick on papers: a sheet with Code 128 and the full custody number of each, set by the press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lipei.communication.letters.codes import code128_svg
from lipei.communication.press import Printed, print_letter
from lipei.terms.words import Words

LABELS_MAX = 240
"""Ten sheets."""
TITLE = Words("保管号标签", "Custody labels")
BARCODE = Words("条形码 {number}", "Bar code {number}")


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: the custody number, what the paper is, and a small line below (form, pages)."""

    number: str
    name: Words
    note: Words


def labels_printed(labels: Sequence[Label], *, language: str, author: str, at: datetime) -> Printed:
    """The PDF of at most `LABELS_MAX` labels in `language` (zh or en); raises `PressFault`, and `ValueError` for none or too many."""
    if not 1 <= len(labels) <= LABELS_MAX:
        raise ValueError(f"{len(labels)} labels; between 1 and {LABELS_MAX} can be printed at once")
    rows = [
        {"number": it.number, "name": it.name.in_(language), "note": it.note.in_(language), "svg": code128_svg(it.number),
         "alt": BARCODE.with_(number=it.number).in_(language)}
        for it in labels
    ]
    return print_letter("labels", {"language": language, "title": TITLE.in_(language), "author": author, "labels": rows}, at=at)
