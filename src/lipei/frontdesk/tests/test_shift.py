"""The shift at the counter: the check before it, which stops no visitor, and the break after a hard contact."""

from __future__ import annotations

import datetime as dt

import pytest

from lipei.claimfile.file_tasks import close_file_task, own_file_tasks
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm_queries import helpers_for, open_points, shift_of
from lipei.frontdesk.desk import proposed_for_hard
from lipei.frontdesk.floor_queries import branch_seen, desk_today
from lipei.frontdesk.models import Break, ShiftCheck
from lipei.frontdesk.shift_rules import ITEMS, self_check_of
from lipei.frontdesk.tests import calm_talk, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_visitor_is_received_while_the_check_is_outstanding(cast: Cast) -> None:
    shift = shift_of(cast.front_desk, at=now())
    assert shift is not None
    assert not shift.is_checked
    assert talk.opened(cast.front_desk)


def test_the_check_is_signed_once_a_day(cast: Cast) -> None:
    assert desk.sign_self_check(told=calm_talk.self_check(), by=cast.front_desk) == 0
    with pytest.raises(Refused) as refused:
        desk.sign_self_check(told=calm_talk.self_check(), by=cast.front_desk)
    assert refused.value.code == "conflict"
    assert ShiftCheck.objects.count() == 1
    shift = shift_of(cast.front_desk, at=now())
    assert shift is not None
    assert shift.is_checked


def test_what_is_not_in_order_becomes_an_open_point_with_its_owner(cast: Cast) -> None:
    told = calm_talk.self_check(systems="not_ok", systems_what="二号柜的打印机卡纸", systems__who=str(cast.supervisor.user_id), systems__until=talk.day(-1))
    assert desk.sign_self_check(told=told, by=cast.front_desk) == 1
    (point,) = open_points(actor=cast.front_desk_2, at=now())
    assert "打印机" in point.what.zh
    assert [t.id for t in own_file_tasks(actor=cast.supervisor, at=now())] == [point.id]
    with pytest.raises(Refused):
        close_file_task(point.id, answer="修好了", by=cast.front_desk_2)
    with pytest.raises(Refused):
        close_file_task(point.id, answer=" ", by=cast.supervisor)
    close_file_task(point.id, answer="修好了", by=cast.supervisor)
    assert open_points(actor=cast.front_desk_2, at=now()) == ()


def test_every_item_is_looked_at_and_a_fault_has_words_person_and_day() -> None:
    check, faults = self_check_of({}, today=talk.TODAY, colleagues=frozenset())
    assert check is None
    assert len(faults) == len(ITEMS) + 1
    _, faults = self_check_of(calm_talk.self_check(desk="not_ok"), today=talk.TODAY, colleagues=frozenset({1}))
    assert {f.field for f in faults} == {"desk_what", "desk__who", "desk__until"}


def test_after_a_hard_contact_a_break_is_one_press_and_the_next_goes_to_somebody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        desk.take_break(minutes=10, by=cast.front_desk)
    visit = calm_talk.complaint_at("farewell", cast)
    helpers = helpers_for(cast.branch.pk, holder_id=cast.front_desk.user_id or 0, at=now())
    assert helpers.lighter is not None
    assert helpers.lighter.id == cast.front_desk_2.user_id
    assert [r.name.en for r in helpers.reachable] == ["Xu Nianci", "Qiao Anran"]
    desk.say_farewell(visit, told={"receipt_given": "on"}, by=cast.front_desk)
    shift = shift_of(cast.front_desk, at=now())
    assert shift is not None
    assert shift.may_rest
    until = desk.take_break(minutes=10, by=cast.front_desk)
    assert desk.take_break(minutes=20, by=cast.front_desk) == until
    seen = desk_today(branch_seen("", actor=cast.supervisor), at=now())
    assert {p.name.en: bool(p.break_until) for p in seen.people} == {"Lu Tinglan": True, "Qiao Anran": False}
    proposed = proposed_for_hard(cast.branch.pk, at=now())
    assert proposed is not None
    assert proposed.pk == cast.front_desk_2.user_id
    talk.opened(cast.front_desk)
    assert Break.objects.get().ended_at is not None
    shift = shift_of(cast.front_desk, at=now())
    assert shift is not None
    assert not shift.may_rest
