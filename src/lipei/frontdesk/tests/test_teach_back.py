"""Teach-back: each of the five points said back, explained again, or left to a person and a day; all that lacks at once. Pure."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from lipei.frontdesk.events import UnderstandingConfirmed
from lipei.frontdesk.teach_back import POINTS, UNCLEAR_CHARACTERS_MAX, Understanding, outcomes_for, understanding_of
from lipei.frontdesk.visitor_rules import POINTS as SCREEN
from lipei.frontdesk.visitor_rules import parts_to_write

TODAY = date(2026, 11, 28)
COLLEAGUES = frozenset({7, 8})
ALL_RIGHT = {f"back_{point.id}": "right" for point in POINTS}


def understood(**changes: str) -> Understanding:
    """What comes of all points right but for the changes."""
    found, faults = understanding_of({**ALL_RIGHT, **changes}, today=TODAY, colleagues=COLLEAGUES)
    assert not faults, faults
    assert found is not None
    return found


def faults(**changes: str) -> list[str]:
    return [f.field or "" for f in understanding_of({**ALL_RIGHT, **changes}, today=TODAY, colleagues=COLLEAGUES)[1]]


def test_all_five_said_back_right() -> None:
    found = understood()
    assert (found.count("right"), found.left_open, found.unclear) == (5, (), "")


def test_nothing_said_back_names_all_five_at_once_and_the_open_question_too() -> None:
    found, lacking = understanding_of({"question_1": "能报多少？"}, today=TODAY, colleagues=COLLEAGUES)
    assert found is None
    assert [f.field for f in lacking] == [*(f"back_{p.id}" for p in POINTS), "question_1__who", "question_1__until"]


def test_explained_again_needs_what_was_unclear() -> None:
    assert faults(back_papers="again") == ["unclear_papers"]
    found = understood(back_papers="again", unclear_papers="以为要交房产证")
    assert found.count("again") == 1
    assert "以为要交房产证" in found.unclear


def test_still_unclear_needs_what_who_and_when() -> None:
    assert faults(back_days="open") == ["unclear_days", "open_days__who", "open_days__until"]
    assert faults(back_days="open", unclear_days="x", open_days__who="99", open_days__until="2026-11-27") == ["open_days__who", "open_days__until"]
    left = understood(back_days="open", unclear_days="五天是不是工作日", open_days__who="7", open_days__until="2026-11-30").left_open
    assert [(q.user_id, q.due) for q in left] == [(7, date(2026, 11, 30))]
    assert left[0].what.zh == "哪天以前有决定，依哪一条：五天是不是工作日"
    assert left[0].what.en.startswith("By which day we decide")


@pytest.mark.parametrize("outcome", ["", "yes", "RIGHT", "<b>", "on"])
def test_an_outcome_that_is_none_is_no_confirmation(outcome: str) -> None:
    assert faults(back_cover=outcome) == ["back_cover"]


def test_understanding_is_confirmed_only_when_each_point_is_right_or_assigned() -> None:
    """Every combination of outcomes: confirmed exactly when no point lacks its outcome, its note, or its person and day."""
    complete = {"right": {}, "again": {"unclear_{p}": "什么"}, "open": {"unclear_{p}": "什么", "open_{p}__who": "8", "open_{p}__until": "2026-12-01"}, "": None}
    for outcomes in product(complete, repeat=len(POINTS)):
        told = {f"back_{p.id}": o for p, o in zip(POINTS, outcomes, strict=True)}
        for point, outcome in zip(POINTS, outcomes, strict=True):
            told |= {name.format(p=point.id): text for name, text in (complete[outcome] or {}).items()}
        found, lacking = understanding_of(told, today=TODAY, colleagues=COLLEAGUES)
        assert (found is not None) == ("" not in outcomes)
        assert len(lacking) == outcomes.count("")
        assert found is None or len(found.left_open) == outcomes.count("open")


def test_a_note_that_is_too_long_is_said_with_its_length() -> None:
    assert faults(back_cover="again", unclear_cover="长" * (UNCLEAR_CHARACTERS_MAX + 1)) == ["unclear_cover"]


def test_the_time_line_tells_how_it_went() -> None:
    event = UnderstandingConfirmed(visit="V1", open_questions=1, right=3, again=1, left_open=1, unclear="要哪些材料：以为要交房产证")
    zh, en = event.sentence().zh, event.sentence().en
    assert "3 点一次说对" in zh
    assert "以为要交房产证" in zh
    assert "1 right after a second explanation" in en
    assert "1 still unclear" in en


def test_what_the_visitor_marked_was_not_right_at_once() -> None:
    marked = frozenset({"papers"})
    found, lacking = understanding_of(ALL_RIGHT, today=TODAY, colleagues=COLLEAGUES, marked=marked)
    assert found is None
    assert [(f.field, f.what.zh) for f in lacking] == [("back_papers", "客户在屏上点了不明白：要哪些材料")]
    found, lacking = understanding_of({**ALL_RIGHT, "back_papers": "again", "unclear_papers": "以为要房产证"}, today=TODAY, colleagues=COLLEAGUES, marked=marked)
    assert lacking == []
    assert found is not None
    assert [(p.point, p.outcome) for p in found.points if p.is_marked] == [("papers", "again")]
    assert set(outcomes_for("papers", marked=marked)) == {"again", "open"}
    assert set(outcomes_for("days", marked=marked)) == {"right", "again", "open"}


def test_only_what_is_new_is_written_of_single_parts() -> None:
    point = SCREEN["explanation"]
    assert parts_to_write(point, ["papers", "no_such_part"], marked={}) == {"papers": "not_right"}
    assert parts_to_write(point, ["papers"], marked={"papers": True, "days": True}) == {"days": "right"}
    assert parts_to_write(point, ["papers"], marked={"papers": False}) == {"papers": "not_right"}, "unclear once more"
    assert parts_to_write(SCREEN["listening"], ["papers"], marked={}) == {}
