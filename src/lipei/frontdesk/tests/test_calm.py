"""An upset visitor: six steps in their order, a second person, a threat, and what a complaint leaves behind – told by the clerk."""

from __future__ import annotations

import datetime as dt

import pytest

from lipei.claimfile.models import Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.calm import OFFERS, ORDER, STEPS
from lipei.frontdesk.calm_queries import calls_for, calm_of, quiet_rooms
from lipei.frontdesk.calm_rules import names_a_matter
from lipei.frontdesk.models import CalmTalk, HardContact, StationRecord, Visit
from lipei.frontdesk.tests import calm_talk, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def test_a_complaint_goes_through_the_six_steps_and_on_to_the_farewell(cast: Cast) -> None:
    visit = calm_talk.complaint_at("farewell", cast)
    row = Visit.objects.get(number=visit)
    assert row.station == "farewell"
    assert set(StationRecord.objects.filter(visit=row).values_list("station", flat=True)) == {"welcome", "identity", "calm"}
    seen = calm_of(visit)
    assert seen is not None
    assert [s.state for s in seen.steps] == ["done"] * 6
    assert seen.ended_at is not None
    task = Task.objects.get(kind="promise")
    assert (task.user_id, task.claim_id, task.file_id) == (cast.front_desk.user_id, None, row.file_id)
    heard = Entry.objects.get(kind="complaint_heard")
    assert calm_talk.WORDS in str(event_of(heard))
    assert calm_talk.WORDS not in heard.plain


@pytest.mark.parametrize("target", ORDER[1:])
def test_no_step_is_reached_early_and_all_that_lacks_is_listed(cast: Cast, target: str) -> None:
    visit = calm_talk.complaint_at("quiet_room", cast)
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step=target, told=calm_talk.typed(target, cast), by=cast.front_desk)
    assert refused.value.code == "missing"
    assert [m.what.zh for m in refused.value.missing] == [s.lacking.zh for s in STEPS[: ORDER.index(target)]]
    assert refused.value.missing[0].where == ("visit_calm", (visit,))
    with pytest.raises(Refused):
        desk.mark_calm_step_not_applicable(visit, step=target, reason="nothing_today", by=cast.front_desk)


@pytest.mark.parametrize("step", ORDER)
def test_a_step_without_its_content_lists_all_that_is_missing_and_a_made_up_reason_is_refused(cast: Cast, step: str) -> None:
    visit = calm_talk.complaint_at(step, cast)
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step=step, told={}, by=cast.front_desk)
    assert refused.value.missing
    with pytest.raises(Refused) as refused:
        desk.mark_calm_step_not_applicable(visit, step=step, reason="in_a_hurry", by=cast.front_desk)
    assert refused.value.code == "missing"
    assert not CalmTalk.objects.filter(visit__number=visit, steps__step=step).exists()


def test_a_step_is_not_done_twice_and_nobody_else_does_it(cast: Cast) -> None:
    visit = calm_talk.complaint_at("listen", cast)
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step="quiet_room", told=calm_talk.typed("quiet_room", cast), by=cast.front_desk)
    assert refused.value.code == "conflict"
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step="listen", told=calm_talk.typed("listen", cast), by=cast.front_desk_2)
    assert "陆听澜" in refused.value.what.zh


def test_the_calm_mode_waits_for_welcome_and_identity_of_a_complaint(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told=calm_talk.COMPLAINS, by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step="quiet_room", told=calm_talk.typed("quiet_room", cast), by=cast.front_desk)
    assert refused.value.missing[0].where == ("visit_station", (visit, "identity"))


def test_a_threat_before_the_station_of_a_complaint_opens_no_way_round_it(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told=calm_talk.COMPLAINS, by=cast.front_desk)
    with pytest.raises(Refused):
        desk.begin_calm(visit, reason="upset", by=cast.front_desk)
    desk.report_threat(visit, words="等着瞧", by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step="quiet_room", told=calm_talk.typed("quiet_room", cast), by=cast.front_desk)
    assert refused.value.missing[0].where == ("visit_station", (visit, "identity"))
    desk.mark_not_applicable(visit, station="identity", reason="complains_unnamed", by=cast.front_desk)
    calm_talk.walk_to(visit, "farewell", cast)
    assert Visit.objects.get(number=visit).station == "farewell"


