"""Everything the checks and the first view look at, gathered from one claim's file at one moment; reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from lipei.calculation import Balance, CannotCalculate, LineItem, Need, Range, explain_range
from lipei.calculation.sure_bounds import ITEM
from lipei.claimfile import diary
from lipei.claimfile.answers import Answers, answers_of
from lipei.claimfile.models import Claim, Fact, LossItem, Party
from lipei.clocks import Event, readings
from lipei.coverage import rules
from lipei.coverage.reading import CoverageView, coverage_views, open_needs, terms_verdicts
from lipei.coverage.rules import Grace, PolicySeen, Rescission, Verdict
from lipei.policies.models import Insured, Policy
from lipei.policies.queries import balances_of, edition_of_policy, policy_content, policy_values
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text, value_shown
from lipei.terms.money import AmountFault, amount_of, plain
from lipei.terms.words import Words

CHARGES_UNKNOWN_MAX = 100_000_000  # fen: what an unknown bill is tried with; the contract's own limits bind long before
STAY_DAYS_GUESSED = 14
ONSET_DAYS_GUESSED = 30
FIFTH = 5
NO_POLICY = Words("这件还没有对上保单", "no policy is tied to this claim yet")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something not known yet and what was tried in its place; `paper` is the one that would tell."""

    name: str
    label: Words
    between: Words
    values: tuple[Any, ...]
    paper: Words | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The claim as the checks see it: edition, answers, what the terms say from least to most, or what they still need."""

    claim: Claim
    edition: Edition | None
    answers: Answers
    seen: Range | None
    needs: tuple[Need, ...]
    unknown: tuple[Unknown, ...]
    verdicts: tuple[Verdict, ...]
    is_open_ended: bool

    @property
    def coverages(self) -> tuple[CoverageView, ...]:
        """Each coverage from least to most; empty while the terms cannot be read."""
        return coverage_views(self.edition, self.seen) if self.edition is not None and self.seen is not None else ()

    def moved_by(self, unknown: Unknown) -> int | None:
        """By how much one thing not known alone moves the whole amount (fen); None where that cannot be said, as with no bill told."""
        return None if self.seen is None or self.is_open_ended else self.seen.moves.get(unknown.name)

    @property
    def is_covered(self) -> bool | None:
        """Whether there is cover at all; None while something that decides it is open."""
        return rules.is_covered(self.verdicts, answering=[c.answers for c in self.coverages])


def gather(claim: Claim, *, at: datetime, charges: tuple[int, int] | None = None) -> Gathered:
    """Look at everything once. `charges` is the whole bill from–to in fen as told, when no items were asked yet."""
    edition = edition_of_policy(claim.policy) if claim.policy is not None else None
    if claim.policy is None or claim.insured is None or edition is None:
        verdict = Verdict("policy", Words("保单", "Policy"), "open", NO_POLICY, rules.CONTRACT)
        verdicts = (_edition_verdict(claim.policy, edition),) if claim.policy is not None else (verdict,)
        return Gathered(claim, edition, Answers({}, frozenset(), {}), None, (), (), verdicts, False)
    try:
        answers = answers_of(claim, edition)
    except CannotCalculate as fault:
        empty = Answers({}, frozenset(), {})
        return Gathered(claim, edition, empty, None, fault.needs, (), (*_policy_verdicts(claim, claim.policy, edition, empty, at=at), *open_needs(fault.needs)), False)
    return _with_terms(claim, claim.policy, claim.insured, edition=edition, answers=answers, at=at, charges=charges)


def _with_terms(
    claim: Claim, policy: Policy, insured: Insured, *, edition: Edition, answers: Answers, at: datetime,
    charges: tuple[int, int] | None,
) -> Gathered:
    items = _items(claim)
    told = None if items else (charges or _charges_told(answers))
    spread = list(unknown_facts(edition, answers, on=timezone.localtime(at).date(), most=_most(items, told)))
    has_bill = bool(edition.document.categories)
    if has_bill and not items:
        spread.append(_unknown_bill(edition, told))
    needs: tuple[Need, ...] = ()
    seen: Range | None = None
    try:
        seen = explain_range(
            edition, facts=answers.known, unknown={u.name: u.values for u in spread}, items=items,
            balances=_balances(claim, policy, insured, edition=edition, answers=answers), policy=policy_values(edition, policy_content(policy, insured)),
            fill=False,
        )
    except CannotCalculate as fault:
        needs = fault.needs
    terms = terms_verdicts(edition, seen) if seen is not None else open_needs(needs)
    verdicts = (*_policy_verdicts(claim, policy, edition, answers, at=at), *terms)
    return Gathered(claim, edition, answers, seen, needs, tuple(spread), verdicts, has_bill and not items and told is None)


def _items(claim: Claim) -> list[LineItem]:
    return [
        LineItem(i.category, i.claimed, days=i.days, label=Words(i.label, i.label), ref=str(i.number),
                 source=Words(i.source, i.source) if i.source else None)
        for i in LossItem.objects.filter(claim=claim).order_by("number")
    ]


def _charges_told(answers: Answers) -> tuple[int, int] | None:
    """What the visitor thinks the bill comes to, a fifth below to a fifth above."""
    text = answers.text("estimated_cost")
    if not text:
        return None
    try:
        told = amount_of(text)
    except AmountFault:
        return None
    return (told - told // FIFTH, told + told // FIFTH) if told > 0 else None


def _most(items: list[LineItem], told: tuple[int, int] | None) -> int:
    if items:
        return sum(i.claimed for i in items)
    return told[1] if told else CHARGES_UNKNOWN_MAX


def _unknown_bill(edition: Edition, told: tuple[int, int] | None) -> Unknown:
    categories = edition.document.categories
    category = "other" if "other" in categories else next(iter(categories), "other")
    low, high = told or (0, CHARGES_UNKNOWN_MAX)
    between = Words(f"{plain(low)} 到 {plain(high)}", f"{plain(low)} to {plain(high)}") if told else Words("账单还没有交来", "the bill has not come in yet")
    return Unknown(f"{ITEM}{category}", Words("全部费用", "The whole bill"), between, (low, high) if low != high else (low,))


def unknown_facts(edition: Edition, answers: Answers, *, on: date, most: int) -> list[Unknown]:
    """What is tried for each fact that is not known and that the terms cannot take as usual; `most` is the bill in fen."""
    found = []
    for name, spec in edition.document.facts.items():
        if name in answers.known:
            continue
        usual = spec.default is not None and spec.needed_when is None
        if (usual and name not in answers.unknown) or _is_ruled_out(spec, edition, answers):
            continue
        values = _tried_values(name, edition, answers, on=on, most=most)
        if values:
            paper = edition.document.documents.get(spec.paper or "")
            found.append(Unknown(name, spec.label, _between(spec, values), tuple(values), paper.label if paper is not None else None))
    return found


def _is_ruled_out(spec: FactSpec, edition: Edition, answers: Answers) -> bool:
    """Whether the facts on file, or those taken as usual, say that this one is not needed: nobody paid what was never settled."""
    condition = spec.needed_when
    if condition is None:
        return False
    facts = edition.document.facts
    usual = {n: v for n, v in edition.defaults.items() if n in facts and facts[n].needed_when is None and n not in answers.unknown}
    values = {**usual, **{n: known.value for n, known in answers.known.items()}}
    return all(n in values for n in condition.names) and not condition.value(values)


def _tried_values(name: str, edition: Edition, answers: Answers, *, on: date, most: int) -> Sequence[Any]:
    spec = edition.document.facts[name]
    if spec.kind == "boolean":
        return (False, True)
    if spec.kind == "choice":
        return tuple(spec.choices)
    if spec.kind == "date":
        return _tried_days(name, spec, edition, answers, on=on)
    return _least_and_most(spec, most=most)


def _least_and_most(spec: FactSpec, *, most: int) -> Sequence[Any]:
    """The bounds that the terms state for a number; an amount without them lies between nothing and the bill."""
    least, highest = (None if text is None else value_of_text(spec, text) for text in (spec.at_least, spec.at_most))
    if spec.kind == "amount":
        least = 0 if least is None else least
        highest = max(most, least) if highest is None else highest
    return () if least is None or highest is None else (least, highest)


def _tried_days(name: str, spec: FactSpec, edition: Edition, answers: Answers, *, on: date) -> tuple[date, ...]:
    """The days to try for a date not known: between its neighbours, because a document asks for its dates in their order."""
    order = [n for n, s in edition.document.facts.items() if s.kind == "date"]
    at = order.index(name)
    earlier = [d for n in order[:at] if (d := answers.day(n)) is not None]
    later = [d for n in order[at + 1 :] if (d := answers.day(n)) is not None]
    is_past = spec.required_at == "first_view"
    last = min(later) if later else on if is_past else max([on, *earlier]) + timedelta(days=STAY_DAYS_GUESSED)
    first = max(earlier) if earlier else last - timedelta(days=ONSET_DAYS_GUESSED)
    if not is_past and not later:
        first = max([on, *earlier])
    return (min(first, last), last)


def _between(spec: FactSpec, values: Sequence[Any]) -> Words:
    if spec.kind == "boolean":
        return Words("是或否都算过", "both yes and no were tried")
    if spec.kind == "choice":
        labels = [spec.choices[v] for v in values]
        return Words("、".join(w.zh for w in labels) + " 都算过", "tried: " + ", ".join(w.en for w in labels))
    low, high = value_shown(spec.kind, values[0]), value_shown(spec.kind, values[-1])
    return Words(f"{low.zh} 到 {high.zh}", f"{low.en} to {high.en}")


def _balances(claim: Claim, policy: Policy, insured: Insured, *, edition: Edition, answers: Answers) -> dict[str, Balance]:
    values = policy_values(edition, policy_content(policy, insured))
    return balances_of(policy.pk, insured.pk, edition, facts=answers.known, policy=values, number=claim.number)


# ---------- policy, person, premium ----------


def policy_seen(policy: Policy) -> PolicySeen:
    """The policy as the pure checks look at it."""
    return PolicySeen(
        policy.number, policy.from_date, policy.to_date, policy.first_from_date, policy.premium_paid_to, policy.status,
        policy.explained_on, policy.explained_to,
    )


def loss_day(edition: Edition, answers: Answers) -> date | None:
    """The day that decides whether the policy was in force: the day the product's first trigger looks at, else of the loss."""
    named = [n for c in edition.document.coverages for n in c.trigger.when.names if n in edition.document.facts]
    days = [answers.day(n) for n in (*named, "happened_on")]
    return next((d for d in days if d is not None), None)


