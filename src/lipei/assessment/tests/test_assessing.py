"""The assessor looks at every item, cuts with reason and page, and hands on what the calculation starts from."""

from __future__ import annotations

import json

import pytest

from lipei.assessment.commands import Allowing, allow_items, complete_assessment
from lipei.assessment.models import AllowedItem
from lipei.assessment.queries import items_of
from lipei.claimfile.commands import ask_items
from lipei.claimfile.models import LossItem, Milestone
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.tests.stories import a_claim, claim
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.fixture
def number(cast: Cast) -> str:
    return a_claim(cast, at="assessing")


def items(number: str) -> dict[str, LossItem]:
    return {item.category: item for item in LossItem.objects.filter(claim__number=number)}


def in_full(number: str) -> list[Allowing]:
    return [Allowing(item.pk, item.claimed) for item in items(number).values()]


def test_a_cut_carries_its_reason_and_page_into_the_calculation(cast: Cast, number: str) -> None:
    bed = items(number)["bed"]
    allow_items(number, items=in_full(number), by=cast.assessor)
    allow_items(number, items=[(bed.pk, 182_000, "more_days", "住院 13 日，按 13 日计", "费用清单第 3 页")], by=cast.assessor)
    complete_assessment(number, by=cast.assessor)
    assert (claim(number).stage, claim(number).turn, claim(number).turn_user.name) == ("calculating", "handler", "沈怀瑾")  # type: ignore[union-attr]
    entry = Milestone.objects.get(claim__number=number, kind="loss_assessed", is_valid=True, entry__kind="assessment_completed").entry
    told = json.loads(entry.plain)
    assert (told["total_claimed"], told["total_allowed"]) == (5_272_030, 5_258_030)
    assert told["items"][0] == {
        "number": 1, "category": "bed", "label": "床位费", "days": 14, "claimed": 196_000, "allowed": 182_000, "reason_code": "more_days",
        "reason": "住院 13 日，按 13 日计", "fact": "费用清单第 3 页", "source": "费用清单第 3 页",
    }


def test_all_faults_of_all_items_are_told_at_once_and_nothing_is_saved(cast: Cast, number: str) -> None:
    bed, implant = items(number)["bed"], items(number)["implant"]
    with pytest.raises(Refused) as refused:
        allow_items(number, items=[Allowing(bed.pk, 196_001), Allowing(implant.pk, 2_500_000, "duplicate")], by=cast.assessor)
    assert [m.field for m in refused.value.missing] == [f"allowed-{bed.pk}", f"reason-{implant.pk}", f"fact-{implant.pk}"]
    assert not AllowedItem.objects.exists()


def test_the_assessment_is_not_complete_with_an_item_left_open(cast: Cast, number: str) -> None:
    allow_items(number, items=in_full(number)[:-2], by=cast.assessor)
    with pytest.raises(Refused) as refused:
        complete_assessment(number, by=cast.assessor)
    assert [m.what.zh for m in refused.value.missing] == ["第 3 项手术费 ¥9,800.00 还没有审核", "第 4 项人工股骨头 ¥28,500.00 还没有审核"]
    assert claim(number).stage == "assessing"
    assert not Entry.objects.filter(kind="assessment_completed").exists()


def test_asked_amounts_stay_as_asked(cast: Cast, number: str) -> None:
    allow_items(number, items=[Allowing(items(number)["bed"].pk, 0, "no_receipt", "票据上没有床位费", "住院票据第 1 页")], by=cast.assessor)
    view = items_of(number, actor=cast.handler)
    assert (view.claimed, view.allowed, view.cut, view.open) == (5_272_030, 0, 196_000, 3)
    assert view.items[0].category_word.en == "Bed"


def test_saying_the_same_again_leaves_no_second_entry(cast: Cast, number: str) -> None:
    allow_items(number, items=in_full(number), by=cast.assessor)
    allow_items(number, items=in_full(number), by=cast.assessor)
    assert Entry.objects.filter(kind="items_allowed", file__number=number).count() == 1


def test_an_item_of_another_claim_is_not_found(cast: Cast, number: str) -> None:
    other = a_claim(cast, at="assessing")
    with pytest.raises(Refused) as refused:
        allow_items(number, items=in_full(other), by=cast.assessor)
    assert refused.value.code == "not_found"


@pytest.mark.parametrize("role", ["handler", "front_desk", "approver", "auditor"])
def test_only_the_assessor_assesses(cast: Cast, number: str, role: str) -> None:
    with pytest.raises(Refused) as refused:
        allow_items(number, items=in_full(number), by=cast.actors[role])
    assert refused.value.code == "not_permitted"


def test_nothing_is_assessed_before_the_papers_are_there(cast: Cast) -> None:
    early = a_claim(cast, at="collecting")
    for attempt in (lambda: allow_items(early, items=in_full(early), by=cast.assessor), lambda: complete_assessment(early, by=cast.assessor)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "conflict"


def test_an_item_added_late_is_assessed_too(cast: Cast, number: str) -> None:
    allow_items(number, items=in_full(number), by=cast.assessor)
    ask_items(number, items=[("followup", "门诊复查费", None, 111_600, "门诊票据第 1 页")], by=cast.front_desk)
    with pytest.raises(Refused, match="门诊复查费"):
        complete_assessment(number, by=cast.assessor)
