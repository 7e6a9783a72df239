"""How similar claims were decided: same product, edition and cause in the last 24 months, as ratios of paid to claimed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from lipei import products
from lipei.claimfile.models import Claim
from lipei.filing.actor import Actor
from lipei.settlement.models import Decision, Statement
from lipei.settlement.queries import current_row, visible_claim
from lipei.terms.edition import Edition, clause_label
from lipei.terms.fact_values import value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.words import Words

SIMILAR_MIN = 3
LOOKED_AT_MAX = 120
CLOSEST = 3
DIFFERENCES_MAX = 3
DAYS_BACK = 730
BAND = (1, 10)  # the middle eight tenths: a tenth off at each end
SAME = Words("没有不同", "nothing")


@dataclass(frozen=True, slots=True)
class SimilarDecision:
    """One earlier decision: paid over claimed in thousandths, and what is different there from this claim."""

    number: str
    amount: int
    claimed: int
    permille: int
    unlike: Words


@dataclass(frozen=True, slots=True)
class Similar:
    """Earlier decisions of the same kind: this claim's own place, the usual band, and the closest ones."""

    decisions: tuple[SimilarDecision, ...]
    own: int
    low: int
    high: int
    closest: tuple[SimilarDecision, ...]
    note: Words


@dataclass(frozen=True, slots=True)
class _Seen:
    """What two decisions are compared by: clauses that cut, and the yes/no and choice facts."""

    clauses: frozenset[str]
    facts: dict[str, str]


def permille(amount: int, of: int) -> int:
    """`amount` in thousandths of `of`, at most 1000 and at least 0."""
    return max(0, min(1000, amount * 1000 // of)) if of > 0 else 0


def similar_decisions(number: str, *, actor: Actor, at: datetime) -> Similar | None:
    """Decisions like this one over all branches; None when there are fewer than three, because then they say nothing."""
    claim = visible_claim(number, actor=actor)
    row = current_row(claim)
    return similar_to(claim, row, at=at) if row is not None else None


def similar_to(claim: Claim, row: Statement, *, at: datetime) -> Similar | None:
    """`similar_decisions` for a claim and statement that were already looked up."""
    if not claim.cause:
        return None
    found = list(
        Decision.objects.select_related("claim", "statement").filter(
            statement__product_code=row.product_code, statement__edition=row.edition, claim__cause=claim.cause,
            at__gte=at - timedelta(days=DAYS_BACK), at__lte=at, statement__claimed__gt=0,
        ).exclude(claim_id=claim.pk).defer("statement__content", "statement__inputs", "claim__search").order_by("-at", "-id")[:LOOKED_AT_MAX]
    )
    if len(found) < SIMILAR_MIN:
        return None
    own = permille(row.owed, row.claimed)
    edition = products.named(row.product_code, edition=row.edition)
    places = sorted(permille(d.amount, d.statement.claimed) for d in found)
    nearest = sorted(found, key=lambda d: (abs(permille(d.amount, d.statement.claimed) - own), -d.pk))[:CLOSEST]
    here = _seen_of(row.content)
    contents = dict(Statement.objects.filter(id__in=[d.statement_id for d in nearest]).values_list("id", "content"))
    closest = tuple(_similar(d, there=_seen_of(contents[d.statement_id]), here=here, edition=edition) for d in nearest)
    plain = tuple(
        SimilarDecision(d.claim.number, d.amount, d.statement.claimed, permille(d.amount, d.statement.claimed), SAME) for d in found
    )
    off = len(places) * BAND[0] // BAND[1]
    return Similar(plain, own, places[off], places[-1 - off], closest, _note(claim, edition, n=len(found)))


def _note(claim: Claim, edition: Edition, *, n: int) -> Words:
    spec = edition.document.facts.get("cause")
    cause = spec.choices.get(claim.cause) if spec is not None else None
    cause = cause or Words(claim.cause, claim.cause)
    name = edition.document.edition
    return Words(f"{n} 件：同一条款 {name} 版，{cause.zh}，近 24 个月", f"{n} decisions: the same terms, edition {name}, {cause.en}, last 24 months")


def _seen_of(content: str) -> _Seen:
    kept = json.loads(content)
    clauses = frozenset(line["clause"] for c in kept["coverages"] for line in c["lines"] if line["bound"])
    return _Seen(clauses, dict(kept["inputs"]["facts"]))


def _similar(decision: Decision, *, there: _Seen, here: _Seen, edition: Edition) -> SimilarDecision:
    claimed = decision.statement.claimed
    unlike = difference(here=here, there=there, edition=edition)
    return SimilarDecision(decision.claim.number, decision.amount, claimed, permille(decision.amount, claimed), unlike)


def difference(*, here: _Seen, there: _Seen, edition: Edition) -> Words:
    """What is different in the other decision: clauses that bit there and not here or the reverse, and facts by choice."""
    zh: list[str] = []
    en: list[str] = []
    for name, spec in edition.document.facts.items():
        mine, other = here.facts.get(name), there.facts.get(name)
        if spec.kind not in ("boolean", "choice") or mine == other or other is None:
            continue
        try:
            shown = value_shown(spec.kind, value_of_text(spec, other), spec.choices)
        except TextFault:
            continue
        zh.append(f"{spec.label.zh}：{shown.zh}")
        en.append(f"{spec.label.en}: {shown.en}")
    for clause in sorted(there.clauses - here.clauses):
        zh.append(f"{clause_label(clause).zh}也碰到")
        en.append(f"{clause_label(clause).en} applied too")
    for clause in sorted(here.clauses - there.clauses):
        zh.append(f"{clause_label(clause).zh}没有碰到")
        en.append(f"{clause_label(clause).en} did not apply")
    if len(zh) > DIFFERENCES_MAX:
        more = len(zh) - DIFFERENCES_MAX
        zh, en = [*zh[:DIFFERENCES_MAX], f"另有 {more} 处"], [*en[:DIFFERENCES_MAX], f"{more} more"]
    return Words("；".join(zh), "; ".join(en)) if zh else SAME
