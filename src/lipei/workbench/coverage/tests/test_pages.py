"""The pages of registration, facts and verification as colleagues use them."""

from __future__ import annotations

import pytest

from lipei.claimfile.commands import take_on_claim
from lipei.claimfile.models import Exposure, Fact
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.commands import show_first_view
from lipei.coverage.tests.steps import asked, claim_of, reported
from lipei.coverage.tests.test_verification import TODAY
from lipei.workbench.settlement.tests.test_pages import at_desk, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=TODAY)


def test_the_clerk_registers_and_is_told_all_that_lacks(cast: Cast) -> None:
    number = reported(cast)
    browser = at_desk(cast.front_desk)
    url = f"/claims/{number}/register/"
    early = browser.post(url)
    assert early.status_code == 422
    for said in ("还没有核对来人的身份和授权", "出险事实还没有问全", "还没有签名的索赔申请和第一份证明", "还有责任项没有估计金额"):
        assert said in text_of(early)
    show_first_view(number, by=cast.front_desk)
    asked(number, cast)
    page = text_of(browser.get(url))
    assert "¥25,780.33 – ¥25,780.33" in page
    assert browser.post(url).status_code == 302
    assert claim_of(number).stage == "registered"
    assert Exposure.objects.count() == 2


def test_a_probable_duplicate_is_shown_and_needs_a_sentence(cast: Cast) -> None:
    first = reported(cast)
    show_first_view(first, by=cast.front_desk)
    second = reported(cast)
    show_first_view(second, by=cast.front_desk)
    asked(second, cast)
    browser = at_desk(cast.front_desk)
    url = f"/claims/{second}/register/"
    assert first in text_of(browser.get(url))
    refused = browser.post(url, {"why": "是"})
    assert refused.status_code == 422
    assert f"{first} 是同一个人、同一天的损失" in text_of(refused)
    assert browser.post(url, {"why": "同一天两次住院，另一家医院。"}).status_code == 302


def test_facts_are_written_down_together_with_their_paper(cast: Cast) -> None:
    number = reported(cast, facts={})
    browser = at_desk(cast.handler)
    url = f"/claims/{number}/facts/"
    wrong = browser.post(url, {"fact_admitted_on": "2026-02-31", "fact_social_paid": "12.345", "source": "document", "said_by": ""})
    page = text_of(wrong)
    assert wrong.status_code == 422
    assert "2026-02-31" in page
    assert "还没有写从哪里知道的" in page
    assert 'value="12.345"' in page
    told = {"fact_cause": "accident", "fact_admitted_on": "2026-10-24", "fact_social_paid": "31,206.80", "source": "document", "said_by": "社保结算单"}
    assert browser.post(url, told).status_code == 302
    assert dict(Fact.objects.values_list("name", "value")) == {"cause": "accident", "admitted_on": "2026-10-24", "social_paid": "31206.80"}
    assert browser.post(url, {**told, "fact_social_paid": "-1"}).status_code == 422
    assert browser.post(url, {**told, "fact_admitted_on": "2999-01-01"}).status_code == 422


def test_the_handler_sees_every_verdict_and_concludes(cast: Cast) -> None:
    number = reported(cast)
    show_first_view(number, by=cast.front_desk)
    asked(number, cast)
    at_desk(cast.front_desk).post(f"/claims/{number}/register/")
    take_on_claim(number, by=cast.handler)
    browser = at_desk(cast.handler)
    url = f"/claims/{number}/coverage/"
    page = text_of(browser.get(url))
    for said in ("属不属于保障范围", "不属于“酒后或无证驾驶”", "意外伤害和续保没有等待期", "2025-12-28 已说明，周砚秋签名", "安心住院医疗保险"):
        assert said in page, said
    refused = browser.post(url, {"covered_inpatient": "no", "reason_inpatient": "我看不像", "covered_hospital_cash": "yes"})
    assert refused.status_code == 422
    assert "按档案里的事实，条款并没有排除" in text_of(refused)
    assert "我看不像" in text_of(refused)
    assert browser.post(url, {"covered_inpatient": "yes", "covered_hospital_cash": "yes"}).status_code == 302
    assert claim_of(number).stage == "collecting"


def test_in_english_too(cast: Cast) -> None:
    number = reported(cast)
    page = text_of(at_desk(cast.handler, language="en").get(f"/claims/{number}/coverage/"))
    assert "Is it covered?" in page
    assert "Not “driving after drinking or without papers”" in page
