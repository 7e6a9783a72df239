"""Attempts to get round a step of the path: by address, by a later button, by Back, from a second tab; and what must come of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection

from lipei.claimfile.models import Claim
from lipei.claimfile.moving import reached
from lipei.claimfile.stages import missing_on_the_way
from lipei.filing.models import Entry
from lipei.frontdesk.models import Visit
from lipei.frontdesk.stations import lacking_between, position, stations_of
from lipei.frontdesk.tests import talk
from lipei.workbench.frontdesk.tests.refusals import REFUSED, listed
from tests.browser.path import APPROVER, ARCHIVIST, ASSESSOR, CLERK, FILLED, HANDLER, MAKER, Step, Walk
from tests.journeys.http_path import Desk

LATER_VALUES: dict[str, dict[str, str]] = {
    "welcome": talk.GREETING, "listening": {"account": talk.ACCOUNT, "read_back": "on"}, "explanation": talk.UNDERSTOOD, "farewell": talk.farewell(),
}
# The later buttons of a claim: the step's verb, whose button it is, its address, and what it sends.
BUTTONS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("claim.register", CLERK, "register/", {}),
    ("claim.take_on", HANDLER, "take-on/", {}),
    ("coverage.verify", HANDLER, "coverage/", {}),
    ("documents.complete", HANDLER, "papers/complete/", {}),
    ("assessment.complete", ASSESSOR, "assessment/", {"action": "complete"}),
    ("settlement.submit", HANDLER, "calculation/submit/", {}),
    ("settlement.decide_pay", APPROVER, "decision/", {"decision": "part", "reason": "属于保障范围。"}),
    ("", MAKER, "payment/", {"amount": "1.00", "payable": "1"}),
    ("claim.close", HANDLER, "close/", {}),
    ("archive.file", ARCHIVIST, "archive/", {"shelf": "镜湖 2 库"}),
)


def written() -> int:
    """How many entries colleagues have written so far; what the worker adds by itself is not counted."""
    return Entry.objects.filter(by_kind="staff").count()


@dataclass(slots=True)
class Skipper:
    """Tries it, in the walker's own browser and as the colleagues whose buttons come later."""

    walk: Walk
    language: str
    desks: dict[str, Desk] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def desk(self, number: str) -> Desk:
        """A colleague's session."""
        if number not in self.desks:
            self.desks[number] = Desk(self.walk.url)
            self.desks[number].be(number)
            self.desks[number].get(f"/login?language={self.language}")
        return self.desks[number]

    def try_stations(self) -> None:
        """Every later station of the visit, by its address and by its button: refused with all that lacks until there."""
        walk = self.walk
        visit = Visit.objects.get(number=walk.visit)
        later = stations_of(visit.purpose)[position(visit.purpose, visit.station) + 1 :]
        for station in later:
            lacking = lacking_between(visit.purpose, present=visit.station, target=station.id)
            all_of_it = [s.lacking.in_("en" if self.language == "en" else "zh") for s in lacking]
            path = f"/visits/{walk.visit}/{station.id}/"
            for status, page in (self.desk(CLERK).get(path), self.desk(CLERK).post(path, LATER_VALUES.get(station.id, {}))):
                assert status in REFUSED, (path, status)
                assert listed(page) == all_of_it, (visit.station, station.id)
        if later:
            walk.go(f"/visits/{{visit}}/{later[-1].id}/")
            assert walk.page.locator(".lp-refused").get_by_role("listitem").count() == len(later)

    def try_buttons(self, step: Step) -> None:
        """Every later button of the claim, pressed by whose it is: refused with all milestones that lack on the way, and nothing moves."""
        claim = Claim.objects.get(number=self.walk.number)
        before = (claim.stage, claim.owed, written())
        verbs = [b[0] for b in BUTTONS]
        ahead = BUTTONS[verbs.index(step.verb) + 1 :] if step.verb in verbs else ()
        for verb, who, place, sent in ahead:
            status, page = self.desk(who).post(f"/claims/{claim.number}/{place}", sent)
            assert status in REFUSED, (claim.stage, place, status)
            lacking = missing_on_the_way(verb, claim.stage, reached(claim))
            words = [m.missing.in_("en" if self.language == "en" else "zh") for m in lacking]
            found = listed(page)
            assert [w for w in words if w not in found] == [], (claim.stage, verb, found)
        claim.refresh_from_db()
        assert (claim.stage, claim.owed, written()) == before

    def second_tab(self, step: Step) -> Walk:
        """The same page, filled in the same way, in a tab beside."""
        walk = self.walk
        tab = Walk(walk.page.context.new_page(), walk.url, number=walk.number, visit=walk.visit, who=walk.who)
        tab.page.goto(walk.page.url if "/visits/" in walk.page.url or "?" in walk.page.url else walk.address(step.path))
        tab.fill(step.values(tab))
        return tab

    def press_again(self, step: Step, tab: Walk) -> None:
        """In the tab beside, and after Back in this one: nothing is done a second time."""
        done = written()
        tab.press(step.press)
        assert written() == done, f"{step.name}: done twice from a second tab"
        tab.page.close()
        here = self.walk.page
        after = here.url
        here.go_back()
        if here.locator(step.press or FILLED).count() and here.url != after:
            self.walk.press(step.press)
            assert written() == done, f"{step.name}: done twice after Back"
        connection.close()
