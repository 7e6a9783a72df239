"""Law as data: one folder a place, every value dated and with its source, grade and the day it was last checked."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from lipei.jurisdictions.faults import Fault, PackFaults, UnknownPlace
from lipei.jurisdictions.loading import pack_of
from lipei.jurisdictions.pack import Doubt, Pack, Parameter, UnknownParameter

PACKS_KEPT = 16
FIRST_DAY = date(1, 1, 1)

__all__ = [
    "Doubt",
    "Fault",
    "Pack",
    "PackFaults",
    "Parameter",
    "UnknownParameter",
    "UnknownPlace",
    "codes",
    "files_of",
    "load",
    "pack_of",
]


def codes() -> tuple[str, ...]:
    """The places for which there is a pack, such as `cn` and `us-ca`."""
    here = files(__name__)
    return tuple(
        sorted(folder.name.replace("_", "-") for folder in here.iterdir() if folder.joinpath("pack.yaml").is_file())
    )


def load(code: str, *, on: date) -> Pack:
    """The pack of law of a place, asked for the day `on`. Raises `UnknownPlace`, `PackFaults`.

    The files are read once a process; the pack holds all versions, so that each clock takes the law of its first day.
    """
    return _read(code).as_of(on)


@lru_cache(maxsize=PACKS_KEPT)
def _read(code: str) -> Pack:
    return pack_of(files_of(code), on=FIRST_DAY)


def files_of(code: str) -> dict[str, str]:
    """The files of a pack by name, as text. Raises `UnknownPlace`."""
    if code not in codes():
        raise UnknownPlace(f"no pack of law for {code!r}; there are: {', '.join(codes())}")
    folder = files(__name__).joinpath(code.replace("-", "_"))
    return {name: text for part in folder.iterdir() for name, text in _texts(part)}


def _texts(part: Traversable) -> list[tuple[str, str]]:
    if part.is_file():
        return [(part.name, part.read_text(encoding="utf-8"))] if part.name.endswith(".yaml") else []
    return [
        (f"{part.name}/{inner.name}", inner.read_text(encoding="utf-8"))
        for inner in part.iterdir()
        if inner.name.endswith(".yaml")
    ]
