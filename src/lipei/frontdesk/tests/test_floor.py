"""The supervisor looks at the floor: who is served where since when, who waits, who rests, and how the day went."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.frontdesk import calling, hall
from lipei.frontdesk import commands as desk
from lipei.frontdesk.day_queries import day_of_desk
from lipei.frontdesk.day_rules import Came, Waited, faces_of, once_of, waits_of
from lipei.frontdesk.fair_rules import looks_hard
from lipei.frontdesk.floor_queries import Place, branch_seen, desk_today, floor_of
from lipei.frontdesk.floor_telling import forecast_told, line_told, percent, places_told
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.models import Visit
from lipei.frontdesk.rating import rate_visit, rating_sums, rating_visitor
from lipei.frontdesk.staffing import Past, Staffing, Today, TooLittle, staffing_of
from lipei.frontdesk.staffing_queries import staffing_now
from lipei.frontdesk.tests import calm_talk, talk
from lipei.frontdesk.tests.short_visits import came, received, served

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def at(minutes: float, days: int = 0) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes, days=days)


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


@pytest.fixture
def kiosk(cast: Cast) -> Actor:
    found = kiosk_of("JH")
    assert found is not None
    return found.actor


def place(places: tuple[Place, ...], counter: int) -> Place:
    return next(p for p in places if p.counter == counter)


def test_each_counter_with_its_ticket_its_station_and_since_when(cast: Cast, kiosk: Actor) -> None:
    for n in range(4):
        came(kiosk, at=at(n))
    visit = received(cast.front_desk, counter=1, at=at(5))
    desk.greet(visit, told={"purpose": "ask", "situation": "first_visit", "address": "周女士"}, by=cast.front_desk, at=at(7))
    calling.call_next(counter=2, by=cast.front_desk_2, at=at(9))
    floor = floor_of(cast.branch.pk, at=at(12))
    first, second = place(floor.places, 1), place(floor.places, 2)
    assert (first.kind, first.label, first.station and first.station.en, first.minutes(at(12))) == ("serving", "A001", "Identity", 5)
    assert (second.kind, second.label, second.minutes(at(12))) == ("called", "A002", 3)
    assert [w.label for w in floor.waiting] == ["A003", "A004"]
    assert floor.longest is not None
    assert floor.longest.kept.waited == 10
    assert line_told(floor)[0].zh == "位在等，最久 10 分钟"
    assert floor.receiving == 2
    assert [(p.name.zh, p.ticket.zh, p.note.zh) for p in places_told(floor)] == [("1 号", "A001", "身份与授权 5 分"), ("2 号", "A002", "叫号 3 分")]


def test_a_counter_opened_with_nobody_there_is_free_and_left_it_is_gone(cast: Cast) -> None:
    calling.call_next(counter=3, by=cast.front_desk, at=at(0))
    assert [(p.counter, p.kind) for p in floor_of(cast.branch.pk, at=at(1)).places] == [(3, "free")]
    hall.leave_counter(by=cast.front_desk, at=at(2))
    assert floor_of(cast.branch.pk, at=at(3)).is_empty


def test_the_quiet_room_the_break_and_the_talk_that_runs(cast: Cast) -> None:
    calm_talk.complaint_at("listen", cast)
    now = timezone.now()
    floor = floor_of(cast.branch.pk, at=now)
    (seat,) = floor.places
    assert (seat.kind, seat.room and seat.room.zh, floor.receiving) == ("quiet", "里间小会客室", 0)
    assert [c.reason.zh for c in floor.calm] == ["客户来投诉"]
    seen = desk_today(branch_seen("", actor=cast.supervisor), at=now)
    assert (seen.rooms_taken, seen.rooms[0].taken_by) == (1, seat.label)
    until = desk.take_break(minutes=10, by=cast.front_desk)
    assert floor_of(cast.branch.pk, at=now).resting == {cast.front_desk.user_id: until}


def test_a_clerk_with_two_visits_has_two_places(cast: Cast) -> None:
    calm_talk.complaint_at("listen", cast)
    talk.opened(cast.front_desk, counter=1)
    floor = floor_of(cast.branch.pk, at=timezone.now())
    assert [(p.kind, p.label) for p in floor.places] == [("serving", "A002"), ("quiet", "A001")]
    assert floor.receiving == 1


def test_a_visit_of_an_earlier_day_is_no_counter_of_today(cast: Cast, kiosk: Actor) -> None:
    came(kiosk, at=at(0, days=-1))
    visit = received(cast.front_desk, counter=1, at=at(2, days=-1))
    floor = floor_of(cast.branch.pk, at=at(0))
    assert floor.is_empty
    assert [v.visit for v in floor.left_open] == [visit]


def test_the_auditor_sees_every_branch_the_supervisor_their_own(cast: Cast) -> None:
    assert branch_seen("YL", actor=cast.auditor).code == "YL"
    assert branch_seen("", actor=cast.supervisor).code == "JH"
    assert branch_seen("", actor=cast.supervisor).others == ()
    with pytest.raises(Refused):
        branch_seen("YL", actor=cast.supervisor)


# ---------- how many counters ----------


def test_without_a_past_there_is_no_number_and_with_one_there_is(cast: Cast, kiosk: Actor) -> None:
    assert staffing_now(cast.branch.pk, at=at(0)) == TooLittle(0, 0)
    for week in (1, 2, 3):
        for n in range(7):
            came(kiosk, at=at(60 + n * 8, days=-7 * week))
            served(cast.front_desk, counter=1, at=at(60 + n * 8, days=-7 * week), minutes=6)
    found = staffing_now(cast.branch.pk, at=at(0))
    assert isinstance(found, Staffing)
    assert (found.days, found.services, found.service_mean, found.service_median, found.come) == (3, 21, 360, 360, 0)
    need = found.at(13)
    assert need is not None
    assert (need.usual, need.load, need.counters) == (7, Fraction(7, 10), 2)
    assert forecast_told(found, hour=12, receiving=1).zh == "照今天的来客，13 点到 14 点要 2 个柜台，现在 1 个。"
    assert forecast_told(found, hour=12, receiving=1).en == "At today’s rate, 13:00 to 14:00 needs 2 counters; there is 1 now."
    assert forecast_told(found, hour=13, receiving=1).zh == "照前几周，14 点以后没有人来。"


def test_the_sentence_of_too_little_past_says_what_is_there() -> None:
    friday = dt.date(2026, 11, 27)
    found = staffing_of(Past({(friday - dt.timedelta(days=7), 9): 4}, [600] * 5), today=Today(friday, 8, 0, 0))
    told = forecast_told(found, hour=8, receiving=2)
    assert "同类的日子 1 天（要 3 天），接待 5 次（要 20 次）" in told.zh
    assert "要几个柜台" in told.zh


# ---------- the figures of a day ----------


def test_the_figures_of_a_day_and_what_each_counts(cast: Cast, kiosk: Actor) -> None:
    for n in range(3):
        came(kiosk, at=at(n))
    visits = [served(cast.front_desk, counter=1, at=at(minutes), minutes=10) for minutes in (1, 14, 60)]
    found = day_of_desk(cast.branch.pk, on=NOON.date(), at=at(120), actor=cast.supervisor)
    values = {f.id: (f.value.zh, len(f.rows)) for f in found.figures}
    assert values["wait"] == ("13 分钟", 3)
    assert values["longest"] == ("58 分钟", 1)
    assert values["ended"] == ("3", 3)
    assert values["without-identity-general_question"] == ("3 次", 3)
    assert "once" not in values, "no claim and no person was established: nothing can be said"
    kept = found.figure("kept")
    assert kept is not None
    assert {row.visit for row in kept.rows} <= set(visits)
    assert "÷ 叫到 3" in kept.formula.zh
    assert day_of_desk(cast.branch.pk, on=NOON.date() - dt.timedelta(days=1), at=at(120), actor=cast.supervisor).figures == ()


def test_a_first_visit_about_a_matter_settles_it_until_somebody_comes_again(cast: Cast) -> None:
    first = talk.brought_to("farewell", cast)
    desk.say_farewell(first, told=talk.farewell(), by=cast.front_desk)
    found = day_of_desk(cast.branch.pk, on=timezone.localdate(), at=timezone.now(), actor=cast.supervisor).figure("once")
    assert found is not None
    assert (found.value.zh, found.rows) == ("100%", ())
    assert "1 ÷（1 + 再来的 0）" in found.formula.zh


def test_a_hard_contact_counts_once_by_its_heaviest_kind(cast: Cast) -> None:
    visit = calm_talk.complaint_at("listen", cast)
    desk.report_threat(visit, by=cast.front_desk)
    found = day_of_desk(cast.branch.pk, on=timezone.localdate(), at=timezone.now(), actor=cast.supervisor).figure("hard")
    assert found is not None
    assert (found.value.en, [row.note.en for row in found.rows]) == ("1", ["A threat"])


def rated_visit(by: Actor, *, score: str, at: dt.datetime, counter: int = 1, said: str = "") -> str:
    """A visit seen off by a colleague and rated by the visitor."""
    visit = served(by, counter=counter, at=at, minutes=5)
    rate_visit(visit, told={"score": score, "said": said}, door="status", language="zh-hans", by=rating_visitor(visit))
    return visit


def test_the_ratings_of_a_day_by_face_and_the_visits_behind_each(cast: Cast, kiosk: Actor) -> None:
    for n in range(3):
        came(kiosk, at=at(n))
    good, poor = rated_visit(cast.front_desk, score="5", said="很耐心", at=at(3)), rated_visit(cast.front_desk_2, score="2", at=at(10), counter=2)
    served(cast.front_desk, counter=1, at=at(20), minutes=5)
    found = day_of_desk(cast.branch.pk, on=NOON.date(), at=at(120), actor=cast.supervisor)
    told = {f.id: (f.value.zh, [(row.visit, row.note.zh, row.said) for row in f.rows]) for f in found.figures if f.id == "rated" or f.id.startswith("face-")}
    assert told == {
        "rated": ("66%", [(good, "很满意", "很耐心"), (poor, "不满意", "")]),
        "face-5": ("50%", [(good, "很满意", "很耐心")]), "face-2": ("50%", [(poor, "不满意", "")]),
    }
    assert found.figure("rated").formula.zh == "评价了的 2 ÷ 接待完 3"  # type: ignore[union-attr]


def test_nobody_reads_how_their_own_visits_were_rated(cast: Cast, kiosk: Actor) -> None:
    for n in range(2):
        came(kiosk, at=at(n))
    own, other = rated_visit(cast.front_desk, score="1", said="不够耐心", at=at(3)), rated_visit(cast.front_desk_2, score="5", at=at(10), counter=2)
    both_duties = replace(cast.front_desk, verbs=cast.front_desk.verbs | cast.supervisor.verbs, roles=cast.front_desk.roles | cast.supervisor.roles)
    found = day_of_desk(cast.branch.pk, on=NOON.date(), at=at(120), actor=both_duties)
    rows = [row for f in found.figures if f.id == "rated" or f.id.startswith("face-") for row in f.rows]
    assert {row.visit for row in rows} == {other}
    assert found.figure("face-1") is None
    assert "您自己接待的 1 次不算" in found.figure("rated").formula.zh  # type: ignore[union-attr]
    assert own not in {row.visit for row in rows}
    assert [s.count for s in rating_sums(actor=both_duties, at=at(120)).scores] == [1, 0, 0, 0, 0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
        Visit.objects.filter(number=own).update(clerk_id=cast.front_desk_2.user_id)
    again = day_of_desk(cast.branch.pk, on=NOON.date(), at=at(120), actor=both_duties)
    assert again.figure("face-1") is None, "a visit handed over is still theirs not to know"


def test_who_may_not_see_ratings_finds_none_among_the_figures(cast: Cast, kiosk: Actor) -> None:
    came(kiosk, at=at(0))
    rated_visit(cast.front_desk, score="4", at=at(3))
    for who in (cast.auditor, cast.front_desk, cast.front_desk_2):
        found = day_of_desk(cast.branch.pk, on=NOON.date(), at=at(120), actor=who)
        assert not [f.id for f in found.figures if f.id == "rated" or f.id.startswith("face-")], who.name
        assert found.figure("ended") is not None


def test_who_comes_again_about_the_same_matter_is_counted_as_coming_again() -> None:
    ended = [Came("V1", "claim 1"), Came("V2", "claim 2"), Came("V3", ""), Came("V4", "claim 1"), Came("V5", "person x")]
    once = once_of(ended, earlier=["claim 2"])
    assert (once.first, once.again, once.unknown) == (("V1", "V5"), ("V2", "V4"), ("V3",))
    assert once.share == Fraction(1, 2)
    assert once_of([Came("V3", "")], earlier=[]).share is None


def test_waits_in_figures_and_a_share_is_never_rounded_up() -> None:
    waits = waits_of([Waited("A", 4, True), Waited("B", 9, True), Waited("C", 30, False)])
    assert waits is not None
    assert (waits.median, waits.longest, waits.share) == (9, 30, Fraction(2, 3))
    assert waits_of([]) is None
    assert (percent(0.799), percent(0.8), percent(2 / 3)) == ("79%", "80%", "66%")


@pytest.mark.parametrize(("purpose", "priority", "is_hard"), [("complaint", "", True), ("ask", "distressed", True), ("new_loss", "elderly", False)])
def test_which_ticket_foretells_a_hard_contact(purpose: str, priority: str, is_hard: bool) -> None:
    assert looks_hard(purpose=purpose, priority=priority) is is_hard


def test_the_share_of_each_face_is_of_those_who_rated() -> None:
    faces = faces_of([5, 2, 5], ended=4)
    assert faces is not None
    assert (faces.rated, faces.share, dict(faces.by_score)) == (3, Fraction(3, 4), {5: 2, 2: 1})
    assert faces.share_of(5) == Fraction(2, 3)
    assert faces_of([], ended=4) is None
