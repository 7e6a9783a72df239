"""Policy terms as data: one folder a product, one file an edition; `load(code, on=date)` gives the edition in force."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from lipei.terms.edition import Edition, edition_of

FOLDER = Path(__file__).parent
EDITION_NAME = "[0-9][0-9][0-9][0-9]*.yaml"


class NoEdition(LookupError):
    """There is no such product, or none of its editions is in force on the day."""


def codes() -> tuple[str, ...]:
    """The codes of all products, in order."""
    return tuple(sorted({path.parent.name for path in FOLDER.glob(f"*/{EDITION_NAME}")}))


@lru_cache(maxsize=256)
def _edition_at(path: Path) -> Edition:
    return edition_of(path.read_text(encoding="utf-8"), source=f"{path.parent.name}/{path.name}")


def editions(code: str | None = None) -> tuple[Edition, ...]:
    """All editions (of one product), by product and first day. Raises `TermsFaults` when one is wrong."""
    paths = sorted(FOLDER.glob(f"{code or '*'}/{EDITION_NAME}"))
    found = [_edition_at(path) for path in paths]
    return tuple(sorted(found, key=lambda edition: (edition.document.product, edition.document.in_force.first)))


def load(code: str, *, on: date) -> Edition:
    """The edition of the product in force on the day. Raises `NoEdition`."""
    if code not in codes():
        raise NoEdition(f"no product {code!r}; there are: {', '.join(codes())}")
    for edition in reversed(editions(code)):
        if edition.document.in_force.holds(on):
            return edition
    raise NoEdition(f"no edition of {code!r} is in force on {on.isoformat()}")


def named(code: str, *, edition: str) -> Edition:
    """One edition by its name, in force or not. Raises `NoEdition`."""
    for found in editions(code):
        if found.document.edition == edition:
            return found
    raise NoEdition(f"no edition {edition!r} of {code!r}")
