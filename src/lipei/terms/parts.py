"""Walks through every part, text and expression of a terms document, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pydantic import BaseModel

from lipei.terms.expressions import Expression, Kind
from lipei.terms.faults import Path
from lipei.terms.fields import Typed


def parts_of(part: BaseModel, path: Path = ()) -> Iterator[tuple[BaseModel, Path]]:
    """Every part of the document with its path, outermost first."""
    yield part, path
    for name in type(part).model_fields:
        for child, here in listed(getattr(part, name), (*path, name)):
            if isinstance(child, BaseModel):
                yield from parts_of(child, here)


def listed(value: object, path: Path) -> Iterator[tuple[object, Path]]:
    """The value itself, or each value of a list or mapping, with its path."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from listed(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from listed(child, (*path, index))
    else:
        yield value, path


def expressions_of(part: BaseModel, path: Path = ()) -> Iterator[tuple[Expression, Path, Kind | None]]:
    """Every expression of the document, its path, and the kind that its place wants (None: any)."""
    for one, here in parts_of(part, path):
        for name, wanted in _wanted(type(one)):
            for value, place in listed(getattr(one, name), (*here, name)):
                if isinstance(value, Expression):
                    yield value, place, wanted


@lru_cache(maxsize=256)
def _wanted(model: type[BaseModel]) -> tuple[tuple[str, Kind | None], ...]:
    """The fields of a part, each with the kind of expression it wants."""
    found: list[tuple[str, Kind | None]] = []
    for name, spec in model.model_fields.items():
        marks = [mark.kind for mark in spec.metadata if isinstance(mark, Typed)]
        found.append((name, marks[0] if marks else _kind_within(spec.annotation)))
    return tuple(found)


def _kind_within(annotation: object) -> Kind | None:
    """The kind marked inside `list[Amount]` or `Amount | None`."""
    for inner in getattr(annotation, "__args__", ()):
        for mark in getattr(inner, "__metadata__", ()):
            if isinstance(mark, Typed):
                return mark.kind
        deeper = _kind_within(inner)
        if deeper:
            return deeper
    return None
