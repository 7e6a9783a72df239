"""Nobody unidentified sees anything unmasked: every address of the one table, as a stranger and as a clerk before identity; numbers are covered for everybody.

The list of pages is the table itself: a new address is walked as soon as it stands there, and one with a new kind of argument fails until it is said what stands for it.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from lipei.api.door import api
from lipei.claimfile.commands import record_party
from lipei.claimfile.models import Claim, Party
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.batches import send_batch
from lipei.documents.inventories import take_inventory
from lipei.documents.models import CustodyReceipt, Document
from lipei.filing.actor import system
from lipei.filing.drafts import keep_draft
from lipei.frontdesk import commands as desk
from lipei.frontdesk import tickets
from lipei.frontdesk.kiosk import kiosk_of
from lipei.frontdesk.models import Visit
from lipei.frontdesk.practice.commands import begin_practice
from lipei.frontdesk.screens import open_screen
from lipei.frontdesk.stations import STATIONS
from lipei.frontdesk.tests import calm_talk, errands, talk
from lipei.privacy.cipher import keyring
from lipei.products import editions
from lipei.settlement.tests.steps import CARD, the_payee
from lipei.site.doors import DOORS, PUBLIC
from lipei.staff.commands import admit_partner
from lipei.workbench.frontdesk import urls as desk_urls
from lipei.workbench.frontdesk.tests.test_pages import at_the_desk
from tests.house.test_doors import patterns

pytestmark = pytest.mark.django_db
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
STREAM = "hall_stream"
OWN_PAPERS = frozenset({"visit_application", "visit_receipt", "claim_papers_labels", "letter_pdf", "document_content"})
"""Printed for, or brought by, the person they are about, who is identified: read only where nobody is."""
STRANGERS_ADDRESS = "203.0.113.7"


@dataclass(slots=True)
class World:
    """A claim with its papers and its payee, and a visit whose visitor nobody knows yet."""

    cast: Cast
    claim: str
    visit: str
    known: dict[str, str] = field(default_factory=dict)

    def numbers(self) -> dict[str, str]:
        """What is covered for every colleague, too, until a purpose is said."""
        ring, insured = keyring(), self.cast.policy.insured.get()
        return {
            "number of the daughter": talk.daughter_number(), "number of the insured": ring.open(insured.identity, purpose="insured.identity"),
            "phone of the insured": ring.open(insured.phone, purpose="insured.phone"),
            "phone of the holder": ring.open(self.cast.policy.holder_phone, purpose="policy.holder_phone"), "account": CARD, "phone of who complains": "19900000188",
        }

    def secrets(self) -> dict[str, str]:
        """And what belongs to a policy and its people: names, policy number, what was told, where they were treated and for what."""
        insured, facts = self.cast.policy.insured.get(), talk.facts()
        return self.numbers() | {
            "name of the insured": insured.name, "name of the holder": self.cast.policy.holder_name, "policy": self.cast.policy.number,
            "account of what happened": talk.ACCOUNT[:12], "hospital": facts["hospital"], "what was implanted": talk.PAPERS["item_2_label"],
        }

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every address of the table by its name, with what is really there for each argument; each station where a station is asked for."""
        for pattern in patterns():
            route, name = str(pattern.pattern), str(pattern.name)
            for station in STATIONS if "<str:station>" in route else (None,):
                yield name, "/" + PARAMETER.sub(lambda m, s=station, r=route, n=name: s.id if s and m[2] == "station" else self.real(r, n, m[2]), route)  # type: ignore[misc]

    def real(self, route: str, name: str, parameter: str) -> str:
        """What stands for an argument of a route."""
        for key in (f"{name}.{parameter}", f"{'/'.join(route.split('/')[:2])}.{parameter}", f"{route.split('/')[0]}.{parameter}"):
            if key in self.known:
                return self.known[key]
        pytest.fail(f"{route}: say in this test what stands for {parameter}, so that this page is looked at, too")


def world(cast: Cast, *, purpose: str = "new_loss", station: str = "welcome") -> World:
    """A town with a claim on file, and somebody at the counter whom nobody knows yet."""
    claim = errands.claim_before(cast)
    record_party(claim, data=the_payee(), by=cast.handler)
    earlier, receipt = Visit.objects.get(claim__number=claim), CustodyReceipt.objects.get()
    complaint = desk_complaint(cast)
    visit = talk.opened(cast.front_desk)
    if station != "welcome":
        desk.greet(visit, told=errands.greeting(purpose), by=cast.front_desk)
    if station not in ("welcome", "identity"):
        errands.do(visit, purpose, "identity", cast)
    if station == "farewell" and purpose == "complaint":
        calm_talk.walk_to(visit, "farewell", cast)
    made = World(cast, claim, visit)
    made.known = arguments(cast, claim, visit) | {
        "status.code": earlier.status_code, "r.number": receipt.number, "r.fingerprint": receipt.fingerprint, "complaints.number": complaint,
    }
    return made


