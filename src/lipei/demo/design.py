"""The claims that the pictures and the guide speak of: Fang Yulan's fall, her small stay in spring, and two visits going on right now. Pure."""

from __future__ import annotations

import random
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from lipei.demo.drawing import SPACE, drawn_story
from lipei.demo.names import identity_number
from lipei.demo.timing import steps_back
from lipei.demo.told import Found, Item, Stay, Told
from lipei.policies.commands import PersonData, PolicyData
from lipei.terms.words import Words

FIRST_NUMBER = 4_000
HOSPITAL = "镜湖市第一人民医院"
BROUGHT = frozenset({"identity", "receipts", "itemised_bill", "discharge_summary", "settlement_sheet", "accident_proof"})
SOCIAL = Words("社保已付", "Paid by social insurance")


def design_stories(*, seed: int, now: datetime) -> tuple[Told, ...]:
    """The stories that come first whatever the seed."""
    policy = fang_policy(today=now.date())
    return (spring_stay(policy, now=now), the_fall(policy, now=now), *visits_going_on(seed=seed, now=now))


def fang_policy(*, today: date) -> PolicyData:
    """安心住院医疗保险 for Fang Yulan, 71, held by her daughter Zhou Yanqiu."""
    from_date = today - timedelta(days=320)
    mother, daughter = date(today.year - 71, 3, 8), date(today.year - 43, 9, 21)
    return PolicyData(
        number=f"QH-{from_date.year}-M-0071-4420", product_code="anxin_inpatient", branch_code="JH", from_date=from_date,
        to_date=from_date + timedelta(days=364), premium_paid_to=from_date + timedelta(days=364), first_from_date=from_date.replace(year=from_date.year - 2),
        holder=PersonData(name="周砚秋", sex="F", born_on=daughter, identity=identity_number(daughter, order=262), phone="19900000042"),
        insured=(PersonData(name="方玉兰", sex="F", born_on=mother, identity=identity_number(mother, order=284), phone="19900000176", relation="parent"),),
        explained_on=from_date - timedelta(days=3), explained_to="周砚秋",
    )


def spring_stay(policy: PolicyData, *, now: datetime) -> Told:
    """Two nights for an infusion, within the deductible: nothing is paid, 600 yuan of the deductible are used."""
    steps = steps_back(random.Random("spring"), end="file", back=220, is_slow=False, now=now)
    out = steps[0][1].date() - timedelta(days=4)
    return Told(
        key=uuid.uuid5(SPACE, "spring"), number=FIRST_NUMBER, policy=policy, visitor="policyholder",
        loss=Stay(cause="illness", account="我妈头晕得厉害，去医院挂了两天水，查了血压，好了就回来了。", place="家里", hospital=HOSPITAL, level="tertiary",
                  happened_on=out - timedelta(days=2), happened_time="", admitted_on=out - timedelta(days=2), discharged_on=out, settled=True,
                  about=Words("头晕输液住院", "Short stay for dizziness")),
        items=(Item("bed", "床位费", 2, 16_000, 1), Item("drug_west", "西药费", None, 62_000, 2), Item("lab", "化验费", None, 42_000, 2)),
        found=(Found("social_paid", SOCIAL, "600.00", "¥600.00", "社保结算单"),), brings=BROUGHT - {"accident_proof"}, steps=steps,
    )


def the_fall(policy: PolicyData, *, now: datetime, end: str = "calculate", back: int = 0) -> Told:
    """The claim of the pictures: a hip fracture, 14 days, 26,320.33 yuan by the terms, waiting at the calculation; or gone as far as `end`."""
    steps = steps_back(random.Random("fall"), end=end, back=back, is_slow=False, now=now)
    out = steps[0][1].date() - timedelta(days=3)
    into = out - timedelta(days=14)
    return Told(
        key=uuid.uuid5(SPACE, "fall"), number=FIRST_NUMBER + 3, policy=policy, nth=2, visitor="policyholder",
        loss=Stay(cause="accident", account="那天早上六点多，我妈起来上卫生间，地上有水，滑了一下，左边胯着地，站不起来。我叫的 120。", place="家里卫生间",
                  hospital=HOSPITAL, level="tertiary", happened_on=into, happened_time="06:20", admitted_on=into, discharged_on=out, settled=True,
                  about=Words("家中摔伤髋部骨折", "Hip fracture from a fall at home")),
        items=(
            Item("bed", "床位费", 14, 196_000, 1), Item("drug_west", "西药费", None, 1_246_030, 3), Item("surgery", "手术费", None, 980_000, 9),
            Item("implant", "人工髋关节", None, 2_850_000, 17), Item("nursing", "护理费", None, 112_000, 18), Item("special_care", "特需陪护费", None, 240_000, 19),
            Item("exam", "检查费", None, 486_000, 21), Item("lab", "化验费", None, 231_520, 24), Item("treatment", "治疗费", None, 500_500, 26),
        ),
        found=(Found("social_paid", SOCIAL, "31206.80", "¥31,206.80", "社保结算单"),), brings=BROUGHT,
        complex_because="费用较高且有植入材料，需要核对合格证和医院说明，已告知客户。", steps=steps,
    )


def visits_going_on(*, seed: int, now: datetime) -> tuple[Told, ...]:
    """Two visitors sit at the counters: one is telling what happened, one hears what comes next."""
    stories = []
    for n, (station, ago) in enumerate((("facts", 14), ("explanation", 26))):
        drawn = drawn_story(FIRST_NUMBER + 100 + n, end="visit", seed=seed, now=now)
        policy = replace(drawn.policy, branch_code="JH", number=f"{drawn.policy.number[:8]}V{drawn.policy.number[9:]}")
        stories.append(replace(drawn, stops_at=station, steps=(("visit", now - timedelta(minutes=ago)),), policy=policy))
    return tuple(stories)
