"""A clerk writes to a customer: what the speech checks say, where, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.speech import CLASSES, KINDS, check, label
from lipei.speech.hints import EXTRAS, Kind
from lipei.speech.judging import traits
from lipei.speech.measuring import labelled
from lipei.terms.words import LANGUAGES, Language

CASES: list[tuple[Language, str, str, str]] = [
    ("zh", "message", "我保证三天之内赔款到账。", "promise"),
    ("zh", "spoken", "这不归我管，您去三楼问问吧。", "banned"),
    ("zh", "spoken", "您当初要是早点来，就没有这些麻烦了。", "blame"),
    ("zh", "spoken", "把身份证给我，快点。", "impolite"),
    ("zh", "message", "请尽快补齐相关材料。", "ambiguous"),
    ("zh", "letter", "本案适用绝对免赔率百分之二十。", "jargon"),
    ("zh", "spoken", "好的，请您坐，马上给您办。", "fine"),
    ("en", "message", "I guarantee you'll have the money by Friday.", "promise"),
    ("en", "spoken", "It's not my department, sorry.", "banned"),
    ("en", "spoken", "You should have reported it straight away.", "blame"),
    ("en", "message", "Need your invoice. Send it now.", "impolite"),
    ("en", "message", "Please send us the relevant documents as soon as possible.", "ambiguous"),
    ("en", "letter", "This loss is subject to a deductible and to subrogation.", "jargon"),
    ("en", "spoken", "Your signature here, please. Take your time.", "fine"),
]


@pytest.mark.parametrize(("language", "kind", "text", "expected"), CASES)
def test_a_sentence_has_the_class_of_its_definition(language: Language, kind, text: str, expected: str) -> None:
    assert label(text, language=language, kind=kind) == expected


def test_where_two_classes_fit_the_more_harmful_one_is_the_label() -> None:
    text = "我保证赔，相关材料尽快补齐。"
    assert {hint.class_ for hint in check(text, language="zh", kind="message")} >= {"promise", "ambiguous"}
    assert label(text, language="zh", kind="message") == "promise"


QUOTED: list[tuple[Language, str]] = [
    ("zh", "您说“他们让我明天再来”，是我们没有做好，今天我陪您办完。"),
    ("zh", "客户说一定赔，已更正。"),
    ("en", "You were told “come back tomorrow”, and I am sorry to hear it."),
    ("en", "Caller said the case is closed and the money is hers; corrected."),
]


@pytest.mark.parametrize(("language", "text"), QUOTED)
def test_words_of_the_customer_are_not_flagged(language: Language, text: str) -> None:
    assert label(text, language=language, kind="note") == "fine"


def test_who_agrees_with_the_quotation_makes_it_a_promise() -> None:
    assert label("您说玻璃险都报？对，都报。", language="zh", kind="spoken") == "promise"
    assert label("You say glass is always paid? Yes, always paid.", language="en", kind="spoken") == "promise"


def test_what_is_decided_conditional_or_denied_is_no_promise() -> None:
    for text in (
        "我们已决定支付1,800.00元，十日内汇至您的账户。",
        "如果复核同意，赔款会在十日内到账。",
        "现在我不能向您保证能赔。",
    ):
        assert label(text, language="zh", kind="letter") == "fine", text
    for text in (
        "On 25 November Mr Castellan approved your claim; we pay 3,310.00 by 5 December.",
        "If the reviewer agrees, we will pay within ten days.",
        "I cannot promise that this is covered.",
    ):
        assert label(text, language="en", kind="letter") == "fine", text


def test_a_term_with_its_plain_word_beside_it_is_no_jargon() -> None:
    assert label("每次先由您自己承担500元，也就是条款里的免赔额。", language="zh", kind="letter") == "fine"
    assert label("The first 500 stays with you; that is called the deductible.", language="en", kind="letter") == "fine"


def test_colleagues_may_use_the_terms_of_the_trade_in_a_note() -> None:
    text = "已估损1.2万，待核损，残值拟拍卖。"
    assert label(text, language="zh", kind="note") == "fine"
    assert label(text, language="zh", kind="letter") == "jargon"


def test_a_term_is_given_with_its_plain_word() -> None:
    (hint,) = [
        one for one in check("Your deductible is 250.00.", language="en", kind="letter") if one.class_ == "jargon"
    ]
    assert hint.words == "deductible"
    assert "the part you bear yourself" in hint.better.en
    assert "the part you bear yourself" in hint.better.zh


def test_a_hint_points_at_the_very_words() -> None:
    text = "𠮷先生您好，我保证能赔。"  # the first character lies outside the basic plane
    (hint,) = [one for one in check(text, language="zh", kind="message") if one.rule == "promise-word"]
    assert (hint.start, hint.end) == (text.index("我保证"), text.index("我保证") + 3)
    assert text[hint.start : hint.end] == hint.words


def test_only_promises_and_banned_phrases_hold_up_a_letter_and_nothing_holds_up_a_note() -> None:
    text = "我保证赔。不归我管。请尽快补齐相关材料。"
    letter = {hint.class_: hint.severity for hint in check(text, language="zh", kind="letter")}
    assert letter["promise"] == letter["banned"] == "blocks"
    assert letter["ambiguous"] == "hint"
    assert {hint.severity for hint in check(text, language="zh", kind="note")} == {"hint"}


def test_a_sentence_without_end_is_pointed_at() -> None:
    assert "length" in _rules("这" * 120, "zh", "note")
    assert "length" in _rules("word " * 60, "en", "note")
    assert "length" not in _rules("这一句不长。" * 30, "zh", "note")


def test_a_whole_letter_wants_greeting_next_step_and_farewell() -> None:
    bare = "我们收到了病历和发票，并且看过了每一页。" * 8
    assert {"greeting", "next-step", "farewell"} <= _rules(bare, "zh", "letter")
    whole = f"尊敬的彭先生：{bare}12月8日前，经办人柳女士书面答复您。祝您安好。"
    assert not {"greeting", "next-step", "farewell"} & _rules(whole, "zh", "letter")
    assert not {"greeting", "next-step", "farewell"} & _rules("收到病历一份。", "zh", "letter")
    english = "We have read every page of the doctor's record and the bill. " * 6
    assert {"greeting", "next-step", "farewell"} <= _rules(english, "en", "letter")
    whole = f"Dear Mr Peng, {english}You have our answer by 8 December; ask Ms Liu. Yours sincerely"
    assert not {"greeting", "next-step", "farewell"} & _rules(whole, "en", "letter")


def test_sorry_and_thanks_are_missed_where_they_belong() -> None:
    assert "apology" in _rules("让您久等了，请坐。", "zh", "spoken")
    assert "apology" not in _rules("对不起，让您久等了。", "zh", "spoken")
    assert "thanks" in _rules("收到您寄来的发票。", "zh", "message")
    assert "thanks" not in _rules("收到您寄来的发票，谢谢。", "zh", "message")
    assert "apology" in _rules("I kept you waiting.", "en", "spoken")
    assert "thanks" not in _rules("Thank you, we have received your bill.", "en", "message")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.sampled_from(LANGUAGES), st.sampled_from(KINDS))
def test_any_text_is_answered_and_each_hint_lies_in_it(text: str, language: Language, kind) -> None:
    for hint in check(text, language=language, kind=kind):
        assert 0 <= hint.start <= hint.end <= len(text)
        assert hint.words == text[hint.start : hint.end]
        assert hint.class_ in (*CLASSES, *EXTRAS)


@pytest.mark.parametrize(
    "piece", ["“", "”", "您说", "一定", "a", " ", "you said ", "。", "!", "我们会", "\n", "1", "□"]
)
def test_a_text_made_to_be_slow_is_answered(piece: str) -> None:
    for language in LANGUAGES:
        check((piece * 3_000)[:3_000], language=language, kind="letter")


def test_quotations_never_closed_hide_nothing() -> None:
    assert label("“我保证能赔。", language="zh", kind="letter") == "promise"


def _rules(text: str, language: Language, kind) -> set[str]:
    return {hint.rule for hint in check(text, language=language, kind=kind)}


def test_a_wording_that_no_rule_foresaw_is_still_hinted_at_but_holds_up_no_letter() -> None:
    leanings = [
        hint for language in LANGUAGES for one in labelled("seen", language)
        for hint in check(one["text"], language=language, kind="letter") if hint.rule.startswith("leaning")
    ]
    assert leanings
    assert {hint.severity for hint in leanings} == {"hint"}


def test_work_grows_with_the_length_of_a_text_and_no_faster() -> None:
    """The traits that are judged are at most a fixed number for each character; places of a rule are found once each."""
    page = "我们尽快办。请把材料交来。" * 20
    for language in LANGUAGES:
        found = traits(page, language=language, kind="letter")
        assert len(found) <= 5 * len(page) + 5


@pytest.mark.parametrize(("text", "language"), [
    ("属于保障范围，逐项按条款计算，算式附在后面。", "zh"),
    ("It is covered, and we pay the whole bill.", "en"),
])
def test_who_decides_may_say_what_is_covered_and_everybody_else_may_not(text: str, language: Language) -> None:
    assert "promise" not in {hint.class_ for hint in check(text, language=language, kind="decision")}
    assert "promise" in {hint.class_ for hint in check(text, language=language, kind="message")}


def test_a_decision_is_held_to_what_goes_out_on_paper() -> None:
    for text in ("我们承诺会赔到底。", "这不归我管，逾期未交视为放弃。"):
        firm = {(hint.rule, hint.words) for hint in check(text, language="zh", kind="letter") if hint.severity == "blocks"}
        assert firm
        assert firm == {(hint.rule, hint.words) for hint in check(text, language="zh", kind="decision") if hint.severity == "blocks"}


@pytest.mark.parametrize("text", ["Hello.", "Goodbye.", "Thank you.", "Yes.", "Good morning.", "您好。", "谢谢。", "再见。", "好的。"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_courtesy_alone_is_no_fault(text: str, kind: Kind) -> None:
    assert label(text, language="en" if text.isascii() else "zh", kind=kind) == "fine"
