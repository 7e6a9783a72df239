"""The checklist follows product, cause and claimant; one notice says everything at once. Pure."""

from __future__ import annotations

from datetime import date

import pytest

from lipei import products
from lipei.documents.rules import (
    Standing,
    lacking_papers,
    must_hold_receipt,
    must_hold_request,
    papers_of_case,
    state_of,
)
from lipei.terms.edition import Edition

KNOWN = {"cause": "accident", "settled_through_social_insurance": True}


@pytest.fixture
def edition() -> Edition:
    return products.load("anxin_inpatient", on=date(2026, 10, 24))


def standings(edition: Edition, states: dict[str, str] | None = None, *, known: dict[str, object] | None = None, implant: int = 0,
              roles: frozenset[str] = frozenset()) -> list[Standing]:
    papers = papers_of_case(edition, known=KNOWN if known is None else known, charged={"implant": implant}, roles=roles)
    return [Standing(paper=p, state=(states or {}).get(p.kind, "missing")) for p in papers]  # type: ignore[arg-type]


def test_an_accident_settled_through_social_insurance_needs_seven_papers(edition: Edition) -> None:
    rows = standings(edition)
    assert [r.paper.kind for r in rows if r.paper.need == "required"] == [
        "application", "identity", "receipts", "itemised_bill", "discharge_summary", "settlement_sheet", "accident_proof",
    ]
    assert all(r.paper.why.zh and r.paper.how.en for r in rows)


def test_an_illness_paid_in_cash_needs_neither_proof_of_accident_nor_settlement_sheet(edition: Edition) -> None:
    kinds = {r.paper.kind for r in standings(edition, known={"cause": "illness", "settled_through_social_insurance": False})}
    assert kinds.isdisjoint({"accident_proof", "settlement_sheet"})


def test_what_hangs_on_an_open_fact_says_on_which(edition: Edition) -> None:
    rows = {r.paper.kind: r.paper for r in standings(edition, known={"cause": "accident"})}
    assert rows["settlement_sheet"].need == "depends"
    assert [w.zh for w in rows["settlement_sheet"].depends_on] == ["已经社保结算"]


def test_a_paper_that_can_only_bring_more_is_never_required(edition: Edition) -> None:
    rows = {r.paper.kind: r for r in standings(edition, implant=2_850_000)}
    assert rows["hospital_statement"].paper.need == "helps"
    assert "可能多付" in rows["hospital_statement"].paper.why.zh
    assert rows["hospital_statement"].is_settled
    claimed = {r.paper.kind: r for r in standings(edition, known={**KNOWN, "hospital_states_no_substitute": True}, implant=2_850_000)}
    assert claimed["hospital_statement"].paper.need == "required"


def test_a_paper_against_the_claimant_is_not_taken_for_one_that_helps(edition: Edition) -> None:
    rows = {r.paper.kind: r for r in standings(edition, known={**KNOWN, "known_before": True})}
    assert rows["medical_record"].paper.need == "required"


@pytest.mark.parametrize(("role", "kind"), [("agent", "power_of_attorney"), ("guardian", "guardianship"), ("heir", "succession")])
def test_who_claims_adds_a_paper(edition: Edition, role: str, kind: str) -> None:
    assert kind in {r.paper.kind for r in standings(edition, roles=frozenset({role, "insured"}))}
    assert kind not in {r.paper.kind for r in standings(edition, roles=frozenset({"insured"}))}


@pytest.mark.parametrize(
    ("states", "is_waived", "stands"),
    [
        ([], False, "missing"), ([], True, "waived"), (["rejected"], False, "rejected"), (["rejected"], True, "waived"),
        (["rejected", "received"], False, "received"), (["confirmed", "received"], False, "received"), (["rejected", "confirmed"], False, "confirmed"),
    ],
)
def test_a_kind_stands_as_its_papers_do(states: list[str], is_waived: bool, stands: str) -> None:
    assert state_of(states, is_waived=is_waived) == stands


def test_completeness_lists_everything_at_once(edition: Edition) -> None:
    confirmed = dict.fromkeys(("application", "identity", "accident_proof"), "confirmed")
    rows = standings(edition, {**confirmed, "receipts": "received", "itemised_bill": "rejected"}, known={"cause": "accident"})
    assert [m.what.en for m in lacking_papers(rows, number="JH-2026-000001")] == [
        "Original hospital receipts: not examined yet",
        "Itemised bill: cannot be used, and no other came",
        "Missing: Discharge summary and diagnosis",
        "Settlement sheet of social insurance: not clear yet whether it is needed",
    ]


def test_the_one_notice_must_name_everything_that_is_missing(edition: Edition) -> None:
    have = dict.fromkeys(("application", "identity", "receipts", "itemised_bill"), "confirmed")
    faults = must_hold_request(standings(edition, have), kinds=["settlement_sheet", "receipts", "unheard_of"])
    assert [m.what.zh for m in faults] == [
        "“unheard_of”不在这件的单证清单里", "住院费用票据原件已经有了，不要再向客户要",
        "通知里漏了出院小结和诊断证明", "通知里漏了意外事故证明",
    ]
    assert must_hold_request(standings(edition, have), kinds=["settlement_sheet", "discharge_summary", "accident_proof"]) == []


def test_no_notice_stops_the_clock_only_for_a_paper_that_helps(edition: Edition) -> None:
    have = {r.paper.kind: "confirmed" for r in standings(edition) if r.paper.need == "required"}
    (fault,) = must_hold_request(standings(edition, have, implant=2_850_000), kinds=["hospital_statement"])
    assert fault.what.en == "No required paper is missing; there is nothing to ask for"


def test_a_receipt_says_all_it_lacks_at_once() -> None:
    faults = must_hold_receipt(kind="other", is_known=True, form="", title="", pages=0, received_from="", place="", is_returned=False, has_content=False)
    assert [f.field for f in faults] == ["form", "title", "received_from", "pages"]
    kept = must_hold_receipt(kind="receipts", is_known=True, form="original", title="x" * 121, pages=2_001, received_from="周" * 121, place="", is_returned=False,
                             has_content=False)
    assert [f.field for f in kept] == ["title", "received_from", "pages", "place"]
