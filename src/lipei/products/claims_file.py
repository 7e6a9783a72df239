"""Reads a file of claims of one policy and calculates them in order, each seeing what the earlier ones have used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from lipei.calculation import Balance, LineItem, Movement, Statement, explain, facts_of
from lipei.calculation.movements import period_start
from lipei.calculation.worked_cases import balances_of
from lipei.terms.document import CaseItem
from lipei.terms.edition import Edition
from lipei.terms.fields import Code, Part
from lipei.terms.reading import read_tree
from lipei.terms.validating import validated
from lipei.terms.words import Words

CLAIMS_MAX = 1_000


class ClaimGiven(Part):
    """One claim of the file: a name, the facts as text, the lines of the bill."""

    name: str = ""
    facts: dict[Code, str] = Field(default_factory=dict)
    items: list[CaseItem] = Field(default_factory=list)


class ClaimsFile(Part):
    """The claims of one policy, in the order in which they count; `balances` is what was used before the first."""

    policy: dict[Code, str] = Field(default_factory=dict)
    balances: dict[Code, str] = Field(default_factory=dict)
    claims: list[ClaimGiven] = Field(min_length=1, max_length=CLAIMS_MAX)


def claims_of(text: str, *, source: str) -> ClaimsFile:
    """The claims that a YAML or JSON text writes; a file without `claims` is one claim. Raises `TermsFaults`."""
    tree = read_tree(text, source=source)
    if "claims" not in tree.value:
        one = {name: tree.value.pop(name) for name in ("name", "facts", "items") if name in tree.value}
        tree.value["claims"] = [one]
    return validated(tree, model=ClaimsFile)


def statements_of(edition: Edition, given: ClaimsFile) -> Iterator[Statement]:
    """The statement of each claim in order. Raises `CannotCalculate` at the first that lacks something."""
    policy = facts_of(edition, given.policy, section="policy")
    before = balances_of(edition, given.balances)
    movements: list[Movement] = []
    for number, claim in enumerate(given.claims):
        facts = facts_of(edition, claim.facts)
        env = {**edition.defaults, **policy, **facts}
        balances = {
            name: _balance(edition, name, before, movements, env, number) for name in edition.document.accumulators
        }
        items = [
            LineItem(item.category, item.claimed, item.allowed, item.days, reason=item.reason, person=item.person)
            for item in claim.items
        ]
        statement = explain(edition, facts=facts, items=items, balances=balances, policy=policy)
        movements += statement.movements
        yield statement


def _balance(
    edition: Edition, name: str, before: dict[str, int], movements: list[Movement], env: dict[str, object], number: int
) -> Balance:
    """What was used of an accumulator in the period of this claim; the given balance counts for the first one's period."""
    spec = edition.document.accumulators[name]
    dated = env.get(spec.dated_by)
    start = period_start(spec, dated, env=env) if isinstance(dated, date) else None
    used = sum(one.amount for one in movements if one.accumulator == name and one.period_start == start)
    first = [one.period_start for one in movements if one.accumulator == name][:1]
    counts = number == 0 or not first or first[0] == start
    given = before.get(name, 0) if counts else 0
    return Balance(used + given, Words("此前的案件", "earlier claims") if used else None)
