"""A letter's data and texts: read strictly, every fault told in both languages, every text in both."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.communication.letters import schemas, wording
from lipei.communication.letters.amounts import cardinal, in_words
from lipei.communication.letters.codes import code128_svg, qr_svg, symbols
from lipei.communication.letters.faults import LetterFaults
from lipei.communication.letters.wording import TextFault
from lipei.communication.tests.letters_written import a_letter, data_of


def faults(**changes: object) -> dict[str, str]:
    with pytest.raises(LetterFaults) as refused:
        schemas.read(data_of("decision_pay", **changes))
    return {fault.where: fault.words.zh for fault in refused.value.faults}


def test_every_wrong_field_is_named_at_once() -> None:
    found = faults(owed=26320.33, asked=-1, date="2026-11-31", language="fr", number="", surprise=1)
    assert set(found) == {"owed", "asked", "date", "language", "number", "surprise"}
    assert "2026-11-27" in found["date"]
    assert "以分为单位" in found["owed"]


def test_an_amount_is_whole_fen_and_never_a_text() -> None:
    assert set(faults(owed="2632033")) == {"owed"}
    assert set(faults(owed=True)) == {"owed"}


def test_a_text_in_one_language_only_is_refused() -> None:
    assert "中文和英文都要写" in faults(asked_fact={"zh": "票据", "en": " "})["asked_fact"]
    assert "zh、en" in faults(asked_fact={"zh": "票据"})["asked_fact"]


def test_a_text_without_end_is_refused() -> None:
    assert "4000" in faults(asked_fact="长" * 4_001)["asked_fact"]


def test_a_full_account_number_does_not_fit_into_a_letter() -> None:
    assert "account.tail" in faults(account={"bank": "示例银行", "tail": "6200000000000042"})


def test_a_missing_field_and_an_unknown_kind_are_said_plainly() -> None:
    data = data_of("decision_pay")
    del data["handler"]
    with pytest.raises(LetterFaults, match="handler"):
        schemas.read(data)
    with pytest.raises(LetterFaults, match="postcard"):
        schemas.read(data_of("decision_pay") | {"kind": "postcard"})


def test_a_letter_is_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        a_letter("decision_pay").number = "X"


@pytest.mark.parametrize("name", wording.letters())
def test_every_text_has_the_same_places_and_bold_in_both_languages(name: str) -> None:
    exempt = {"days", "days_left", "n", "title"}
    for edition in wording.editions(name):
        assert edition.approved_by
        for key, words in edition.words.items():
            assert wording.places(words.zh) - exempt == wording.places(words.en) - exempt, f"{name}.{key}"


@pytest.mark.parametrize("name", wording.letters())
def test_chinese_texts_use_full_width_marks_and_no_term_without_its_plain_word(name: str) -> None:
    for edition in wording.editions(name):
        for key, words in edition.words.items():
            assert not any(mark in words.zh for mark in (",", ";", "?", "!", "！")), f"{name}.{key}"
            assert not any(word in words.zh for word in ("兹", "歉难", "遗憾", "核定", "敬请", "予以")), f"{name}.{key}"
            assert "!" not in words.en, f"{name}.{key}"


def test_the_newest_edition_in_force_on_the_day_is_used() -> None:
    written = """
letter: note
editions:
  - {edition: b, effective_from: 2026-06-01, approved_by: 苏明远, approved_on: 2026-05-01, words: {a: {zh: 二, en: two}}}
  - {edition: a, effective_from: 2026-01-01, approved_by: 苏明远, approved_on: 2025-12-01, words: {a: {zh: 一, en: one}}}
