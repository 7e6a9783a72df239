"""Every word on a screen stands in both languages (screens.md, Words)."""

from __future__ import annotations

from lipei.site import catalogues


def test_no_word_is_without_chinese_none_contradicts_another_and_none_is_left_over() -> None:
    assert [str(fault) for fault in catalogues.faults()] == []


def test_buttons_name_what_will_have_been_done() -> None:
    empty = {"OK", "Ok", "Submit", "Yes", "No", "Cancel", "Confirm"}
    assert [word.place for word in catalogues.shown() if word.msgid in empty] == []


def test_no_word_scolds_or_shouts() -> None:
    scolding = ("invalid", "illegal", "please enter", "oops", "!", "error occurred", "unfortunately", "非法", "输入有误", "系统错误", "很遗憾", "！")
    said = [(m.id, m.string) for room in catalogues.rooms().values() for m in room if m.id]
    assert [pair for pair in said for bad in scolding if bad in str(pair).lower()] == []
