"""A whole claim, told as a story: from the counter to the archive, each by the person whose work it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from lipei.adapters.folder_bank import FolderBank
from lipei.adapters.folder_post import FolderPost
from lipei.archive.commands import close_claim, file_in_archive
from lipei.archive.queries import filed
from lipei.assessment.commands import allow_items, complete_assessment
from lipei.assessment.queries import items_of
from lipei.claimfile.commands import close_task, take_on_claim
from lipei.claimfile.models import Claim, Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.communication.models import Letter
from lipei.communication.queries import letters_of
from lipei.coverage.commands import estimate_exposures, verify_coverage
from lipei.coverage.queries import verification_of
from lipei.documents.commands import complete_papers, confirm_document, receive_document
from lipei.documents.queries import checklist_of, papers_of
from lipei.filing.refusal import Refused
from lipei.filing.verification import check
from lipei.frontdesk import commands as desk
from lipei.frontdesk.tests import talk
from lipei.intake.commands import register_claim
from lipei.payments.commands import order_payment, release_payment
from lipei.payments.queries import balances_of, orders_of, payables_of
from lipei.process.inline import Inline, followers_inline
from lipei.process.outside import Outside, connect
from lipei.settlement.commands import calculate_claim, decide, pass_review, record_payee, submit_for_review
from lipei.settlement.queries import proposal_of, rerun
from lipei.settlement.tests.steps import the_payee
from lipei.terms.money import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


@pytest.fixture
def followers(tmp_path: Path) -> Iterator[Inline]:
    connect(Outside(FolderBank(tmp_path / "out", tmp_path / "in", answers_itself=True), FolderPost(tmp_path / "post", confirms_delivery=True)))
    with followers_inline() as inline:
        yield inline


def registered(cast: Cast) -> str:
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    number = talk.number_of(visit)
    estimate_exposures(number, by=cast.front_desk)
    register_claim(number, by=cast.front_desk)
    return number


def assessed(number: str, cast: Cast) -> None:
    take_on_claim(number, by=cast.handler)
    proposed = verification_of(number, actor=cast.handler, at=timezone.now()).proposed
    verify_coverage(number, conclusions=proposed, by=cast.handler)
    for row in checklist_of(number, actor=cast.handler).missing:
        receive_document(number, kind=row.kind, form="copy", received_from="周砚秋", place="3 柜 · 盒 12", by=cast.handler)
    for paper in papers_of(number, actor=cast.handler):
        confirm_document(paper.custody_number, by=cast.handler)
    complete_papers(number, by=cast.handler)
    items = items_of(number, actor=cast.assessor).items
    allow_items(number, items=[(i.id, i.claimed) for i in items], by=cast.assessor)
    complete_assessment(number, by=cast.assessor)


def decided(number: str, cast: Cast) -> None:
    from lipei.claimfile.commands import record_fact
    from lipei.terms.words import Words

    record_fact(number, name="social_paid", label=Words("社保已付", "paid by social insurance"), value="9000.00", shown="¥9,000.00",
                source="document", said_by="社保结算单", by=cast.handler)
    view = calculate_claim(number, by=cast.handler)
    assert view.owed > 0
    record_payee(number, data=the_payee(), by=cast.handler)
    submit_for_review(number, by=cast.handler)
    pass_review(number, reason="逐条看过，计算与条款一致。", by=cast.approver)
    proposal = proposal_of(number, actor=cast.approver)
    assert proposal is not None
    decide(number, kind=proposal.kind, reason="属于保障范围，计算无误。", by=cast.approver)


def close_open_tasks(number: str, cast: Cast) -> None:
    for task in Task.objects.filter(claim__number=number, state="open"):
        close_task(task.pk, answer="已经告诉客户。", by=cast.handler)


def test_a_claim_goes_from_the_counter_to_the_archive(cast: Cast, followers: Inline, tmp_path: Path) -> None:
    number = registered(cast)
    followers.drain()
    assert (balances_of(number, actor=cast.handler) or 0).reserve < 0  # type: ignore[union-attr]
    assessed(number, cast)
    decided(number, cast)
    followers.drain()
    claim = Claim.objects.get(number=number)
    assert claim.stage == "paying"
    payable = payables_of(number, actor=cast.finance_maker)[0]
    assert payable.amount == claim.owed

    with pytest.raises(Refused) as early:
        close_claim(number, by=cast.handler)
    assert "付款" in str([m.what.zh for m in early.value.missing]) or len(early.value.missing) >= 2

    order = order_payment(number, payable_id=payable.id, amount=payable.amount, by=cast.finance_maker)
    release_payment(order, by=cast.finance_checker)
    followers.drain()
    assert [o.state for o in orders_of(number, actor=cast.handler)] == ["confirmed"]
    balances = balances_of(number, actor=cast.handler)
    assert balances is not None
    assert (balances.reserve, balances.payable, balances.clearing) == (0, 0, 0)
    assert balances.incurred == -balances.bank == payable.amount

    close_open_tasks(number, cast)
    close_claim(number, by=cast.handler)
    followers.drain()
    file_in_archive(number, shelf="镜湖 2 库 · 架 7 · 盒 31", by=cast.archivist)
    assert Claim.objects.get(number=number).stage == "archived"
    assert filed(number, actor=cast.archivist) is not None
    assert [(x.kind, x.state) for x in letters_of(number, actor=cast.handler)] == [
        ("closing", "confirmed"), ("decision_pay", "confirmed"), ("calculation_statement", "confirmed"), ("acknowledgement", "confirmed"),
    ]
    said = Letter.objects.get(claim__number=number, kind="calculation_statement").data["in_plain_words"]["zh"]
    assert said.endswith(f"一共 {plain(payable.amount)} 元。"), said
    again = rerun(number, actor=cast.handler)
    assert again is not None
    assert again.is_same
    assert [w.en for w in check(tmp_path / "no deposit").findings] == []


def test_followers_run_twice_do_nothing_twice(cast: Cast, followers: Inline) -> None:
    number = registered(cast)
    entries = list(followers.waiting)
    followers.drain()
    before = (len(letters_of(number, actor=cast.handler)), balances_of(number, actor=cast.handler))
    followers.waiting.extend(entries)
    followers.drain()
    assert (len(letters_of(number, actor=cast.handler)), balances_of(number, actor=cast.handler)) == before


def test_the_maker_cannot_release_and_nobody_releases_more_than_was_decided(cast: Cast, followers: Inline) -> None:
    number = registered(cast)
    assessed(number, cast)
    decided(number, cast)
    followers.drain()
    payable = payables_of(number, actor=cast.finance_maker)[0]
    for amount in (0, -1, payable.amount + 1, 10**11):
        with pytest.raises(Refused):
            order_payment(number, payable_id=payable.id, amount=amount, by=cast.finance_maker)
    order = order_payment(number, payable_id=payable.id, amount=payable.amount, by=cast.finance_maker)
    with pytest.raises(Refused):
        order_payment(number, payable_id=payable.id, amount=1, by=cast.finance_maker)
    with pytest.raises(Refused) as refused:
        release_payment(order, by=cast.finance_maker)
    assert refused.value.code == "not_permitted"
