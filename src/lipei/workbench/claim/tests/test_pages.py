"""Every page of a claim, in both languages and in few statements; nothing on it is of another language or made up."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lipei.claimfile.models import Claim, Unmasking
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.tests.steps import reported
from lipei.filing.actor import system
from lipei.filing.models import Entry
from lipei.settlement.tests.steps import to_calculation, to_review
from lipei.staff.commands import ColleagueData, engage
from lipei.staff.models import Branch, User
from lipei.staff.queries import actor_of
from lipei.workbench.claim.tests.walking import browser_of, read, text_of

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]+")
PAGES = ("claim", "claim_history", "claim_note", "claim_call", "claim_promise", "claim_tasks", "claim_complex", "claim_withdraw")


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(cast: Cast, language: str) -> None:
    number = to_review(cast)
    handler = browser_of(cast.handler, language=language)
    for name in PAGES:
        assert number in read(handler, reverse(name, args=(number,)))
    assert number in read(browser_of(cast.supervisor, language=language), reverse("claim_assign", args=(number,)))


def test_the_claim_page_says_who_what_how_much_and_what_next(cast: Cast) -> None:
    number = to_review(cast)
    page = read(browser_of(cast.approver), reverse("claim", args=(number,)))
    for words in ("方玉兰", "意外受伤住院", "安心住院医疗保险", "客户要求", "¥68,420.50", "应付", "¥25,780.33", "由您来做", "复核计算", "核定 5 个工作日",
                  "户名相符", "全部 38 条"):
        assert words in page, words
    for wrong in ("None", "{{", "Words(", "&lt;"):
        assert wrong not in page


def test_the_english_page_keeps_only_names_and_quoted_words_in_chinese(cast: Cast) -> None:
    number = to_calculation(cast)
    page = read(browser_of(cast.handler, language="en"), reverse("claim", args=(number,)))
    known = {"理", "中文", "方玉兰", "方", "沈怀瑾", "陆听澜", "费用清单第", "页"}
    assert set(HAN.findall(page)) <= known, set(HAN.findall(page)) - known


def test_the_waterfall_adds_up_to_the_fen(cast: Cast) -> None:
    number = to_review(cast)
    html = browser_of(cast.handler).get(reverse("claim", args=(number,))).content.decode()
    fall = html[html.index('class="lp-fall"') :]
    rows = re.findall(r'<div class="(sum|minus|plus|total)">.*?>([+−¥\d,.]+)</a>', fall, flags=re.S)
    fen = [(kind, int(re.sub(r"[^\d]", "", text)) * (-1 if "−" in text else 1)) for kind, text in rows]
    assert next(kind for kind, _ in fen) == "sum"
    assert sum(amount for kind, amount in fen if kind != "total") == next(amount for kind, amount in fen if kind == "total") == 2_578_033


def test_a_draft_claim_shows_what_is_there_and_leaves_the_rest_out(cast: Cast) -> None:
    number = reported(cast)
    page = read(browser_of(cast.front_desk), reverse("claim", args=(number,)))
    assert "核对身份和授权" in page
    html = browser_of(cast.front_desk).get(reverse("claim", args=(number,))).content.decode()
    assert all(part not in html for part in ('id="money"', 'id="papers"', "lp-fall", "责任和限额"))


def test_another_branch_does_not_see_the_claim(cast: Cast) -> None:
    number = reported(cast)
    user_id = engage(
        ColleagueData(number="2101", name="白露生", name_en="Bai Lusheng", branch_id=Branch.objects.get(code="YL").pk, roles=("handler",)),
        by=system(),
    )
    stranger = browser_of(actor_of(User.objects.get(id=user_id)))
    for name in PAGES:
        answer = stranger.get(reverse(name, args=(number,)))
        assert answer.status_code == 404, name
        assert "方玉兰" not in text_of(answer.content)


class TestUnmasking:
    """看: a value opens for a purpose, for thirty seconds, and the look stays in the file."""

    def look(self, browser: Client, number: str, field: str, purpose: str, **headers: str) -> object:
        party = Claim.objects.get(number=number).parties.get(role="insured")
        return browser.post(reverse("claim_reveal", args=(number, party.pk, field)), {"purpose": purpose}, headers=headers or None)

    def test_with_a_purpose_the_number_is_shown_and_the_look_recorded(self, cast: Cast) -> None:
        number = reported(cast)
        answer = self.look(browser_of(cast.handler), number, "identity", "verify_identity", **{"HX-Request": "true"})
        html = answer.content.decode()  # type: ignore[attr-defined]
        assert re.search(r"\d{17}[\dX]", html)
        assert 'data-covers="30"' in html
        assert answer.headers["Cache-Control"].startswith("max-age=0")  # type: ignore[attr-defined]
        assert Unmasking.objects.get().purpose == "verify_identity"
        assert Entry.objects.filter(kind="personal_data_seen", file__number=number).count() == 1

    def test_without_a_purpose_nothing_is_shown(self, cast: Cast) -> None:
        number = reported(cast)
        answer = self.look(browser_of(cast.handler), number, "identity", "curiosity")
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert not re.search(r"\d{17}[\dX]", answer.content.decode())  # type: ignore[attr-defined]
        assert Unmasking.objects.count() == 0

    def test_the_auditor_sees_masks_only(self, cast: Cast) -> None:
        number = reported(cast)
        page = browser_of(cast.auditor).get(reverse("claim", args=(number,))).content.decode()
        assert "••••" in page
        assert "reveal" not in page
        assert self.look(browser_of(cast.auditor), number, "identity", "audit").status_code == 403  # type: ignore[attr-defined]
