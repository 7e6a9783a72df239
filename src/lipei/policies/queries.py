"""What others may ask about a policy: its edition, the values the terms need, and what earlier claims have used up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lipei import products
from lipei.calculation import Balance, Movement
from lipei.calculation.movements import period_start
from lipei.policies.models import AccumulatorMovement, Insured, Policy
from lipei.terms.document import Accumulator
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import TextFault
from lipei.terms.words import Words

CONTENT_DATES = {"cover_from": "from", "cover_to": "to"}


def edition_of_policy(policy: Policy) -> Edition | None:
    """The edition of the terms the contract was made under: in force when its period began, whatever came later."""
    try:
        return products.load(policy.product_code, on=policy.from_date)
    except products.NoEdition:
        return None


def policy_content(policy: Policy, insured: Insured) -> dict[str, Any]:
    """Policy and insured as a snapshot keeps them: text, true and false, and the policy's own terms."""
    return {
        "number": policy.number, "from": policy.from_date.isoformat(), "to": policy.to_date.isoformat(),
        "first_from": policy.first_from_date.isoformat(), "premium_paid_to": policy.premium_paid_to.isoformat(),
        "explained_on": policy.explained_on.isoformat() if policy.explained_on else None,
        "explained_to": policy.explained_to, "terms": policy.terms, "insured": insured.name,
        "born_on": insured.born_on.isoformat(), "social_insurance": insured.social_insurance, "status": policy.status,
    }


def policy_values(edition: Edition, content: Mapping[str, Any]) -> dict[str, Any]:
    """The policy values an edition asks for, from a snapshot's content. Text in `terms` that cannot be read is left out."""
    own = {
        "cover_from": date.fromisoformat(content["from"]),
        "cover_to": date.fromisoformat(content["to"]),
        "renewed": content["first_from"] < content["from"],
        "joined_with_social_insurance": bool(content["social_insurance"]),
        "born_on": date.fromisoformat(content["born_on"]),
    }
    values = {name: own[name] for name in edition.document.policy if name in own}
    for name, text in content.get("terms", {}).items():
        spec = edition.document.policy.get(name)
        if spec is None or name in own:
            continue
        try:
            values[name] = value_of_text(spec, str(text))
        except TextFault:
            continue
    return values


def period_key(movement: Movement) -> str:
    """The period a movement belongs to, as the ledger keeps it: its first day, or the name of a period without one."""
    return movement.period_start.isoformat() if movement.period_start else movement.period[:20]


def balances_of(
    policy_id: int, insured_id: int, edition: Edition, *, facts: Mapping[str, Any], starts: date, without_claim: str = ""
) -> dict[str, Balance]:
    """What earlier claims used of each accumulator (fen or days) in the period this claim falls into, and when.

    Accumulators whose date is not known yet count as unused. Movements of `without_claim` are left out.
    """
    rows = list(
        AccumulatorMovement.objects.filter(policy_id=policy_id).exclude(claim_number=without_claim).order_by("order_key", "id")
    )
    found: dict[str, Balance] = {}
    for name, spec in edition.document.accumulators.items():
        period = _period(spec, facts.get(spec.dated_by), starts=starts)
        used = [
            row for row in rows
            if row.accumulator == name and row.period == period and (spec.person != "member" or row.insured_id == insured_id)
        ]
        if used:
            found[name] = Balance(max(0, sum(row.amount for row in used)), _months(used))
    return found


def _period(spec: Accumulator, dated: Any, *, starts: date) -> str:
    value = getattr(dated, "value", dated)
    if not isinstance(value, date):
        return ""
    first = period_start(spec, value, env={spec.starts: starts} if spec.starts else {})
    return first.isoformat() if first else spec.period[:20]


def _months(used: list[AccumulatorMovement]) -> Words:
    months = sorted({int(row.order_key[5:7]) for row in used if row.order_key[5:7].isdigit()})
    if not months:
        return Words("以前已抵", "used earlier")
    zh = "、".join(f"{m} 月" for m in months)
    en = ", ".join(_MONTHS[m - 1] for m in months)
    return Words(f"{zh}已抵", f"used in {en}")


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
