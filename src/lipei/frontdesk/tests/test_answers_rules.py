"""Answers at hand: the right source first, or among the first three; and none where nothing here answers. Pure."""

from __future__ import annotations

from datetime import date

import pytest

from lipei import products
from lipei.documents.rules import papers_of_case
from lipei.frontdesk.answer_sources import of_clauses, of_clocks, of_papers, of_procedure
from lipei.frontdesk.answers_rules import Passage, answers_to, stem, terms
from lipei.frontdesk.tests.asked_after import ASKED_AFTER, ASKED_AFTER_UNKNOWN
from lipei.frontdesk.tests.asked_before import ASKED_BEFORE, ASKED_BEFORE_UNKNOWN
from lipei.jurisdictions import load
from lipei.terms.words import Words

Pairs = tuple[tuple[str, str, frozenset[str]], ...]


def of_the_contract() -> tuple[Passage, ...]:
    edition = next(e for e in products.editions() if e.code == "anxin_inpatient@2026")
    papers = papers_of_case(edition, known={"cause": "accident", "settled_through_social_insurance": True}, charged={}, roles={"policyholder"})
    clocks = of_clocks(load("cn", on=date(2026, 11, 28)).clocks, line="medical")
    return of_clauses(edition) + clocks + of_papers(papers, edition=edition) + of_procedure()


PASSAGES = of_the_contract()


def places(pairs: Pairs) -> list[int]:
    """At which place, from 1, the right source stands; 0 when it does not."""
    found = []
    for _, question, right in pairs:
        keys = [f.passage.key for f in answers_to(question, PASSAGES)]
        found.append(next((n for n, key in enumerate(keys, 1) if key in right), 0))
    return found


@pytest.mark.parametrize(("pairs", "first", "in_three"), [(ASKED_BEFORE, 24, 27), (ASKED_AFTER, 27, 29)], ids=["written before the rules", "tuned on"])
def test_most_questions_find_their_source_first(pairs: Pairs, first: int, in_three: int) -> None:
    at = places(pairs)
    assert sum(p == 1 for p in at) >= first, [(q, p) for (_, q, _), p in zip(pairs, at, strict=True) if p != 1]
    assert sum(1 <= p <= 3 for p in at) >= in_three


def test_what_nothing_here_answers_is_left_unanswered() -> None:
    guessed = [q for _, q in (*ASKED_BEFORE_UNKNOWN, *ASKED_AFTER_UNKNOWN) if answers_to(q, PASSAGES)]
    assert len(guessed) <= 1, guessed


def test_every_source_of_the_pairs_exists() -> None:
    keys = {p.key for p in PASSAGES}
    assert {key for _, _, right in (*ASKED_BEFORE, *ASKED_AFTER) for key in right} <= keys
    assert len(keys) == len(PASSAGES)


@pytest.mark.parametrize("question", ["", "   ", "？", "的了吗", "!!!", "the of and", "x" * 5_000, "吗" * 5_000])
def test_a_question_without_content_has_no_answer(question: str) -> None:
    assert answers_to(question, PASSAGES) == ()


def test_an_answer_names_its_source_in_both_languages() -> None:
    best = answers_to("How much do you pay for the bed per day?", PASSAGES)[0].passage
    assert best.source == Words("《安心住院医疗保险》2026 版第 2.2 条第 1 项", best.source.en)
    assert "2026" in best.source.en
    assert "2.2(1)" in best.source.en
    pays = next(p for p in PASSAGES if p.key == "clock:payment")
    assert "第二十三条" in pays.source.zh
    assert "A 级" in pays.source.zh
    assert "10 天以内" in pays.text.zh


def test_words_meet_without_their_endings_and_chinese_by_pairs() -> None:
    assert stem("covered") == stem("cover")
    assert stem("receipts") == stem("receipt")
    assert terms("床位费的限额", "zh") == ("床位", "位费", "限额")


def test_the_order_of_the_texts_does_not_change_the_answer() -> None:
    for _, question, _ in (*ASKED_BEFORE[:6], *ASKED_AFTER[:6]):
        assert [f.passage.key for f in answers_to(question, PASSAGES)] == [f.passage.key for f in answers_to(question, PASSAGES[::-1])]