def test_the_purpose_does_not_become_a_complaint_in_the_middle_of_the_six_steps(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told=talk.GREETING, by=cast.front_desk)
    desk.begin_calm(visit, reason="upset", by=cast.front_desk)
    calm_talk.walk_to(visit, "listen", cast)
    with pytest.raises(Refused) as refused:
        desk.greet(visit, told=calm_talk.COMPLAINS, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["purpose"]


def test_who_complains_is_always_heard(cast: Cast) -> None:
    visit = calm_talk.complaint_at("listen", cast)
    with pytest.raises(Refused):
        desk.mark_calm_step_not_applicable(visit, step="listen", reason="does_not_speak", by=cast.front_desk)


def test_beside_any_visit_the_station_stays_where_it_was(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    desk.begin_calm(visit, reason="distressed", by=cast.front_desk)
    told = {step: {k: v for k, v in calm_talk.typed(step, cast).items() if k not in ("name", "answer_by", "reach")} for step in ORDER}
    for step in ORDER:
        assert not desk.take_calm_step(visit, step=step, told=told[step], by=cast.front_desk)
    assert Visit.objects.get(number=visit).station == "facts"
    promise = Task.objects.get(kind="promise")
    assert promise.claim is not None
    assert promise.claim.number == talk.number_of(visit)
    desk.gather_facts(visit, told=talk.facts(), by=cast.front_desk)


def test_a_calm_talk_that_was_begun_is_not_left_by_the_farewell(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    desk.begin_calm(visit, reason="upset", by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    assert len(refused.value.missing) == 6
    assert refused.value.missing[0].where == ("visit_calm", (visit,))
    reasons = {s.id: s.reasons[-1].id for s in STEPS}
    for step in ORDER:
        desk.mark_calm_step_not_applicable(visit, step=step, reason=reasons[step], by=cast.front_desk)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)


def test_an_upset_visitor_may_have_it_registered_as_a_complaint_in_any_visit(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    desk.begin_calm(visit, reason="upset", by=cast.front_desk)
    calm_talk.walk_to(visit, "point", cast)
    told = calm_talk.typed("point", cast, register="on", reach="")
    with pytest.raises(Refused):
        desk.take_calm_step(visit, step="point", told=told, by=cast.front_desk)
    assert desk.take_calm_step(visit, step="point", told=told | {"reach": "19900000188"}, by=cast.front_desk)
    assert Entry.objects.filter(kind="complaint_heard").count() == 1


def test_the_quiet_room_is_taken_until_the_talk_is_over(cast: Cast) -> None:
    first = calm_talk.complaint_at("listen", cast)
    second = calm_talk.complaint_at("quiet_room", cast)
    assert quiet_rooms(cast.branch.pk)[0].taken_by == Visit.objects.get(number=first).label
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(second, step="quiet_room", told=calm_talk.typed("quiet_room", cast), by=cast.front_desk)
    assert refused.value.missing[0].field == "room"
    for step in ORDER[1:]:
        desk.take_calm_step(first, step=step, told=calm_talk.typed(step, cast), by=cast.front_desk)
    desk.take_calm_step(second, step="quiet_room", told=calm_talk.typed("quiet_room", cast), by=cast.front_desk)


def test_the_second_person_is_called_finds_it_and_comes(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    desk.begin_calm(visit, reason="upset", by=cast.front_desk)
    with pytest.raises(Refused):
        desk.call_second(visit, user_id=cast.front_desk.user_id or 0, by=cast.front_desk)
    desk.call_second(visit, user_id=cast.front_desk_2.user_id or 0, by=cast.front_desk)
    assert [c.visit for c in calls_for(cast.front_desk_2)] == [visit]
    with pytest.raises(Refused):
        desk.accept_call(visit, by=cast.supervisor)
    desk.decline_call(visit, by=cast.front_desk_2)
    assert calls_for(cast.front_desk_2) == ()
    desk.call_second(visit, user_id=cast.supervisor.user_id or 0, by=cast.front_desk)
    desk.accept_call(visit, by=cast.supervisor)
    seen = calm_of(visit)
    assert seen is not None
    assert seen.has_supervisor


def test_what_needs_the_supervisor_is_offered_only_when_one_has_come(cast: Cast) -> None:
    visit = calm_talk.complaint_at("solution", cast)
    told = calm_talk.typed("solution", cast, offer_second_look="on")
    with pytest.raises(Refused) as refused:
        desk.take_calm_step(visit, step="solution", told=told, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["offer_second_look"]
    desk.call_second(visit, user_id=cast.supervisor.user_id or 0, by=cast.front_desk)
    with pytest.raises(Refused):
        desk.take_calm_step(visit, step="solution", told=told, by=cast.front_desk)
    desk.accept_call(visit, by=cast.supervisor)
    desk.take_calm_step(visit, step="solution", told=told, by=cast.front_desk)


def test_a_threat_takes_one_press_calls_the_supervisor_and_is_on_record(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    assert desk.report_threat(visit, by=cast.front_desk)
    assert [(c.visit, c.is_threat) for c in calls_for(cast.supervisor)] == [(visit, True)]
    assert set(HardContact.objects.values_list("kind", flat=True)) == {"calm", "threat"}
    entry = Entry.objects.get(kind="threat_reported")
    assert "许念慈" in event_of(entry).sentence().zh
    assert Visit.objects.get(number=visit).station == "listening"


def test_a_visit_of_an_hour_counts_as_hard(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    Visit.objects.filter(number=visit).first()
    now = dt.datetime.now(dt.UTC)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk, at=now + dt.timedelta(minutes=61))
    assert HardContact.objects.get().kind == "long"


def test_a_bare_formula_is_no_apology() -> None:
    for bare in ("对不起", "非常抱歉，真的对不起！", "We are very sorry.", "I apologise"):
        assert not names_a_matter(bare), bare
    for said in ("让您等了两小时，对不起", "I am sorry that you waited two hours"):
        assert names_a_matter(said), said


def test_the_table_is_whole_in_both_languages_and_offers_no_amount() -> None:
    for step in STEPS:
        assert step.plain
        assert all("{name}" in words.zh and "{name}" in words.en for words in (*step.plain, *step.by_situation.values()))
    assert {o.is_for_supervisor for o in OFFERS.values()} == {True, False}
