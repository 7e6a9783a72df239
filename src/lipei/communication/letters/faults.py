"""What is wrong with a letter's data, said with its place, the value and the cure, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lipei.terms.words import Words, both

SHOWN_MAX = 40  # characters of a wrong value that are repeated


@dataclass(frozen=True, slots=True)
class LetterFault:
    """One fault: a code for machines, the field, and the sentence."""

    code: str
    where: str
    words: Words


class LetterFaults(ValueError):
    """A letter that cannot be read or may not go, with every fault."""

    def __init__(self, faults: tuple[LetterFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.words.en for fault in faults))


_CURES: dict[str, Words] = {
    "missing": Words("“{where}”还没有填", "“{where}” is missing"),
    "extra_forbidden": Words("这种信函没有“{where}”这一栏；请删去", "this letter has no field “{where}”; take it out"),
    "int_type": Words(
        "“{where}”是 {value}；金额和天数请用整数（金额以分为单位）",
        "“{where}” is {value}; amounts (in fen) and days are whole numbers",
    ),
    "greater_than_equal": Words("“{where}”是 {value}，不能小于 {ge}", "“{where}” is {value}; it cannot be below {ge}"),
    "less_than_equal": Words("“{where}”是 {value}，不能大于 {le}", "“{where}” is {value}; it cannot be above {le}"),
    "said_form": Words(
        "“{where}”要写成一段文字，或 zh、en 各一段", "“{where}” must be one text, or one for zh and one for en"
    ),
    "said_empty": Words(
        "“{where}”缺一种语言：中文和英文都要写", "“{where}” lacks a language: write Chinese and English"
    ),
    "said_long": Words(
        "“{where}”太长，一种语言最多 {most} 个字", "“{where}” is too long: at most {most} characters in one language"
    ),
    "string_pattern_mismatch": Words(
        "“{where}”写成了 {value}，格式不对", "“{where}” is written {value}, which is not its form"
    ),
    "string_too_short": Words("“{where}”是空的", "“{where}” is empty"),
    "string_too_long": Words(
        "“{where}”太长，最多 {max_length} 个字符", "“{where}” is too long: at most {max_length} characters"
    ),
    "too_long": Words(
        "“{where}”有 {actual_length} 行，最多 {max_length} 行",
        "“{where}” has {actual_length} rows; at most {max_length}",
    ),
    "too_short": Words("“{where}”一行也没有；至少要有 {min_length} 行", "“{where}” has no rows; at least {min_length}"),
    "union_tag_invalid": Words("没有“{tag}”这种信函", "there is no letter of the kind “{tag}”"),
    "union_tag_not_found": Words("没有写明是哪种信函（kind）", "the kind of letter is not given (kind)"),
    "timezone_aware": Words("“{where}”要带时区", "“{where}” needs a time zone"),
    "literal_error": Words("“{where}”是 {value}；可以是 {expected}", "“{where}” is {value}; it may be {expected}"),
}
_OTHERWISE = Words("“{where}”是 {value}，读不懂；请改正", "“{where}” is {value} and cannot be read; please correct it")
_DATE = Words(
    "“{where}”写成了 {value}；请写成 2026-11-27 这样的日期",
    "“{where}” is written {value}; write a date like 2026-11-27",
)


def _place(error: ErrorDetails) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"][1:]]
    return "".join(steps).lstrip(".") or "kind"


def _fault(error: ErrorDetails) -> LetterFault:
    value = repr(error["input"])
    context: dict[str, object] = {
        **error.get("ctx", {}),
        "where": _place(error),
        "value": value if len(value) <= SHOWN_MAX else value[:SHOWN_MAX] + "…",
    }
    cure = _DATE if error["type"].startswith("date") else _CURES.get(error["type"], _OTHERWISE)
    plain = {name: both(str(item)) for name, item in context.items() if str(item).strip()}
    return LetterFault(code=error["type"], where=_place(error), words=cure.with_(**plain))


def faults_of(error: ValidationError) -> tuple[LetterFault, ...]:
    """Every fault that pydantic found, in the field's words."""
    return tuple(_fault(detail) for detail in error.errors(include_url=False))
