"""The same seed and day always draw the same invented insurer; nobody and nothing in it can exist, and nothing happens in the future."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from lipei import products
from lipei.demo.design import design_stories
from lipei.demo.drawing import CLAIMS, drawn_story
from lipei.demo.mishaps import DAYS, MISHAPS, SAYINGS, Mishap
from lipei.demo.people import COLLEAGUES
from lipei.demo.policies import OF_THINGS, POLICIES, drawn_policy
from lipei.demo.timing import ENDS, SHANGHAI, ends_in_order
from lipei.demo.told import Stay, Told
from lipei.documents.kinds import BY_CLAIMANT
from lipei.frontdesk.facts_rules import asked_at_desk
from lipei.frontdesk.identity_rules import identity_number_faults
from lipei.staff.roles import ROLES

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
SEED = 2026


@pytest.fixture(scope="module")
def stories() -> tuple[Told, ...]:
    drawn = [drawn_story(n, end=end, seed=SEED, now=NOW) for n, end in enumerate(ends_in_order(seed=SEED))]
    return (*design_stories(seed=SEED, now=NOW), *drawn)


def test_the_same_seed_draws_the_same_stories(stories: tuple[Told, ...]) -> None:
    again = [drawn_story(n, end=end, seed=SEED, now=NOW) for n, end in enumerate(ends_in_order(seed=SEED))]
    assert list(stories[-CLAIMS:]) == again
    assert drawn_story(7, end="file", seed=SEED + 1, now=NOW) != drawn_story(7, end="file", seed=SEED, now=NOW)


def test_the_first_forty_already_stand_in_every_stage() -> None:
    ends = ends_in_order(seed=SEED)
    assert len(ends) == CLAIMS
    assert set(ends[:36]) == {end for end, _, _ in ENDS}
    assert Counter(ends) == {end: count for end, count, _ in ENDS}


def test_nothing_is_told_of_the_future_and_each_step_comes_after_the_one_before(stories: tuple[Told, ...]) -> None:
    for told in stories:
        moments = [at for _, at in told.steps]
        assert moments == sorted(moments)
        assert moments[-1] < NOW
        assert told.loss.happened_on <= moments[0].date()
        if isinstance(told.loss, Stay):
            assert told.loss.happened_on <= told.loss.admitted_on <= told.loss.discharged_on <= moments[0].date()


def test_every_loss_lies_within_its_policy(stories: tuple[Told, ...]) -> None:
    for told in stories:
        day = told.loss.admitted_on if isinstance(told.loss, Stay) else told.loss.happened_on
        assert told.policy.from_date <= day <= told.policy.to_date, told.policy.number


def test_each_story_has_a_policy_of_its_own(stories: tuple[Told, ...]) -> None:
    numbers = Counter(told.policy.number for told in stories)
    assert {n for n, times in numbers.items() if times > 1} == {"QH-2026-M-0071-4420"}
    assert len({told.key for told in stories}) == len(stories)


def test_cars_homes_journeys_and_lives_are_among_claims_and_policies(stories: tuple[Told, ...]) -> None:
    told = Counter(t.policy.product_code for t in stories[:CLAIMS])
    sold = Counter(drawn_policy(i, seed=SEED, today=NOW.date()).product_code for i in range(POLICIES))
    for product in OF_THINGS:
        assert told[product] >= 10, product
        assert sold[product] >= 15, product
    assert told["anxin_inpatient"] > 300
    assert {t.policy.product_code for t in stories[:40]} >= {"xingan_motor", "lutong_compulsory", "anju_home", "yuanfan_travel"}
    assert not any(isinstance(t.loss, Stay) for t in stories if t.policy.product_code in OF_THINGS)


@pytest.mark.parametrize("mishap", MISHAPS, ids=lambda m: m.about.en)
def test_what_happens_to_things_answers_the_questions_of_its_product(mishap: Mishap) -> None:
    edition = products.load(mishap.product, on=NOW.date())
    document = edition.document
    asked = {a.name: a for a in asked_at_desk(edition)}
    own = dict(mishap.asked)
    assert set(asked) <= {DAYS[mishap.product], *own, "happened_time", "place", "estimated_cost", "other_insurance"}
    for name, answers in own.items():
        assert set(answers) <= set(asked[name].choices or answers), name
    assert {line[0] for line in mishap.lines} <= set(document.categories)
    assert bool(mishap.lines) == bool(document.categories)
    assert set(mishap.brings) <= {*document.documents, *(p.code for p in BY_CLAIMANT)}
    assert {f.name for f in (*mishap.found, *SAYINGS[mishap.product].excluded)} <= set(document.facts)


def test_a_claim_without_a_bill_waits_where_the_items_are_asked_for() -> None:
    without = [m.product for m in MISHAPS if not m.lines]
    for n in range(16, CLAIMS, 6):
        told = drawn_story(n, end="file", seed=SEED, now=NOW)
        assert (told.steps[-1][0] == "papers") == (told.policy.product_code in without), n


def test_identity_numbers_are_well_formed_and_of_no_region() -> None:
    policies = [drawn_policy(i, seed=SEED, today=NOW.date()) for i in range(POLICIES)]
    people = [p for policy in policies for p in (policy.holder, *policy.insured)]
    assert all(identity_number_faults(p.identity, today=NOW.date()) is None for p in people)
    assert all(p.identity.startswith("000000") for p in people)
    assert all(p.phone.startswith("1990000") and len(p.phone) == 11 for p in people)
    assert len({policy.number for policy in policies}) == POLICIES


def test_every_role_is_held_by_somebody() -> None:
    assert len(COLLEAGUES) == 25
    assert {r.id for r in ROLES} - {c[3] for c in COLLEAGUES} <= {"colleague"}
