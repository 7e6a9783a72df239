"""What the pages say of claims told already: before signing, in the task, on the adjustment's own page, and after it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.tests.test_verification import TODAY
from lipei.policies.models import Policy
from lipei.process.inline import Inline, followers_inline
from lipei.settlement.models import Adjustment
from lipei.settlement.tests.several import a_policy, at_calculation, decided, signed, submitted
from lipei.workbench.settlement.tests.test_pages import STATEMENTS_MAX, at_desk, text_of

pytestmark = pytest.mark.django_db
YUAN = 100


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


@pytest.fixture
def followers() -> Iterator[Inline]:
    with followers_inline() as inline:
        yield inline


def june_and_april(cast: Cast) -> tuple[str, str]:
    """June is told; April stands before the approver."""
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 18_000 * YUAN)
    april = at_calculation(cast, policy, "2026-04-02", 15_000 * YUAN)
    submitted(cast, april)
    return june, april


def lowered(cast: Cast, followers: Inline) -> str:
    """A June claim whose proposal lowers what was told."""
    policy = a_policy("qinghe_million")
    june, _ = decided(cast, policy, "2026-06-10", 1_510_000 * YUAN)
    decided(cast, policy, "2026-05-06", 1_010_000 * YUAN)
    followers.drain()
    return june


def test_before_signing_the_page_says_which_claim_would_be_restated(cast: Cast, django_assert_max_num_queries: Any) -> None:
    june, april = june_and_april(cast)
    for month in ("07", "08"):  # with three of a kind the page also shows how similar ones were decided
        decided(cast, Policy.objects.get(claims__number=june), f"2026-{month}-10", 3_000 * YUAN)
    browser = at_desk(cast.approver)
    browser.get(f"/claims/{april}/decision/")
    with django_assert_max_num_queries(STATEMENTS_MAX):
        page = text_of(browser.get(f"/claims/{april}/decision/"))
    for said in ("以前类似的怎么决定", "对已经告知的案件的影响", june, "年度免赔额", "第 2.4 条", "¥0.00 → ¥10,000.00", "¥8,000.00", "¥18,000.00", "+10,000.00"):
        assert said in page, said
    english = text_of(at_desk(cast.approver, language="en").get(f"/claims/{april}/decision/"))
    assert "What it means for claims told already" in english
    assert "takes a named person and the legal ground" in english


def test_where_nothing_would_change_the_page_says_nothing(cast: Cast) -> None:
    policy = a_policy("qinghe_million")
    number = at_calculation(cast, policy, "2026-06-10", 18_000 * YUAN)
    submitted(cast, number)
    assert "对已经告知的案件的影响" not in text_of(at_desk(cast.approver).get(f"/claims/{number}/decision/"))


def test_an_overtaken_calculation_is_said_before_anybody_signs(cast: Cast) -> None:
    policy = a_policy("qinghe_million")
    june = at_calculation(cast, policy, "2026-06-10", 18_000 * YUAN)
    submitted(cast, june)
    decided(cast, policy, "2026-04-02", 15_000 * YUAN)
    page = text_of(at_desk(cast.approver).get(f"/claims/{june}/decision/"))
    assert "计算以后，同一保单按条款排在前面的案件有了决定：当时应付 ¥8,000.00，现在应付 ¥18,000.00" in page


def test_the_task_leads_to_the_page_and_the_owner_decides_there(
    cast: Cast, followers: Inline, django_assert_max_num_queries: Any
) -> None:
    june, april = june_and_april(cast)
    signed(cast, april)
    followers.drain()
    browser = at_desk(cast.handler)
    address = f"/claims/{june}/adjustment/"
    for page in (f"/claims/{june}/", f"/claims/{june}/tasks/", f"/claims/{june}/decision/"):
        browser.get(page)
        with django_assert_max_num_queries(STATEMENTS_MAX):
            assert address in text_of(browser.get(page)), page
    with django_assert_max_num_queries(STATEMENTS_MAX):
        page = text_of(browser.get(address))
    for said in (april, "接受，按条款为 ¥18,000.00", "这里不付，要重开本案另作决定", "不调整，维持 ¥8,000.00", "等人来定"):
        assert said in page, said
    reason = "四月的费用后到，免赔额由它承担。"
    assert browser.post(address, {"adjustment": "1", "choice": "accept", "reason": reason}).status_code == 302
    after = text_of(browser.get(address))
    assert "已接受" in after
    assert reason in after
    assert "以我的名义决定" not in after


def test_a_refusal_keeps_what_was_written_and_names_every_fault_by_its_field(cast: Cast, followers: Inline) -> None:
    june = lowered(cast, followers)
    address = f"/claims/{june}/adjustment/"
    answer = at_desk(cast.handler).post(address, {"adjustment": "1", "choice": "accept", "reason": "五月", "ground": ""})
    page = text_of(answer)
    assert answer.status_code == 422
    for said in ("还没有写理由", "还没有写法律依据", ">五月<", "只有具名的人能定"):
        assert said in page, said
    assert Adjustment.objects.get().state == "open"
    for wrong in ("", "x", "99999999999", "7"):
        assert at_desk(cast.handler).post(address, {"adjustment": wrong, "choice": "leave", "reason": "维持原来的告知。"}).status_code == 409


def test_who_may_not_decide_reads_who_does(cast: Cast, followers: Inline) -> None:
    june = lowered(cast, followers)
    page = text_of(at_desk(cast.auditor, language="en").get(f"/claims/{june}/adjustment/"))
    assert "Shen Huaijin, who handles the claim, decides." in page
    assert "Decide in my name" not in page
    assert at_desk(cast.auditor).post(f"/claims/{june}/adjustment/", {"adjustment": "1", "choice": "leave", "reason": "维持告知。"}).status_code == 403


def test_a_claim_without_adjustments_says_so(cast: Cast) -> None:
    policy = a_policy("qinghe_million")
    number = at_calculation(cast, policy, "2026-06-10", 18_000 * YUAN)
    assert "本件没有调整。" in text_of(at_desk(cast.handler).get(f"/claims/{number}/adjustment/"))
