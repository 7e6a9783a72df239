"""Draws the demonstration's stories from a seed: whose claim it is, what happened, what it cost, and how far it has come by today. Pure."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from lipei.demo.drawing_things import drawn_thing
from lipei.demo.happenings import COMPLEX, CUTS, HAPPENINGS, RETURNED, WITHDRAWN, Happening
from lipei.demo.names import HOSPITALS
from lipei.demo.policies import POLICIES, STRIDE, drawn_policy, is_of_things
from lipei.demo.timing import days_back, steps_back
from lipei.demo.told import Cut, Found, Item, Stay, Told
from lipei.policies.commands import PolicyData
from lipei.terms.money import machine, shown
from lipei.terms.words import Words

CLAIMS = 400
SPACE = uuid.UUID("6c697065-6900-4000-8000-64656d6f0000")
WAITING_DAYS = 32
IMPLANT_LIMIT = 25_000_00
"""Above this the terms ask for the hospital's statement on the material (clause 2.2.5), in fen."""
FACTS = {
    "social_paid": Words("社保已付", "Paid by social insurance"),
    "known_before": Words("投保前已知的疾病", "Illness known before joining"),
    "unlawful_driving": Words("酒后或无证驾驶", "Driving after drinking or without papers"),
    "hospital_states_no_substitute": Words("医院书面说明无同类材料可以替代", "Hospital states in writing that nothing can be substituted"),
}


def drawn_story(number: int, *, end: str, seed: int, now: datetime) -> Told:
    """Story `number` (from 0), gone as far as `end` by `now`: the same seed and day draw the same story."""
    if is_of_things(number):
        return drawn_thing(number, end=end, seed=seed, now=now, space=SPACE)
    return _drawn_stay(number, end=end, seed=seed, now=now)


def _drawn_stay(number: int, *, end: str, seed: int, now: datetime) -> Told:
    draw = random.Random(f"{seed} story {number}")
    happening = draw.choice(HAPPENINGS)
    is_refused = end in ("review", "decide", "close", "file") and draw.random() < 0.14
    is_slow = draw.random() < 0.45
    steps = steps_back(draw, end=end, back=days_back(draw, end=end), is_slow=is_slow, now=now)
    visited = steps[0][1].date()
    policy, stay = _policy_for(number, draw, happening, visited=visited, seed=seed, today=now.date())
    loss = _loss(draw, happening, branch=policy.branch_code, stay=stay)
    items = _bill(draw, happening, days=max(1, (stay[1] - stay[0]).days), is_small=draw.random() < 0.08)
    found = _found(draw, loss, items)
    return Told(
        key=uuid.uuid5(SPACE, f"{seed} {number}"), number=number, policy=policy,
        visitor="insured" if policy.insured[0] == policy.holder or (draw.random() < 0.4 and _is_adult(policy, visited)) else "policyholder",
        loss=loss, items=items, cuts=_cuts(draw, items), found=found,
        early=_excluding(draw, happening) if is_refused else (), brings=_brought(draw, loss, items, end=end, steps=steps),
        complex_because=draw.choice(COMPLEX) if is_slow else "", withdrawn_because=draw.choice(WITHDRAWN) if end == "withdraw" else "",
        returned_because=draw.choice(RETURNED) if end in ("review", "decide", "file") and draw.random() < 0.08 else "",
        leaves_open=draw.random() < 0.1, steps=steps,
    )


def _is_adult(policy: PolicyData, on: date) -> bool:
    return (on - policy.insured[0].born_on).days > 18 * 366


# ---------- what ----------


def _policy_for(
    number: int, draw: random.Random, happening: Happening, *, visited: date, seed: int, today: date
) -> tuple[PolicyData, tuple[date, date]]:
    """A policy of the story's own, in force when the loss happened, and the days of admission and discharge."""
    discharged = visited - timedelta(days=draw.randint(2, 12))
    admitted = discharged - timedelta(days=draw.randint(*happening.days))
    mine = range(number % CLAIMS, POLICIES, STRIDE)
    candidates = [p for p in (drawn_policy(i, seed=seed, today=today) for i in mine) if p.product_code == "anxin_inpatient"]
    fits = [p for p in candidates if p.from_date + timedelta(days=WAITING_DAYS) <= admitted - timedelta(days=3) and admitted <= p.to_date]
    if fits:
        return fits[0], (admitted, discharged)
    return _fitted(candidates[0], admitted=admitted, draw=draw), (admitted, discharged)


