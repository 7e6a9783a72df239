"""A receipt: one altered character and its fingerprint does not fit; what the paper says is compared, and nothing is given away."""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.documents.receipt_rules import (
    FINGERPRINT_CHARACTERS,
    ReceiptContent,
    ReceiptLine,
    Told,
    as_typed,
    canonical,
    differences,
    fingerprint,
    grouped,
    number_as_typed,
    receipt_number,
)

NAMES = st.text("周砚秋方玉兰陆听澜张三Zhou 01", min_size=1, max_size=8)
WORDS = st.builds(lambda zh, en: {"zh": zh, "en": en}, NAMES, NAMES)
LINES = st.builds(
    ReceiptLine, number=st.from_regex(r"JH\d{4}-\d{3}-\d{2}", fullmatch=True), label=WORDS, name=WORDS,
    form=st.sampled_from(["original", "copy", "sighted"]), pages=st.integers(1, 2_000), place=WORDS, is_returned=st.booleans(),
)
CONTENTS = st.builds(
    ReceiptContent, number=st.just("JH1120-017"), occasion=st.sampled_from(["taken", "returned"]), at=st.just("2026-11-20T10:58:00+08:00"),
    branch=WORDS, counter=st.integers(1, 99), giver=NAMES, clerk=NAMES, lines=st.lists(LINES, min_size=1, max_size=6).map(tuple),
)


def mac(text: str) -> str:
    """A key of this test's own."""
    return hmac.new(b"a key", text.encode(), hashlib.sha256).hexdigest()


def texts_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every text in a content as it is kept."""
    if isinstance(value, str):
        return [path] if value else []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, child in children for found in texts_in(child, (*path, key))]


def altered(kept: dict[str, Any], path: tuple[Any, ...], *, at: int, to: str) -> dict[str, Any]:
    """The kept content with one character of one text changed."""
    place: Any = kept
    for key in path[:-1]:
        place = place[key]
    text = place[path[-1]]
    where = at % len(text)
    place[path[-1]] = text[:where] + (to if text[where] != to else "X") + text[where + 1 :]
    return kept


@given(CONTENTS, st.data())
@settings(deadline=None)
def test_one_altered_character_anywhere_is_another_fingerprint(content: ReceiptContent, data: st.DataObject) -> None:
    kept = content.as_json()
    path = data.draw(st.sampled_from(texts_in(kept)))
    other = ReceiptContent.of_json(altered(kept, path, at=data.draw(st.integers(0, 60)), to=data.draw(st.sampled_from("日0aX·"))))
    assert fingerprint(other, mac=mac) != fingerprint(content, mac=mac)


@given(CONTENTS)
@settings(deadline=None)
def test_what_was_kept_reads_back_as_the_same_text(content: ReceiptContent) -> None:
    assert canonical(ReceiptContent.of_json(content.as_json())) == canonical(content)
    assert len(fingerprint(content, mac=mac)) == FINGERPRINT_CHARACTERS


@given(CONTENTS, st.integers(0, 15))
@settings(deadline=None)
def test_a_line_left_out_or_a_page_more_is_another_fingerprint(content: ReceiptContent, where: int) -> None:
    line = content.lines[where % len(content.lines)]
    without = dataclasses.replace(content, lines=tuple(x for x in content.lines if x is not line))
    more = dataclasses.replace(content, lines=tuple(dataclasses.replace(x, pages=x.pages + 1) if x is line else x for x in content.lines))
    assert len({fingerprint(c, mac=mac) for c in (content, without, more)}) == 3


def test_spaces_dashes_and_capitals_do_not_matter_when_a_code_is_typed() -> None:
    assert as_typed(" 9F2C 41ab–77d0-E07D ") == "9f2c41ab77d0e07d"
    assert grouped("9f2c41ab77d0e07d") == "9f2c 41ab 77d0 e07d"
    assert number_as_typed(" jh1120—017 ") == "JH1120-017"


def test_the_second_receipt_of_a_claim_says_so() -> None:
    assert [receipt_number("JH1120-017", so_far=n) for n in range(3)] == ["JH1120-017", "JH1120-017-R2", "JH1120-017-R3"]


@pytest.fixture
def content() -> ReceiptContent:
    words = {"zh": "出院小结", "en": "Discharge summary"}
    line = ReceiptLine(number="JH1120-017-04", label=words, name=words, form="original", pages=3, place={"zh": "3 柜", "en": "3 柜"}, is_returned=False)
    return ReceiptContent(number="JH1120-017", occasion="taken", at="2026-11-20T10:58:00+08:00", branch={"zh": "镜湖支公司", "en": "Jinghu branch"},
                          counter=3, giver="周砚秋", clerk="陆听澜", lines=(line,))


def test_what_the_paper_says_right_is_the_same(content: ReceiptContent) -> None:
    assert differences(content, told=Told(giver="周 砚秋", papers="1", day="2026-11-20", custody="JH1120-017-04\n")) == []


def test_what_the_paper_says_otherwise_is_named_and_the_name_is_not_given_away(content: ReceiptContent) -> None:
    faults = differences(content, told=Told(giver="周砚春", papers="2", day="2026-11-21", custody="JH1120-017-04 JH1120-017-05"))
    assert [f.field for f in faults] == ["giver", "papers", "day", "custody"]
    assert "周砚秋" not in "".join(f.what.zh for f in faults)
    assert faults[3].what.zh == "这张回执上没有保管号 JH1120-017-05"


def test_nothing_told_proves_nothing(content: ReceiptContent) -> None:
    assert [f.field for f in differences(content, told=Told())] == ["papers"]
