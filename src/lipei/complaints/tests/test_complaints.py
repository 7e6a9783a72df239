"""A complaint from the counter: opened once with its file, number, owner and clock; looked after, given on, noted."""

from __future__ import annotations

import datetime as dt

import pytest

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.complaints.commands import give_complaint, note_complaint, reach_complainant, take_on_complaint
from lipei.complaints.models import Complaint
from lipei.complaints.queries import complaint_of, complaint_of_visit, complaints_of
from lipei.complaints.rules import Officer, who_takes
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused
from lipei.frontdesk.tests import calm_talk, talk
from lipei.process.complaining import open_complaint_of_visit
from lipei.process.inline import followers_inline
from lipei.staff.commands import ColleagueData, engage
from lipei.staff.models import User
from lipei.staff.queries import actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def heard(cast: Cast) -> str:
    visit = calm_talk.complaint_at("apology", cast)
    return open_complaint_of_visit(visit, by=cast.front_desk)


def test_the_door_and_the_follower_open_one_complaint(cast: Cast) -> None:
    with followers_inline() as followers:
        visit = calm_talk.complaint_at("apology", cast)
        number = open_complaint_of_visit(visit, by=cast.front_desk)
        followers.drain()
        assert open_complaint_of_visit(visit, by=cast.front_desk) == number
    complaint = Complaint.objects.get()
    assert complaint.number == number
    assert number.startswith(f"TS-JH-{talk.TODAY.year}-")
    assert complaint.words == calm_talk.WORDS
    assert b"19900000188" not in bytes(complaint.reach or b"")


def test_the_follower_alone_opens_it_when_the_door_did_not_come_so_far(cast: Cast) -> None:
    with followers_inline() as followers:
        calm_talk.complaint_at("apology", cast)
        followers.drain()
    assert Complaint.objects.count() == 1


def test_its_legal_clock_runs_fifteen_days_from_when_it_was_heard(cast: Cast) -> None:
    seen = complaint_of(heard(cast), actor=cast.complaint_officer, at=now())
    (clock,) = seen.clocks
    assert "15" in clock.face.which.zh
    assert clock.grade == "B"
    assert "银保" in clock.citation.zh or "消费投诉" in clock.citation.zh
    receipt = complaint_of_visit(seen.visit, actor=cast.front_desk, at=now())
    assert receipt is not None
    assert receipt.answer_on is not None
    assert 15 <= (receipt.answer_on - talk.TODAY).days <= 25  # a last day on a rest day moves on


def test_it_belongs_to_the_officer_who_takes_it_on_and_notes_what_was_found(cast: Cast) -> None:
    number = heard(cast)
    take_on_complaint(number, by=cast.complaint_officer)
    note_complaint(number, text="听了四次来电的录音", by=cast.complaint_officer)
    with pytest.raises(Refused):
        note_complaint(number, text=" ", by=cast.complaint_officer)
    (row,) = complaints_of(actor=cast.complaint_officer, at=now(), mine=True)
    assert row.state.zh == "正在查"
    assert reach_complainant(number, by=cast.complaint_officer) == "19900000188"
    kinds = list(Entry.objects.filter(file__number=number).order_by("number").values_list("kind", flat=True))
    assert kinds == ["complaint_opened", "complaint_given", "complaint_taken_on", "complaint_noted", "complainant_reached"]


def test_another_officer_needs_a_reason_and_no_part_in_it(cast: Cast) -> None:
    number = heard(cast)
    engage(ColleagueData(number="8101", name="宁远", name_en="Ning Yuan", branch_id=cast.branch.pk, roles=("complaint_officer",)), by=cast.administrator)
    other = User.objects.get(number="8101")
    with pytest.raises(Refused) as refused:
        give_complaint(number, user_id=cast.handler.user_id or 0, by=cast.supervisor)
    assert len(refused.value.missing) == 2
    give_complaint(number, user_id=other.pk, by=cast.supervisor, why="霍明之下周休假")
    with pytest.raises(Refused):
        take_on_complaint(number, by=cast.complaint_officer)
    take_on_complaint(number, by=actor_of(other))


def test_nobody_looks_after_or_sees_a_complaint_about_themselves(cast: Cast) -> None:
    visit = calm_talk.complaint_at("point", cast)
    from lipei.frontdesk import commands as desk

    told = calm_talk.typed("point", cast, against=str(cast.complaint_officer.user_id))
    desk.take_calm_step(visit, step="point", told=told, by=cast.front_desk)
    number = open_complaint_of_visit(visit, by=cast.front_desk)
    assert Complaint.objects.get().owner is None
    with pytest.raises(Refused):
        complaint_of(number, actor=cast.complaint_officer, at=now())
    assert complaint_of(number, actor=cast.supervisor, at=now()).against is not None


def test_the_fewest_open_ones_of_the_branch_come_first() -> None:
    officers = [Officer(1, 10, 5), Officer(2, 10, 2), Officer(3, 20, 0)]
    assert who_takes(officers, branch_id=10, without=frozenset()) == 2
    assert who_takes(officers, branch_id=10, without=frozenset({1, 2})) == 3
    assert who_takes(officers, branch_id=10, without=frozenset({1, 2, 3})) is None


def test_the_other_clerk_sees_no_complaint_that_is_not_theirs(cast: Cast) -> None:
    number = heard(cast)
    assert [r.number for r in complaints_of(actor=cast.front_desk, at=now())] == [number]
    assert complaints_of(actor=cast.front_desk_2, at=now()) == ()
    assert complaints_of(actor=cast.handler, at=now()) == ()
