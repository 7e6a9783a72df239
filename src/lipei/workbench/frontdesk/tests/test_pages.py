"""The clerk at the screen: the whole visit by its pages, and every way to skip, repeat or lose something."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.models import Claim, LossItem, Unmasking
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.actor import Actor
from lipei.filing.drafts import draft_of
from lipei.frontdesk.confirming import answer_on_screen
from lipei.frontdesk.models import Visit
from lipei.frontdesk.screens import open_screen, pair_screen, screen_of
from lipei.frontdesk.stations import stations_of
from lipei.frontdesk.tests import talk
from lipei.frontdesk.visitor_screen import shown_to_visitor
from lipei.staff.models import User

pytestmark = pytest.mark.django_db
STATEMENTS_MAX = 15


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def at_the_desk(actor: Actor, *, language: str = "zh-hans") -> Client:
    client = Client()
    client.force_login(User.objects.select_related("account").get(id=actor.user_id).account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["lipei_language"] = language
    return client


def url(visit: str, station: str) -> str:
    return f"/visits/{visit}/{station}/"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


TYPED = {
    "welcome": lambda cast: talk.GREETING,
    "identity": lambda cast: talk.identity(talk.choice_of(cast)),
    "listening": lambda cast: {"account": talk.ACCOUNT, "read_back": "on"},
    "facts": lambda cast: talk.facts(),
    "check": lambda cast: {},
    "first_view": lambda cast: {},
    "explanation": lambda cast: talk.UNDERSTOOD,
    "papers": lambda cast: talk.PAPERS,
    "farewell": lambda cast: talk.farewell(),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_whole_visit_by_its_pages(cast: Cast, language: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    assert clerk.get("/visits/").status_code == 200
    answer = clerk.post("/visits/open/", {"counter": "3", "key": str(uuid.uuid4())})
    visit = Visit.objects.get().number
    assert answer["Location"] == url(visit, "welcome")
    for station in stations_of("new_loss"):
        with CaptureQueriesContext(connection, ) as asked:
            page = clerk.get(url(visit, station.id))
        assert page.status_code == 200, station.id
        assert station.name.in_(language) in text(page)
        assert len(asked) <= STATEMENTS_MAX, (station.id, len(asked))
        answer = clerk.post(url(visit, station.id), TYPED[station.id](cast))
        assert answer.status_code == 302, text(answer)
    over = clerk.get(f"/visits/{visit}/")
    assert over.status_code == 200
    assert Claim.objects.get().number in text(over)
    for station in stations_of("new_loss"):
        assert clerk.get(url(visit, station.id)).status_code == 200, f"{station.id} may be looked at afterwards"


@pytest.mark.parametrize("target", [s.id for s in stations_of("new_loss")[1:]])
def test_jumping_ahead_by_address_shows_all_that_is_missing_and_the_way(cast: Cast, target: str) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.opened(cast.front_desk)
    page = clerk.get(url(visit, target))
    assert page.status_code == 422
    order = [s.id for s in stations_of("new_loss")]
    for station in stations_of("new_loss")[: order.index(target)]:
        assert station.lacking.zh in text(page)
    assert f'href="{url(visit, "welcome")}"' in text(page)
    pressed = clerk.post(url(visit, target), TYPED[target](cast))
    assert pressed.status_code == 422
    assert Visit.objects.get(number=visit).station == "welcome"


def test_what_was_typed_at_a_station_too_early_is_kept_for_later(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.opened(cast.front_desk)
    clerk.post(url(visit, "listening"), {"account": talk.ACCOUNT})
    kept = draft_of(f"visit:{visit}:listening", by=cast.front_desk)
    assert kept is not None
    assert kept.content["account"] == talk.ACCOUNT


def test_the_second_tab_posts_again_and_is_led_to_the_present_station(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("papers", cast)
    assert clerk.post(url(visit, "papers"), talk.PAPERS).status_code == 302
    again = clerk.post(url(visit, "papers"), talk.PAPERS)
    assert again.status_code == 409
    assert url(visit, "farewell") in text(again)
    assert LossItem.objects.count() == 2


def test_another_clerk_sees_who_holds_the_visit_and_cannot_write(cast: Cast) -> None:
    other = at_the_desk(cast.front_desk_2)
    visit = talk.brought_to("listening", cast)
    page = other.get(url(visit, "listening"))
    assert "陆听澜" in text(page)
    assert "data-send" not in text(page)
    pressed = other.post(url(visit, "listening"), {"account": "别人的话", "read_back": "on"})
    assert pressed.status_code == 409
    assert "陆听澜" in text(pressed)
    assert Visit.objects.get(number=visit).station == "listening"


def test_names_and_numbers_stay_covered_until_identity_is_established(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("identity", cast)
    page = clerk.post(url(visit, "identity"), {"do": "find", "number": talk.daughter_number(), "capacity": "policyholder"})
    assert page.status_code == 200
    assert "方••" in text(page)
    assert "方玉兰" not in text(page)
    assert cast.policy.number not in text(page)
    assert talk.choice_of(cast) in text(page)
    clerk.post(url(visit, "identity"), TYPED["identity"](cast))
    rail = text(clerk.get(url(visit, "listening")))
    assert "周砚秋" in rail
    assert talk.daughter_number() not in rail
    assert "19900000042" not in rail


def test_looking_behind_the_mask_needs_a_purpose_and_is_kept(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("listening", cast)
    assert clerk.post(f"/visits/{visit}/reveal/identity/", {}).status_code == 422
    shown = clerk.post(f"/visits/{visit}/reveal/identity/", {"purpose": "verify_identity"}, headers={"HX-Request": "true"})
    assert talk.daughter_number() in text(shown)
    assert Unmasking.objects.get().purpose == "verify_identity"


def test_pressing_too_early_names_every_gap_and_keeps_every_word(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("facts", cast)
    page = clerk.post(url(visit, "facts"), {"place": "家里卫生间", "estimated_cost": "-5"})
    assert page.status_code == 422
    assert 'role="alert"' in text(page)
    assert 'value="家里卫生间"' in text(page)
    for words in ("还没有答：住院原因", "还没有答：入院日", "还没有答：医院级别", "负数"):
        assert words in text(page)
    again = clerk.get(url(visit, "facts"))
    assert 'value="家里卫生间"' in text(again)


def test_autosave_keeps_the_words_and_says_what_is_still_missing(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("papers", cast)
    answer = clerk.post(f"/visits/{visit}/papers/draft/", {"item_1_amount": "1960.00", "item_2_amount": "28,500"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="saved"' in text(answer)
    assert 'id="lacking" hx-swap-oob="true"' in text(answer)
    assert "¥30,460.00" in text(answer)
    assert 'value="1960.00"' in text(clerk.get(url(visit, "papers")))


def test_another_sentence_keeps_the_situation(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("facts", cast)
    first = text(clerk.get(url(visit, "facts")))
    other = clerk.get(url(visit, "facts") + "?another=1", headers={"HX-Request": "true"})
    assert "周女士" in text(other)
    assert "陪同家人来" in text(other)
    assert "<html" not in text(other)
    assert text(other) not in first


def test_the_application_and_the_receipt_are_printed(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("papers", cast)
    clerk.post(f"/visits/{visit}/papers/draft/", talk.PAPERS)
    form = clerk.get(f"/visits/{visit}/application.pdf")
    assert form.status_code == 200, text(form)
    assert form.content.startswith(b"%PDF")
    assert clerk.get(f"/visits/{visit}/receipt.pdf").status_code == 409
    clerk.post(url(visit, "papers"), talk.PAPERS)
    receipt = clerk.get(f"/visits/{visit}/receipt.pdf")
    assert receipt.status_code == 200
    assert receipt.content.startswith(b"%PDF")


def test_a_correction_at_the_facts_leads_back_to_the_check(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("explanation", cast)
    assert "保存更正" in text(clerk.get(url(visit, "facts")))
    answer = clerk.post(url(visit, "facts"), {**talk.facts(hospital_level="secondary"), "do": "correct"})
    assert answer.status_code == 302
    assert Visit.objects.get(number=visit).station == "check"


def test_a_station_is_left_out_with_its_reason(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("papers", cast)
    assert clerk.post(f"/visits/{visit}/papers/not-applicable/", {}).status_code == 422
    assert clerk.post(f"/visits/{visit}/papers/not-applicable/", {"reason": "nothing_brought"}).status_code == 302
    assert "客户今天没有带材料" in text(clerk.get(url(visit, "papers")))


def test_the_visit_is_handed_over_on_its_page(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("listening", cast)
    clerk.post(f"/visits/{visit}/listening/draft/", {"account": "刚讲了一半"})
    assert clerk.post(f"/visits/{visit}/hand-over/", {}).status_code == 422
    answer = clerk.post(f"/visits/{visit}/hand-over/", {"to": str(cast.front_desk_2.user_id), "summary": "讲到一半"})
    assert answer.status_code == 302
    assert "刚讲了一半" in text(at_the_desk(cast.front_desk_2).get(url(visit, "listening")))


def test_from_the_claim_to_the_station_where_it_is_mended(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("facts", cast)
    answer = clerk.get(f"/claims/{talk.number_of(visit)}/visit/facts/")
    assert answer["Location"] == url(visit, "facts")
    assert at_the_desk(cast.auditor).get(url(visit, "facts")).status_code == 200
    assert at_the_desk(cast.handler).get(url(visit, "facts")).status_code == 403


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "陈述有 10,000,000 个字，最多 4,000 个"), ("en", "The account: 10,000,000 characters; the most is 4,000")])
def test_ten_megabytes_of_text_are_told_kindly_and_kept(cast: Cast, language: str, said: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    visit = talk.brought_to("listening", cast)
    page = clerk.post(url(visit, "listening"), {"account": "a" * 10_000_000, "read_back": "on"})
    assert page.status_code == 422
    assert said in text(page)
    kept = draft_of(f"visit:{visit}:listening", by=cast.front_desk)
    assert kept is not None
    assert len(kept.content["account"]) > 9_999_000


def test_above_what_a_draft_holds_the_part_that_fits_is_kept(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("listening", cast)
    answer = clerk.post(f"/visits/{visit}/listening/draft/", {"account": "字" * 3_900_000})
    assert answer.status_code == 422
    assert "11.7 MB 文字，草稿最多留 10 MB" in text(answer)
    kept = draft_of(f"visit:{visit}:listening", by=cast.front_desk)
    assert kept is not None
    assert 3_300_000 < len(kept.content["account"]) < 3_400_000


def test_a_form_too_large_to_be_read_is_told_kindly(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("listening", cast)
    page = clerk.post(url(visit, "listening"), {"account": "a" * 13_000_000})
    assert page.status_code == 422
    assert "超过 12 MB" in text(page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_bad_input_on_the_page_is_named_where_it_is_mended(cast: Cast, language: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    visit = talk.brought_to("facts", cast)
    page = clerk.post(url(visit, "facts"), talk.facts(happened_on="2026-02-31", place="家里😀", estimated_cost="1000000000"))
    assert page.status_code == 422
    expected = {
        "zh-hans": ("2 月只有 28 天，没有 2026-02-31", "是表情，信上印不出来", "¥99,999,999.99"),
        "en": ("February has 28 days; 2026-02-31 does not exist", "is a picture and cannot be printed", "¥99,999,999.99"),
    }[language]
    for words in expected:
        assert words in text(page)
    assert 'id="id_happened_on-error"' in text(page)
    assert "家里😀" in text(page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_question_is_looked_up_from_any_station_and_said_with_its_source(cast: Cast, language: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    visit = talk.brought_to("facts", cast)
    page = f"/visits/{visit}/answers/"
    assert page in text(clerk.get(url(visit, "facts")))
    question = "床位费一天最多报多少？" if language == "zh-hans" else "How much do you pay for the bed per day?"
    with CaptureQueriesContext(connection) as asked:
        found = text(clerk.post(page, {"question": question}))
    assert len(asked) <= STATEMENTS_MAX, len(asked)
    assert "say:clause:2.2.1" in found
    assert ("第 2.2 条第 1 项" if language == "zh-hans" else "clause 2.2(1)") in found
    assert clerk.post(page, {"question": question, "do": "say:clause:2.2.1"}).status_code == 302
    assert question in text(clerk.get(page))
    assert clerk.post(page, {"question": question, "do": "say:clause:99"}).status_code == 422


def test_what_is_not_found_is_given_to_a_colleague(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("facts", cast)
    page = f"/visits/{visit}/answers/"
    assert "这里没有这个问题的答案" in text(clerk.post(page, {"question": "附近哪里可以停车？"}))
    refused = clerk.post(page, {"question": "附近哪里可以停车？", "do": "leave", "question__who": "", "question__until": "2020-01-01"})
    assert refused.status_code == 422
    assert "还没有写由谁去答" in text(refused)
    right = {"question": "附近哪里可以停车？", "do": "leave", "question__who": str(cast.front_desk.user_id), "question__until": talk.day(-1)}
    assert clerk.post(page, right).status_code == 302
    assert "附近哪里可以停车" in text(clerk.get(page))


def test_the_questions_are_the_station_of_who_only_asks(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.opened(cast.front_desk)
    clerk.post(url(visit, "welcome"), {**talk.GREETING, "purpose": "ask"})
    clerk.post(f"/visits/{visit}/identity/not-applicable/", {"reason": "general_question"})
    assert clerk.get(url(visit, "answer")).status_code == 200
    assert clerk.post(url(visit, "answer"), {}).status_code == 422
    clerk.post(f"/visits/{visit}/answers/", {"question": "不同意怎么办？", "do": "say:way:disagree"})
    assert clerk.post(url(visit, "answer"), {}).status_code == 302
    assert Visit.objects.get(number=visit).station == "farewell"


def test_how_it_was_said_back_stays_to_be_read(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("explanation", cast)
    refused = clerk.post(url(visit, "explanation"), {})
    assert refused.status_code == 422
    assert text(refused).count("客户还没有自己说出") >= 5
    told = {**talk.UNDERSTOOD, "back_days": "again", "unclear_days": "工作日还是自然日"}
    assert clerk.post(url(visit, "explanation"), told).status_code == 302
    page = text(clerk.get(url(visit, "explanation")))
    assert "不清楚的：工作日还是自然日" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_visitor_marks_on_their_screen_stands_at_the_point_to_be_explained_again(cast: Cast, language: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    visit = talk.brought_to("explanation", cast)
    device = screen_of(pair_screen(open_screen(visit, by=cast.front_desk), address="10.0.0.7") or "")
    assert device is not None
    shown = shown_to_visitor(visit, actor=device)
    assert shown is not None
    answer_on_screen(visit, answer="not_right", digest=shown.digest, language=language, unclear=["papers"], by=device)
    again = {"zh-hans": "请再讲一遍", "en": "please explain it once more"}[language]
    with CaptureQueriesContext(connection) as asked:
        page = text(clerk.get(url(visit, "explanation")))
    assert len(asked) <= STATEMENTS_MAX, len(asked)
    assert page.count(again) == 1
    assert again in page.partition('id="marked-papers"')[2].partition("</p>")[0]
    assert 'name="back_papers" value="right"' not in page
    assert 'name="back_days" value="right"' in page
    with CaptureQueriesContext(connection) as asked:
        poll = text(clerk.get(f"/visits/{visit}/screen/state/"))
    assert len(asked) <= STATEMENTS_MAX, len(asked)
    assert 'id="marked-papers" class="lp-marked" hx-swap-oob="true"' in poll
    assert again in poll
    assert clerk.post(url(visit, "explanation"), talk.UNDERSTOOD).status_code == 422
    assert clerk.post(url(visit, "explanation"), {**talk.UNDERSTOOD, "back_papers": "again", "unclear_papers": "以为要房产证"}).status_code == 302
    assert {"zh-hans": "客户在屏上点过", "en": "marked by the visitor on their screen"}[language] in text(clerk.get(url(visit, "explanation")))


@pytest.mark.parametrize(("situation", "is_simple"), [("elderly", True), ("accompanying", False)])
def test_elders_hear_simple_words(cast: Cast, monkeypatch: pytest.MonkeyPatch, situation: str, is_simple: bool) -> None:
    monkeypatch.setitem(talk.GREETING, "situation", situation)
    clerk = at_the_desk(cast.front_desk)
    page = text(clerk.get(url(talk.brought_to("explanation", cast), "explanation")))
    assert ('name="simple" checked' in page) == is_simple
    assert "今天说的数是估的" in page, "without scripts and styles both are there to read"
