"""A clerk looks at her own talk; the supervisor sees it only once she shares it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lipei.claimfile.tests.people import Cast, the_cast
from lipei.communication.commands import keep_scorecard
from lipei.communication.models import Scorecard
from lipei.filing.refusal import Refused
from lipei.speech.tests.talks import BAD_ZH, GOOD_EN, GOOD_ZH
from lipei.workbench.claim.tests.walking import browser_of, read, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def kept(cast: Cast, text: str = GOOD_ZH) -> str:
    return keep_scorecard(text=text, about="2 号窗口", by=cast.front_desk)


def test_a_pasted_talk_shows_its_scorecard_and_is_kept_nowhere(cast: Cast) -> None:
    answer = browser_of(cast.front_desk).post(reverse("coaching"), {"text": BAD_ZH})
    page = text_of(answer.content)
    assert "第 3 行 00:15" in page
    assert "可以练习" in page
    assert Scorecard.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_talk_comes_as_a_text_file_too(cast: Cast, encoding: str) -> None:
    file = SimpleUploadedFile("talk.txt", GOOD_ZH.encode(encoding))
    page = text_of(browser_of(cast.front_desk).post(reverse("coaching"), {"text": "", "file": file}).content)
    assert "12 项里做到 12 项" in page


def test_a_file_that_is_no_text_is_refused(cast: Cast) -> None:
    answer = browser_of(cast.front_desk).post(reverse("coaching"), {"file": SimpleUploadedFile("x.bin", b"\xff\xff\xff\x80")})
    assert answer.status_code == 422
    assert "这不是文本文件" in text_of(answer.content)


def test_lines_that_cannot_be_read_are_named_and_the_text_stays(cast: Cast) -> None:
    answer = browser_of(cast.front_desk).post(reverse("coaching"), {"text": "早上好\n00:05 邻居：好"})
    assert answer.status_code == 422
    page = text_of(answer.content)
    assert "第 1 行前面没有时间" in page
    assert "“邻居”不知道是哪一方" in page
    assert "早上好" in page


def test_the_supervisor_sees_a_scorecard_only_when_it_is_shared(cast: Cast) -> None:
    uuid = kept(cast)
    clerk, supervisor = browser_of(cast.front_desk), browser_of(cast.supervisor)
    assert "2 号窗口" not in read(supervisor, reverse("coaching"))
    assert supervisor.get(reverse("coaching_card", args=(uuid,))).status_code == 404
    assert "只有您看得到" in read(clerk, reverse("coaching_card", args=(uuid,)))
    clerk.post(reverse("coaching_share", args=(uuid,)))
    assert "2 号窗口" in read(supervisor, reverse("coaching"))
    assert "对话评分" in read(supervisor, reverse("coaching_card", args=(uuid,)))


def test_no_colleague_sees_or_shares_anothers_scorecard(cast: Cast) -> None:
    uuid = kept(cast)
    other = browser_of(cast.handler)
    assert other.get(reverse("coaching_card", args=(uuid,))).status_code == 404
    assert other.post(reverse("coaching_share", args=(uuid,))).status_code == 404
    assert Scorecard.objects.get(uuid=uuid).shared_at is None


def test_what_is_kept_holds_no_transcript_and_no_long_number(cast: Cast) -> None:
    content = str(Scorecard.objects.get(uuid=kept(cast, BAD_ZH)).content)
    assert "我想问我那个理赔" not in content
    assert "622202123456789012" not in content


def test_a_scorecard_without_a_name_is_not_kept(cast: Cast) -> None:
    with pytest.raises(Refused):
        keep_scorecard(text=GOOD_ZH, about=" ", by=cast.front_desk)
    answer = browser_of(cast.front_desk).post(reverse("coaching_keep"), {"text": GOOD_ZH, "about": ""})
    assert answer.status_code == 422


@pytest.mark.parametrize(("reading", "word"), [("zh", "对话评分"), ("en", "Scorecard")])
def test_a_scorecard_is_read_and_printed_in_both_languages(cast: Cast, reading: str, word: str) -> None:
    uuid = kept(cast, GOOD_EN)
    assert word in read(browser_of(cast.front_desk), f"{reverse('coaching_card', args=(uuid,))}?reading={reading}")
