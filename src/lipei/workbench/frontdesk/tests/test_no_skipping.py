"""Every way round a station, for every purpose of the one table: refused with all that lacks, and nothing is written twice or too early."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry
from lipei.frontdesk.calm import ORDER
from lipei.frontdesk.models import StationRecord, Visit
from lipei.frontdesk.stations import PURPOSES, STATIONS, lacking_between, position, reasons_for, stations_of
from lipei.frontdesk.tests import calm_talk, errands, talk
from lipei.workbench.frontdesk.tests.refusals import REFUSED, listed
from lipei.workbench.frontdesk.tests.test_pages import at_the_desk, text, url

pytestmark = pytest.mark.django_db
IN_TURN = [(purpose, ("zh-hans", "en")[n % 2]) for n, purpose in enumerate(PURPOSES)]
"""Each purpose once, in one of the two languages by turns; the browser tries the longest in both."""


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


@dataclass(slots=True)
class Skipper:
    """A clerk in a hurry: tries every other station of the visit by its address, its button, its draft and “does not apply”."""

    visit: str
    purpose: str
    claim: str
    cast: Cast
    clerk: Client
    language: str

    def stands(self) -> tuple[str, int, int]:
        """Where the visit stands, and how much was ever written."""
        row = Visit.objects.get(number=self.visit)
        return row.station, Entry.objects.count(), StationRecord.objects.count()

    def typed(self, station: str) -> dict[str, str]:
        return errands.typed(self.purpose, station, self.cast, claim=self.claim)

    def try_ahead(self) -> None:
        """Every later station, through each of its doors."""
        before = self.stands()
        for station in stations_of(self.purpose)[position(self.purpose, before[0]) + 1 :]:
            at = url(self.visit, station.id)
            lacking = [s.lacking.in_(self.language) for s in lacking_between(self.purpose, present=before[0], target=station.id)]
            reason = {"reason": next((r.id for r in reasons_for(station.id, self.purpose)), "nothing_today")}
            answers = {
                "address": self.clerk.get(at), "button": self.clerk.post(at, self.typed(station.id)),
                "not applicable": self.clerk.post(f"{at}not-applicable/", reason),
                "draft": self.clerk.post(f"{at}draft/", self.typed(station.id), headers={"HX-Request": "true"}),
            }
            for door, answer in answers.items():
                assert answer.status_code == 422, (before[0], station.id, door, answer.status_code)
                assert listed(text(answer)) == lacking, (before[0], station.id, door)
        assert self.stands() == before

    def try_again(self) -> None:
        """Every station that is done, as a second tab or Back would send it again; said again unchanged, the welcome stands."""
        before = self.stands()
        for station in stations_of(self.purpose)[: position(self.purpose, before[0])]:
            answer = self.clerk.post(url(self.visit, station.id), self.typed(station.id))
            assert answer.status_code == 409 or (station.id, before[0]) == ("welcome", "identity"), (before[0], station.id, answer.status_code)
            assert self.clerk.post(f"{url(self.visit, station.id)}not-applicable/", {"reason": "x"}).status_code == 409
        assert self.stands() == before

    def try_foreign(self) -> None:
        """The stations of other purposes do not exist here; the calm mode is one press away in every visit and is no station there."""
        before = self.stands()
        for station in STATIONS:
            if position(self.purpose, station.id) < 0 and station.id != "calm":
                for answer in (self.clerk.get(url(self.visit, station.id)), self.clerk.post(url(self.visit, station.id), {"x": "y"})):
                    assert answer.status_code == 404, (self.purpose, station.id)
        assert self.stands() == before

    def go_on(self) -> None:
        """Do the present station by its page: first with nothing typed, which is refused wherever something must exist, then regularly."""
        station, entries, records = self.stands()
        at = url(self.visit, station)
        if self.typed(station) or station == "answer":
            assert self.clerk.post(at, {}).status_code in REFUSED, station
            assert self.stands() == (station, entries, records)
        if station == "identity" and not self.claim and self.purpose != "new_loss":
            done = self.clerk.post(f"{at}not-applicable/", {"reason": reasons_for("identity", self.purpose)[0].id})
        elif station == "calm":
            for step in ORDER:
                done = self.clerk.post(at, {"step": step, **calm_talk.typed(step, self.cast)})
        else:
            if station == "answer":
                self.clerk.post(f"/visits/{self.visit}/answers/", {"question": errands.QUESTION, "do": f"say:{errands.ANSWER}"})
            done = self.clerk.post(at, self.typed(station))
        assert done.status_code == 302, (station, listed(text(done)))


@pytest.mark.parametrize(("purpose", "language"), IN_TURN)
def test_no_station_of_any_purpose_is_skipped_or_done_twice(cast: Cast, purpose: str, language: str) -> None:
    claim = errands.claim_before(cast) if PURPOSES[purpose].needs_claim else ""
    calm_talk.a_room(cast)
    skipper = Skipper(talk.opened(cast.front_desk), purpose, claim, cast, at_the_desk(cast.front_desk, language=language), language)
    if purpose != "new_loss":  # before the purpose is known, the stations are those of a new loss
        skipper.go_on()
    for station in stations_of(purpose)[0 if purpose == "new_loss" else 1 :]:
        assert skipper.stands()[0] == station.id
        skipper.try_ahead()
        skipper.try_again()
        skipper.try_foreign()
        skipper.go_on()
    visit = Visit.objects.get(number=skipper.visit)
    assert visit.closed_at is not None
    records = list(StationRecord.objects.filter(visit=visit).order_by("id").values_list("station", flat=True))
    assert records == [s.id for s in stations_of(purpose)], "each station once, in its order"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_visit_that_is_over_is_read_and_never_written(cast: Cast, purpose: str) -> None:
    visit = errands.brought_to(purpose, "farewell", cast)
    clerk = at_the_desk(cast.front_desk)
    assert clerk.post(url(visit, "farewell"), talk.farewell()).status_code == 302
    before = Entry.objects.count()
    for station in stations_of(purpose):
        assert clerk.get(url(visit, station.id)).status_code == 200, station.id
        assert clerk.post(url(visit, station.id), {"x": "y"}).status_code in REFUSED, station.id
        assert clerk.post(f"{url(visit, station.id)}not-applicable/", {"reason": "x"}).status_code in REFUSED, station.id
    assert clerk.post(f"/visits/{visit}/hand-over/", {"to": str(cast.front_desk_2.user_id), "summary": "x"}).status_code == 409
    assert Entry.objects.count() == before
