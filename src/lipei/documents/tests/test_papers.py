"""Papers come in at the counter, are examined by the handler, asked for once, and declared complete – told as stories."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from lipei.claimfile.commands import PartyData, record_party
from lipei.claimfile.diary import clocks_of
from lipei.claimfile.models import ClockEvent
from lipei.claimfile.tests.people import SHANGHAI, Cast, the_cast
from lipei.documents.commands import (
    ask_again_for_papers,
    ask_for_papers,
    complete_papers,
    confirm_document,
    deliver_paper_request,
    move_paper,
    need_paper_again,
    receive_document,
    reject_document,
    return_paper,
    send_paper_request,
    waive_paper,
)
from lipei.documents.models import Custody, Document, StoredContent
from lipei.documents.queries import checklist_of, content_of, custody_of, paper_of, papers_of, request_of
from lipei.documents.tests.files import A_PDF, a_pdf
from lipei.documents.tests.stories import a_claim, claim
from lipei.filing.models import Entry
from lipei.filing.refusal import Refused

pytestmark = pytest.mark.django_db
REQUIRED = ("application", "identity", "receipts", "itemised_bill", "discharge_summary", "settlement_sheet", "accident_proof")


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def hand_in(cast: Cast, number: str, *kinds: str) -> list[str]:
    """周砚秋 hands papers in at the counter; their custody numbers."""
    return [
        receive_document(number, kind=kind, form="original", pages=2, received_from="周砚秋", place="3 柜 · 盒 12", by=cast.front_desk)
        for kind in kinds
    ]


def kinds_sent(number: str) -> list[str]:
    return list(ClockEvent.objects.filter(claim__number=number).order_by("id").values_list("kind", flat=True))


def test_each_paper_gets_a_custody_number_of_branch_day_and_claim(cast: Cast) -> None:
    first, second = a_claim(cast), a_claim(cast)
    day = f"{datetime.now(SHANGHAI):%m%d}"
    assert hand_in(cast, first, "application", "receipts") == [f"JH{day}-001-01", f"JH{day}-001-02"]
    assert hand_in(cast, second, "application") == [f"JH{day}-002-01"]
    assert hand_in(cast, first, "accident_proof") == [f"JH{day}-001-03"]
    assert papers_of(first, actor=cast.handler)[0].short == "001-01"


def test_the_clerk_sights_an_identity_card_and_gives_it_back(cast: Cast) -> None:
    number = a_claim(cast)
    custody = receive_document(number, kind="identity", form="sighted", pages=1, received_from="周砚秋", by=cast.front_desk)
    paper = paper_of(custody, actor=cast.handler)
    assert (paper.keeping, paper.place.zh) == ("returned", "已退还周砚秋")
    assert [h.to_hands for h in custody_of(custody, actor=cast.handler)] == ["陆听澜", "周砚秋"]
    with pytest.raises(Refused) as refused:
        return_paper(custody, signed_by="周砚秋", by=cast.front_desk)
    assert refused.value.missing[0].what.zh == "这份原件已经退还周砚秋"


def test_a_file_is_kept_sealed_once_and_read_back_whole(cast: Cast) -> None:
    number, other = a_claim(cast), a_claim(cast)
    custody = receive_document(number, kind="receipts", form="electronic", received_from="周砚秋", content=A_PDF, by=cast.front_desk)
    receive_document(other, kind="receipts", form="electronic", received_from="周砚秋", content=A_PDF, by=cast.front_desk)
    stored = StoredContent.objects.get()
    assert A_PDF[:20] not in bytes(stored.content)
    paper = paper_of(custody, actor=cast.handler)
    assert content_of(paper.uuid, actor=cast.handler).content == A_PDF
    assert content_of(paper.uuid, actor=cast.handler).file_name == f"{custody}.pdf"
    assert paper.also_in == (other,)


def test_the_same_file_twice_in_one_claim_names_the_first(cast: Cast) -> None:
    number = a_claim(cast)
    custody = receive_document(number, kind="receipts", form="electronic", received_from="周砚秋", content=A_PDF, by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        receive_document(number, kind="itemised_bill", form="electronic", received_from="周砚秋", content=A_PDF, by=cast.front_desk)
    assert refused.value.missing[0].what.en == f"This file was received already, custody number {custody}"


def test_a_bad_receipt_is_told_everything_at_once_and_leaves_nothing(cast: Cast) -> None:
    number = a_claim(cast)
    with pytest.raises(Refused) as refused:
        receive_document(number, kind="unheard_of", form="electronic", pages=0, received_from=" ", content=b"MZ" + b"\0" * 99, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["kind", "received_from", "pages", "content"]
    assert not Document.objects.exists()


def test_custody_never_breaks_whatever_is_tried(cast: Cast) -> None:
    number = a_claim(cast)
    (custody,) = hand_in(cast, number, "receipts")
    dice = random.Random(20_261_122)
    people = ["陆听澜", "沈怀瑾", "梁守拙", ""]
    for turn in range(25):
        try:
            if turn < 18 or dice.random() < 0.5:
                move_paper(custody, to_hands=dice.choice(people), place=dice.choice(["3 柜 · 盒 12", "档案室 A-07", ""]), by=cast.front_desk)
            else:
                return_paper(custody, signed_by=dice.choice(["周砚秋", ""]), by=cast.front_desk)
        except Refused:
            pass
        document = Document.objects.get(custody_number=custody)
        chain = list(Custody.objects.filter(document=document).order_by("number"))
        assert [c.number for c in chain] == list(range(1, len(chain) + 1))
        assert all(a.to_hands == b.from_hands for a, b in pairwise(chain))
        assert (document.keeping, document.place) == (chain[-1].keeping, chain[-1].place)
    assert len(chain) > 4
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        ("INSERT INTO custody (document_id, number, from_hands, to_hands, keeping, place, at, entry_id)"
         " SELECT document_id, 2, '别人', '另一人', 'kept', '他处', at, entry_id FROM custody", "not in the hands"),
        ("INSERT INTO custody (document_id, number, from_hands, to_hands, keeping, place, at, entry_id)"
         " SELECT document_id, 3, to_hands, '另一人', 'kept', '他处', at, entry_id FROM custody", "does not follow"),
        ("UPDATE custody SET to_hands = '别人'", "never changed"),
        ("DELETE FROM custody", "never changed"),
        ("UPDATE document SET place = '不知道哪里'", "not where its last hand-over says"),
    ],
)
def test_raw_sql_cannot_put_a_paper_in_two_places(cast: Cast, attack: str, said: str) -> None:
    hand_in(cast, a_claim(cast), "receipts")
    with pytest.raises(DatabaseError, match=said), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('lipei.command', gen_random_uuid()::text, true); {attack}; SET CONSTRAINTS ALL IMMEDIATE")


def test_the_handler_examines_each_paper_and_says_why_not(cast: Cast) -> None:
    number = a_claim(cast)
    good, bad = hand_in(cast, number, "receipts", "discharge_summary")
    confirm_document(good, note="合计与清单一致", by=cast.handler)
    with pytest.raises(Refused) as refused:
        reject_document(bad, reason="  ", by=cast.handler)
    assert refused.value.missing[0].what.zh == "没有写为什么不合用"
    reject_document(bad, reason="没有医院印章", by=cast.handler)
    rows = {r.kind: r for r in checklist_of(number, actor=cast.handler).rows}
    assert (rows["receipts"].state, rows["discharge_summary"].state) == ("confirmed", "rejected")
    assert rows["discharge_summary"].papers[0].note == "没有医院印章"
    assert rows["receipts"].papers[0].examined_by.zh == "沈怀瑾"
    with pytest.raises(Refused, match="role cannot take"):
        confirm_document(bad, by=cast.front_desk)


def test_papers_are_complete_only_when_each_is_in_order(cast: Cast) -> None:
    number = a_claim(cast)
    papers = hand_in(cast, number, *REQUIRED[:-2])
    for custody in papers[:-1]:
        confirm_document(custody, by=cast.handler)
    with pytest.raises(Refused) as refused:
        complete_papers(number, by=cast.handler)
    assert [m.what.zh for m in refused.value.missing] == ["出院小结和诊断证明还没有核验", "缺社保结算单", "缺意外事故证明"]
    assert claim(number).stage == "collecting"
    assert not claim(number).milestones.filter(kind="papers_complete").exists()

    confirm_document(papers[-1], by=cast.handler)
    (sheet,) = hand_in(cast, number, "settlement_sheet")
    confirm_document(sheet, by=cast.handler)
    waive_paper(number, kind="accident_proof", reason="急诊病历已写明经过，客户没有别的证明", by=cast.handler)
    complete_papers(number, by=cast.handler)
    assert (claim(number).stage, claim(number).turn) == ("assessing", "assessor")
    with pytest.raises(Refused) as late:
        reject_document(sheet, reason="改主意了", by=cast.handler)
    assert "不能再改" in late.value.missing[0].what.zh


def test_what_came_in_beside_the_list_is_examined_too(cast: Cast) -> None:
    number = a_claim(cast)
    for custody in hand_in(cast, number, *REQUIRED):
        confirm_document(custody, by=cast.handler)
    receive_document(number, kind="other", form="copy", title="物业答复", received_from="周砚秋", place="3 柜 · 盒 12", by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        complete_papers(number, by=cast.handler)
    assert [m.what.zh for m in refused.value.missing] == ["物业答复 还没有核验"]


def test_papers_cannot_be_completed_before_the_claim_is_there(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        complete_papers(a_claim(cast, at="verifying"), by=cast.handler)
    assert refused.value.code == "conflict"


def test_a_waiver_can_be_taken_back_and_stays_in_the_file(cast: Cast) -> None:
    number = a_claim(cast)
    waive_paper(number, kind="accident_proof", reason="客户说没有", by=cast.handler)
    with pytest.raises(Refused, match="settled already"):
        waive_paper(number, kind="accident_proof", reason="再说一次", by=cast.handler)
    need_paper_again(number, kind="accident_proof", by=cast.handler)
    assert {r.kind: r.state for r in checklist_of(number, actor=cast.handler).rows}["accident_proof"] == "missing"
    assert Entry.objects.filter(kind="paper_waived", file__number=number).count() == 1


def test_somebody_who_acts_for_the_insured_brings_the_authority(cast: Cast) -> None:
    number = a_claim(cast)
    record_party(number, data=PartyData(role="agent", name="周砚秋", relation="child"), by=cast.front_desk)
    assert "power_of_attorney" in {r.kind for r in checklist_of(number, actor=cast.handler).missing}


def test_one_notice_stops_the_clock_on_delivery_and_the_last_paper_starts_it_again(cast: Cast) -> None:
    number = a_claim(cast)
    hand_in(cast, number, *REQUIRED[:5])
    request = ask_for_papers(number, kinds=["settlement_sheet", "accident_proof"], by=cast.handler)
    assert claim(number).turn == "handler"
    send_paper_request(request, by=cast.handler)
    with pytest.raises(Refused, match="proof of delivery"):
        deliver_paper_request(request, proof="", by=cast.handler)
    assert not clocks_of(claim(number), at=_soon())[0].is_stopped

    deliver_paper_request(request, proof="短信送达回执", by=cast.handler)
    assert (claim(number).turn, claim(number).turn_user) == ("customer", None)
    assert next(r for r in clocks_of(claim(number), at=_soon()) if r.id == "determination.normal").is_stopped

    hand_in(cast, number, "settlement_sheet")
    assert request_of(request, actor=cast.handler).answered_at is None
    hand_in(cast, number, "accident_proof")
    assert request_of(request, actor=cast.handler).answered_at is not None
    assert (claim(number).turn, claim(number).turn_user.name) == ("handler", "沈怀瑾")  # type: ignore[union-attr]
    assert not next(r for r in clocks_of(claim(number), at=_soon()) if r.id == "determination.normal").is_stopped
    assert kinds_sent(number) == ["claim_requested", "file_incomplete", "supplement_notice_sent", "supplement_notice_delivered", "supplement_received"]


def _soon() -> datetime:
    return datetime.now(SHANGHAI) + timedelta(minutes=1)


def test_a_second_notice_needs_the_supervisor_and_a_reason(cast: Cast) -> None:
    number = a_claim(cast)
    hand_in(cast, number, *REQUIRED[:6])
    first = ask_for_papers(number, kinds=["accident_proof"], by=cast.handler)
    with pytest.raises(Refused) as again:
        ask_for_papers(number, kinds=["accident_proof"], by=cast.handler)
    assert again.value.code == "not_permitted"
    assert "一次告知过" in again.value.what.zh
    with pytest.raises(Refused) as early:
        ask_again_for_papers(number, kinds=["accident_proof"], reason="", by=cast.supervisor)
    assert len(early.value.missing) == 2

    deliver_paper_request(first, proof="柜台当面签收", by=cast.handler)
    (proof,) = hand_in(cast, number, "accident_proof")
    reject_document(proof, reason="看不出时间", by=cast.handler)
    second = ask_again_for_papers(number, kinds=["accident_proof"], reason="交来的一份看不出时间，客户同意换", by=cast.supervisor)
    view = request_of(second, actor=cast.handler)
    assert (view.is_first, view.approved_by, view.papers[0].label.zh) == (False, "许念慈", "意外事故证明")
    deliver_paper_request(second, proof="短信送达回执", by=cast.handler)
    stop = ClockEvent.objects.get(claim__number=number, kind="supplement_notice_delivered", about=str(second))
    assert stop.is_approved


def test_a_notice_that_arrives_after_the_papers_stops_nothing(cast: Cast) -> None:
    number = a_claim(cast)
    hand_in(cast, number, *REQUIRED[:6])
    request = ask_for_papers(number, kinds=["accident_proof"], by=cast.handler)
    hand_in(cast, number, "accident_proof")
    deliver_paper_request(request, proof="短信送达回执", by=cast.handler)
    assert claim(number).turn == "handler"
    assert "supplement_notice_delivered" not in kinds_sent(number)


def test_no_notice_before_the_claim_was_requested(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        ask_for_papers(a_claim(cast, at="reported"), kinds=["receipts"], by=cast.handler)
    assert refused.value.code == "conflict"


def test_a_colleague_of_another_branch_sees_nothing(cast: Cast) -> None:
    number = a_claim(cast)
    (custody,) = hand_in(cast, number, "receipts")
    stranger = type(cast.handler)(**{f: getattr(cast.handler, f) for f in cast.handler.__slots__} | {"branch_id": -1})
    for look in (lambda: checklist_of(number, actor=stranger), lambda: paper_of(custody, actor=stranger), lambda: custody_of(custody, actor=stranger),
                 lambda: move_paper(custody, to_hands="沈怀瑾", place="5 柜", by=stranger)):
        with pytest.raises(Refused) as refused:
            look()
        assert refused.value.code == "not_found"


def test_the_receipt_of_a_person_is_kept_encrypted_in_the_record(cast: Cast) -> None:
    number = a_claim(cast)
    receive_document(number, kind="receipts", form="electronic", received_from="周砚秋", content=a_pdf("x"), by=cast.front_desk)
    entry = Entry.objects.get(kind="document_received", file__number=number)
    assert "周砚秋" not in entry.plain
    assert entry.personal is not None
