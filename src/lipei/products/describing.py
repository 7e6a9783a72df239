"""Describes the kinds of step and their fields at the terminal, out of the models that read them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from lipei.products.step_descriptions import FIELDS_ZH, PARTS_ZH, STEPS_ZH
from lipei.terms.document import json_schema
from lipei.terms.words import Language, Words, both

NAME_COLUMNS = 26
NEEDED = Words("；要写", "; needed")
MAY_BE_LEFT_OUT = Words("；可以不写", "; may be left out")
OF_EVERY_STEP = ("step", "label", "clause", "when", "of", "note", "quiet", "exceptions")
EVERY_STEP = Words(
    """\
每一步都有：label {zh, en} 和 clause（都要写）；when（条件）、of（费用类别，用在按行算的步骤）、
note {zh, en}、quiet（true：没有改变金额时不显示）、exceptions: [{label, clause, when, instead: nothing | {step: …}}]""",
    """\
every step has: label {zh, en} and clause (both needed); when (a condition), of (categories of the bill, where the step works on lines),
note {zh, en}, quiet (true hides it while it changes nothing), exceptions: [{label, clause, when, instead: nothing | {step: …}}]""",
)


def describe_steps(names: Sequence[str], *, language: Language) -> bool:
    """Print one line a step, or all fields of the steps named; whether all names are known."""
    definitions = json_schema()["$defs"]
    known = {
        one["properties"]["step"]["const"]: one
        for one in definitions.values()
        if "const" in one.get("properties", {}).get("step", {})
    }
    unknown = [name for name in names if name not in known]
    for name in unknown:
        close = get_close_matches(name, known, n=1)
        what = Words(f"没有“{name}”这种步骤", f"there is no step “{name}”")
        meant = Words(f"；是不是“{close[0]}”？", f"; did you mean “{close[0]}”?") if close else both(".")
        print(what.in_(language) + meant.in_(language), file=sys.stderr)
    for name in names or sorted(known):
        if name in known:
            print(
                f"{name:<{NAME_COLUMNS}}{_does(name, known[name], language).splitlines()[0]}"
                if not names
                else "\n".join(_described(name, known[name], definitions, language))
            )
    print(EVERY_STEP.in_(language))
    return not unknown


def _does(name: str, part: dict[str, Any], language: Language) -> str:
    """What a step, or a part of one, does: the English of its model or the Chinese beside it."""
    return part["description"] if language == "en" else {**PARTS_ZH, **STEPS_ZH}[name]


def _described(
    name: str, step: dict[str, Any], definitions: dict[str, Any], language: Language, indent: str = "", head: str = ""
) -> Iterator[str]:
    yield f"{indent}{head or name}: {' '.join(_does(name, step, language).split())}"
    for field, spec in step["properties"].items():
        if field in OF_EVERY_STEP and step["properties"].get("step"):
            continue
        needed = NEEDED if field in step.get("required", ()) else MAY_BE_LEFT_OUT
        yield f"{indent}  {field:<{NAME_COLUMNS - 2}}{_kind(spec, language)}{needed.in_(language)}"
        for inner in _inner(spec):
            each = Words(f"{field} 的每一项", f"each of {field}").in_(language)
            yield from _described(inner, definitions[inner], definitions, language, indent + "    ", each)


def _kind(spec: dict[str, Any], language: Language) -> str:
    """What may be written in a field, in a few words."""
    if "anyOf" in spec:
        joint = Words(" 或 ", " or ").in_(language)
        return joint.join(dict.fromkeys(_kind(one, language) for one in spec["anyOf"] if one.get("type") != "null"))
    if "enum" in spec:
        return " | ".join(map(str, spec["enum"]))
    if spec.get("type") == "array":
        return Words("列表，每项：", "a list of: ").in_(language) + _kind(spec["items"], language)
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        return "{zh, en}" if name == "Words" else f"{{…}} ({name})"
    if spec.get("type") == "object":
        return Words("选项: ", "choice: ").in_(language) + _kind(spec.get("additionalProperties") or {}, language)
    said = str(spec.get("const") or spec.get("description") or spec.get("type") or "anything")
    return FIELDS_ZH.get(said, said) if language == "zh" else said


def _inner(spec: dict[str, Any]) -> list[str]:
    """The parts with fields of their own that a field holds, but for texts in two languages."""
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        return [] if name in ("Words", "StepException") else [name]
    inside = [*spec.get("anyOf", []), *([spec["items"]] if "items" in spec else [])]
    found = [name for one in inside for name in _inner(one)]
    return list(dict.fromkeys(found))
