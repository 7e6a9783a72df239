"""The board: every number opens exactly the claims it counts, and what cannot be counted yet is left out."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from lipei.analytics.counting import refresh_boards
from lipei.analytics.models import BoardSummary
from lipei.analytics.rules import Band, band_of, days_shown, effort, permille, stuck_after_days
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.tests.steps import reported
from lipei.settlement.tests.steps import to_calculation, to_review
from lipei.workbench.claim.tests.test_doing import registered
from lipei.workbench.claim.tests.walking import browser_of, read, text_of

pytestmark = pytest.mark.django_db
OPENS = re.compile(r'href="(/claims/\?[^"]*)"[^>]*>(?:<span class="q">.*?</span><span class="w"><span>)?(?:<b>)?\s*(\d+)', re.S)


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def test_every_number_on_the_board_opens_as_many_claims_as_it_says(cast: Cast) -> None:
    registered(cast)
    reported(cast)
    to_calculation(cast)
    to_review(cast)
    refresh_boards(at=timezone.now())
    browser = browser_of(cast.supervisor)
    html = browser.get(reverse("board")).content.decode()
    doors = OPENS.findall(html)
    assert len(doors) > 6
    for url, number in doors:
        page = read(browser, unescape(url))
        assert f"{number} 件" in page, (url, number, page[:300])


def test_the_board_reads_its_summary_in_few_statements_and_says_when_it_was_counted(cast: Cast) -> None:
    to_calculation(cast)
    at = timezone.now() - timedelta(minutes=3)
    refresh_boards(at=at)
    page = read(browser_of(cast.supervisor), reverse("board"))
    assert f"{timezone.localtime(at):%H:%M:%S} 统计" in page
    assert "今天的镜湖支公司" in page
    assert "大堂" not in page
    assert "获赔率" not in page, "nothing has been closed yet"


def test_a_branch_never_counted_is_counted_when_it_is_first_looked_at(cast: Cast) -> None:
    registered(cast)
    assert not BoardSummary.objects.exists()
    page = text_of(browser_of(cast.supervisor).get(reverse("board")).content)
    assert "在办 1 件" in page
    assert BoardSummary.objects.get().content["open"] == 1


def test_what_nobody_has_taken_on_waits_for_the_supervisor(cast: Cast) -> None:
    number = registered(cast)
    refresh_boards(at=timezone.now())
    page = read(browser_of(cast.supervisor), reverse("board"))
    assert "还没有人接手：方玉兰" in page
    assert number in page
    assert "还没有人接手：方玉兰" not in read(browser_of(cast.auditor), reverse("board")), "an auditor decides nothing"


def test_the_auditor_may_look_at_every_branch_the_supervisor_only_at_their_own(cast: Cast) -> None:
    refresh_boards(at=timezone.now())
    assert "今天的云岭支公司" in read(browser_of(cast.auditor), reverse("board") + "?branch=YL")
    assert browser_of(cast.supervisor).get(reverse("board") + "?branch=YL").status_code == 404


def test_a_claim_that_is_overdue_is_counted_as_such_and_found(cast: Cast) -> None:
    to_calculation(cast)
    later = timezone.now() + timedelta(days=20)
    refresh_boards(at=later)
    assert BoardSummary.objects.get(branch=cast.branch).content["overdue"] == 1


# ---------- the rules ----------


def test_effort_weighs_what_is_to_be_done_now_and_what_is_complex() -> None:
    assert effort(now=3, waiting=2, complex_=1) == 10


def test_the_band_lies_round_the_middle_colleague() -> None:
    assert band_of((31, 44, 26, 36, 33, 29)) == Band(27, 39)
    assert band_of((5, 7)) is None
    assert band_of((0, 0, 0)) is None


def test_days_are_shown_with_one_decimal_and_no_invented_ratio() -> None:
    assert days_shown(149).zh == "6.2 天"
    assert [days_shown(hours).en for hours in (0, 1, 5, 24)] == ["under 1 hour", "1 hour", "5 hours", "1.0 days"]
    assert permille(1603, 1632) == "98.2%"
    assert permille(0, 0) is None
    assert stuck_after_days(None) is None
    assert (stuck_after_days(10), stuck_after_days(149)) == (3, 13)
