"""The condition language: what it can say, what it refuses to say, and that nothing crashes it."""

from __future__ import annotations

import contextlib
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.terms.expression_parser import parsed
from lipei.terms.faults import TextFault
from lipei.terms.typecheck import Vocabulary, kind_of

ENV: dict[str, Any] = {
    "age": 40,
    "paid": 1_000_00,
    "share": Fraction(1, 3),
    "drunk": False,
    "level": "high",
    "start": date(2026, 1, 1),
    "end": date(2026, 3, 1),
    "charged:bed": 500_00,
}
WITHIN = Vocabulary(
    {
        "age": "whole",
        "paid": "amount",
        "share": "ratio",
        "drunk": "boolean",
        "level": "choice",
        "start": "date",
        "end": "date",
    },
    {"level": ("high", "low")},
    ("bed", "drug"),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("paid > 999.99 and not drunk", True),
        ("paid >= 1000.00", True),
        ("paid > 1000.00", False),
        ("level == 'high' or drunk", True),
        ("level in ['low']", False),
        ("level not in ['low']", True),
        ("end - start", 59),
        ("start + 30 > end", False),
        ("start + 59 == end", True),
        ("end == 2026-03-01", True),
        ("paid * 85%", 850_00),
        ("paid * share", Fraction(100_000, 3)),
        ("paid / 3 * 3", 1_000_00),
        ("paid / 400.00", Fraction(5, 2)),
        ("min(paid, 20.00)", 20_00),
        ("max(1, age - 50)", 1),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("-age", -40),
        ("10 - 3 - 2", 5),
        ("months_between(start, end)", 2),
        ("years_between(2000-02-29, 2026-02-28)", 25),
        ("charged('bed', 'drug')", 500_00),
        ("true or drunk", True),
        ("not drunk and drunk", False),
        ("1 < 2 and 2 <= 2", True),
    ],
)
def test_what_an_expression_means(text: str, value: object) -> None:
    expression = parsed(text)
    kind_of(expression, within=WITHIN)
    assert expression.value(ENV) == value


@pytest.mark.parametrize(
    "text",
    [
        "agee > 3",
        "age > paid",
        "age and drunk",
        "paid * paid",
        "paid + 5",
        "not age",
        "level == 'middle'",
        "level < 'high'",
        "drunk > true",
        "charged('shoes')",
        "charged(age)",
        "min(age, paid)",
        "start + end",
        "-drunk",
        "level in ['high', 3]",
        "months_between(start, age)",
        "min(age)",
        "paid == 0",
    ],
)
def test_what_does_not_fit_is_found_when_the_document_is_loaded(text: str) -> None:
    with pytest.raises(TextFault) as fault:
        kind_of(parsed(text), within=WITHIN)
    assert fault.value.what.zh
    assert fault.value.cure.en


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age >",
        "(age > 3",
        "age > 3)",
        "age > 3 > 2",
        "__import__('os')",
        "age.real",
        "age; drunk",
        "age > 0.5",
        "lambda: 1",
        "age if drunk else 3",
        "[1, 2]",
        "age = 3",
        "paid > 1,000.00",
        "2026-13-01 > start",
        "x" * 600,
        "(" * 60 + "1" + ")" * 60,
        "and",
        "exec(age)",
        "level == 'high",
        "age ** 3",
        "age in 3",
        "1 2",
    ],
)
def test_what_the_language_does_not_have_is_refused_in_words(text: str) -> None:
    with pytest.raises(TextFault):
        parsed(text)


@given(st.text(max_size=80))
def test_no_text_crashes_the_parser(text: str) -> None:
    with contextlib.suppress(TextFault):
        parsed(text)


pieces = st.sampled_from(
    [
        "age",
        "paid",
        "drunk",
        "level",
        "start",
        "end",
        "'high'",
        "3",
        "1.00",
        "50%",
        "+",
        "-",
        "*",
        "/",
        "<",
        "==",
        "and",
        "or",
        "not",
        "in",
        "(",
        ")",
        "[",
        "]",
        ",",
        "min",
        "charged",
        "true",
        "2026-01-01",
    ]
)


@given(st.lists(pieces, max_size=12))
def test_whatever_passes_the_check_can_be_evaluated(words: list[str]) -> None:
    try:
        expression = parsed(" ".join(words))
        kind_of(expression, within=WITHIN)
    except TextFault:
        return
    with contextlib.suppress(ZeroDivisionError, OverflowError):
        expression.value(ENV)
