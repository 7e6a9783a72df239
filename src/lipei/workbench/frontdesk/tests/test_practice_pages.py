"""A clerk practises with an invented visitor: nothing is lost, nothing is real, and it is her own until she shares it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lipei.claimfile.models import Claim
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry, File, RowHistory
from lipei.filing.refusal import Refused
from lipei.frontdesk.calm import ORDER
from lipei.frontdesk.models import CalmTalk, Visit
from lipei.frontdesk.practice.commands import answer_visitor, begin_practice, end_practice, share_practice
from lipei.frontdesk.practice.models import Practice
from lipei.frontdesk.practice.reading import scenarios
from lipei.workbench.claim.tests.walking import browser_of, read, text_of

pytestmark = pytest.mark.django_db
GREETING = "您好，请坐，请问您今天办什么事？"


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def begun(cast: Cast, scenario: str = "will-you-pay", *, language: str = "zh") -> str:
    return begin_practice(scenario, language=language, by=cast.front_desk)


def page(uuid: str) -> str:
    return reverse("practice", args=(uuid,))


def say(client: Client, uuid: str, *, turn: int, station: str = "welcome", said: str = GREETING, **facts: str) -> int:
    return client.post(reverse("practice_say", args=(uuid,)), {"turn": str(turn), "station": station, "said": said, **facts}).status_code


def ended(cast: Cast, scenario: str = "nephew", *, language: str = "zh") -> str:
    """The model talk from the first to the last word."""
    uuid, it = begun(cast, scenario, language=language), scenarios()[scenario]
    for number, turn in enumerate(it.model, 1):
        answer_visitor(uuid, turn=number, station=turn.station, said=turn.words.in_(language), told={}, by=cast.front_desk)
    end_practice(uuid, told={f"fact_{fact.id}": fact.answer for fact in it.facts}, by=cast.front_desk)
    return uuid


def test_coaching_leads_to_six_visitors_and_beginning_opens_the_talk(cast: Cast) -> None:
    client = browser_of(cast.front_desk)
    assert "演练" in read(client, reverse("coaching"))
    assert read(client, reverse("practices")).count("开始演练") == 6
    answer = client.post(reverse("practice_begin", args=("delay",)))
    shown = read(client, answer.headers["Location"])
    assert "你们到底还办不办" in shown
    assert "这里的人和事都是虚构的" in shown


def test_the_visitor_answers_and_the_desk_shows_its_sheet_only_once_identity_is_established(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast)
    assert say(client, uuid, turn=1) == 302
    assert "查勘员 11 月 25 日上门" not in read(client, page(uuid))
    assert say(client, uuid, turn=2, station="identity", said="麻烦您出示一下身份证，谢谢。") == 302
    shown = read(client, page(uuid))
    assert "宫映雪" in shown
    assert "查勘员 11 月 25 日上门" in shown


def test_a_talk_that_was_left_is_taken_up_where_it_stood_with_every_word_being_written(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast)
    say(client, uuid, turn=1, fact_seen="2026-11-25")
    kept = client.post(reverse("practice_draft", args=(uuid,)), {"station": "identity", "said": "麻烦您出示", "fact_seen": "2026-11-2"})
    assert kept.status_code == 200
    later = browser_of(cast.front_desk)
    assert begun(cast) == uuid, "an open talk is gone on with, not begun again"
    assert "接着练" in read(later, reverse("practices"))
    html = later.get(page(uuid)).content.decode()
    assert "麻烦您出示" in html
    assert 'value="2026-11-2"' in html
    assert GREETING in html


def test_what_cannot_be_said_yet_stays_as_typed_with_all_that_lacks(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast)
    answer = client.post(reverse("practice_say", args=(uuid,)), {"turn": "1", "station": "", "said": "您好", "fact_seen": "周三"})
    assert answer.status_code == 422
    shown = text_of(answer.content)
    assert "还没有选走哪一步" in shown
    assert "“周三”不是日期" in shown
    assert "您好" in answer.content.decode()


def test_in_two_windows_one_turn_is_said_once(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast)
    assert say(client, uuid, turn=1) == 302
    assert say(client, uuid, turn=1, said="第二个窗口里的话") == 409
    assert "第二个窗口里的话" in client.get(page(uuid)).content.decode()


@pytest.mark.parametrize(("language", "done", "source"), [("zh", "12 项里做到 12 项", "《民法典》第一百六十五条"), ("en", "12 of 12 points", "Civil Code, art. 165")])
def test_the_result_shows_every_point_with_its_line_and_its_law(cast: Cast, language: str, done: str, source: str) -> None:
    uuid = ended(cast, language=language)
    shown = read(browser_of(cast.front_desk, language="zh-hans" if language == "zh" else "en"), page(uuid))
    assert done in shown
    assert source in shown
    assert scenarios()["nephew"].model[0].words.in_(language) in shown


def test_a_poor_talk_ends_early_and_is_taught_from(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast)
    say(client, uuid, turn=1, station="answer", said="您放心，这个一定会赔的。")
    assert client.post(reverse("practice_end", args=(uuid,))).status_code == 302
    shown = read(client, page(uuid))
    assert "“放心，这个一定会赔”听起来是承诺" in shown
    assert "没有走这一步" in shown
    assert "《保险法》第二十四条" in shown
    assert "好同事会怎么做" in shown


def test_ending_from_the_rail_keeps_the_facts_that_were_only_typed(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast)
    say(client, uuid, turn=1)
    client.post(reverse("practice_draft", args=(uuid,)), {"said": "", "station": "", "fact_seen": "2026-11-25", "fact_cause": "unknown"})
    client.post(reverse("practice_end", args=(uuid,)))
    assert "对：2026-11-25" in read(client, page(uuid))


def test_a_talk_without_a_word_has_no_result(cast: Cast) -> None:
    uuid = begun(cast)
    assert browser_of(cast.front_desk).post(reverse("practice_end", args=(uuid,))).status_code == 422


def test_the_supervisor_sees_it_only_when_it_is_shared_and_only_once_it_has_ended(cast: Cast) -> None:
    uuid = ended(cast)
    supervisor = browser_of(cast.supervisor)
    assert supervisor.get(page(uuid)).status_code == 404
    browser_of(cast.front_desk).post(reverse("practice_share", args=(uuid,)))
    assert "陆听澜" in read(supervisor, reverse("practices"))
    assert "好同事会怎么做" in read(supervisor, page(uuid))
    with pytest.raises(Refused):
        share_practice(begun(cast, "delay"), by=cast.front_desk)


def test_no_colleague_sees_says_shares_or_lets_go_anothers_talk(cast: Cast) -> None:
    uuid = ended(cast)
    other = browser_of(cast.handler)
    assert other.get(page(uuid)).status_code == 404
    for verb in ("say", "draft", "end", "share", "forget"):
        assert other.post(reverse(f"practice_{verb}", args=(uuid,)), {"turn": "1"}).status_code == 404, verb
    assert Practice.objects.get(uuid=uuid).shared_at is None


def test_the_owner_lets_it_go_and_nothing_is_kept(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), ended(cast)
    assert client.post(reverse("practice_forget", args=(uuid,))).status_code == 302
    assert Practice.objects.count() == 0
    assert client.get(page(uuid)).status_code == 404


def test_practice_touches_no_file_no_entry_no_visit_no_claim(cast: Cast) -> None:
    before = [model.objects.count() for model in (File, Entry, RowHistory, Visit, Claim)]
    uuid = ended(cast, "delay")
    share_practice(uuid, by=cast.front_desk)
    assert [model.objects.count() for model in (File, Entry, RowHistory, Visit, Claim)] == before
    client = browser_of(cast.front_desk)
    for place in ("visits", "claims", "my_work"):
        assert "阎" not in text_of(client.get(reverse(place)).content)
    found, nobody = (text_of(client.get(reverse("search"), {"q": name}).content).replace(name, "") for name in ("阎立澄", "没有人"))
    assert found == nobody, "the search knows as little of an invented visitor as of nobody"


def test_what_was_said_lies_sealed(cast: Cast) -> None:
    uuid = begun(cast)
    answer_visitor(uuid, turn=1, station="welcome", said=GREETING, told={}, by=cast.front_desk)
    assert GREETING.encode() not in bytes(Practice.objects.get(uuid=uuid).content)


def test_an_angry_visitor_is_led_through_the_six_steps_and_nothing_of_it_is_a_real_calm_talk(cast: Cast) -> None:
    client, uuid, it = browser_of(cast.front_desk), begun(cast, "delay"), scenarios()["delay"]
    before = (Entry.objects.count(), File.objects.count(), RowHistory.objects.count())
    for number, turn in enumerate(it.model, 1):
        html = read(client, page(uuid))
        if turn.step:
            assert f"安抚，第 {ORDER.index(turn.step) + 1} 步（共六步）" in html
            assert "不争论对错" in html
        sent = {"turn": str(number), "station": turn.station, "said": turn.words.zh, **turn.told_in("zh")}
        assert client.post(reverse("practice_say", args=(uuid,)), sent).status_code == 302
    client.post(reverse("practice_end", args=(uuid,)), {f"fact_{fact.id}": fact.answer for fact in it.facts})
    shown = read(client, page(uuid))
    assert "安抚六步" in shown
    assert "练一练" not in shown
    assert not CalmTalk.objects.exists()
    assert not Visit.objects.exists()
    assert (Entry.objects.count(), File.objects.count(), RowHistory.objects.count()) == before


def test_what_is_filled_in_at_a_calm_step_is_kept_while_it_is_written(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast, "delay")
    say(client, uuid, turn=1)
    client.post(reverse("practice_draft", args=(uuid,)), {"station": "calm", "said": "里面坐", "room": "1", "second": "3"})
    html = client.get(page(uuid)).content.decode()
    assert re.search(r'name="room"[^>]*value="1"[^>]*checked', html)
    assert '<details class="lp-more lp-above" id="calm-mode" open>' in html
    say(client, uuid, turn=2, station="calm", said="里面坐", room="1", second="3")
    html = client.get(page(uuid)).content.decode()
    assert "第 2 步（共六步）" in html
    assert 'name="words"' in html


def test_words_longer_than_a_field_holds_are_refused_and_stay_as_typed(cast: Cast) -> None:
    client, uuid = browser_of(cast.front_desk), begun(cast, "delay")
    answer = client.post(reverse("practice_say", args=(uuid,)), {"turn": "1", "station": "calm", "said": "里面坐", "room": "1" * 3_000})
    assert answer.status_code == 422
    assert "最多 2,000 个" in answer.content.decode()
