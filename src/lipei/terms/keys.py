"""Which keys may stand at a place of a document, out of the models that read it: for cures that name the right one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from lipei.terms.step_base import StepBase


def keys_at(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand where a validation error says it is; the place names the kind of a step before its fields."""
    reached: list[Any] = [model]
    for part in place:
        # of several shapes the place first says which was read: `deductible`, `BandsBy`
        named = [one for one in reached if part in (_step_name(one), getattr(one, "__name__", None))]
        inner = [one for annotation in reached for one in _inside(annotation, part)]
        reached = named if named and reached[1:] else inner or reached
    return list(dict.fromkeys(key for one in reached if _is_model(one) for key in one.model_fields))


def steps_that_take(key: str, *, instead_of: str) -> tuple[str, ...]:
    """The kinds of step of a like name that have this field, when the step itself has not: `aggregate_deductible` for `deductible`."""
    fields = _step_fields()
    if key in fields[instead_of]:
        return ()
    return tuple(name for name in fields if key in fields[name] and name.endswith("_" + instead_of))


@lru_cache(maxsize=1)
def _step_fields() -> dict[str, frozenset[str]]:
    return {name: frozenset(model.model_fields) for model in StepBase.__subclasses__() if (name := _step_name(model))}


def _inside(annotation: Any, part: str | int) -> list[Any]:
    """What may stand under this key or number of a part, list or mapping."""
    if _is_model(annotation):
        field = annotation.model_fields.get(part)
        return _shapes(field.annotation) if field is not None else []
    wanted = list if isinstance(part, int) else dict
    return _shapes(get_args(annotation)[-1]) if get_origin(annotation) is wanted else []


def _shapes(annotation: Any) -> list[Any]:
    """The annotation without marks, or each of those it joins."""
    if hasattr(annotation, "__metadata__"):
        return _shapes(annotation.__origin__)
    if get_origin(annotation) in (list, dict) or not get_args(annotation):
        return [annotation]
    return [shape for one in get_args(annotation) for shape in _shapes(one)]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _step_name(model: Any) -> str | None:
    field = model.model_fields.get("step") if _is_model(model) else None
    names = get_args(field.annotation) if field is not None else ()
    return str(names[0]) if names else None
