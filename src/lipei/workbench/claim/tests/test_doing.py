"""What is written and done on the small pages of a claim: kind, exact refusals, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lipei.claimfile.models import Claim, Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.commands import estimate_exposures, show_first_view
from lipei.coverage.tests.steps import asked, reported
from lipei.filing.models import Draft, Entry
from lipei.intake.commands import register_claim
from lipei.settlement.tests.steps import to_calculation, to_review
from lipei.workbench.claim.tests.walking import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def registered(cast: Cast) -> str:
    number = reported(cast)
    show_first_view(number, by=cast.front_desk)
    asked(number, cast)
    estimate_exposures(number, by=cast.front_desk)
    register_claim(number, by=cast.front_desk, why="another loss")
    return number


def test_a_note_is_written_and_its_draft_goes(cast: Cast) -> None:
    number, browser = to_calculation(cast), browser_of(cast.handler)
    saved = browser.post(reverse("claim_draft", args=(number, "note")), {"text": "医院确认“楼道”为笔误"})
    assert "saved" in saved.content.decode()
    assert "医院确认“楼道”为笔误" in text_of(browser.get(reverse("claim_note", args=(number,))).content)
    answer = browser.post(reverse("claim_note", args=(number,)), {"text": "医院确认“楼道”为笔误"}, follow=True)
    assert "医院确认“楼道”为笔误" in text_of(answer.content)
    assert not Draft.objects.exists()


def test_an_empty_note_is_refused_beside_its_field_and_in_both_languages(cast: Cast) -> None:
    number = to_calculation(cast)
    for language, words in (("zh-hans", "记录是空的"), ("en", "The note is empty")):
        answer = browser_of(cast.handler, language=language).post(reverse("claim_note", args=(number,)), {"text": "   "})
        assert answer.status_code == 422
        assert words in text_of(answer.content)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"what": "告诉她复核结果", "due": "2026-02-31", "hour": "17:00"}, "没有“2026-02-31”这一天"),
        ({"what": "告诉她复核结果", "due": "2001-01-01", "hour": "17:00"}, "2001-01-01 已经过去"),
        ({"what": "告诉她复核结果", "due": "", "hour": "25:61"}, "没有“25:61”这个时间"),
        ({"what": "", "due": "2099-01-01", "hour": ""}, "还没有写答应了什么"),
    ],
)
def test_a_promise_that_cannot_be_is_told_kindly_and_kept(cast: Cast, typed: dict[str, str], words: str) -> None:
    number = to_calculation(cast)
    answer = browser_of(cast.handler).post(reverse("claim_promise", args=(number,)), typed)
    page = text_of(answer.content)
    assert answer.status_code == 422
    assert words in page
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values() if value)
    assert not Task.objects.filter(kind="promise").exists()


def test_a_promise_stands_on_the_work_list_until_it_is_done(cast: Cast) -> None:
    number, browser = to_calculation(cast), browser_of(cast.handler)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    browser.post(reverse("claim_promise", args=(number,)), {"what": "告诉周女士复核结果", "due": tomorrow, "hour": "16:30"})
    assert "告诉周女士复核结果" in text_of(browser.get(reverse("my_work") + "?view=promised").content)
    task = Task.objects.get(kind="promise")
    refused = browser.post(reverse("claim_task", args=(number, task.pk)), {"answer": ""})
    assert (refused.status_code, "还没有写结果" in text_of(refused.content)) == (422, True)
    browser.post(reverse("claim_task", args=(number, task.pk)), {"answer": "已电话告知"})
    task.refresh_from_db()
    assert task.state == "done"
    assert "告诉周女士复核结果" not in text_of(browser.get(reverse("my_work")).content)


def test_a_call_is_put_into_the_file_and_a_wrong_number_of_minutes_is_not(cast: Cast) -> None:
    number, browser = to_calculation(cast), browser_of(cast.handler)
    typed = {"channel": "phone", "direction": "out", "with_name": "周砚秋", "minutes": "四", "text": "说明还差社保结算单"}
    answer = browser.post(reverse("claim_call", args=(number,)), typed)
    assert (answer.status_code, "“四”不是分钟数" in text_of(answer.content)) == (422, True)
    assert "说明还差社保结算单" in text_of(answer.content)
    browser.post(reverse("claim_call", args=(number,)), {**typed, "minutes": "4"})
    assert Entry.objects.filter(kind="contact_logged", file__number=number).count() == 1


def test_the_handler_takes_a_registered_claim_on_from_its_page(cast: Cast) -> None:
    number, browser = registered(cast), browser_of(cast.handler)
    page = browser.get(reverse("claim", args=(number,))).content.decode()
    assert f'action="{reverse("claim_take_on", args=(number,))}"' in page
    browser.post(reverse("claim_take_on", args=(number,)))
    claim = Claim.objects.get(number=number)
    assert (claim.stage, claim.owner_id, claim.turn_user_id) == ("verifying", cast.handler.user_id, cast.handler.user_id)


def test_taking_on_by_address_alone_or_twice_changes_nothing(cast: Cast) -> None:
    number = registered(cast)
    browser_of(cast.handler).get(reverse("claim_take_on", args=(number,)))
    assert Claim.objects.get(number=number).stage == "registered"
    browser_of(cast.handler).post(reverse("claim_take_on", args=(number,)))
    second = browser_of(cast.handler_2).post(reverse("claim_take_on", args=(number,)))
    assert second.status_code == 409
    assert Claim.objects.get(number=number).owner_id == cast.handler.user_id


def test_the_supervisor_assigns_with_a_reason_and_hears_all_that_is_missing(cast: Cast) -> None:
    number, browser = registered(cast), browser_of(cast.supervisor)
    empty = browser.post(reverse("claim_assign", args=(number,)), {"why": "", "user_id": ""})
    page = text_of(empty.content)
    assert empty.status_code == 422
    assert "请选一位本机构的理赔员" in page
    assert "还没有写为什么指派" in page
    browser.post(reverse("claim_assign", args=(number,)), {"why": "容若溪有空", "user_id": str(cast.handler_2.user_id)})
    assert Claim.objects.get(number=number).owner_id == cast.handler_2.user_id
    assert Entry.objects.filter(kind="claim_taken_on", file__number=number, why="容若溪有空").exists()


def test_a_complex_case_needs_its_reason_and_moves_the_clock(cast: Cast) -> None:
    number, browser = to_calculation(cast), browser_of(cast.handler)
    assert browser.post(reverse("claim_complex", args=(number,)), {"why": ""}).status_code == 422
    browser.post(reverse("claim_complex", args=(number,)), {"why": "要等医院的病理报告"})
    assert "核定 30 日" in text_of(browser.get(reverse("claim", args=(number,))).content)


def test_a_claim_under_review_cannot_be_withdrawn_by_its_address(cast: Cast) -> None:
    number = to_review(cast)
    answer = browser_of(cast.handler).post(reverse("claim_withdraw", args=(number,)), {"why": "客户说不要了"})
    assert answer.status_code == 409
    assert "客户说不要了" in text_of(answer.content)
    assert Claim.objects.get(number=number).stage == "reviewing"


def test_withdrawing_keeps_the_customers_reason(cast: Cast) -> None:
    number = to_calculation(cast)
    page = browser_of(cast.handler).post(reverse("claim_withdraw", args=(number,)), {"why": "别家保险已经付了"}, follow=True)
    assert Claim.objects.get(number=number).closing == "withdrawn"
    assert "别家保险已经付了" in text_of(page.content)


def test_ten_megabytes_of_text_are_refused_and_nothing_is_lost(cast: Cast) -> None:
    number = to_calculation(cast)
    answer = browser_of(cast.handler).post(reverse("claim_note", args=(number,)), {"text": "字" * 3_500_000})
    assert answer.status_code == 422
    assert "3,500,000 个字，最多 10,000 个" in text_of(answer.content)
    assert answer.content.decode().count("字") > 3_500_000
