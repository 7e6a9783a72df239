"""Draws the stories of a car, a home, a journey or a life: the same people, days and crews as the others, another product. Pure."""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta

from lipei.demo.mishaps import CUTS, DAYS, MISHAPS, SAYINGS, Mishap
from lipei.demo.policies import (
    BRANCH_CODES,
    EVERY,
    FIRST_EDITIONS,
    FIRST_OF_THINGS,
    OTHER_FROM,
    is_sold,
    policy,
)
from lipei.demo.timing import days_back, steps_back
from lipei.demo.told import STEPS, Cut, Item, Loss, Told
from lipei.policies.commands import PolicyData

INDEX_FROM = 7_000
"""Where the numbers of their policies begin, behind all others."""
PAST_THE_ITEMS = frozenset(STEPS[STEPS.index("assess") :])
"""Steps that a claim without a bill does not reach yet: the assessment asks for items, and such a claim waits there."""
TOLD_WITHIN_DAYS = 90
"""The longest from a loss to its last step, waiting times of a complex claim included."""
DAYS_TO_COME = (1, 9)
DAYS_TO_COME_BEREAVED = (12, 34)
COVERED_DAYS = {"xingan_motor": (12, 250), "lutong_compulsory": (12, 250), "anju_home": (12, 250), "yuanfan_travel": (12, 250), "anshou_life": (100, 300)}
"""How long a policy has run when the loss happens (from, to): of a life longer than its waiting period."""


def drawn_thing(number: int, *, end: str, seed: int, now: datetime, space: uuid.UUID) -> Told:
    """Story `number`, gone as far as `end` by `now`."""
    draw = random.Random(f"{seed} thing {number}")
    is_slow = draw.random() < 0.45
    back = days_back(draw, end=end)
    mishap = _mishap(number, before=now.date() - timedelta(days=back + TOLD_WITHIN_DAYS))
    if not mishap.lines and end in PAST_THE_ITEMS:
        end, back = "papers", days_back(draw, end="papers")
    steps = steps_back(draw, end=end, back=back, is_slow=is_slow, now=now)
    happened = steps[0][1].date() - timedelta(days=draw.randint(*(DAYS_TO_COME_BEREAVED if mishap.situation == "bereavement" else DAYS_TO_COME)))
    contract = _contract(draw, mishap, number=number, happened=happened)
    items = tuple(
        Item(category, label, None, draw.randint(low * 10, high * 10) * 10, page) for page, (category, label, low, high) in enumerate(mishap.lines, start=1)
    )
    said = SAYINGS[mishap.product]
    is_refused = end in ("review", "decide", "close", "file") and draw.random() < 0.14
    return Told(
        key=uuid.uuid5(space, f"{seed} {number}"), number=number, policy=contract, visitor="insured" if contract.insured[0] == contract.holder else "policyholder",
        loss=_loss(draw, mishap, happened=happened), items=items, cuts=_cuts(draw, items, bill=said.bill), found=mishap.found,
        early=said.excluded if is_refused else (), brings=_brought(draw, mishap, steps=steps),
        complex_because=said.complex if is_slow else "", withdrawn_because=said.withdrawn if end == "withdraw" else "",
        returned_because=said.returned if end in ("review", "decide", "file") and draw.random() < 0.08 else "", steps=steps,
    )


def _mishap(number: int, *, before: date) -> Mishap:
    """What happened: the next of the list whose product was sold long enough before that day."""
    turn = (number - FIRST_OF_THINGS) // EVERY % len(MISHAPS)
    return next(m for m in (*MISHAPS[turn:], *MISHAPS) if is_sold(m.product, on=before - timedelta(days=COVERED_DAYS[m.product][0])))


def _contract(draw: random.Random, mishap: Mishap, *, number: int, happened: date) -> PolicyData:
    """A policy of the story's own that covers the day."""
    first = FIRST_EDITIONS.get(mishap.product, OTHER_FROM)
    from_date = max(first, happened - timedelta(days=draw.randint(*COVERED_DAYS[mishap.product])))
    return policy(draw, index=INDEX_FROM + number, product=mishap.product, branch=BRANCH_CODES[number % len(BRANCH_CODES)], from_date=from_date, first_from=from_date)


def _loss(draw: random.Random, mishap: Mishap, *, happened: date) -> Loss:
    own = {name: draw.choice(answers) for name, answers in mishap.asked}
    return Loss(
        account=mishap.account, place=mishap.place, happened_on=happened, happened_time=f"{draw.randint(6, 22):02d}:{draw.choice((0, 15, 30, 45)):02d}",
        about=mishap.about, situation=mishap.situation, own=((DAYS[mishap.product], happened.isoformat()), *own.items()),
    )


def _cuts(draw: random.Random, items: tuple[Item, ...], *, bill: str) -> tuple[Cut, ...]:
    if not items or draw.random() > 0.3:
        return ()
    item = draw.choice(items)
    code, reason = draw.choice(CUTS)
    off = max(100, item.fen * draw.randint(4, 18) // 100)
    return (Cut(items.index(item) + 1, item.fen - off, code, reason, f"{bill}第 {item.page} 页"),)


def _brought(draw: random.Random, mishap: Mishap, *, steps: tuple[tuple[str, datetime], ...]) -> frozenset[str]:
    """All papers, but the last one where it is asked for later."""
    is_asked = any(name == "ask_papers" for name, _ in steps)
    return frozenset(mishap.brings[:-1] if is_asked or draw.random() < 0.2 else mishap.brings)