def _edition_verdict(policy: Policy, edition: Edition | None) -> Verdict:
    if edition is None:
        return rules.right_edition(None, edition="", first=None, policy=policy_seen(policy))
    document = edition.document
    return rules.right_edition(edition.title, edition=document.edition, first=document.in_force.first, policy=policy_seen(policy))


def _policy_verdicts(claim: Claim, policy: Policy, edition: Edition, answers: Answers, *, at: datetime) -> tuple[Verdict, ...]:
    seen = policy_seen(policy)
    loss_on = loss_day(edition, answers)
    pack = diary.law(at)
    source = pack.parameter("premium.days_after_due").source
    grace = Grace(pack.whole("premium.days_after_due"), pack.whole("premium.days_after_dunning"), source.citation)
    return (
        _edition_verdict(policy, edition),
        rules.policy_in_force(seen, loss_on=loss_on),
        rules.insured_person(is_same=_is_insured(claim), name=claim.insured_name),
        rules.premium_paid(seen, loss_on=loss_on, grace=grace, dunned_on=_dunned_on(policy)),
        rules.clauses_explained(seen),
        rules.disclosure(_rescission(claim, policy, answers, at=at)),
    )


def _dunned_on(policy: Policy) -> date | None:
    text = str(policy.terms.get("premium_asked_on", ""))
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _is_insured(claim: Claim) -> bool | None:
    party = Party.objects.filter(claim=claim, role="insured").exclude(identity_index="").first()
    if party is None or claim.insured is None:
        return None
    return party.identity_index == claim.insured.identity_index


def _rescission(claim: Claim, policy: Policy, answers: Answers, *, at: datetime) -> Rescission | None:
    """How the two periods of article 16 stand, when a known illness was not disclosed; from the jurisdiction's clocks."""
    known = answers.known.get("known_before")
    told = answers.known.get("disclosed_and_accepted")
    if known is None or known.value is not True or (told is not None and told.value is True):
        return None
    fact = Fact.objects.filter(claim=claim, name="known_before", is_current=True).first()
    known_at = fact.valid_at if fact is not None and fact.valid_at is not None else at
    formed = datetime.combine(policy.first_from_date, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    events = [Event("contract_formed", min(formed, known_at)), Event("ground_known", known_at)]
    runs = {r.id: r for r in readings(diary.law(at), events=events, at=at, line=claim.line)}
    gone = next((r for r in (runs.get("rescission.formed"), runs.get("rescission.known")) if r is not None and r.state == "missed"), None)
    days = [r.due_day for r in runs.values() if r.id.startswith("rescission.") and r.due_day is not None]
    day = timezone.localtime(known_at).date()
    return Rescission(day, min(days) if days else None, gone.clock.consequence if gone is not None else None)
