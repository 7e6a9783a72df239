"""A clerk looks at her own talk: what went well, what did not, and the line that shows it."""

from __future__ import annotations

import json

import pytest

from lipei.speech.scorecard import NAMES, Scorecard, again, kept, scorecard_of
from lipei.speech.tests.talks import BAD_ZH, GOOD_EN, GOOD_ZH
from lipei.speech.transcript import TURNS_MAX, TranscriptFaults, read


def card(text: str) -> Scorecard:
    return scorecard_of(read(text))


def states(text: str) -> dict[str, str]:
    return {point.id: point.state for point in card(text).points}


@pytest.mark.parametrize("text", [GOOD_ZH, GOOD_EN], ids=["zh", "en"])
def test_a_talk_as_it_should_be_has_every_point(text: str) -> None:
    assert states(text) == dict.fromkeys(NAMES, "yes")


def test_a_talk_as_it_should_not_be_shows_the_line_of_each_point() -> None:
    points = {point.id: point for point in card(BAD_ZH).points}
    wrong = {id_ for id_, point in points.items() if point.state == "no"}
    assert wrong >= {"greeting", "identity", "interruptions", "empathy", "read_back", "teach_back", "farewell", "calm_words", "talk_share"}
    assert [line.line for line in points["interruptions"].evidence] == [3, 5]
    assert [line.line for line in points["identity"].evidence] == [3]
    assert any("承诺" in line.about.zh for line in points["calm_words"].evidence if line.about)


def test_a_question_after_the_amount_does_not_count_as_before() -> None:
    late = "00:00 柜员：您那件决定付 4,310.00 元。\n00:05 客户：好。\n00:09 柜员：请问您的姓名和出生日期？\n00:12 客户：白露。"
    assert states(late)["identity"] == "no"
    unanswered = "00:00 柜员：请问您的姓名和出生日期？您那件决定付 4,310.00 元。\n00:05 客户：好。"
    assert states(unanswered)["identity"] == "no"


def test_where_nothing_personal_was_told_identity_is_left_open() -> None:
    assert states("00:00 柜员：您好，要带两样材料。\n00:05 客户：好。")["identity"] == "open"


def test_without_ends_interruptions_and_pace_are_not_guessed() -> None:
    plain = "\n".join(line.split("-", 1)[0] + line[line.index(" ") :] for line in GOOD_ZH.splitlines() if not line.startswith("#"))
    told = states(plain)
    assert (told["interruptions"], told["pace"]) == ("open", "open")
    assert told["talk_share"] == "yes"


def test_pace_and_share_are_counted_from_the_times() -> None:
    talk = "00:00-00:30 柜员：" + "字" * 200 + "\n00:31-00:41 客户：嗯。"
    points = {point.id: point for point in card(talk).points}
    assert points["pace"].state == "no"
    assert "400" in points["pace"].told.zh
    assert "75%" in points["talk_share"].told.zh


def test_long_numbers_are_masked_in_what_is_shown() -> None:
    talk = "00:00 柜员：您好，请问您的姓名和出生日期，卡号 6222 0212 3456 7890？\n00:08 客户：白露。"
    shown = json.dumps(kept(card(talk)), ensure_ascii=False)
    assert "6222" not in shown
    assert "7890" in shown


def test_a_card_that_was_kept_is_the_same_again() -> None:
    one = card(BAD_ZH)
    assert again(json.loads(json.dumps(kept(one)))) == one


def test_every_fault_is_told_at_once_with_its_kind_and_line() -> None:
    text = "早上好\n00:05 柜员\n00:70 柜员：好\n00:10 邻居：好\n00:20 客户：\n00:30 客户：好\n00:25 柜员：好\n00:40-00:35 柜员：好"
    with pytest.raises(TranscriptFaults) as told:
        read(text)
    assert [(fault.line, fault.code) for fault in told.value.faults] == [
        (1, "no_time"), (2, "no_speaker"), (3, "bad_time"), (4, "unknown_speaker"), (5, "no_words"), (7, "back_in_time"), (8, "ends_first"),
    ]


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("00:01 柜员：好", "one_side"), ("00:01 柜员：好\n" * (TURNS_MAX + 1), "too_long")])
def test_a_talk_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(TranscriptFaults) as told:
        read(text)
    assert [fault.code for fault in told.value.faults] == [code]


def test_hours_brackets_and_both_colons_are_read() -> None:
    talk = read("[01:00:05] Clerk：Good morning.\n[1:00:09] customer: Hello.")
    assert [(turn.start, turn.side) for turn in talk.turns] == [(3605, "clerk"), (3609, "customer")]
    assert talk.language == "en"
