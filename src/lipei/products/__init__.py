"""Policy terms as data: one folder a product, one file an edition; `load(code, on=date)` gives the edition in force."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from lipei.products.checking import Checked, beside, checked, in_its_place
from lipei.terms.edition import Edition
from lipei.terms.faults import TermsFaults

FOLDER = Path(__file__).parent
EDITION_NAME = "[0-9][0-9][0-9][0-9]*.yaml"


class NoEdition(LookupError):
    """There is no such product, or none of its editions is in force on the day."""


class NotFit(NoEdition):
    """An edition is there for the day, but a check or a worked case fails, so it is not in force."""


def codes() -> tuple[str, ...]:
    """The codes of all products, in order."""
    return tuple(sorted({path.parent.name for path in FOLDER.glob(f"*/{EDITION_NAME}")}))


Stamp = tuple[Path, int, int]
"""A file as it is now: path, time of the last change in nanoseconds, bytes."""


@lru_cache(maxsize=256)
def _read(stamp: Stamp) -> Checked:
    path = stamp[0]
    text = path.read_text(encoding="utf-8", errors="replace")
    return in_its_place(checked(text, source=f"{path.parent.name}/{path.name}"), path)


@lru_cache(maxsize=256)
def _together(stamps: tuple[Stamp, ...]) -> tuple[Checked, ...]:
    return beside([_read(stamp) for stamp in stamps])


def all_checked(code: str | None = None) -> tuple[Checked, ...]:
    """All editions (of one product) with everything that is wrong with them, alone and beside each other; never raises.

    An unchanged file is read and its worked cases are run only once.
    """
    if code is not None and not code.isidentifier():
        return ()
    found = [(path, path.stat()) for path in sorted(FOLDER.glob(f"{code or '*'}/{EDITION_NAME}"))]
    return _together(tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in found))


def editions(code: str | None = None) -> tuple[Edition, ...]:
    """All editions (of one product), in force or not, by product and first day. Raises `TermsFaults` when one is wrong."""
    found = []
    for one in all_checked(code):
        if one.edition is None:
            raise TermsFaults(one.source, one.faults)
        found.append(one.edition)
    return tuple(sorted(found, key=lambda edition: (edition.document.product, edition.document.in_force.first)))


def load(code: str, *, on: date) -> Edition:
    """The edition of the product in force on the day: one whose checks and worked cases all pass.

    Raises `NoEdition` when there is none, `NotFit` when what is there for the day may not be put in force.
    """
    found = all_checked(code)
    if not found:
        raise NoEdition(f"no product {code!r}; there are: {', '.join(codes())}")
    there = [one for one in found if one.edition is not None and one.edition.document.in_force.holds(on)]
    for one in reversed(there):
        if not one.is_fit or one.edition is None:
            raise NotFit(f"{one.source} is not fit to be in force: see `lipei products check {code}`")
        return one.edition
    unread = [one.source for one in found if one.edition is None]
    if unread:
        raise NotFit(f"{', '.join(unread)} cannot be read: see `lipei products check`")
    raise NoEdition(f"no edition of {code!r} is in force on {on.isoformat()}")


def is_fit(code: str, *, edition: str) -> bool:
    """Whether an edition may be put in force: its checks find no error and all its worked cases agree."""
    return any(one.is_fit for one in all_checked(code) if one.edition is not None and one.edition.document.edition == edition)


def named(code: str, *, edition: str) -> Edition:
    """One edition by its name, in force or not: what was calculated by it can always be calculated again. Raises `NoEdition`."""
    for found in all_checked(code):
        if found.edition is not None and found.edition.document.edition == edition:
            return found.edition
    raise NoEdition(f"no edition {edition!r} of {code!r}")
