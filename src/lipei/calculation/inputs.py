"""What a calculation starts from: facts with their sources, the lines of the bill, and what earlier claims have used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.expressions import charged_key
from lipei.terms.fact_values import Bounds, is_of_kind, out_of_bounds, value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.money import AMOUNT_MAX
from lipei.terms.words import Words

ITEMS_MAX = 5_000
ITEM_DAYS_MAX = 4_000


@dataclass(frozen=True, slots=True)
class Known:
    """A value and where it is known from: a paper with its page, a statement, an earlier claim."""

    value: Any
    source: Words | None = None


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of the bill: what was claimed and what the assessor allowed (all of it when None), in fen."""

    category: str
    claimed: int
    allowed: int | None = None
    days: int | None = None
    on: date | None = None
    label: Words | None = None
    reason: Words | None = None
    source: Words | None = None
    ref: str = ""
    person: str = ""

    @property
    def counted(self) -> int:
        """What enters the calculation, in fen."""
        return self.claimed if self.allowed is None else self.allowed


@dataclass(frozen=True, slots=True)
class Balance:
    """What earlier claims have used of an accumulator (fen, or days), and which."""

    used: int
    source: Words | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Something that stands in the way of a calculation: a fact that is missing, one that cannot be, a row of the bill from 1."""

    name: str
    label: Words
    what: Words
    question: Words | None = None
    row: int | None = None


class CannotCalculate(ValueError):
    """The inputs do not suffice; `needs` lists everything at once, `words` says it in one sentence."""

    def __init__(self, needs: Iterable[Need]) -> None:
        self.needs = tuple(needs)
        self.words = Words(
            "还算不了：" + "；".join(f"{need.label.zh}{need.what.zh}" for need in self.needs),
            "Not yet possible to calculate: " + "; ".join(f"{need.label.en} {need.what.en}" for need in self.needs),
        )
        super().__init__(self.words.en)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a reading needs, checked: facts and policy values by name, items, balances, and sources."""

    facts: Mapping[str, Any]
    policy: Mapping[str, Any]
    items: tuple[LineItem, ...]
    balances: Mapping[str, Balance]
    sources: Mapping[str, Words] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()
    _known: dict[Edition, Mapping[str, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def claimed(self) -> int:
        """The sum that was asked for, in fen."""
        return sum(item.claimed for item in self.items)

    def environment(self, edition: Edition) -> Mapping[str, Any]:
        """Facts, policy values, derived values and sums by category, by name; worked out once. Raises `CannotCalculate`."""
        if edition not in self._known:
            self._known[edition] = self._worked_out(edition)
        return self._known[edition]

    def _worked_out(self, edition: Edition) -> Mapping[str, Any]:
        env: dict[str, Any] = {**self.policy, **self.facts}
        for item in self.items:
            key = charged_key(item.category)
            env[key] = env.get(key, 0) + item.counted
        for name, derived in edition.document.values.items():
            try:
                env[name] = derived.value.value(env)
            except (ZeroDivisionError, OverflowError, ValueError) as error:
                raise CannotCalculate(
                    [
                        Need(
                            name,
                            derived.label,
                            Words(
                                "算不出来：除数是零或日期越界",
                                "cannot be worked out: a division by zero or a date out of range",
                            ),
                        )
                    ]
                ) from error
        return env


def facts_of(edition: Edition, texts: Mapping[str, str], *, section: str = "facts") -> dict[str, Any]:
    """Facts (or `section="policy"` values) from their texts, as forms and the API send them.

    Amounts `1,234.50`, dates `2026-01-01`, `true`/`false`, choices by code. Raises `CannotCalculate` naming all that
    cannot be read. Empty texts are left out: they are not known.
    """
    specs = edition.document.policy if section == "policy" else edition.document.facts
    values: dict[str, Any] = {}
    needs: list[Need] = []
    for name, text in texts.items():
        if not text.strip():
            continue
        if name not in specs:
            needs.append(Need(name, _unknown(name), Words("不在条款的事实里", "is not a fact of these terms")))
            continue
        try:
            values[name] = value_of_text(specs[name], text)
        except TextFault as fault:
            needs.append(
                Need(
                    name,
                    specs[name].label,
                    Words(f"：{fault.what.zh}，{fault.cure.zh}", f"– {fault}"),
                    specs[name].question,
                )
            )
    if needs:
        raise CannotCalculate(needs)
    return values


def prepared(
    edition: Edition,
    *,
    facts: Mapping[str, Any],
    items: Iterable[LineItem] = (),
    balances: Mapping[str, int | Balance] | None = None,
    policy: Mapping[str, Any] | None = None,
) -> Inputs:
    """Checked inputs. Values may be wrapped in `Known`. Raises `CannotCalculate` with all that is missing or wrong."""
    document = edition.document
    sources: dict[str, Words] = {}
    needs: list[Need] = []
    plain_policy = _taken(policy or {}, document.policy, edition.bounds, sources, needs)
    plain_facts = _taken(facts, document.facts, edition.bounds, sources, needs)
    kept = _items(edition, tuple(items), needs)
    used = _balances(edition, balances or {}, needs)
    assumed = _filled(document.policy, plain_policy, plain_policy, edition.defaults, needs)
    assumed |= _filled(document.facts, plain_facts, {**plain_policy, **plain_facts}, edition.defaults, needs)
    inputs = Inputs(plain_facts, plain_policy, kept, used, sources, frozenset(assumed))
    if not needs and document.requirements:
        needs = list(_unmet(edition, inputs))
    if needs:
        raise CannotCalculate(needs)
    return inputs


def _unmet(edition: Edition, inputs: Inputs) -> Iterator[Need]:
    env = inputs.environment(edition)
    for requirement in edition.document.requirements:
        if not requirement.that.value(env):
            spec = {**edition.document.policy, **edition.document.facts}[requirement.about]
            what = Words("不对：{what}", "cannot be: {what}").with_(what=requirement.label)
            yield Need(requirement.about, spec.label, what, spec.question)


def _unknown(name: str) -> Words:
    return Words(f"“{name[:60]}”", f"“{name[:60]}”")


def _taken(
    given: Mapping[str, Any],
    specs: Mapping[str, FactSpec],
    bounds: Mapping[str, Bounds],
    sources: dict[str, Words],
    needs: list[Need],
) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, Known):
            if value.source is not None:
                sources[name] = value.source
            value = value.value
        spec = specs.get(name)
        if spec is None:
            needs.append(Need(name, _unknown(name), Words("不在条款的事实里", "is not a fact of these terms")))
        elif not is_of_kind(spec, value):
            needs.append(Need(name, spec.label, Words("的值不合用", "has a value that does not fit"), spec.question))
        else:
            wrong = out_of_bounds(bounds[name], value) if name in bounds else None
            if wrong is not None:
                needs.append(Need(name, spec.label, wrong, spec.question))
            taken[name] = value
    return taken


def _filled(
    specs: Mapping[str, FactSpec],
    values: dict[str, Any],
    known: Mapping[str, Any],
    defaults: Mapping[str, Any],
    needs: list[Need],
) -> set[str]:
    """Puts in the defaults of what is not known; what has none is needed. Returns the names that were assumed."""
    assumed: set[str] = set()
    for name, spec in specs.items():
        if name in values:
            if spec.needed_when is not None:
                _contradiction(name, spec, values[name], {**known, **values}, needs)
        elif any(need.name == name for need in needs):
            continue
        elif name not in defaults or (spec.needed_when is not None and _needed(spec, {**known, **values})):
            needs.append(Need(name, spec.label, Words("还不知道", "is not known yet"), spec.question))
        else:
            values[name] = defaults[name]
            assumed.add(name)
    return assumed


def _contradiction(name: str, spec: FactSpec, value: Any, known: Mapping[str, Any], needs: list[Need]) -> None:
    """A value for a fact that the other facts rule out must be its default: nobody paid what was never settled."""
    condition = spec.needed_when
    if condition is None or spec.default is None or any(one not in known for one in condition.names):
        return
    default = value_of_text(spec, spec.default)
    if value != default and not condition.value(known):
        shown = value_shown(spec.kind, default, spec.choices)
        what = Words("与其他事实矛盾，应为 {value}", "contradicts the other facts and should be {value}").with_(
            value=shown
        )
        needs.append(Need(name, spec.label, what, spec.question))


def _needed(spec: FactSpec, known: Mapping[str, Any]) -> bool:
    if spec.needed_when is None or any(name not in known for name in spec.needed_when.names):
        return False
    return bool(spec.needed_when.value(known))


def _items(edition: Edition, items: tuple[LineItem, ...], needs: list[Need]) -> tuple[LineItem, ...]:
    known = edition.document.categories
    if len(items) > ITEMS_MAX:
        needs.append(
            Need(
                "items",
                Words("费用明细", "the bill"),
                Words(f"超过 {ITEMS_MAX} 行", f"has more than {ITEMS_MAX} lines"),
            )
        )
    for number, item in enumerate(items[:ITEMS_MAX], start=1):
        for what in _wrong(item, known):
            label = Words(f"费用明细第 {number} 行", f"line {number} of the bill")
            needs.append(Need("items", label, what, row=number))
    return items


def _wrong(item: LineItem, categories: Mapping[str, Words]) -> Iterator[Words]:
    if item.category not in categories:
        yield Words(
            f"的类别“{item.category[:40]}”不在条款里",
            f"has a category “{item.category[:40]}” that the terms do not know",
        )
    if not 0 <= item.counted <= item.claimed <= AMOUNT_MAX:
        yield Words("的金额要在零和客户要求的金额之间", "must have amounts between zero and what was claimed")
    if item.days is not None and not 0 <= item.days <= ITEM_DAYS_MAX:
        yield Words("的天数不合理", "has an implausible number of days")


def _balances(edition: Edition, given: Mapping[str, int | Balance], needs: list[Need]) -> dict[str, Balance]:
    balances = {name: Balance(0) for name in edition.document.accumulators}
    for name, value in given.items():
        balance = value if isinstance(value, Balance) else Balance(value)
        if name not in balances:
            needs.append(Need(name, _unknown(name), Words("不是条款里的累计", "is not an accumulator of these terms")))
        elif not 0 <= balance.used <= AMOUNT_MAX:
            needs.append(
                Need(name, edition.document.accumulators[name].label, Words("已用数不合理", "has an implausible use"))
            )
        balances[name] = balance
    return balances


def shown_value(edition: Edition, name: str, value: Any) -> Words:
    """The value of a fact, policy value or derived value as people read it."""
    document = edition.document
    spec = document.facts.get(name) or document.policy.get(name)
    if spec is not None:
        return value_shown(spec.kind, value, spec.choices)
    return value_shown(edition.vocabulary.kinds[name], value)
