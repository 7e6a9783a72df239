"""The kinds of field that a terms document has: words in two languages, typed expressions, dates, codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from lipei.terms.expression_parser import parsed
from lipei.terms.expressions import Expression, Kind, constant
from lipei.terms.faults import COMMA_CURE, TextFault
from lipei.terms.money import AmountFault, amount_of
from lipei.terms.scalars import date_of, ratio_of, truth_of, whole_of
from lipei.terms.words import Words

WORDS_CHARACTERS_MAX = 4000
_CODE = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_AMOUNT = re.compile(r"^[0-9][0-9,]*(\.[0-9]+)?$")


class Part(BaseModel):
    """A part of the document: frozen, and no key that the model does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Typed:
    """What kind of value the expression in this field must have."""

    kind: Kind


def text_in(value: Any) -> str:
    """The value when it is text. Raises `TextFault` for a list, a mapping or nothing."""
    if isinstance(value, str):
        return value
    raise TextFault(
        Words("这里要写文字，不是列表或空白", "text is expected here, not a list or nothing"),
        Words("写在同一行冒号后面", "write it on the line, after the colon"),
    )


def _words(value: Any) -> Words:
    if isinstance(value, Words):
        return value
    given = value if isinstance(value, dict) else {}
    said = {language: text for language, text in given.items() if isinstance(text, str) and text.strip()}
    missing = [language for language in ("zh", "en") if language not in said]
    extra = sorted(set(given) - {"zh", "en"})
    if extra:
        raise TextFault(
            Words(f"文字只有 zh 和 en，不认识“{extra[0][:40]}”", f"words have zh and en only, not “{extra[0][:40]}”"),
            COMMA_CURE,
        )
    if missing:
        named = ", ".join(missing)
        raise TextFault(
            Words(f"文字要有 zh 和 en 两种，缺 {named}", f"words need both zh and en; {named} is missing"),
            Words("写成 {zh: …, en: …}", "write {zh: …, en: …}"),
        )
    if any(len(text) > WORDS_CHARACTERS_MAX for text in said.values()):
        raise TextFault(Words("文字太长", "the words are too long"), Words("分成几条", "split them"))
    return Words(said["zh"].strip(), said["en"].strip())


def _code(value: Any) -> str:
    text = text_in(value)
    if _CODE.match(text):
        return text
    raise TextFault(
        Words(f"“{text[:40]}”不能作名字", f"“{text[:40]}” cannot be a name"),
        Words(
            "小写英文字母、数字和下划线，以字母开头",
            "use lower-case letters, digits and underscores, beginning with a letter",
        ),
    )


def _literal(kind: Kind, text: str) -> Expression | None:
    """The written value when the whole text is one: amounts may carry thousands commas, ratios may be `1/3`."""
    if kind == "amount" and _AMOUNT.match(text):
        return constant(kind, amount_of(text), text)
    if kind == "ratio" and (text.endswith(("%", "％")) or re.match(r"^\d+\s*/\s*\d+$", text)):
        return constant(kind, ratio_of(text), text)
    if kind == "ratio" and text in ("0", "1"):
        return constant(kind, ratio_of(text + "/1"), text)
    return None


def _expressed(kind: Kind | None) -> Callable[[Any], Expression]:
    def read(value: Any) -> Expression:
        if isinstance(value, Expression):
            return value
        text = text_in(value).strip()
        try:
            literal = _literal(kind, text) if kind else None
        except AmountFault as fault:
            raise TextFault(fault.words, Words("写成 10,000.00", "write it as 10,000.00")) from fault
        return literal or parsed(text)

    return read


def _read(reader: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: (
        reader(value) if isinstance(value, str) else value if value is not None else reader(text_in(value))
    )


def _schema(description: str, *plain: str) -> WithJsonSchema:
    """Text, or what an editor takes a plain YAML scalar for; the loader reads every scalar as text."""
    return WithJsonSchema({"type": ["string", *plain] if plain else "string", "description": description})


WORDS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}

Said = Annotated[Words, BeforeValidator(_words), WithJsonSchema(WORDS_SCHEMA)]
FactText = Annotated[str, _schema("the value of a fact: 1,234.50, 70%, 15, 2026-01-01, true, a choice", "boolean", "number")]
Code = Annotated[str, BeforeValidator(_code), _schema("lower-case letters, digits, underscores")]
Day = Annotated[date, BeforeValidator(_read(date_of)), _schema("a date, 2026-01-01")]
Truth = Annotated[bool, BeforeValidator(_read(truth_of)), _schema("true or false", "boolean")]
Count = Annotated[int, BeforeValidator(_read(whole_of)), _schema("a whole number", "integer")]
Money = Annotated[int, BeforeValidator(_read(amount_of)), _schema("an amount, 10,000.00", "number")]
Amount = Annotated[
    Expression, Typed("amount"), BeforeValidator(_expressed("amount")), _schema("an amount or an expression of one", "number")
]
Ratio = Annotated[Expression, Typed("ratio"), BeforeValidator(_expressed("ratio")), _schema("a ratio, 85% or 1/3")]
Whole = Annotated[
    Expression,
    Typed("whole"),
    BeforeValidator(_expressed("whole")),
    _schema("a whole number or an expression", "integer"),
]
Date = Annotated[
    Expression, Typed("date"), BeforeValidator(_expressed("date")), _schema("a date or an expression of one")
]
Condition = Annotated[
    Expression, Typed("boolean"), BeforeValidator(_expressed("boolean")), _schema("a condition", "boolean")
]
AnyValue = Annotated[Expression, BeforeValidator(_expressed(None)), _schema("an expression")]
ClauseId = Annotated[str, Field(min_length=1, max_length=20)]
