"""The service figures of a day at a branch's desk, each with its formula and exactly the tickets or visits it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.frontdesk.day_rules import RETURN_DAYS, Came, Once, Waited, faces_of, once_of, waits_of
from lipei.frontdesk.fair_rules import KINDS, WEIGHTS
from lipei.frontdesk.floor_telling import percent
from lipei.frontdesk.models import HardContact, StationRecord, Ticket, Visit
from lipei.frontdesk.queue_rules import ERRANDS
from lipei.frontdesk.rating import SCORES, ratings_of_others
from lipei.frontdesk.stations import BY_ID, PURPOSES
from lipei.frontdesk.waiting_rules import promise_kept
from lipei.terms.words import Words, both

DAY_TICKETS_MAX = 2_000
EARLIER_MAX = 20_000


@dataclass(frozen=True, slots=True)
class DayRow:
    """One ticket or visit behind a figure: its label, what it was about, what the figure says of it, and the visit it leads to.

    `said` are the visitor's own words in `language`, where they rated the visit with some.
    """

    label: str
    purpose: Words
    at: dt.datetime
    note: Words
    visit: str
    said: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the day: its measure and value, the formula beside it with its numbers, and what it counts."""

    id: str
    measure: Words
    value: Words
    formula: Words
    rows: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The figures of a day, in their order; empty when nobody came."""

    on: dt.date
    figures: tuple[Figure, ...]

    def figure(self, id_: str) -> Figure | None:
        """A figure by its id."""
        return next((f for f in self.figures if f.id == id_), None)


def day_of_desk(branch_id: int, *, on: dt.date, at: dt.datetime, actor: Actor) -> Day:
    """The figures of a local day at a branch, from seven queries. `at`: now, up to which an open ticket of today has waited.

    Ratings are there for who may see them, without the visits that `actor` had a part in.
    """
    start = timezone.make_aware(dt.datetime.combine(on, dt.time()))
    end = start + dt.timedelta(days=1)
    ended = Visit.objects.select_related("visitor").filter(branch_id=branch_id, closed_at__gte=start, closed_at__lt=end)
    visits = list(ended.order_by("opened_at", "id")[:DAY_TICKETS_MAX])
    figures = (*_waits(branch_id, start=start, end=end, at=at), *_once(branch_id, visits, start=start), *_rated(visits, actor=actor),
               *_not_applicable(branch_id, start=start, end=end), *_hard(branch_id, start=start, end=end))
    return Day(on, figures)


# ---------- the wait ----------


def _waits(branch_id: int, *, start: dt.datetime, end: dt.datetime, at: dt.datetime) -> Iterable[Figure]:
    tickets = Ticket.objects.select_related("visit").filter(
        branch_id=branch_id, taken_at__gte=start, taken_at__lt=end, first_called_at__isnull=False, promised_minutes__gt=0
    )
    found = [(t, promise_kept(taken_at=t.taken_at, minutes=t.promised_minutes, called_at=t.first_called_at, now=at)) for t in tickets.order_by("taken_at", "id")[:DAY_TICKETS_MAX]]
    waits = waits_of([Waited(t.number, kept.waited, kept.is_kept) for t, kept in found])
    if waits is None:
        return
    rows = sorted((_waited(t, kept.waited) for t, kept in found), key=lambda pair: -pair[0])
    all_rows, longest = tuple(row for _, row in rows), tuple(row for minutes, row in rows if minutes == waits.longest)
    late = tuple(_waited(t, kept.waited, over=kept.over)[1] for t, kept in found if not kept.is_kept)
    n = waits.called
    yield Figure("wait", Words("等候，中位", "Wait, median"), _minutes(waits.median),
                 Words(f"第一次叫号 − 取号，{n} 张号排在正中的", f"first call − ticket taken, the middle one of {_tickets(n)}"), all_rows)
    yield Figure("longest", Words("等候，最久", "Wait, longest"), _minutes(waits.longest), Words(f"第一次叫号 − 取号，{n} 张号里最久的", f"first call − ticket taken, the longest of {_tickets(n)}"), longest)
    yield Figure("kept", Words("按答应的时间叫到", "Called within the time promised"), both(percent(float(waits.share))),
                 Words(f"按时叫到 {waits.kept} ÷ 叫到 {n}；点开是没有按时的 {len(late)} 张", f"in time {waits.kept} ÷ called {n}; opens those that were not: {len(late)}"), late)


def _waited(ticket: Ticket, minutes: int, *, over: int = 0) -> tuple[int, DayRow]:
    told = Words(f"等了 {minutes} 分钟，答应 {ticket.promised_minutes} 分钟", f"waited {minutes} min, promised {ticket.promised_minutes} min")
    if over:
        told = Words(f"{told.zh}，超过 {over} 分钟", f"{told.en}, {over} min over")
    purpose = ERRANDS[ticket.purpose].name if ticket.purpose in ERRANDS else both("—")
    return minutes, DayRow(ticket.label, purpose, ticket.taken_at, told, ticket.visit.number if ticket.visit else "")


def _minutes(n: int) -> Words:
    return Words(f"{n} 分钟", f"{n} min")


def _tickets(n: int) -> str:
    return f"{n} ticket{'' if n == 1 else 's'}"


# ---------- visits ----------


def _about(claim_id: int | None, person: str | None) -> str:
    """What a visit was about: its claim, or failing one the person by their document; empty when neither was established."""
    if claim_id is not None:
        return f"claim {claim_id}"
    return f"person {person}" if person else ""


def _once(branch_id: int, visits: Sequence[Visit], *, start: dt.datetime) -> Iterable[Figure]:
    if not visits:
        return
    since = start - dt.timedelta(days=RETURN_DAYS)
    before = Visit.objects.filter(branch_id=branch_id, closed_at__gte=since, closed_at__lt=start).order_by("id")
    earlier = [_about(*row) for row in before.values_list("claim_id", "visitor__identity_index")[:EARLIER_MAX]]
    came = [Came(v.number, _about(v.claim_id, v.visitor.identity_index if v.visitor else None)) for v in visits]
    once = once_of(came, earlier=earlier)
    by_number = {v.number: v for v in visits}
    ended = tuple(_visit_row(v, Words(f"用了 {_spent(v)} 分钟", f"took {_spent(v)} min")) for v in visits)
    yield Figure("ended", Words("接待完的来访", "Visits ended"), both(str(len(visits))), Words("这一天送别的来访", "visits seen off on this day"), ended)
    if once.share is not None:
        yield _once_figure(once, by_number)


def _once_figure(once: Once, by_number: dict[str, Visit]) -> Figure:
    first, again, unknown = len(once.first), len(once.again), len(once.unknown)
    assert once.share is not None  # asked before
    told = Words("为同一件事又来了一次", "came again about the same matter")
    zh = f"{RETURN_DAYS} 天内没有为同一件事来过的 {first} ÷（{first} + 再来的 {again}）；点开是再来的 {again} 次"
    en = f"first visits about a matter in {RETURN_DAYS} days {first} ÷ ({first} + come again {again}); opens those that came again: {again}"
    if unknown:
        zh, en = f"{zh}；另有 {unknown} 次不涉及案件和个人，不算", f"{en}; {unknown} about no claim or person are left out"
    rows = tuple(_visit_row(by_number[n], told) for n in once.again)
    return Figure("once", Words("一次办成", "Done in one visit"), both(percent(float(once.share))), Words(zh, en), rows)


def _visit_row(visit: Visit, note: Words) -> DayRow:
    purpose = PURPOSES[visit.purpose].name if visit.purpose in PURPOSES else both("—")
    return DayRow(visit.label, purpose, visit.opened_at, note, visit.number)


def _spent(visit: Visit) -> int:
    assert visit.closed_at is not None  # only visits that ended
    return int((visit.closed_at - visit.opened_at).total_seconds() // 60)


# ---------- ratings ----------


def _rated(visits: Sequence[Visit], *, actor: Actor) -> Iterable[Figure]:
    others, rated = ratings_of_others(visits, actor=actor)
    faces = faces_of((r.score for r in rated.values()), ended=len(others))
    if faces is None:
        return
    rows = {v.pk: replace(_visit_row(v, SCORES[rated[v.pk].score]), said=rated[v.pk].said, language=rated[v.pk].language) for v in visits if v.pk in rated}
    own = len(visits) - len(others)
    told = Words(f"评价了的 {faces.rated} ÷ 接待完 {faces.ended}", f"rated {faces.rated} ÷ ended {faces.ended}")
    if own:
        told = Words(f"{told.zh}；您自己接待的 {own} 次不算", f"{told.en}; {_visits(own)} you had a part in are left out")
    yield Figure("rated", Words("评价了的来访", "Visits rated"), both(percent(float(faces.share))), told, tuple(rows.values()))
    for score, n in faces.by_score.items():
        word = SCORES[score]
        yield Figure(f"face-{score}", Words(f"评价“{word.zh}”", f"Rated “{word.en}”"), both(percent(float(faces.share_of(score)))),
                     Words(f"“{word.zh}” {n} ÷ 评价了的 {faces.rated}", f"“{word.en}” {n} ÷ rated {faces.rated}"), tuple(row for pk, row in rows.items() if rated[pk].score == score))


def _visits(n: int) -> str:
    return f"{n} visit{'' if n == 1 else 's'}"


# ---------- stations left out, hard contacts ----------


def _not_applicable(branch_id: int, *, start: dt.datetime, end: dt.datetime) -> Iterable[Figure]:
    records = StationRecord.objects.select_related("visit").filter(visit__branch_id=branch_id, state="not_applicable", at__gte=start, at__lt=end)
    found: dict[tuple[str, str], list[DayRow]] = {}
    for record in records.order_by("at", "id")[:DAY_TICKETS_MAX]:
        found.setdefault((record.station, record.reason), []).append(_visit_row(record.visit, _reason(record.station, record.reason)))
    for (station, reason), rows in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        name, why = BY_ID[station].name, _reason(station, reason)
        yield Figure(f"without-{station}-{reason}", Words(f"“{name.zh}”不适用", f"“{name.en}” did not apply"), Words(f"{len(rows)} 次", str(len(rows))), why, tuple(rows))


def _reason(station: str, reason: str) -> Words:
    return next((r.name for r in BY_ID[station].reasons if r.id == reason), both(reason))


def _hard(branch_id: int, *, start: dt.datetime, end: dt.datetime) -> Iterable[Figure]:
    contacts = HardContact.objects.select_related("visit").filter(visit__branch_id=branch_id, at__gte=start, at__lt=end).order_by("at", "id")
    heaviest: dict[int, HardContact] = {}
    for one in contacts[:DAY_TICKETS_MAX]:
        if one.visit_id not in heaviest or WEIGHTS[one.kind] > WEIGHTS[heaviest[one.visit_id].kind]:
            heaviest[one.visit_id] = one
    if heaviest:
        rows = tuple(_visit_row(one.visit, KINDS[one.kind]) for one in heaviest.values())
        yield Figure("hard", Words("难办的接待", "Hard contacts"), Words(f"{len(rows)} 次", str(len(rows))),
                     Words("用了安抚、受到威胁或谈得很久的来访，每次算一回；只为分担，不评人", "visits with calm mode, a threat or a very long talk, each once; to share them out, never to judge"), rows)
