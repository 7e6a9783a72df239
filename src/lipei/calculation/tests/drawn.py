"""Random steps, bills and earlier use for the property tests, and the same steps as a document writes them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from lipei.calculation.tests.small_terms import edition_with
from lipei.terms.edition import Edition
from lipei.terms.money import plain

fen = st.one_of(
    st.integers(0, 500_00), st.integers(0, 300_000_00), st.sampled_from([0, 1, 99, 100_00, 1_000_00, 10_000_00])
)
ratios = st.one_of(
    st.integers(0, 100).map(lambda n: Fraction(n, 100)),
    st.sampled_from([Fraction(1, 3), Fraction(2, 37), Fraction(6, 1000), Fraction(1)]),
)
categories = st.sampled_from(["a", "b"])
bills = st.lists(st.tuples(categories, fen), min_size=0, max_size=5)
balances = st.fixed_dictionaries(dict.fromkeys(("deductible", "limit", "pocket"), fen))


@st.composite
def _table(draw: st.DrawFn) -> list[tuple[int | None, Fraction]]:
    tops = sorted(set(draw(st.lists(st.integers(1, 200_000_00), max_size=3))))
    return [*((top, draw(ratios)) for top in tops), (None, draw(ratios))]


def _one(name: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"step": st.just(name), **parts})


on_lines = st.one_of(
    _one("exclude", of=categories),
    _one("limit", of=categories, limit=fen),
    _one("limit", of=categories, scope=st.just("item"), limit=fen),
    _one("coinsurance", of=categories, pays=ratios),
    _one("copayment", of=categories, scope=st.just("item"), amount=fen),
)
on_total = st.one_of(
    _one("limit", limit=fen),
    _one("first_loss", insured=fen),
    _one("coinsurance", pays=ratios),
    _one("fault_share", share=ratios),
    _one("deductible", amount=fen),
    _one("copayment", amount=fen),
    _one("salvage", amount=fen),
    _one("holdback", amount=fen),
    _one("franchise", amount=fen, equal=st.sampled_from(["pays", "pays_nothing"])),
    st.tuples(st.integers(0, 50_000_00), st.integers(1, 50_000_00)).map(
        lambda pair: {"step": "disappearing_deductible", "amount": pair[0], "gone_at": pair[0] + pair[1]}
    ),
    st.tuples(ratios, st.integers(0, 1000_00), st.integers(0, 9000_00)).map(
        lambda drawn: {
            "step": "percentage_deductible",
            "ratio": drawn[0],
            "at_least": drawn[1],
            "at_most": drawn[1] + drawn[2],
        }
    ),
    _one(
        "deductible_rate", rates=st.lists(ratios, min_size=1, max_size=3), combine=st.sampled_from(["multiply", "add"])
    ),
    _one("bands", kind=st.sampled_from(["marginal", "whole"]), on=st.sampled_from(["excess", "bill"]), table=_table()),
    _one("aggregate_deductible", amount=fen, accumulator=st.just("deductible")),
    _one("aggregate_limit", limit=fen, accumulator=st.just("limit")),
    _one("out_of_pocket_max", amount=fen, accumulator=st.just("pocket")),
    _one("layer", attachment=fen, limit=fen, share=ratios),
    _one("average", insured=fen, value=st.integers(1, 900_000_00), required=ratios.filter(bool)),
    _one("depreciation", periods=st.integers(0, 300), rate=ratios, cap=ratios),
    _one("lesser_of", amounts=st.lists(fen, min_size=1, max_size=3)),
    _one("greater_of", amounts=st.lists(fen, min_size=1, max_size=3)),
    _one("round", to=st.sampled_from([1, 10, 100])),
)
walks = st.tuples(st.lists(on_lines, max_size=3), st.lists(on_total, max_size=6)).map(lambda pair: [*pair[0], *pair[1]])


def _once(steps: list[dict[str, Any]]) -> bool:
    names = [step["accumulator"] for step in steps if "accumulator" in step]
    return len(names) == len(set(names))


once_each = walks.filter(_once)


def _written(name: str, value: Any) -> str:
    if name == "table":
        rows = [
            f"{{{'' if top is None else f'to: {_quoted(top)}, '}ratio: {ratio.numerator}/{ratio.denominator}}}"
            for top, ratio in value
        ]
        return "[" + ", ".join(rows) + "]"
    if name == "to":
        return f'"{plain(value)}"'
    if name == "of":
        return f"[{value}]"
    if name == "periods":
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_written("", one) for one in value) + "]"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return _quoted(value) if isinstance(value, int) else str(value)


def _quoted(fen_amount: int) -> str:
    return f'"{plain(fen_amount)}"'


def terms_of(steps: list[dict[str, Any]]) -> Edition:
    """The steps as a loaded edition."""
    written = [", ".join(f"{name}: {_written(name, value)}" for name, value in step.items()) for step in steps]
    return edition_with(*written, amounts=("deductible", "limit", "pocket"))
