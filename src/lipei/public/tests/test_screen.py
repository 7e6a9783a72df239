"""The visitor at the counter with a screen of their own: the page by itself, in either language, and every way to look where one may not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.drafts import keep_draft
from lipei.frontdesk.knocking import KNOCKS_MAX
from lipei.frontdesk.models import Rating, VisitorAnswer
from lipei.frontdesk.screens import end_screen, open_screen
from lipei.frontdesk.tests import talk

pytestmark = pytest.mark.django_db
STATEMENTS_MAX = 15


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def at_the_counter(visit: str, cast: Cast, *, language: str = "zh-hans") -> Client:
    visitor = Client()
    visitor.post("/screen/language/", {"language": language})
    answer = visitor.post("/screen/", {"code": open_screen(visit, by=cast.front_desk)})
    assert answer.status_code == 302
    return visitor


def words_of(visitor: Client) -> str:
    with CaptureQueriesContext(connection) as asked:
        page = visitor.get("/screen/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert len(asked) <= STATEMENTS_MAX, len(asked)
    return page.content.decode()


def digest_in(page: str) -> str:
    return page.partition('name="digest" value="')[2].partition('"')[0]


@pytest.mark.parametrize(("language", "ask", "thanks"), [("zh-hans", "这样记，对吗？", "好，谢谢您。"), ("en", "Is this what you told us?", "Thank you. Your colleague goes on.")])
def test_what_is_written_appears_and_is_confirmed_in_the_visitors_language(cast: Cast, language: str, ask: str, thanks: str) -> None:
    visit = talk.brought_to("listening", cast)
    visitor = at_the_counter(visit, cast, language=language)
    keep_draft(f"visit:{visit}:listening", {"account": talk.ACCOUNT}, by=cast.front_desk)
    page = words_of(visitor)
    assert talk.ACCOUNT in page
    assert ask in page
    assert visitor.post("/screen/answer/", {"answer": "right", "digest": digest_in(page)}).status_code == 302
    assert thanks in words_of(visitor)
    assert VisitorAnswer.objects.get().language == language


def test_the_poll_says_nothing_while_nothing_changes(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    visitor = at_the_counter(visit, cast)
    version = words_of(visitor).partition("?seen=")[2].partition('"')[0]
    assert visitor.get(f"/screen/now/?seen={version}").status_code == 204
    keep_draft(f"visit:{visit}:listening", {"account": "地上有水"}, by=cast.front_desk)
    changed = visitor.get(f"/screen/now/?seen={version}")
    assert changed.status_code == 200
    assert "地上有水" in changed.content.decode()
    end_screen(visit, by=cast.front_desk)
    assert visitor.get(f"/screen/now/?seen={version}")["HX-Redirect"] == "/screen/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("station", ["welcome", "identity", "listening", "facts", "check", "first_view", "explanation", "papers", "farewell"])
def test_every_station_has_its_page(cast: Cast, station: str, language: str) -> None:
    visit = talk.brought_to(station, cast)
    keep_draft(f"visit:{visit}:{station}", {**talk.facts(), **talk.PAPERS, **talk.farewell(), "account": talk.ACCOUNT}, by=cast.front_desk)
    page = words_of(at_the_counter(visit, cast, language=language))
    assert page.count("<h1") == 1
    assert talk.daughter_number() not in page
    assert cast.policy.number not in page


def test_the_language_of_the_screen_is_not_the_clerks(cast: Cast) -> None:
    both = Client()  # two windows of one browser: the counter's own computer with a second display
    both.cookies["lipei_language"] = "zh-hans"
    both.post("/screen/language/", {"language": "en"})
    assert "Type the code" in both.get("/screen/").content.decode()
    assert "看理赔办到哪一步" in both.get("/status/").content.decode()


def test_a_wrong_code_is_told_kindly_and_too_many_are_stopped(cast: Cast) -> None:
    visitor = Client()
    for _ in range(KNOCKS_MAX):
        answer = visitor.post("/screen/", {"code": "12345678"})
        assert answer.status_code == 404
    assert "没有这个码" in answer.content.decode()
    stopped = visitor.post("/screen/", {"code": "12345678"})
    assert stopped.status_code == 429
    assert "请 15 分钟以后再试" in stopped.content.decode()


def test_without_a_key_nothing_is_shown_and_nothing_is_done(cast: Cast) -> None:
    talk.brought_to("listening", cast)
    stranger = Client()
    stranger.cookies["lipei_screen"] = "guessed"
    for address in ("/screen/", "/screen/now/"):
        assert "周砚秋" not in stranger.get(address).content.decode()
    for address in ("/screen/answer/", "/screen/consent/", "/screen/rate/"):
        assert stranger.post(address, {"answer": "right", "score": "1", "digest": "x"})["Location"] == "/screen/"
    assert not VisitorAnswer.objects.exists()
    assert not Rating.objects.exists()


def test_what_is_refused_is_told_on_the_page_and_what_was_written_stays(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    visitor = at_the_counter(visit, cast)
    keep_draft(f"visit:{visit}:papers", talk.PAPERS, by=cast.front_desk)
    answer = visitor.post("/screen/answer/", {"answer": "right", "digest": digest_in(words_of(visitor)), "signed_name": ""})
    assert answer.status_code == 422
    assert "还没有签名" in answer.content.decode()
    changed = visitor.post("/screen/answer/", {"answer": "right", "digest": "0" * 64, "signed_name": "周砚秋"})
    assert changed.status_code == 422
    assert "请再看一遍" in changed.content.decode()
    assert 'value="周砚秋"' in changed.content.decode()


def test_the_rating_is_given_once_at_the_farewell(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    visitor = at_the_counter(visit, cast)
    page = words_of(visitor)
    for word in ("很不满意", "不满意", "一般", "满意", "很满意"):
        assert word in page
    assert visitor.post("/screen/rate/", {}).status_code == 422
    assert visitor.post("/screen/rate/", {"score": "5"}).status_code == 302
    after = words_of(visitor)
    assert "谢谢您告诉我们" in after
    assert "很不满意" not in after
    assert visitor.post("/screen/rate/", {"score": "1"}).status_code == 422
    assert Rating.objects.get().score == 5