"""
    found = wording.editions_in("note", written)
    assert [edition.edition for edition in found] == ["a", "b"]
    assert wording.in_force("decision_pay", on=date(2020, 1, 1)).edition == "2026-1"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("letter: other\neditions: []", "begins with"),
        ("letter: note\neditions: [{edition: a}]", "needs edition, effective_from"),
        (
            "letter: note\neditions: [{edition: a, effective_from: 2026-01-01, approved_by: x, approved_on: 2026-02-01, words: {}}]",
            "after it came into force",
        ),
        (
            "letter: note\neditions: [{edition: a, effective_from: 2026-01-01, approved_by: x, approved_on: 2025-02-01, words: {a: {zh: 一}}}]",
            "needs zh and en",
        ),
        (
            "letter: note\neditions: [{edition: a, effective_from: 2026-01-01, approved_by: x, approved_on: 2025-02-01, words: {a: {zh: '**一', en: one}}}]",
            "not closed",
        ),
    ],
)
def test_a_wrong_text_file_says_where_and_what(wrong: str, said: str) -> None:
    with pytest.raises(TextFault, match=said):
        wording.editions_in("note", wrong)


@given(st.text(max_size=40))
def test_whatever_fills_a_place_stays_one_run_of_text(value: str) -> None:
    runs = wording.filled("前**{it}**后", {"it": value})
    expected = [{"t": "前", "b": False}, {"t": value, "b": True}, {"t": "后", "b": False}]
    assert runs == [run for run in expected if run["t"]]


@pytest.mark.parametrize(
    ("fen", "english"),
    [
        (0, "RMB zero yuan"),
        (1, "RMB zero yuan and one fen"),
        (100_00, "RMB one hundred yuan"),
        (1_005_00, "RMB one thousand and five yuan"),
        (12_345_67, "RMB twelve thousand three hundred and forty-five yuan and sixty-seven fen"),
        (1_000_000_10, "RMB one million yuan and ten fen"),
        (
            99_999_999_99,
            "RMB ninety-nine million nine hundred and ninety-nine thousand nine hundred and ninety-nine yuan and ninety-nine fen",
        ),
    ],
)
def test_amounts_in_english_words(fen: int, english: str) -> None:
    assert in_words(fen).en == english


@given(st.integers(0, 10**11), st.integers(0, 10**11))
def test_two_amounts_never_share_their_words(one: int, other: int) -> None:
    assert (cardinal(one) == cardinal(other)) == (one == other)


def test_no_words_for_a_debt() -> None:
    with pytest.raises(ValueError, match="-1"):
        in_words(-1)


def test_code_128_against_a_worked_example() -> None:
    # start B, J H, to C, 11 20, to B, '-', then check and stop; check = (104 + 1·42 + 2·40 + 3·99 + 4·11 + 5·20 + 6·100 + 7·13) mod 103
    assert symbols("JH1120-") == [
        104,
        42,
        40,
        99,
        11,
        20,
        100,
        13,
        (104 + 42 + 80 + 297 + 44 + 100 + 600 + 91) % 103,
        106,
    ]


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_every_printable_text_can_be_read_back_from_its_symbols(text: str) -> None:
    assert _read_back(symbols(text)) == text


def _read_back(values: list[int]) -> str:
    """An independent reader: checks the checksum, then follows the code sets."""
    assert values[-1] == 106
    assert (values[0] + sum(i * v for i, v in enumerate(values[1:-2], 1))) % 103 == values[-2]
    in_c, said = values[0] == 105, ""
    for value in values[1:-2]:
        if in_c and value == 100:
            in_c = False
        elif not in_c and value == 99:
            in_c = True
        else:
            said += f"{value:02d}" if in_c else chr(value + 32)
    return said


def test_codes_are_the_same_each_time_and_refuse_what_they_cannot_hold() -> None:
    assert code128_svg("JH1120-017-01") == code128_svg("JH1120-017-01")
    assert qr_svg("https://status.example/s/X") == qr_svg("https://status.example/s/X")
    assert qr_svg("a").startswith("<svg")
    with pytest.raises(ValueError, match="ASCII"):
        code128_svg("保管号")
    with pytest.raises(ValueError, match="ASCII"):
        code128_svg("")
