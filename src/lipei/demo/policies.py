"""Two thousand invented policies of nine products, drawn from a seed, each the same whenever it is drawn. Pure."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lipei.demo.names import RELATIONS, person
from lipei.policies.commands import PersonData, PolicyData

POLICIES = 2_000
YEAR_DAYS = 364
OLDEST_DAYS = 690
ADULTS = ("parent", "spouse")
FIRST_TERMS = date(2025, 1, 1)
"""The oldest edition of the terms in the house; no policy begins before it."""
OTHER_PRODUCTS = ("qinghe_million", "anri_cash", "pingbu_accident")
OTHER_FROM = date(2026, 1, 1)
OF_THINGS = ("xingan_motor", "lutong_compulsory", "anju_home", "xingan_motor", "lutong_compulsory", "anju_home", "yuanfan_travel", "anshou_life")
"""Cars, homes, journeys and lives, as often as they are sold."""
STRIDE = 401
"""A story draws from the policies of its own number and every so many after it."""
FIRST_OF_THINGS = 16
"""The first stories stand in every stage once; those of a hospital keep them."""
EVERY = 6
FIRST_EDITIONS = {"lutong_compulsory": FIRST_TERMS, "anshou_life": FIRST_TERMS}
"""What was sold before `OTHER_FROM` already."""
TERMS: dict[str, dict[str, str]] = {"anri_cash": {"daily_amount": "200.00"}, "pingbu_accident": {"sum_insured": "500,000.00", "medical_sum": "20,000.00"}}
LETTERS = {"xingan_motor": "C", "lutong_compulsory": "J", "anju_home": "H", "yuanfan_travel": "T", "anshou_life": "L"}
"""What stands in the middle of a policy's number; M for people's illness and accident."""
PRICES = ("98,000.00", "126,000.00", "158,000.00", "219,000.00")
BRANCH_CODES = ("JH", "JH", "YL", "SW")


def drawn_policy(index: int, *, seed: int, today: date) -> PolicyData:
    """Policy `index` of the demonstration."""
    draw = random.Random(f"{seed} policy {index}")
    from_date = max(FIRST_TERMS, today - timedelta(days=draw.randint(5, OLDEST_DAYS)))
    product = _product(draw, index, from_date=from_date)
    renewals = draw.choice((0, 0, 1, 2))
    return policy(
        draw, index=index, product=product, branch=BRANCH_CODES[index % len(BRANCH_CODES)], from_date=from_date,
        first_from=date(from_date.year - renewals, from_date.month, min(from_date.day, 28)),
    )


def is_of_things(number: int) -> bool:
    """Whether the story of this number, and the policies it may draw from, are of a car, a home, a journey or a life."""
    place = number % STRIDE
    return place >= FIRST_OF_THINGS and place % EVERY == FIRST_OF_THINGS % EVERY


def is_sold(product: str, *, on: date) -> bool:
    """Whether terms of the product were in force on a day."""
    return on >= FIRST_EDITIONS.get(product, OTHER_FROM)


def _product(draw: random.Random, index: int, *, from_date: date) -> str:
    if index % 5 == 4 and from_date >= OTHER_FROM and not is_of_things(index):
        return draw.choice(OTHER_PRODUCTS)
    product = OF_THINGS[index // EVERY % len(OF_THINGS)]
    return product if is_of_things(index) and is_sold(product, on=from_date) else "anxin_inpatient"


def policy(draw: random.Random, *, index: int, product: str, branch: str, from_date: date, first_from: date) -> PolicyData:
    """A policy of one year with its people: the holder insures himself and his own, or a relative of his; a life is a relative's."""
    holder = person(draw, born=(from_date.year - 62, from_date.year - 24))
    is_own = draw.random() < 0.6
    if product in LETTERS:
        is_own = product != "anshou_life"
    insured = holder if is_own else _relative(draw, holder, latest=from_date.year - 1, among=ADULTS if product == "anshou_life" else RELATIONS)
    return PolicyData(
        number=f"QH-{from_date.year}-{LETTERS.get(product, 'M')}-{index:04d}-{draw.randrange(10_000):04d}", product_code=product, branch_code=branch,
        from_date=from_date, to_date=from_date + timedelta(days=YEAR_DAYS), holder=holder, insured=(insured,),
        premium_paid_to=from_date + timedelta(days=YEAR_DAYS), first_from_date=first_from,
        explained_on=from_date - timedelta(days=3), explained_to=holder.name, terms=_terms(draw, product, from_date=from_date),
    )


def _terms(draw: random.Random, product: str, *, from_date: date) -> dict[str, str]:
    """What was agreed: sums and limits, and for a car its price when new and its first registration."""
    if product == "xingan_motor":
        price = draw.choice(PRICES)
        registered = date(from_date.year - draw.randint(1, 7), draw.randint(1, 12), draw.randint(1, 28))
        return {"new_price": price, "first_registered_on": registered.isoformat(), "vehicle_sum": price, "third_party_limit": "1,000,000.00", "seat_limit": "20,000.00"}
    if product == "anju_home":
        return {"building_sum": draw.choice(("600,000.00", "900,000.00", "1,200,000.00")), "contents_sum": draw.choice(("50,000.00", "100,000.00"))}
    if product == "anshou_life":
        return {"sum_insured": draw.choice(("100,000.00", "200,000.00", "300,000.00"))}
    return TERMS.get(product, {})


def _relative(draw: random.Random, holder: PersonData, *, latest: int, among: tuple[str, ...]) -> PersonData:
    relation = draw.choice(among)
    year = holder.born_on.year
    born = {"parent": (year - 32, year - 22), "spouse": (year - 5, year + 5), "child": (year + 22, year + 30)}[relation]
    surname = holder.name[0] if relation == "child" or (relation == "parent" and holder.sex == "M") else ""
    return person(draw, born=(min(born[0], latest), min(born[1], latest)), relation=relation, surname=surname)


def noon_of(data: PolicyData) -> datetime:
    """When a policy came over from the policy system: at noon of its first day."""
    day = data.from_date
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
