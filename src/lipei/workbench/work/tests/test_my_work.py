"""My work: what is due first stands first, each colleague sees what is theirs to do, and every number opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lipei.claimfile.commands import mark_complex
from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.claimfile.work_list import PAGE_ROWS, work_of
from lipei.coverage.tests.steps import reported
from lipei.settlement.tests.steps import to_calculation, to_review
from lipei.workbench.claim.tests.walking import browser_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def test_a_claim_waits_for_whoever_has_the_next_step(cast: Cast) -> None:
    number = to_review(cast)
    handler = work_of(cast.handler, at=timezone.now())
    assert [(r.number, r.turn.zh, r.is_mine) for r in handler.rows] == [(number, "等审批人", False)]
    approver = work_of(cast.approver, at=timezone.now())
    assert [(r.do.zh, r.turn.zh, r.is_mine) for r in approver.rows] == [("复核计算", "您来做", True)]
    assert work_of(cast.finance_maker, at=timezone.now()).rows == ()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "提交复核"), ("en", "Submit for review")])
def test_the_verb_is_what_the_person_will_do(cast: Cast, language: str, words: str) -> None:
    number = to_calculation(cast)
    page = read(browser_of(cast.handler, language=language), reverse("my_work"))
    assert number in page
    calculate = {"zh-hans": "按条款计算", "en": "Calculate by the terms"}[language]
    assert calculate in page
    assert words not in page


def test_what_is_due_first_stands_first_and_a_stopped_clock_stands_apart(cast: Cast) -> None:
    urgent, calm = to_calculation(cast), to_calculation(cast)
    mark_complex(calm, why="要等病理报告", by=cast.handler)
    later = timezone.now() + timedelta(days=4)
    work = work_of(cast.handler, at=later)
    assert [r.number for r in work.rows] == [urgent, calm]
    assert [r.group for r in work.rows][1] == "later"
    assert work.rows[0].group in ("soon", "today", "fortnight")
    assert work_of(cast.handler, at=later + timedelta(days=30)).rows[0].group == "overdue"


def test_the_clock_of_a_row_is_the_one_of_the_law(cast: Cast) -> None:
    to_calculation(cast)
    face = work_of(cast.handler, at=timezone.now()).rows[0].clock
    assert face is not None
    assert (face.which.zh, face.used) == ("核定 5 个工作日", 0)


def test_the_list_opens_page_by_page_and_says_how_many_are_left(cast: Cast) -> None:
    for _ in range(PAGE_ROWS + 2):
        reported(cast)
    first = work_of(cast.front_desk, at=timezone.now())
    second = work_of(cast.front_desk, at=timezone.now(), start=PAGE_ROWS)
    assert (len(first.rows), first.left, len(second.rows), second.left) == (PAGE_ROWS, 2, 2, 0)
    assert not {r.number for r in first.rows} & {r.number for r in second.rows}
    assert "再看 2 件" in read(browser_of(cast.front_desk), reverse("my_work"))


def test_every_view_and_number_of_the_page_opens(cast: Cast) -> None:
    to_review(cast)
    browser = browser_of(cast.handler)
    html = browser.get(reverse("my_work")).content.decode()
    for url in set(re.findall(r'href="(/(?:work|claims)/[^"]*)"', html)):
        assert browser.get(url.replace("&amp;", "&")).status_code == 200, url


def test_a_bar_of_the_chart_opens_exactly_the_claims_it_counts(cast: Cast) -> None:
    to_calculation(cast)
    browser = browser_of(cast.handler)
    html = browser.get(reverse("my_work")).content.decode()
    bar = re.search(r'<a href="([^"]*mine=1[^"]*due=\d[^"]*)" aria-label="[^"]*1 件"', html)
    assert bar is not None
    assert "1 件" in read(browser, bar[1].replace("&amp;", "&"))


def test_an_empty_list_says_what_would_fill_it(cast: Cast) -> None:
    page = read(browser_of(cast.assessor), reverse("my_work"))
    assert "现在没有等您的事。" in page
    assert "轮到您" in page


def test_the_chosen_claim_opens_beside_the_list(cast: Cast) -> None:
    number = to_review(cast)
    page = read(browser_of(cast.approver), reverse("my_work_row", args=(number,)))
    assert "复核计算" in page
    assert "已按条款计算" in page
    assert read(browser_of(cast.approver), reverse("my_work_row", args=("JH-2026-999999",)), status=404)


def test_the_administrator_sees_an_empty_list_and_no_claims(cast: Cast) -> None:
    number = to_calculation(cast)
    page = read(browser_of(cast.administrator), reverse("my_work"))
    assert number not in page
    assert Claim.objects.count() == 1