def desk_complaint(cast: Cast) -> str:
    """A complaint with a name and a phone, by somebody who showed no document."""
    from lipei.process.complaining import open_complaint_of_visit

    visit = calm_talk.complaint_at("farewell", cast)
    number = open_complaint_of_visit(visit, by=cast.front_desk)
    desk.say_farewell(visit, told={"receipt_given": "on"}, by=cast.front_desk)
    return number


def arguments(cast: Cast, claim: str, visit: str) -> dict[str, str]:
    """What stands for the arguments of the routes: by the route's beginning, or by the name of one page."""
    clerk, nowhere = cast.front_desk, "999999"
    kiosk = kiosk_of("JH")
    assert kiosk is not None
    ticket = tickets.take_ticket(purpose="ask", key=uuid.uuid4(), by=kiosk.actor)
    kept = Document.objects.filter(claim__number=claim, keeping="kept").order_by("id")
    place = kept[0].place
    batch = send_batch([kept[1].custody_number], to="YL", by=clerk)
    edition = editions()[0]
    file = Document.objects.filter(claim__number=claim).first()
    assert file is not None
    return {
        "login.number": "1001", "login/as.number": "1001", "kiosk.branch": "JH", "display.branch": "JH", "kiosk.code": ticket.code, "ticket.code": ticket.code,
        "queue.help_id": nowhere, "queue.number": ticket.number, "appointments.code": nowhere,
        "visits.number": visit, "visits.task": nowhere, "visits.answer": "1", "visits.field": "identity", "visits.step": "quiet_room",
        "claims.number": claim, "claims.kind": "receipts", "claims.request_id": nowhere, "claims.task_id": nowhere, "claims.field": "identity",
        "claims.party_id": str(Party.objects.filter(claim__number=claim)[0].pk), "work.number": claim, "desk.figure": "wait", "tasks.task": nowhere,
        "coaching.scenario": "fracture", "practice.uuid": begin_practice("fracture", language="zh", by=clerk), "coaching.uuid": str(uuid.UUID(int=0)),
        "papers.custody_number": kept[0].custody_number, "papers/batches.number": batch, "papers/inventories.uuid": str(take_inventory(place, numbers=kept[0].custody_number, by=clerk)),
        "documents.uuid": str(file.uuid), "letters.uuid": str(uuid.UUID(int=0)), "payments.uuid": str(uuid.UUID(int=0)),
        "reference.code": edition.document.product, "reference.edition": edition.code, "reference.number": "1001",
    }


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def said(answer: object) -> str:
    """Everything an answer carries: its headers and its content, a stream by its first two lines."""
    content = first_lines(answer) if isinstance(answer, StreamingHttpResponse) else answer.content.decode(errors="replace")  # type: ignore[attr-defined]
    return f"{dict(answer.headers)}\n{content}"  # type: ignore[attr-defined]


def first_lines(stream: StreamingHttpResponse) -> str:
    async def read() -> str:
        lines = aiter(stream)  # type: ignore[arg-type]
        return "".join([(await anext(lines)).decode() for _ in range(2)])

    with ThreadPoolExecutor(1) as apart:  # a browser test of the same process keeps an event loop in this thread
        return apart.submit(asyncio.run, read()).result()


def shown(words: str, secrets: dict[str, str]) -> list[str]:
    """Which of the secrets are to be read, in whatever way the page may have written them."""
    escaped = words.encode().decode("unicode_escape", errors="ignore") if "\\u" in words else ""
    return [what for what, secret in secrets.items() if secret in words or secret in escaped]


def test_a_stranger_reads_no_secret_at_any_address(cast: Cast) -> None:
    here = world(cast)
    secrets, walked, wrong = here.secrets(), 0, []
    for name, address in here.addresses():
        for ask in ("get", "post"):
            answer = getattr(Client(REMOTE_ADDR=STRANGERS_ADDRESS), ask)(address)
            assert answer.status_code < 500, (name, address)
            wrong += [f"{ask} {address} ({name}): {what}" for what in shown(said(answer), secrets)]
            walked += 1
    assert wrong == []
    assert walked >= 2 * len([n for n in DOORS if not n.startswith(("account_", "mfa_", "openid_", "api"))])


