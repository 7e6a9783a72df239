"""What others may ask about a policy: its edition, the values the terms need, and what earlier claims have used up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lipei import products
from lipei.calculation import Balance, Movement
from lipei.calculation.movements import period_start
from lipei.calculation.replay import Key, order_dates, order_key
from lipei.policies.models import AccumulatorMovement, Insured, Policy
from lipei.terms.document import Accumulator
from lipei.terms.edition import Edition
from lipei.terms.fact_values import value_of_text
from lipei.terms.faults import TextFault
from lipei.terms.words import Words

CONTENT_DATES = {"cover_from": "from", "cover_to": "to"}
PERIOD_CHARACTERS = 20


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
    return movement.period_start.isoformat() if movement.period_start else movement.period[:PERIOD_CHARACTERS]


def balances_of(
    policy_id: int, insured_id: int, edition: Edition, *, facts: Mapping[str, Any], policy: Mapping[str, Any], number: str
) -> dict[str, Balance]:
    """What claims ordered before claim `number` used of each accumulator (fen or days) in the period it falls into, and when.

    The order is the clause's, whatever was decided first: by the dates of the accumulators, on one day by the claim's number.
    While a date that orders is not known, accumulators count as unused. A family is everybody insured under the policy.
    """
    env = _known_by_name(edition, facts=facts, policy=policy)
    order = _order(edition, env, number=number)
    if not order:
        return {}
    rows = [
        row for row in AccumulatorMovement.objects.filter(policy_id=policy_id).exclude(claim_number=number).order_by("order_key", "id")
        if row.order_key < order
    ]
    found: dict[str, Balance] = {}
    for name, spec in edition.document.accumulators.items():
        period = _period(spec, env)
        used = [
            row for row in rows
            if row.accumulator == name and row.period == period and (spec.person != "member" or row.insured_id == insured_id)
        ]
        if used:
            found[name] = Balance(max(0, sum(row.amount for row in used)), _months(used))
    return found


def used_before(policy_id: int, edition: Edition, *, order: str) -> dict[Key, int]:
    """What claims ordered before `order` used of each key of the policy (fen or days)."""
    specs = edition.document.accumulators
    found: dict[Key, int] = {}
    for row in AccumulatorMovement.objects.filter(policy_id=policy_id).order_by("id"):
        if row.accumulator in specs and row.order_key < order:
            whom = {"member": str(row.insured_id), "family": str(policy_id), "policy": ""}[specs[row.accumulator].person]
            key = Key(str(policy_id), whom, row.accumulator, row.period)
            found[key] = found.get(key, 0) + row.amount
    return found


def booked_by(policy_id: int, *, number: str) -> dict[tuple[str, str], int]:
    """What is booked for a claim, by accumulator and period (fen or days)."""
    found: dict[tuple[str, str], int] = {}
    for row in AccumulatorMovement.objects.filter(policy_id=policy_id, claim_number=number):
        place = (row.accumulator, row.period)
        found[place] = found.get(place, 0) + row.amount
    return found


def _known_by_name(edition: Edition, *, facts: Mapping[str, Any], policy: Mapping[str, Any]) -> dict[str, Any]:
    """Facts and policy values by name, without their sources, and the derived values that can be worked out from them already."""
    env = {name: getattr(value, "value", value) for name, value in {**policy, **facts}.items()}
    for name, derived in edition.document.values.items():
        if all(one in env for one in derived.value.names):
            try:
                env[name] = derived.value.value(env)
            except (ZeroDivisionError, OverflowError, ValueError):
                continue
    return env


def _order(edition: Edition, env: Mapping[str, Any], *, number: str) -> str:
    """Where a claim stands, as movements keep it; empty while one of its dates is not known."""
    dates = [env.get(name) for name in order_dates(edition)]
    if not dates or not all(isinstance(one, date) for one in dates):
        return ""
    return order_key(tuple(one for one in dates if one is not None), number)


def _period(spec: Accumulator, env: Mapping[str, Any]) -> str:
    first = period_start(spec, env[spec.dated_by], env=env)
    return first.isoformat() if first else spec.period[:PERIOD_CHARACTERS]


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
