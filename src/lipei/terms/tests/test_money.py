"""The clerk types amounts in many ways; one reader takes them exactly or says kindly why not; one formatter shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.terms.money import AMOUNT_MAX, AmountFault, amount_of, in_capitals, machine, plain, shown


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("1,234.5", 123450),
        ("¥1234.50", 123450),
        ("１２３４．５０", 123450),
        ("0.01", 1),
        ("−3.00", -300),
        ("-3", -300),
        (" 12 元", 1200),
    ],
)
def test_amounts_are_read_as_people_write_them(written: str, fen: int) -> None:
    assert amount_of(written) == fen


@pytest.mark.parametrize(
    "written", ["", "abc", "1.234", "1.2.3", "1e5", "😀", "--3", "NaN", "1" * 20, ".", "1,234.567", "٣"]
)
def test_anything_else_is_refused_with_words_in_both_languages(written: str) -> None:
    with pytest.raises(AmountFault) as fault:
        amount_of(written)
    assert fault.value.words.zh
    assert fault.value.words.en


@given(st.integers(-AMOUNT_MAX, AMOUNT_MAX))
def test_what_is_shown_reads_back_to_the_same_amount(fen: int) -> None:
    assert amount_of(plain(fen)) == amount_of(machine(fen)) == amount_of(shown(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "capitals"),
    [
        (0, "人民币零元整"),
        (1, "人民币壹分"),
        (10, "人民币壹角整"),
        (100, "人民币壹元整"),
        (105, "人民币壹元零伍分"),
        (2_632_033, "人民币贰万陆仟叁佰贰拾元叁角叁分"),
        (100_000_00, "人民币壹拾万元整"),
        (100_05_00, "人民币壹万零伍元整"),
        (1_000_010_00, "人民币壹佰万零壹拾元整"),
        (10_000_0001_00, "人民币壹亿零壹元整"),
        (1_020_300_40, "人民币壹佰零贰万零叁佰元肆角整"),
    ],
)
def test_capitals_for_cheques_and_letters(fen: int, capitals: str) -> None:
    assert in_capitals(fen) == capitals