UNKNOWN = [("new_loss", "welcome"), ("new_loss", "identity"), ("bring_papers", "identity"), ("ask", "answer"), ("complaint", "calm"), ("complaint", "farewell")]
DESK_NAMES = frozenset(p.name for p in desk_urls.urlpatterns if "claims/" not in str(p.pattern)) | {n for n, verb in DOORS.items() if verb == PUBLIC} | {"search"}
"""The pages before whoever sits at the counter and whoever stands in the hall; a claim's own pages are a colleague's."""


def found_by(clerk: Client, here: World) -> Iterator[tuple[str, str]]:
    """What the clerk finds for an agent by claim and policy number, without a document of the people it belongs to; what was typed is left out."""
    for find in (here.claim, here.cast.policy.number, keyring().open(here.cast.policy.insured.get().identity, purpose="insured.identity")):
        page = said(clerk.post(f"/visits/{here.visit}/identity/", {"do": "find", "find": find, "capacity": "agent"}))
        yield f"found by {find[:4]}", page.replace(f'value="{find}"', "")


@pytest.mark.parametrize(("purpose", "station"), UNKNOWN)
def test_before_identity_no_page_at_the_counter_or_in_the_hall_shows_a_secret(cast: Cast, purpose: str, station: str) -> None:
    here = world(cast, purpose=purpose, station=station)
    assert Visit.objects.get(number=here.visit).visitor_id is None
    secrets, clerk, colleague, visitor = here.secrets(), at_the_desk(cast.front_desk), at_the_desk(cast.front_desk_2, language="en"), Client()
    assert visitor.post("/screen/", {"code": open_screen(here.visit, by=cast.front_desk)}).status_code == 302
    met = {f"clerk {address}": said(clerk.get(address)) for name, address in here.addresses() if name in DESK_NAMES and name != STREAM}
    if station == "identity":
        met |= dict(found_by(clerk, here))
    typed = {"number": talk.daughter_number(), "name": cast.policy.holder_name, "phone": "19900000042", "account": talk.ACCOUNT, "find": cast.policy.number}
    keep_draft(f"visit:{here.visit}:{station}", typed, by=cast.front_desk)
    for name, address in here.addresses():
        if name in DESK_NAMES and name != STREAM:
            met[f"colleague {address}"] = said(colleague.get(address))
        if name.startswith("screen") or (DOORS[name] == PUBLIC and name != STREAM):
            met[f"visitor {address}"] = said(visitor.get(address))
    wrong = [f"{where}: {what}" for where, page in met.items() for what in shown(page, secrets)]
    assert wrong == []
    assert len(met) > 2 * len(DESK_NAMES)


@pytest.mark.parametrize("role", ["front_desk", "handler", "complaint_officer", "auditor"])
def test_numbers_are_covered_for_every_colleague_on_every_page(cast: Cast, role: str) -> None:
    here = world(cast)
    here.known |= {"visits.number": Visit.objects.get(claim__number=here.claim).number}
    numbers, actor = here.numbers(), getattr(cast, role)
    client: Client = at_the_desk(actor)
    opened, wrong = 0, []
    for name, address in here.addresses():
        if name in OWN_PAPERS | {STREAM, "login_as", "logout"}:
            continue
        answer = client.get(address)
        opened += answer.status_code == 200
        wrong += [f"{address} ({name}): {what}" for what in shown(said(answer), numbers)]
    found = client.post("/search/", {"q": "方玉兰"}, follow=True)
    assert shown(said(found), numbers) == []
    assert wrong == []
    assert opened > 20


def test_the_machine_door_says_nothing_without_a_token_and_to_another_partner(cast: Cast) -> None:
    here = world(cast)
    secrets = here.secrets()
    another = Client(headers={"authorization": f"Bearer {admit_partner('青禾健康平台', by=system())}"})
    calls = [(verb, path) for path, verbs in api.get_openapi_schema()["paths"].items() for verb in verbs]
    assert calls
    for verb, path in calls:
        address = path.replace("{number}", here.claim)
        assert "{" not in address, f"{path}: say in this test what stands for the argument"
        told: dict[str, str] = {"data": "{}", "content_type": "application/json"} if verb == "post" else {}
        stranger, partner = getattr(Client(), verb)(address, **told), getattr(another, verb)(address, **told)
        assert stranger.status_code == 401, (verb, address)
        for answer in (stranger, partner):
            assert shown(said(answer), secrets) == [], (verb, address)
    assert Claim.objects.count() == 1


def test_this_test_would_find_what_is_shown(cast: Cast) -> None:
    here = world(cast)
    page = said(at_the_desk(cast.front_desk).get(f"/visits/{Visit.objects.get(claim__number=here.claim).number}/listening/"))
    assert {"policy", "account of what happened"} <= set(shown(page, here.secrets())), "once established, the policy and the words stand there"
    assert shown('{"name": "\\u65b9\\u7389\\u5170"}', here.secrets()) == ["name of the insured"]
