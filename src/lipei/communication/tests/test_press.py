"""The press: the same page gives the same bytes, nothing in the data is markup, and no letter leaves with an empty box."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from lipei.communication import press
from lipei.communication.letters.compose import compose
from lipei.communication.letters.printing import printed
from lipei.communication.letters.schemas import KINDS
from lipei.communication.tests.letters_case import both
from lipei.communication.tests.letters_written import AT, a_letter
from lipei.communication.tests.reading import text_of, tight


def _wheel() -> Path:
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def test_the_same_letter_on_the_same_day_is_the_same_bytes() -> None:
    first = printed(a_letter("decision_pay"), at=AT)
    press._compiler.cache_clear()
    press._faces.cache_clear()
    again = printed(a_letter("decision_pay"), at=AT)
    assert first.pdf == again.pdf
    assert first.sha256 == again.sha256


def test_another_amount_or_another_time_is_another_fingerprint() -> None:
    letter = a_letter("decision_pay")
    one_fen_more = a_letter("decision_pay", owed=2_632_034)
    prints = {
        printed(letter, at=AT).sha256,
        printed(one_fen_more, at=AT).sha256,
        printed(letter, at=AT + timedelta(seconds=1)).sha256,
    }
    assert len(prints) == 3


def test_eight_workers_print_at_once_and_each_gets_their_own_letter() -> None:
    alone = {kind: printed(a_letter(kind), at=AT).sha256 for kind in KINDS}
    with ThreadPoolExecutor(8) as workers:
        together = list(workers.map(lambda kind: (kind, printed(a_letter(kind), at=AT).sha256), list(KINDS) * 3))
    assert all(alone[kind] == sha256 for kind, sha256 in together)


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")',
        "*bold* _thin_ $x^2$",
        "</svg><script>",
        "\\u{41} @ref <label>",
        "#let a = 1; #a",
        "**{amount}** {pay_by}",
    ],
)
def test_a_name_is_printed_as_it_is_written_and_never_run(name: str) -> None:
    out = printed(a_letter("decision_pay", to={"name": name, "title": both("女士", "Ms")}), at=AT)
    assert tight(name) in text_of(out)


def test_a_character_without_a_glyph_holds_the_letter_and_names_itself() -> None:
    letter = a_letter("decision_pay", to={"name": "𠮷田一郎"})
    with pytest.raises(press.MissingGlyph) as held:
        press.print_letter("letter", compose(letter), at=AT, folders=(_wheel(),))
    assert held.value.character == "𠮷"
    assert "U+20BB7" in held.value.words.zh
    assert "𠮷" in held.value.words.en


def test_a_control_character_holds_the_letter_too() -> None:
    with pytest.raises(press.MissingGlyph) as held:
        printed(a_letter("decision_pay", to={"name": "方\u0007玉兰"}), at=AT)
    assert held.value.character == "\u0007"
    assert "U+0007" in held.value.words.en


def test_without_the_bold_faces_letters_still_print_and_say_so() -> None:
    out = press.print_letter("letter", compose(a_letter("decision_pay")), at=AT, folders=(_wheel(),))
    assert not out.is_bold
    assert "26,320.33" in text_of(out)


def test_without_any_chinese_face_the_press_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(press.MissingFace) as missing:
        press.print_letter("letter", compose(a_letter("decision_pay")), at=AT, folders=(tmp_path,))
    assert "LIPEI_FONTS" in missing.value.words.zh


def test_the_named_font_folder_is_searched_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_FONTS", str(tmp_path))
    assert press.font_folders()[0] == tmp_path
    assert _wheel() in press.font_folders()


def test_the_file_says_that_it_will_keep_and_that_it_can_be_read_aloud() -> None:
    pdf = printed(a_letter("decision_pay"), at=AT).pdf
    for mark in (b"<pdfaid:part>3", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", b"/Marked true", b"/Lang(zh-CN)"):
        assert mark in pdf


def test_a_calculation_carries_its_own_data() -> None:
    assert b"calculation.json" in printed(a_letter("calculation_statement"), at=AT).pdf
    assert b"calculation.json" not in printed(a_letter("decision_pay"), at=AT).pdf


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        press.print_letter("letter", {}, at=datetime(2026, 11, 27))


def test_more_than_the_press_can_hold_is_refused_in_words() -> None:
    page = {**compose(a_letter("decision_pay")), "more": "额" * press.DATA_MAX}
    with pytest.raises(press.PressFault) as refused:
        press.print_letter("letter", page, at=AT)
    assert "附件" in refused.value.words.zh
