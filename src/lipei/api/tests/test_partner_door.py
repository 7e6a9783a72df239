"""A partner reports a loss by the machine door, repeats itself harmlessly, adds papers, and can skip nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lipei.claimfile.models import Claim, Fact, Party
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.documents.models import Document
from lipei.filing.actor import system
from lipei.staff.commands import admit_partner
from lipei.workbench.claim.tests.walking import browser_of

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


@pytest.fixture
def partner(cast: Cast) -> Client:
    token = admit_partner("青禾健康平台", by=system())
    return Client(headers={"authorization": f"Bearer {token}"})


def a_report(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "policy_number": cast.policy.number, "insured_identity": identity_number(dt.date(TODAY.year - 71, 3, 8), order=284),
        "reporter_name": "周砚秋", "reporter_phone": "199 0000 0042", "account": "我妈在家里滑倒了，现在住院。",
        "facts": {"cause": "accident", "happened_on": (TODAY - dt.timedelta(days=2)).isoformat(), "estimated_cost": "65,000.00", "hospital": "镜湖市第一人民医院"},
        **changes,
    }


def tell(partner: Client, body: Any, *, key: str = "report-0001") -> Any:
    return partner.post("/api/v1/claims", data=json.dumps(body), content_type="application/json", headers={"idempotency-key": key})


def test_a_report_opens_a_draft_claim_with_the_facts_told(partner: Client, cast: Cast) -> None:
    answer = tell(partner, a_report(cast))
    assert answer.status_code == 201, answer.content
    claim = Claim.objects.get(number=answer.json()["number"])
    assert (claim.stage, claim.channel, claim.insured_name) == ("reported", "api", "方玉兰")
    facts = dict(Fact.objects.filter(claim=claim, is_current=True).values_list("name", "value"))
    assert facts["estimated_cost"] == "65000.00"
    assert facts["cause"] == "accident"
    assert Party.objects.filter(claim=claim, role="insured", identity_sighted_at=None).exists()


def test_the_same_call_again_is_the_same_answer_and_another_body_is_refused(partner: Client, cast: Cast) -> None:
    first, again = tell(partner, a_report(cast)), tell(partner, a_report(cast))
    assert first.json() == again.json()
    assert Claim.objects.count() == 1
    other = tell(partner, a_report(cast, account="另一件事。"))
    assert other.status_code == 409
    assert other["Content-Type"] == "application/problem+json"
    assert other.json()["code"] == "conflict"
    assert Claim.objects.count() == 1


def test_everything_that_is_wrong_is_said_at_once_in_both_languages(partner: Client, cast: Cast) -> None:
    facts = {"cause": "meteor", "happened_on": (TODAY + dt.timedelta(days=3)).isoformat(), "admitted_on": "2026-02-31", "estimated_cost": "-1", "nonsense": "x"}
    answer = tell(partner, a_report(cast, reporter_name=" ", reporter_phone="12", facts=facts))
    assert answer.status_code == 422
    fields = {m["field"] for m in answer.json()["missing"]}
    assert fields == {"reporter_name", "reporter_phone", "facts.cause", "facts.happened_on", "facts.admitted_on", "facts.estimated_cost", "facts.nonsense"}
    assert all(m["what"]["zh"] and m["what"]["en"] for m in answer.json()["missing"])
    assert Claim.objects.count() == 0


def test_a_policy_and_a_person_that_do_not_belong_together_are_not_told_apart(partner: Client, cast: Cast) -> None:
    wrong_person = tell(partner, a_report(cast, insured_identity=identity_number(dt.date(1990, 1, 1), order=3)))
    wrong_policy = tell(partner, a_report(cast, policy_number="QH-0000"), key="report-0002")
    assert wrong_person.json() == wrong_policy.json()
    assert wrong_person.status_code == 422


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": "Basic eDp5"}])
def test_nobody_comes_in_without_a_token(cast: Cast, headers: dict[str, str]) -> None:
    answer = Client(headers=headers).get("/api/v1/claims")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "no_token"


def test_a_write_without_its_key_is_refused(partner: Client, cast: Cast) -> None:
    answer = partner.post("/api/v1/claims", data=json.dumps(a_report(cast)), content_type="application/json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert Claim.objects.count() == 0


def test_a_partner_sees_its_own_claims_only(partner: Client, cast: Cast) -> None:
    number = tell(partner, a_report(cast)).json()["number"]
    other = Client(headers={"authorization": f"Bearer {admit_partner('别家平台', by=system())}"})
    assert partner.get(f"/api/v1/claims/{number}").json()["stage"] == "reported"
    assert other.get(f"/api/v1/claims/{number}").status_code == 404
    assert other.get("/api/v1/claims").json() == {"claims": [], "next": ""}
    missing = {p["kind"] for p in partner.get(f"/api/v1/claims/{number}").json()["papers_missing"]}
    assert {"application", "receipts"} <= missing


def test_the_list_comes_a_page_at_a_time_and_nothing_twice(partner: Client, cast: Cast) -> None:
    told = [tell(partner, a_report(cast), key=f"report-{n:04d}").json()["number"] for n in range(5)]
    seen: list[str] = []
    after = ""
    while True:
        page = partner.get("/api/v1/claims", {"limit": 2, "after": after}).json()
        seen += [c["number"] for c in page["claims"]]
        after = page["next"]
        if not after:
            break
    assert seen == told[::-1]
    assert partner.get("/api/v1/claims", {"after": "%%%"}).status_code == 422


def test_a_paper_is_received_once_and_a_strange_file_is_refused(partner: Client, cast: Cast) -> None:
    number = tell(partner, a_report(cast)).json()["number"]

    def send(content: bytes, key: str) -> Any:
        form = {"kind": "receipts", "pages": "3", "content": SimpleUploadedFile("票据.pdf", content)}
        return partner.post(f"/api/v1/claims/{number}/documents", form, headers={"idempotency-key": key})

    first, again = send(PDF, "paper-0001"), send(PDF, "paper-0001")
    assert first.status_code == 201, first.content
    assert first.json() == again.json()
    assert Document.objects.filter(claim__number=number).count() == 1
    strange = send(b"MZ not a paper", "paper-0002")
    assert strange.status_code == 422
    assert strange["Content-Type"] == "application/problem+json"


def test_no_step_of_the_procedure_can_be_skipped_from_here(partner: Client, cast: Cast) -> None:
    """The door offers no step but report and paper; a claim reported here still needs identity and the signed application."""
    from lipei.filing.refusal import Refused
    from lipei.intake.commands import register_claim

    number = tell(partner, a_report(cast)).json()["number"]
    for verb in ("register", "decision", "payment", "close"):
        assert partner.post(f"/api/v1/claims/{number}/{verb}", headers={"idempotency-key": "step-0001"}).status_code == 404
    with pytest.raises(Refused) as refused:
        register_claim(number, by=cast.front_desk)
    assert len(refused.value.missing) >= 3


def test_the_page_that_describes_the_door_speaks_both_languages(cast: Cast) -> None:
    colleague = browser_of(cast.administrator)
    chinese = colleague.get("/reference/api/").content.decode()
    english = colleague.get("/reference/api/?language=en").content.decode()
    assert "/api/v1/claims/{number}/documents" in chinese
    assert "报案" in chinese
    assert "Report a loss" in english
    assert "<script>" not in chinese
    assert Client().get("/reference/api/").status_code == 302


def test_the_description_comes_with_a_token_only(partner: Client) -> None:
    described = partner.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {"/api/v1/claims", "/api/v1/claims/{number}", "/api/v1/claims/{number}/documents"}
    assert list(described["paths"]["/api/v1/claims"]["post"]["responses"]["409"]["content"]) == ["application/problem+json"]
    assert Client().get("/api/v1/openapi.json").status_code == 401
    assert Client(headers={"authorization": "Bearer x"}).get("/api/v1/openapi.json").json()["code"] == "no_token"
