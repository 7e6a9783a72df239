"""Describes the kinds of step and their fields at the terminal, out of the models that read them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from lipei.terms.document import json_schema

NAME_COLUMNS = 26
OF_EVERY_STEP = ("step", "label", "clause", "when", "of", "note", "quiet", "exceptions")
EVERY_STEP = """\
every step has: label {zh, en} and clause (both needed); when (a condition), of (categories of the bill, where the step works on lines),
note {zh, en}, quiet (true hides it while it changes nothing), exceptions: [{label, clause, when, instead: nothing | {step: …}}]"""


def describe_steps(names: Sequence[str]) -> bool:
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
        print(f"there is no step {name!r}" + (f"; did you mean {close[0]!r}?" if close else ""), file=sys.stderr)
    for name in names or sorted(known):
        if name in known:
            print(
                f"{name:<{NAME_COLUMNS}}{known[name]['description'].splitlines()[0]}"
                if not names
                else "\n".join(_described(name, known[name], definitions))
            )
    print(EVERY_STEP)
    return not unknown


def _described(name: str, step: dict[str, Any], definitions: dict[str, Any], indent: str = "") -> Iterator[str]:
    yield f"{indent}{name}: {' '.join(step['description'].split())}"
    for field, spec in step["properties"].items():
        if field in OF_EVERY_STEP and step["properties"].get("step"):
            continue
        needed = "needed" if field in step.get("required", ()) else "may be left out"
        yield f"{indent}  {field:<{NAME_COLUMNS - 2}}{_kind(spec)}; {needed}"
        for inner in _inner(spec):
            yield from _described(f"each of {field}", definitions[inner], definitions, indent + "    ")


def _kind(spec: dict[str, Any]) -> str:
    """What may be written in a field, in a few words."""
    if "anyOf" in spec:
        return " or ".join(dict.fromkeys(_kind(one) for one in spec["anyOf"] if one.get("type") != "null"))
    if "enum" in spec:
        return " | ".join(map(str, spec["enum"]))
    if spec.get("type") == "array":
        return f"a list of: {_kind(spec['items'])}"
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        return "{zh, en}" if name == "Words" else f"{{…}} ({name})"
    if spec.get("type") == "object":
        return "choice: " + _kind(spec.get("additionalProperties") or {})
    return str(spec.get("const") or spec.get("description") or spec.get("type") or "anything")


def _inner(spec: dict[str, Any]) -> list[str]:
    """The parts with fields of their own that a field holds, but for texts in two languages."""
    if "$ref" in spec:
        name = spec["$ref"].rpartition("/")[2]
        return [] if name in ("Words", "StepException") else [name]
    inside = [*spec.get("anyOf", []), *([spec["items"]] if "items" in spec else [])]
    found = [name for one in inside for name in _inner(one)]
    return list(dict.fromkeys(found))
