"""Whole practice talks: the good colleague, the rude one, the one who skips identity, and the sheets themselves."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei import jurisdictions
from lipei.frontdesk.calm import ORDER
from lipei.frontdesk.practice.calm_steps import faults_of_step, has_calm, present_step
from lipei.frontdesk.practice.reading import ScenarioFault, scenario_of, scenarios
from lipei.frontdesk.practice.rules import facts_of, faults_of_turn
from lipei.frontdesk.practice.scenario import END, Scenario
from lipei.frontdesk.practice.scoring import Point, Score, score_of
from lipei.frontdesk.practice.talking import TURNS_MAX, Turn, is_over, said_at
from lipei.frontdesk.stations import PURPOSES
from lipei.terms.words import LANGUAGES, Language

ALL = tuple(scenarios().values())


def talked(scenario: Scenario, said: Sequence[tuple[str, str]], *, language: Language = "zh") -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for station, words in said:
        turns = (*turns, said_at(scenario, turns, station=station, said=words, language=language))
    return turns


def model_talk(scenario: Scenario, language: Language) -> tuple[Turn, ...]:
    turns: tuple[Turn, ...] = ()
    for turn in scenario.model:
        turns = (*turns, said_at(scenario, turns, station=turn.station, said=turn.words.in_(language), language=language, step=turn.step, told=turn.told_in(language)))
    return turns


def right_facts(scenario: Scenario) -> dict[str, str]:
    return {fact.id: fact.answer for fact in scenario.facts}


def point(score: Score, id_: str) -> Point:
    return next(one for one in score.points if one.id == id_)


def test_there_are_six_visitors_patient_confused_angry_bereaved_under_a_false_name_and_asking_for_a_promise() -> None:
    assert list(scenarios()) == ["fracture", "dates", "delay", "bereaved", "nephew", "will-you-pay"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scenario", ALL, ids=[one.id for one in ALL])
def test_a_good_colleague_leaves_nothing_to_practise(scenario: Scenario, language: Language) -> None:
    turns = model_talk(scenario, language)
    score = score_of(scenario, turns, right_facts(scenario), language=language)
    assert [(one.id, one.told.en, one.said) for one in score.points if not one.is_done] == []
    assert turns[-1].state == END
    assert {one.group for one in score.points} - {"calm"} == {"steps", "words", "facts", "law"}
    assert [one.id for one in score.of("calm")] == (list(ORDER) if has_calm(scenario) else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rude_word_hurts_the_visitor_and_an_apology_mends_it(language: Language) -> None:
    scenario = scenarios()["fracture"]
    rude = {"zh": "刚才不是说过了吗，你自己看。", "en": "I already told you. Read it yourself."}[language]
    sorry = {"zh": "刚才那句话不该那样说，对不起。", "en": "I am sorry, that was a poor way to say it."}[language]
    turns = talked(scenario, [("welcome", rude), ("welcome", sorry)], language=language)
    assert [turn.state for turn in turns] == ["hurt", "patient"]
    score = score_of(scenario, turns, {}, language=language)
    harsh = [one for one in score.of("words") if not one.is_done and one.turn == 1]
    assert harsh
    assert all(one.said == rude and one.why and one.better for one in harsh)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rude_run_makes_an_angry_visitor_furious_and_shows_where(language: Language) -> None:
    scenario = scenarios()["delay"]
    said = {"zh": [("welcome", "你去投诉好了。"), ("farewell", "没办法，规定就这样。")],
            "en": [("welcome", "Then go ahead and complain."), ("farewell", "Those are the rules, there is nothing I can do.")]}[language]
    turns = talked(scenario, said, language=language)
    assert [turn.state for turn in turns] == ["furious", END]
    score = score_of(scenario, turns, {}, language=language)
    assert {one.turn for one in score.of("words") if not one.is_done} >= {1, 2}
    assert not point(score, "identity").is_done
    assert not point(score, "calm").is_done
    assert not point(score, "farewell").is_done
    assert not point(score, "apology").is_done
    assert not point(score, "complaint").is_done
    assert point(score, "complaint").source == scenario.law[0].source


def calm_talk(*steps: tuple[str, str, dict[str, str]]) -> tuple[Turn, ...]:
    """A talk at the calm station of the angry visitor: step, words, what is filled in."""
    turns: tuple[Turn, ...] = ()
    for step, said, told in steps:
        turns = (*turns, said_at(scenarios()["delay"], turns, station="calm", said=said, language="zh", step=step, told=told))
    return turns


def test_each_calm_step_is_judged_by_the_rules_of_the_real_calm_mode() -> None:
    scenario = scenarios()["delay"]
    turns = calm_talk(
        ("quiet_room", "我们到里面坐。", {"room": "2"}), ("listen", "您讲，我听着。", {"words": "来了三趟"}),
        ("point", "要紧的是哪件事？", {"matter": "三趟没有回音", "about": "waiting", "wish": "给个日子", "name": "阎先生", "answer_by": "counter"}),
        ("apology", "对不起。", {}), ("solution", "提前给您办。", {"offer_first_in_line": "on", "agreed": "提前办"}),
        ("follow_up", "有结果给您打电话。", {"answer": "结果", "answer__who": "1", "answer__until": "2026-11-20"}),
    )
    score = score_of(scenario, turns, {}, language="zh")
    told = {one.id: one for one in score.of("calm")}
    assert "A012" in told["quiet_room"].told.zh, "that room is taken"
    assert "还没有叫第二位同事" in told["quiet_room"].told.zh
    assert "念给客户听" in told["listen"].told.zh
    assert told["point"].is_done
    assert "没有说为哪件事" in told["apology"].told.zh
    assert told["apology"].better is not None
    assert "三趟没有回音" in told["apology"].better.zh
    assert "主管" in told["solution"].told.zh
    assert "已经过去" in told["follow_up"].told.zh
    assert all(one.turn and one.why for one in told.values() if not one.is_done)


def test_a_calm_step_may_truly_not_apply_but_a_complaint_is_always_heard() -> None:
    scenario = scenarios()["delay"]
    turns = calm_talk(("quiet_room", "您想在这里说，那就在这里说。", {"reason": "wishes_to_stay"}), ("listen", "那先记别的。", {"reason": "does_not_speak"}))
    assert faults_of_step(turns[0], turns, scenario) == []
    assert faults_of_step(turns[1], turns, scenario) != []
    assert present_step(turns) is not None
    told = {one.id: one for one in score_of(scenario, turns, {}, language="zh").of("calm")}
    assert (told["quiet_room"].is_done, told["listen"].is_done, told["point"].is_done) == (True, False, False)
    assert "不适用" in told["quiet_room"].told.zh
    assert told["point"].better is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_skips_identity_is_shown_the_step_and_the_law(language: Language) -> None:
    scenario = scenarios()["fracture"]
    said = [(turn.station, turn.words.in_(language)) for turn in scenario.model if turn.station != "identity"]
    turns = talked(scenario, said, language=language)
    score = score_of(scenario, turns, right_facts(scenario), language=language)
    assert not point(score, "identity").is_done
    assert not point(score, "listening").is_done, "it came too early"
    told = point(score, "disclosure")
    assert not told.is_done
    assert told.turn == next(n for n, turn in enumerate(turns, 1) if turn.station == "check")
    assert told.source is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_tells_a_stranger_about_the_claim_has_told_it_for_good(language: Language) -> None:
    scenario = scenarios()["nephew"]
    said = {"zh": "您的案子已经批了，36,500 元，打到尾号 0042 的卡。", "en": "Your claim has been approved: ¥36,500, to the card ending 0042."}[language]
    turns = talked(scenario, [("welcome", said)], language=language)
    assert turns[0].state == "knows"
    assert not point(score_of(scenario, turns, {}, language=language), "disclosure").is_done


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_a_false_name_for_the_card_brings_the_truth_out(language: Language) -> None:
    turns = model_talk(scenarios()["nephew"], language)
    assert turns[1].state == "caught"
    assert not any(turn.identified for turn in turns), "a card with another name identifies nobody who may hear it"


@pytest.mark.parametrize(("language", "said"), [("zh", "您放心，这个一定会赔的。"), ("en", "Do not worry, this will definitely be covered.")])
def test_a_promise_is_taken_at_its_word(language: Language, said: str) -> None:
    scenario = scenarios()["will-you-pay"]
    turns = talked(scenario, [("answer", said)], language=language)
    assert turns[0].state == "promised"
    told = point(score_of(scenario, turns, {}, language=language), "promise")
    assert (told.is_done, told.turn) == (False, 1)


@pytest.mark.parametrize(("language", "said"), [("en", "Goodbye."), ("zh", "换了谁都着急。"), ("zh", "再见。")])
def test_a_short_courtesy_hurts_nobody(language: Language, said: str) -> None:
    turns = talked(scenarios()["fracture"], [("welcome", said)], language=language)
    assert turns[0].state == "patient"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from(LANGUAGES), st.data())
def test_whatever_is_said_wherever_the_visitor_answers_until_leaving(scenario: Scenario, language: Language, data: st.DataObject) -> None:
    stations = st.sampled_from(PURPOSES[scenario.purpose].stations)
    words = st.one_of(st.text(max_size=40), st.sampled_from([turn.words.in_(language) for turn in scenario.model]))
    turns: tuple[Turn, ...] = ()
    while not is_over(scenario, turns) and len(turns) < 6:
        turns = (*turns, said_at(scenario, turns, station=data.draw(stations), said=data.draw(words), language=language))
        assert turns[-1].heard
    score = score_of(scenario, turns, {}, language=language)
    assert all(0 <= one.turn <= len(turns) and (one.is_done or one.better) for one in score.points if one.id != "calm_words")


def test_a_promise_the_visitor_spoke_of_and_the_clerk_only_quotes_is_none() -> None:
    turns = talked(scenarios()["will-you-pay"], [("answer", "您想听“一定会赔”这句话，我明白；现在还没有决定。")])
    assert turns[0].state == "worried"


@pytest.mark.parametrize(("said", "is_right"), [("最长30日有结果。", True), ("最长三十天有结果。", True), ("最长130日有结果。", False), ("没有期限。", False), ("会给您答复。", False)])
def test_the_right_days_are_told_from_wrong_ones(said: str, is_right: bool) -> None:
    scenario = scenarios()["will-you-pay"]
    score = score_of(scenario, talked(scenario, [("answer", said)]), {}, language="zh")
    assert point(score, "decision").is_done is is_right


def test_the_confused_visitor_gives_the_day_only_with_the_slip() -> None:
    scenario = scenarios()["dates"]
    asked = talked(scenario, [("facts", "请问是哪一天？"), ("facts", "请问医院的单子带来了吗？")])
    assert "2026-11-08" not in asked[0].heard
    assert "2026-11-08" in asked[1].heard


def test_a_fact_nobody_can_know_is_right_when_left_to_a_colleague_and_wrong_when_guessed() -> None:
    scenario = scenarios()["dates"]
    for answer, is_right in (("unknown", True), ("used", False), ("", False)):
        assert point(score_of(scenario, (), {"social": answer}, language="zh"), "social").is_done is is_right


def test_nothing_said_is_nothing_done() -> None:
    for scenario in ALL:
        assert score_of(scenario, (), {}, language="zh").done == 0


def test_a_talk_ends_by_itself_after_its_turns() -> None:
    scenario = scenarios()["fracture"]
    turns = talked(scenario, [("welcome", "您好")] * TURNS_MAX)
    assert is_over(scenario, turns)


@pytest.mark.parametrize(("told", "facts"), [({"fact_when": "2026年11月20日", "fact_bill": "1,860"}, {"when": "2026-11-20", "bill": "1860"}), ({"fact_where": ""}, {})])
def test_facts_are_read_as_people_write_them(told: Mapping[str, str], facts: Mapping[str, str]) -> None:
    assert facts_of(scenarios()["fracture"], told) == (facts, [])


def test_all_that_is_wrong_is_said_at_once() -> None:
    scenario = scenarios()["fracture"]
    _, faults = facts_of(scenario, {"fact_when": "上周五", "fact_bill": "很多", "fact_where": "moon", "fact_social": "x" * 50})
    assert [fault.field for fault in faults] == ["fact_when", "fact_where", "fact_bill", "fact_social"]
    assert {fault.field for fault in faults_of_turn(scenario, station="calm", said=" ")} == {"station", "said"}
    assert [fault.field for fault in faults_of_turn(scenario, station="welcome", said="好" * 601)] == ["said"]


# ---- the sheets -----------------------------------------------------------------------------------------------------

def sheet() -> dict[str, object]:
    text = resources.files("lipei.frontdesk.practice").joinpath("scenarios", "6-will-you-pay.yaml").read_text(encoding="utf-8")
    read: dict[str, object] = yaml.safe_load(text)
    return read


def broken(change: str) -> str:
    changed = copy.deepcopy(sheet())
    states = changed["states"]
    assert isinstance(states, dict)
    if change == "a reply behind one that always fits":
        states["worried"].append({"when": ["apology"], "zh": "嗯", "en": "Yes"})
    elif change == "a state nobody reaches":
        states["island"] = [{"to": "end", "zh": "嗯", "en": "Yes"}]
    elif change == "a state without a way out":
        states["promised"] = [{"zh": "嗯", "en": "Yes"}]
        changed["anywhere"] = []
        del states["upset"]
    elif change == "words without an answer":
        states["upset"] = states["upset"][:-1]
    elif change == "a sign nobody gives":
        states["worried"][0]["when"] = ["wink"]
    elif change == "one language only":
        states["worried"][0]["en"] = " "
    elif change == "a clock that is no law":
        changed["law"] = [{**changed["law"][0], "clock": "never"}]  # type: ignore[index]
    elif change == "an answer that is no option":
        changed["facts"] = [{**changed["facts"][0], "answer": "sea"}]  # type: ignore[index]
    else:
        changed["model"] = list(changed["model"])[1:]  # type: ignore[call-overload]
    return yaml.safe_dump(changed, allow_unicode=True)


@pytest.mark.parametrize(("change", "said"), [
    ("a reply behind one that always fits", "can never be given"), ("a state nobody reaches", "no way leads there"), ("a state without a way out", "no way leads out"),
    ("words without an answer", "without an answer"), ("a sign nobody gives", "no sign"), ("one language only", "both languages"),
    ("a clock that is no law", "no clock"), ("an answer that is no option", "is no answer"), ("a model that leaves a station out", "the model goes"),
])
def test_a_sheet_that_cannot_be_practised_is_refused(change: str, said: str) -> None:
    with pytest.raises(ScenarioFault, match=said):
        scenario_of("broken", broken(change))


def test_the_sheet_that_was_broken_above_is_whole() -> None:
    assert scenario_of("will-you-pay", yaml.safe_dump(sheet(), allow_unicode=True)).id == "will-you-pay"


DAYS = {("fracture", "complex"): ("determination.complex", 30), ("fracture", "payment"): ("payment", 10), ("delay", "complaint"): ("complaint.simple", 15),
        ("delay", "decision"): ("determination.complex", 30), ("bereaved", "payment"): ("payment", 10), ("will-you-pay", "decision"): ("determination.property", 30),
        ("will-you-pay", "refusal"): ("denial_notice", 3)}


@pytest.mark.parametrize(("where", "law"), DAYS.items(), ids=[".".join(where) for where in DAYS])
def test_the_days_to_be_said_are_those_of_the_pack_of_law(where: tuple[str, str], law: tuple[str, int]) -> None:
    scenario = scenarios()[where[0]]
    told = next(one for one in scenario.law if one.id == where[1])
    clock = next(one for one in jurisdictions.load("cn", on=scenario.today).clocks_in_force() if one.id == law[0])
    assert clock.period.amount == law[1]
    assert told.source == clock.source.citation
    assert any(str(law[1]) in phrase for phrase in told.said.zh)
    assert any(str(law[1]) in phrase for phrase in told.said.en)


def test_the_worked_talk_of_the_page_goes_as_written() -> None:
    page = (Path(__file__).parents[5] / "docs" / "algorithms" / "practice.md").read_text(encoding="utf-8").partition("## A worked talk")[2]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in page.splitlines() if line.startswith("| ") and "said" not in line[:18]]
    scenario = scenarios()["will-you-pay"]
    turns = talked(scenario, [(station, said) for station, said, _ in rows], language="en")
    assert [turn.state for turn in turns] == [state for *_, state in rows]
    score = score_of(scenario, turns, {"seen": "2026-11-25"}, language="en")
    assert f"{score.done} of {len(score.points)} points are there" in page
    assert [one.id for one in score.points if not one.is_done] == re.findall(r"`(\w+)` \(", page.partition("To practise:")[2].partition("## ")[0])


def test_every_station_of_every_purpose_that_is_practised_has_a_turn_in_the_model() -> None:
    for scenario in ALL:
        assert {turn.station for turn in scenario.model} == set(PURPOSES[scenario.purpose].stations)
