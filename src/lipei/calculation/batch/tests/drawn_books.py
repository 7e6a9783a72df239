"""Random books for the property tests: documents with every combinator, conditions, exceptions and accumulators, and claims under them.

A step is a dict of plain numbers, or names of facts where a document may write one; `terms_of` writes the document that says it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from lipei.calculation.tests.drawn import categories, fen, ratios
from lipei.calculation.tests.small_terms import ACCUMULATOR, HEAD
from lipei.terms.edition import Edition, edition_of
from lipei.terms.money import plain

AMOUNTS = ("deductible", "limit", "pocket", "own", "family", "cell", "sub")
DAYS = "cash"
FACTS = ("value", "paid")
RATIO_FACT = "  fault: {kind: ratio, label: {zh: 责任, en: Fault}, question: {zh: 几成？, en: What share?}, default: 100%}\n"
money = st.one_of(fen, st.sampled_from(FACTS), st.sampled_from(["half", "third"]))
whole_money = st.one_of(fen, st.sampled_from(FACTS))
shares = st.one_of(ratios, st.just("fault"))
whens = st.one_of(
    st.none(), st.none(), st.sampled_from(["flag", "not flag", "level == 'high'", "paid > 100.00", "days in [1, 2, 3]", "value >= paid and not flag"])
)


def one(name: str, **parts: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"step": st.just(name), **parts})


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[int | None, Fraction]]:
    tops = sorted(set(draw(st.lists(st.integers(1, 200_000_00), max_size=3))))
    return [*((top, draw(ratios)) for top in tops), (None, draw(ratios))]


on_lines = st.one_of(
    one("exclude", of=categories),
    one("limit", of=categories, limit=whole_money),
    one("limit", scope=st.just("item"), limit=money),
    one("limit", of=categories, scope=st.just("item"), limit=money),
    one("limit", of=categories, scope=st.just("person"), limit=fen),
    one("limit", scope=st.just("person"), limit=fen),
    one("limit", of=categories, scope=st.just("day"), limit=fen, days=st.just("days")),
    one("coinsurance", of=categories, pays=shares),
    one("copayment", of=categories, scope=st.just("item"), amount=money),
    one("sublimit", of=categories, limit=fen, accumulator=st.just("sub")),
    one("sublimit", of=categories, limit=whole_money),
)
PARTS = {"at_least": st.integers(0, 100_00), "at_most": st.one_of(st.integers(100_00, 9_000_00), st.just("value"))}
on_total = st.one_of(
    one("limit", limit=money),
    one("first_loss", insured=money),
    one("coinsurance", pays=shares),
    one("fault_share", share=shares),
    one("deductible", amount=money),
    one("copayment", amount=money),
    one("salvage", amount=money),
    one("holdback", amount=money),
    one("prior_payment", amount=money),
    one("franchise", amount=money, equal=st.sampled_from(["pays", "pays_nothing"])),
    st.tuples(st.integers(0, 50_000_00), st.integers(1, 50_000_00)).map(
        lambda pair: {"step": "disappearing_deductible", "amount": pair[0], "gone_at": sum(pair)}
    ),
    one("percentage_deductible", ratio=shares, base=money),
    one("percentage_deductible", ratio=shares, **PARTS),
    one("percentage_deductible", ratio=shares, base=money, **PARTS),
    one("deductible_rate", rates=st.lists(shares, min_size=1, max_size=3), combine=st.sampled_from(["multiply", "add"])),
    one("bands", kind=st.sampled_from(["marginal", "whole"]), on=st.sampled_from(["excess", "bill"]), table=tables()),
    one("bands", kind=st.sampled_from(["marginal", "whole"]), on=st.sampled_from(["excess", "bill"]), high=tables(), low=tables()),
    one("aggregate_deductible", amount=money, accumulator=st.just("deductible")),
    one("aggregate_limit", limit=money, accumulator=st.just("limit")),
    one("out_of_pocket_max", amount=money, accumulator=st.just("pocket")),
    one("family_deductible", amount=money, accumulator=st.just("own"), family_amount=fen, family_accumulator=st.just("family")),
    one("layer", attachment=money, limit=money, share=shares),
    one("layer", attachment=fen, limit=fen, share=ratios, accumulator=st.just("cell"), reinstatements=st.integers(0, 3)),
    one("average", insured=money, value=st.one_of(st.integers(1, 900_000_00), st.just("value")), required=ratios.filter(bool)),
    one("depreciation", periods=st.one_of(st.integers(0, 300), st.just("days")), rate=shares, cap=ratios),
    one("depreciation", periods=st.just("days"), rate=ratios, cap=ratios, base=money),
    one("lesser_of", amounts=st.lists(money, min_size=1, max_size=3)),
    one("greater_of", amounts=st.lists(money, min_size=1, max_size=3)),
    one("agreed_value", value=money),
    one("coordinate", allowed=money, primary_paid=money),
    one("contribution", rule=st.sampled_from(["by_sum_insured", "independent_liability", "equal_shares", "sequential"]), ours=money, others=st.lists(money, min_size=1, max_size=3)),
    one("ratio_table", by=st.just("level"), high=ratios, low=ratios),
    one("allocate"),
    one("round", to=st.sampled_from([1, 10, 100])),
)
starts = st.one_of(
    one("per_diem", daily=money, days=st.just("days"), elimination_days=st.integers(0, 4), days_max=st.integers(0, 40), accumulator=st.just(DAYS)),
    one("per_diem", daily=money, days=st.just("days")),
    one("lump_sum", amount=money),
    one("schedule", insured=money, combine=st.sampled_from(["worst", "worst_promoted", "add_capped"]), grades=st.lists(ratios, min_size=3, max_size=3).map(lambda found: sorted(found, reverse=True))),
    st.lists(st.tuples(st.integers(0, 30), money), min_size=1, max_size=4, unique_by=lambda row: row[0]).map(
        lambda rows: {"step": "amount_table", "by": "days", "rows": sorted(rows, key=lambda row: row[0])}
    ),
)


@st.composite
def conditioned(draw: st.DrawFn, steps: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A step, perhaps with a condition, perhaps with an exception that lifts or replaces it."""
    step = dict(draw(steps))
    condition = draw(whens)
    if condition is not None:
        step["when"] = condition
    if step.get("of") and draw(st.integers(0, 5)) == 0:
        step["quiet"] = True
    exception = draw(whens) if draw(st.integers(0, 3)) == 0 else None
    if exception is not None:
        instead = draw(steps)
        step["except"] = (exception, "nothing" if draw(st.booleans()) or instead["step"] in ("bands",) else instead)
    return step


