"""The worked table of `docs/algorithms/clocks.md`, run row by row, so that the page can be believed."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lipei import jurisdictions
from lipei.clocks import Event, readings

PAGE = Path(__file__).parents[4] / "docs" / "algorithms" / "clocks.md"
CN = jurisdictions.load("cn", on=date(2026, 11, 22))
SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENT = re.compile(r"(?P<kind>\w+) (?P<when>\d+-\d+(?: \d+)?)(?: #(?P<about>\w+))?(?P<approved> !approved)?")
ROW = re.compile(r"^\| (\d+) \|(.+)\|$", re.MULTILINE)


def moment(written: str) -> datetime:
    """`11-20` or `11-20 23`: a moment of 2026 in Shanghai, ten o'clock unless the hour is written."""
    month, day, *hour = (int(number) for number in re.findall(r"\d+", written))
    return datetime(2026, month, day, hour[0] if hour else 10, tzinfo=SHANGHAI)


def event(written: str) -> Event:
    found = EVENT.fullmatch(written.strip())
    assert found, written
    return Event(found["kind"], moment(found["when"]), found["about"] or "", bool(found["approved"]))


ROWS = [(number, [cell.strip() for cell in cells.split("|")]) for number, cells in ROW.findall(PAGE.read_text("utf-8"))]


def test_the_page_has_its_table() -> None:
    assert len(ROWS) == 18


@pytest.mark.parametrize(("number", "cells"), ROWS, ids=[number for number, _ in ROWS])
def test_a_row_of_the_page_is_what_the_clocks_say(number: str, cells: list[str]) -> None:
    line, events, read_on, clock, *said = cells
    happened = [event(part) for part in events.split(";")]
    (found,) = (one for one in readings(CN, events=happened, at=moment(read_on), line=line) if one.id == clock)
    assert said == [
        found.state,
        f"{found.unmoved_day:%m-%d}",
        f"{found.due_day:%m-%d}",
        str(found.days_left),
        f"{found.days_used} + {found.days_stopped}",
    ]
