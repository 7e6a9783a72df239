"""The pages of settlement as colleagues use them: press, be refused kindly, press again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.tests.steps import claim_of, milestones
from lipei.coverage.tests.test_verification import TODAY
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.settlement.commands import calculate_claim, review_and_decide
from lipei.settlement.models import Decision, Statement
from lipei.settlement.tests.steps import CARD, to_calculation, to_review
from lipei.staff.commands import note_absence
from lipei.staff.models import Branch, User

pytestmark = pytest.mark.django_db
REASON = "属于保障范围，计算无误。"
STATEMENTS_MAX = 15


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


def at_desk(actor: Actor, *, language: str = "zh-hans") -> Client:
    """A colleague's browser, logged in."""
    client = Client()
    client.force_login(User.objects.get(id=actor.user_id).account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["lipei_language"] = language
    return client


@command("test.move_colleague")
def _move(user_id: int, *, branch_id: int, by: Actor, at: datetime = NOW) -> None:
    User.objects.filter(id=user_id).update(branch_id=branch_id)
    note_absence(user_id, from_date=at.date(), to_date=at.date(), reason="moved", by=by)


def move_colleague(user: User, *, branch_id: int) -> None:
    """Put a colleague into another branch."""
    _move(user.pk, branch_id=branch_id, by=system())


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_handler_calculates_reads_every_step_and_submits(cast: Cast) -> None:
    number = to_calculation(cast)
    browser = at_desk(cast.handler)
    url = f"/claims/{number}/calculation/"
    assert "还没有计算" in text_of(browser.get(url))
    assert browser.post(url).status_code == 302
    page = text_of(browser.get(url))
    for said in ("这笔钱是怎么算出来的", "植入材料每次住院限额", "28,500.00 → 25,000.00，减 3,500.00", "植入人体的医用材料", "逐字节相同", "+3,150.00",
                 "人民币贰万伍仟柒佰捌拾元叁角叁分", "投保时已提示并说明：2025-12-28，周砚秋签名"):
        assert said in page, said
    refused = browser.post(f"{url}submit/")
    assert refused.status_code == 422
    assert "还没有核对过的收款账户" in text_of(refused)
    payee = {"name": "方玉兰", "bank_name": "示例银行镜湖支行", "bank_account": CARD, "bank_account_name": "方玉兰"}
    wrong = browser.post(f"/claims/{number}/payee/", {**payee, "bank_account_name": "周砚秋"})
    assert wrong.status_code == 422
    assert "账户户名“周砚秋”不是收款人“方玉兰”" in text_of(wrong)
    assert 'value="示例银行镜湖支行"' in text_of(wrong)
    assert browser.post(f"/claims/{number}/payee/", payee).status_code == 302
    assert browser.post(f"{url}submit/").status_code == 302
    assert claim_of(number).stage == "reviewing"


def test_the_approver_reads_the_grounds_and_signs(cast: Cast) -> None:
    number = to_review(cast)
    browser = at_desk(cast.approver)
    url = f"/claims/{number}/decision/"
    page = text_of(browser.get(url))
    for said in ("请决定：部分给付 ¥25,780.33", "植入人体的医用材料", "−3,500.00", "签名，同意付 ¥25,780.33", "计算由沈怀瑾做，不是您", "3 处，逐条看", "退回沈怀瑾"):
        assert said in page, said
    assert "以前类似的" not in page
    statement = Statement.objects.get().pk
    empty = browser.post(url, {"decision": "part", "reason": "", "statement": statement})
    assert empty.status_code == 422
    assert "还没有写理由" in text_of(empty)
    assert claim_of(number).stage == "reviewing"
    assert browser.post(url, {"decision": "part", "reason": REASON, "statement": statement}).status_code == 302
    assert claim_of(number).stage == "paying"
    assert "已决定：部分给付 ¥25,780.33" in text_of(browser.get(url))


def test_a_second_tab_cannot_sign_what_it_has_not_seen(cast: Cast) -> None:
    number = to_review(cast)
    browser = at_desk(cast.approver)
    stale = browser.post(f"/claims/{number}/decision/", {"decision": "part", "reason": REASON, "statement": 0})
    assert stale.status_code == 409
    assert "计算在这期间换过了" in text_of(stale)
    assert REASON in text_of(stale)
    assert Decision.objects.count() == 0


def test_the_reason_is_kept_while_it_is_written(cast: Cast) -> None:
    number = to_review(cast)
    browser = at_desk(cast.approver)
    saved = browser.post(f"/claims/{number}/decision/draft/", {"decision": "return", "reason": "先问医院"})
    assert "已保存" in text_of(saved)
    page = text_of(browser.get(f"/claims/{number}/decision/"))
    assert "先问医院" in page
    assert "退回沈怀瑾" in page


def test_above_authority_the_page_offers_the_review_only(cast: Cast) -> None:
    number = to_review(cast, late={"unlawful_driving": "true"})
    page = text_of(at_desk(cast.approver).get(f"/claims/{number}/decision/"))
    assert "复核通过，交秦望川决定" in page
    assert "签名，不予给付" not in page
    signed = text_of(at_desk(cast.approver_2).get(f"/claims/{number}/decision/"))
    assert "签名，不予给付" in signed
    assert "请决定：不属于保障范围" in signed


def test_the_calculator_sees_who_decides_and_no_button(cast: Cast) -> None:
    number = to_review(cast)
    page = text_of(at_desk(cast.handler).get(f"/claims/{number}/decision/"))
    assert "可由顾维桢决定" in page
    assert 'name="decision"' not in page
    refused = at_desk(cast.handler).post(f"/claims/{number}/decision/", {"decision": "part", "reason": REASON, "statement": Statement.objects.get().pk})
    assert refused.status_code == 403


def test_other_facts_are_tried_by_address_and_nothing_is_saved(cast: Cast) -> None:
    number = to_calculation(cast)
    calculate_claim(number, by=cast.handler)
    browser = at_desk(cast.auditor)
    page = text_of(browser.get(f"/claims/{number}/calculation/what-if/?fact_hospital_states_no_substitute=true"))
    assert "+3,150.00" in page
    assert "¥28,930" in page
    wrong = browser.get(f"/claims/{number}/calculation/what-if/?fact_discharged_on=2026-02-31")
    assert wrong.status_code == 422
    assert "2026-02-31" in text_of(wrong)
    assert Statement.objects.count() == 1


def test_similar_decisions_appear_when_there_are_three(cast: Cast) -> None:
    for _ in range(3):
        review_and_decide(to_review(cast), kind="part", reason=REASON, by=cast.approver_2)
    number = to_review(cast, late={"hospital_level": "secondary"})
    page = text_of(at_desk(cast.approver).get(f"/claims/{number}/decision/"))
    assert "以前类似的怎么决定" in page
    assert "3 件：同一条款 2026 版，意外伤害，近 24 个月" in page
    assert "医院级别：三级医院" in page


def test_the_pages_speak_english_throughout(cast: Cast) -> None:
    number = to_review(cast)
    browser = at_desk(cast.approver, language="en")
    decision = text_of(browser.get(f"/claims/{number}/decision/"))
    assert "For decision: pay in part, ¥25,780.33" in decision
    assert "Sign and approve ¥25,780.33" in decision
    calculation = text_of(browser.get(f"/claims/{number}/calculation/"))
    assert "byte for byte equal" in calculation
    assert "Limit for implants per stay" in calculation


@pytest.mark.parametrize("page", ["calculation", "decision", "payee", "coverage", "facts", "register"])
def test_no_page_needs_more_than_fifteen_statements(cast: Cast, django_assert_max_num_queries: Any, page: str) -> None:
    number = to_review(cast)
    browser = at_desk(cast.approver if page == "decision" else cast.handler)
    browser.get(f"/claims/{number}/{page}/")
    with django_assert_max_num_queries(STATEMENTS_MAX):
        assert browser.get(f"/claims/{number}/{page}/").status_code == 200


def test_a_colleague_of_another_branch_finds_nothing(cast: Cast) -> None:
    number = to_review(cast)
    user = User.objects.get(id=cast.handler_2.user_id)
    elsewhere = Branch.objects.get(code="YL").pk
    move_colleague(user, branch_id=elsewhere)
    assert at_desk(cast.handler_2).get(f"/claims/{number}/calculation/").status_code == 404
    assert at_desk(cast.administrator).get(f"/claims/{number}/calculation/").status_code == 403
    assert at_desk(cast.handler).get("/claims/JH-2026-999999/calculation/").status_code == 404
    assert "calculated" in milestones(number)


def test_a_refusal_shows_clause_fact_and_the_handlers_reason(cast: Cast) -> None:
    number = to_review(cast, late={"unlawful_driving": "true"})
    page = text_of(at_desk(cast.approver_2).get(f"/claims/{number}/decision/"))
    for said in ("不给付的理由", "被保险人酒后驾驶", "酒后或无证驾驶：是（客户所说）。依据档案里的事实，条款不保障。", "3 日内发出书面通知"):
        assert said in page, said
