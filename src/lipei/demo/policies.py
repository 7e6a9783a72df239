"""Two thousand invented policies of the four products, drawn from a seed, each the same whenever it is drawn. Pure."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lipei.demo.names import RELATIONS, person
from lipei.policies.commands import PersonData, PolicyData

POLICIES = 2_000
YEAR_DAYS = 364
OLDEST_DAYS = 690
FIRST_TERMS = date(2025, 1, 1)
"""The oldest edition of the terms in the house; no policy begins before it."""
OTHER_PRODUCTS = ("qinghe_million", "anri_cash", "pingbu_accident")
OTHER_FROM = date(2026, 1, 1)
TERMS: dict[str, dict[str, str]] = {"anri_cash": {"daily_amount": "200.00"}, "pingbu_accident": {"sum_insured": "500,000.00", "medical_sum": "20,000.00"}}
BRANCH_CODES = ("JH", "JH", "YL", "SW")


def drawn_policy(index: int, *, seed: int, today: date) -> PolicyData:
    """Policy `index` of the demonstration."""
    draw = random.Random(f"{seed} policy {index}")
    from_date = max(FIRST_TERMS, today - timedelta(days=draw.randint(5, OLDEST_DAYS)))
    product = draw.choice(OTHER_PRODUCTS) if index % 5 == 4 and from_date >= OTHER_FROM else "anxin_inpatient"
    renewals = draw.choice((0, 0, 1, 2))
    return policy(
        draw, index=index, product=product, branch=BRANCH_CODES[index % len(BRANCH_CODES)], from_date=from_date,
        first_from=date(from_date.year - renewals, from_date.month, min(from_date.day, 28)),
    )


def policy(draw: random.Random, *, index: int, product: str, branch: str, from_date: date, first_from: date) -> PolicyData:
    """A policy of one year with its people: the holder insures himself, or a relative of his."""
    holder = person(draw, born=(from_date.year - 62, from_date.year - 24))
    insured = holder if draw.random() < 0.6 else _relative(draw, holder, latest=from_date.year - 1)
    return PolicyData(
        number=f"QH-{from_date.year}-M-{index:04d}-{draw.randrange(10_000):04d}", product_code=product, branch_code=branch,
        from_date=from_date, to_date=from_date + timedelta(days=YEAR_DAYS), holder=holder, insured=(insured,),
        premium_paid_to=from_date + timedelta(days=YEAR_DAYS), first_from_date=first_from,
        explained_on=from_date - timedelta(days=3), explained_to=holder.name, terms=TERMS.get(product, {}),
    )


def _relative(draw: random.Random, holder: PersonData, *, latest: int) -> PersonData:
    relation = draw.choice(RELATIONS)
    year = holder.born_on.year
    born = {"parent": (year - 32, year - 22), "spouse": (year - 5, year + 5), "child": (year + 22, year + 30)}[relation]
    surname = holder.name[0] if relation == "child" or (relation == "parent" and holder.sex == "M") else ""
    return person(draw, born=(min(born[0], latest), min(born[1], latest)), relation=relation, surname=surname)


def noon_of(data: PolicyData) -> datetime:
    """When a policy came over from the policy system: at noon of its first day."""
    day = data.from_date
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