def _fitted(policy: PolicyData, *, admitted: date, draw: random.Random) -> PolicyData:
    """The same people under a policy whose year covers the loss."""
    from_date = max(date(2025, 1, 1), admitted - timedelta(days=draw.randint(WAITING_DAYS + 4, 300)))
    to_date = from_date + timedelta(days=364)
    number = f"QH-{from_date.year}-K{policy.number[9:]}"
    return replace(policy, number=number, from_date=from_date, to_date=to_date, premium_paid_to=to_date, first_from_date=from_date,
                   explained_on=from_date - timedelta(days=3))


def _loss(draw: random.Random, happening: Happening, *, branch: str, stay: tuple[date, date]) -> Stay:
    hospital, level = draw.choice(HOSPITALS[branch])
    onset = 0 if happening.cause == "accident" else draw.randint(0, 3)
    return Stay(
        cause=happening.cause, account=happening.account, place=happening.place, hospital=hospital, level=level,
        happened_on=stay[0] - timedelta(days=onset), happened_time=f"{draw.randint(6, 22):02d}:{draw.choice((0, 10, 20, 30, 40, 50)):02d}" if draw.random() < 0.7 else "",
        admitted_on=stay[0], discharged_on=stay[1], settled=draw.random() < 0.9, about=happening.about,
    )


def _bill(draw: random.Random, happening: Happening, *, days: int, is_small: bool) -> tuple[Item, ...]:
    """Bed and the lines such a stay holds, on rising pages; a small bill stays within the deductible."""
    part = 20 if is_small else 1
    items = [Item("bed", "床位费", days, days * draw.choice((80, 110, 140, 180)) * 100 // (2 if is_small else 1), 1)]
    for n, (category, label, low, high) in enumerate(happening.lines, start=2):
        fen = draw.randint(low * 100, high * 100) // part
        items.append(Item(category, label, days if category == "nursing" else None, max(1_000, fen // 10 * 10), n + draw.randint(0, 2)))
    if not is_small and draw.random() < 0.15:
        items.append(Item("special_care", "特需陪护费", days, days * 24_000, len(items) + 3))
    return tuple(items)


def _cuts(draw: random.Random, items: tuple[Item, ...]) -> tuple[Cut, ...]:
    if draw.random() > 0.3:
        return ()
    n = draw.randint(1, len(items))
    code, reason, fact = draw.choice(CUTS)
    off = max(100, items[n - 1].fen * draw.randint(4, 25) // 100)
    return (Cut(n, items[n - 1].fen - off, code, reason, fact.format(page=items[n - 1].page)),)


def _found(draw: random.Random, loss: Stay, items: tuple[Item, ...]) -> tuple[Found, ...]:
    """What the settlement sheet and the hospital's statement say."""
    found = []
    if loss.settled:
        paid = sum(i.fen for i in items) * draw.randint(28, 55) // 100
        found.append(Found("social_paid", FACTS["social_paid"], machine(paid), shown(paid), "社保结算单"))
    if any(i.category == "implant" for i in items) and draw.random() < 0.3:
        found.append(Found("hospital_states_no_substitute", FACTS["hospital_states_no_substitute"], "true", "是", "医院说明"))
    return tuple(found)


def _excluding(draw: random.Random, happening: Happening) -> tuple[Found, ...]:
    """The fact that an exclusion rests on: an illness known before joining, or driving after drinking."""
    name, paper = ("known_before", "既往病历") if happening.cause == "illness" else ("unlawful_driving", "交警事故认定书")
    return (Found(name, FACTS[name], "true", "是", paper),)


def _brought(draw: random.Random, loss: Stay, items: tuple[Item, ...], *, end: str, steps: tuple[tuple[str, datetime], ...]) -> frozenset[str]:
    kinds = ["identity", "receipts", "itemised_bill", "discharge_summary"]
    if loss.settled:
        kinds.append("settlement_sheet")
    if loss.cause == "accident":
        kinds.append("accident_proof")
    if any(item.category == "implant" and item.fen > IMPLANT_LIMIT for item in items):
        kinds.append("hospital_statement")
    is_asked = any(name == "ask_papers" for name, _ in steps)
    leaves = draw.sample(kinds[2:], k=1) if is_asked or draw.random() < 0.25 else []
    return frozenset(k for k in kinds if k not in leaves)