@st.composite
def coverages(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The steps of a coverage: an indemnity of lines and total, or a benefit."""
    later = draw(st.lists(conditioned(on_total), max_size=5))
    if draw(st.integers(0, 3)) == 0:
        return [draw(starts), *later]
    return [{"step": "sum"}, *draw(st.lists(conditioned(on_lines), max_size=3)), *later]


documents = st.lists(coverages(), min_size=1, max_size=2)
claims = st.fixed_dictionaries(
    {
        "bill": st.lists(st.tuples(categories, fen, st.one_of(st.none(), st.integers(0, 9)), st.sampled_from(["", "1", "2"])), max_size=5),
        "on": st.integers(0, 700),
        "value": fen,
        "paid": fen,
        "days": st.integers(0, 20),
        "flag": st.booleans(),
        "level": st.sampled_from(["high", "low"]),
        "n1": st.integers(0, 2),
        "n2": st.integers(0, 2),
        "n3": st.integers(0, 2),
        "fault": ratios,
    }
)
EXPRESSIONS = {"half": "value / 2", "third": "(value + paid) / 3"}


def _written(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f'"{EXPRESSIONS[value]}"' if value in EXPRESSIONS else f"[{value}]" if name == "of" else value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, list):
        return "[" + ", ".join(_written("", part) for part in value) + "]"
    return str(value) if name in ("periods", "elimination_days", "days_max", "reinstatements", "by") else f'"{plain(value)}"'


def _bands(table: list[tuple[int | None, Fraction]]) -> str:
    rows = [f"{{{'' if top is None else f'to: {_written(str(), top)}, '}ratio: {_written('', ratio)}}}" for top, ratio in table]
    return "[" + ", ".join(rows) + "]"


def _field(step: dict[str, Any], name: str) -> str:
    if name == "table":
        return "table: " + _bands(step["table"])
    if name == "rows":
        rows = ", ".join(f"{{at_least: {least}, pays: {_written('', pays)}}}" for least, pays in step["rows"])
        return f"rows: [{rows}]"
    if name == "grades":
        rows = ", ".join(f"{{label: {{zh: 级, en: grade}}, count: n{at}, ratio: {_written('', r)}}}" for at, r in enumerate(step["grades"], 1))
        return f"grades: [{rows}]"
    if name == "except":
        when, instead = step["except"]
        inner = "nothing" if instead == "nothing" else "{" + written_step(instead) + "}"
        return f'exceptions: [{{label: {{zh: 例外, en: exception}}, clause: "1", when: "{when}", instead: {inner}}}]'
    return f"{name}: " + (f'"{step[name]}"' if name == "when" else _written(name, step[name]))


def written_step(step: dict[str, Any]) -> str:
    """The step as a document writes it."""
    parts = ["label: {zh: 步, en: step}", 'clause: "1"']
    if step["step"] == "prior_payment":
        parts.append("payer: {zh: 社保, en: insurance}")
    for name in step:
        if name in ("high", "low"):
            if name == "high" and step["step"] == "bands":
                parts.append(f"table: {{by: level, of: {{high: {_bands(step['high'])}, low: {_bands(step['low'])}}}}}")
            elif name == "high":
                parts.append(f"ratios: {{high: {_written('', step['high'])}, low: {_written('', step['low'])}}}")
        else:
            parts.append(_field(step, name))
    return ", ".join(parts)


COVER = """  - id: cover{at}
    label: {{zh: 责任, en: Cover}}
    about: {{zh: 责任, en: cover}}
    kind: {kind}
    clause: "1"
    trigger: {{label: {{zh: 总是, en: always}}, clause: "1", when: on >= 2026-01-01}}
    waiting: {{label: {{zh: 等待期, en: waiting}}, clause: "1", days: 30, counted_from: 2026-01-01, happened: on, unless: flag}}
    exclusions: [{{id: x, label: {{zh: 不保, en: excluded}}, clause: "1", when: "days == 13 and not flag"}}]
    steps:
"""


def terms_of(document: list[list[dict[str, Any]]]) -> Edition:
    """The document as a loaded edition."""
    head = HEAD.replace("categories:\n", RATIO_FACT + "categories:\n", 1)
    text = head + "".join(ACCUMULATOR.format(name=name, unit="amount") for name in AMOUNTS)
    text += ACCUMULATOR.format(name=DAYS, unit="days")
    text = text.replace("person: member", "person: family", 1)
    begin, _, end = text.rpartition("period: calendar_year")  # the days of hospital cash are those of one event
    text = begin + "period: event" + end + "coverages:\n"
    for at, steps in enumerate(document):
        text += COVER.format(at=at, kind="indemnity" if steps[0]["step"] == "sum" else "benefit")
        text += "".join("      - {" + written_step(step) + "}\n" for step in steps)
    return edition_of(text)
