"""A clerk writes, and is told while she writes; nothing she wrote is kept by the check, and nothing is lost without script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.coverage.tests.steps import reported
from lipei.filing.models import Entry
from lipei.workbench.claim.tests.walking import browser_of, text_of

pytestmark = pytest.mark.django_db
PROMISE = "您放心，这个一定会赔的，三天之内钱就到账。"


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def ask(client: Client, text: str, *, kind: str = "note") -> str:
    answer = client.post(reverse("speech_check"), {"of": "text", "field": "id_text", "kind": kind, "text": text})
    assert answer.status_code == 200, text_of(answer.content)
    return answer.content.decode()


def test_the_words_are_underlined_with_why_and_a_sentence_to_take(cast: Cast) -> None:
    said = ask(browser_of(cast.front_desk), PROMISE)
    assert 'class="lp-slip">一定会赔' in said
    assert "是否赔付还没有决定" in said
    assert 'data-slip="您放心，这个一定会赔的，三天之内钱就到账。"' in said
    assert "data-take-better" in said
    assert "信发不出去" not in said


def test_a_letter_is_told_that_it_will_not_go(cast: Cast) -> None:
    assert "信发不出去" in ask(browser_of(cast.handler), PROMISE, kind="letter")


def test_a_kind_sentence_is_left_alone(cast: Cast) -> None:
    assert "lp-speech" not in ask(browser_of(cast.front_desk), "请您坐，我马上给您办。")


def test_the_better_sentence_is_in_the_language_of_the_text_and_the_reason_in_the_readers(cast: Cast) -> None:
    said = ask(browser_of(cast.front_desk), "I guarantee that we pay every penny.")
    assert "hear from me by" in said
    assert "会被当作公司的义务" in said


def test_what_is_checked_is_not_kept(cast: Cast) -> None:
    before = Entry.objects.count()
    ask(browser_of(cast.front_desk), PROMISE)
    assert Entry.objects.count() == before


def test_a_text_without_end_is_not_looked_through_and_says_so(cast: Cast) -> None:
    assert "文字太长" in ask(browser_of(cast.front_desk), "好" * 30_000)


def test_a_kind_that_does_not_exist_is_refused(cast: Cast) -> None:
    answer = browser_of(cast.front_desk).post(reverse("speech_check"), {"of": "text", "kind": "poem", "text": "x"})
    assert answer.status_code == 422


def test_the_auditor_writes_nothing_and_is_not_let_in(cast: Cast) -> None:
    assert browser_of(cast.auditor).post(reverse("speech_check"), {"of": "text", "kind": "note", "text": "x"}).status_code == 403


def test_without_script_a_note_is_saved_as_written_and_the_hint_comes_after(cast: Cast) -> None:
    number = reported(cast)
    client = browser_of(cast.handler)
    assert 'name="speech_of" value="note:text"' in client.get(reverse("claim_note", args=(number,))).content.decode()
    answer = client.post(reverse("claim_note", args=(number,)), {"text": PROMISE, "speech_of": "note:text"}, follow=True)
    page = text_of(answer.content)
    assert "已照您写的保存" in page
    assert "“<span lang=\"zh-Hans\">一定会赔</span>”" in answer.content.decode(), "what is quoted names its own language"
    assert Entry.objects.filter(kind="note_written").count() >= 1


def test_who_saw_the_hints_while_writing_is_not_told_again(cast: Cast) -> None:
    number = reported(cast)
    told = {"text": PROMISE, "speech_of": "note:text", "speech_seen": "1"}
    page = text_of(browser_of(cast.handler).post(reverse("claim_note", args=(number,)), told, follow=True).content)
    assert "已照您写的保存" not in page


def test_a_note_shown_again_after_a_refusal_shows_its_hints_at_once(cast: Cast) -> None:
    number = reported(cast)
    answer = browser_of(cast.handler).post(reverse("claim_call", args=(number,)), {"text": PROMISE, "channel": "phone", "direction": "out", "with_name": ""})
    assert answer.status_code == 422
    assert 'class="lp-slip"' in answer.content.decode()
