"""Reading a pack of law from its files, strictly: what is unknown, missing or at odds is told with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

from lipei.clocks.calendar import DAY_TYPES, Calendar, DayType, Period, Year, days_from
from lipei.clocks.clock import (
    COUNTS_FROM,
    FURTHER,
    NATURES,
    Clock,
    CountFrom,
    Further,
    Nature,
    Tolling,
)
from lipei.clocks.events import EVENT_KINDS
from lipei.clocks.source import GRADES, Grade, Source
from lipei.jurisdictions.faults import Fault, PackFaults
from lipei.jurisdictions.pack import UNITS, Pack, Parameter, Unit, Value
from lipei.jurisdictions.sheet import NOWHERE, Sheet, open_sheet
from lipei.terms.words import Words

PERIOD_MAX = 1_200  # the longest a law of ours runs: a hundred years in months
COUNT_MAX = 10**9
YEAR_MIN, YEAR_MAX = 1990, 2100
KINDS = tuple(sorted(EVENT_KINDS))
YES_NO = ("yes", "no")
_UNKNOWN = Words("？", "?")
HOLIDAY_MAX = timedelta(days=31)


@dataclass(slots=True)
class _Frame:
    """What `pack.yaml` says and the other files refer to."""

    code: str
    name: Words
    time_zone: str
    currency: str
    weekend: frozenset[int]
    counting: Source
    line_names: dict[str, Words] = field(default_factory=dict)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    traits: dict[str, Words] = field(default_factory=dict)


def pack_of(files: Mapping[str, str], *, on: date) -> Pack:
    """The pack that these files hold: `pack.yaml`, `clocks.yaml`, `parameters.yaml`, `calendar/YEAR.yaml`.

    Raises `PackFaults` with every fault found, never only the first.
    """
    faults: list[Fault] = []
    frame = _frame(files, faults)
    clocks = _clocks(files, frame, faults)
    parameters = _parameters(files, faults)
    years = _years(files, frame, faults)
    if faults:
        raise PackFaults(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return Pack(
        code=frame.code,
        name=frame.name,
        time_zone=frame.time_zone,
        currency=frame.currency,
        on=on,
        lines=frozenset(frame.line_names),
        groups=frame.groups,
        line_names=frame.line_names,
        traits=frame.traits,
        calendar=Calendar(frame.name, frame.weekend, years),
        counting=frame.counting,
        clocks=clocks,
        parameters=parameters,
    )


def _opened(files: Mapping[str, str], file: str, faults: list[Fault]) -> Sheet | None:
    if file not in files:
        faults.append(Fault(file, 0, Words(f"缺少文件 {file}", f"the file {file} is missing")))
        return None
    return open_sheet(file, files[file], faults)


def _frame(files: Mapping[str, str], faults: list[Fault]) -> _Frame:
    sheet = _opened(files, "pack.yaml", faults)
    if sheet is None:
        return _Frame("", _UNKNOWN, "UTC", "", frozenset(), Source(_UNKNOWN, "?", "G", NOWHERE))
    weekend = frozenset(int(text) for text in sheet.choices("weekend", tuple("0123456")))
    code, name, currency = sheet.text("code"), sheet.words("name"), sheet.text("currency")
    frame = _Frame(code, name, _zone(sheet), currency, weekend, _source(sheet))
    lines = sheet.sheet("lines")
    frame.line_names = {line: lines.words(line) for line in lines.names()}
    groups = sheet.sheet("groups")
    frame.groups = {group: frozenset(groups.choices(group, tuple(frame.line_names))) for group in groups.names()}
    if sheet.has("traits"):
        traits = sheet.sheet("traits")
        frame.traits = {trait: traits.words(trait) for trait in traits.names()}
    sheet.close()
    return frame


def _zone(sheet: Sheet) -> str:
    name = sheet.text("time_zone")
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        sheet.fault(
            Words(
                f"没有时区“{name}”；要像 Asia/Shanghai", f"there is no time zone “{name}”; write it like Asia/Shanghai"
            ),
            line=sheet.line_of("time_zone"),
        )
        return "UTC"
    return name


def _source(sheet: Sheet) -> Source:
    inner = sheet.sheet("source")
    found = Source(
        citation=inner.words("citation"),
        words=inner.text("words"),
        grade=cast(Grade, inner.choice("grade", GRADES)),
        last_checked=inner.day("last_checked"),
        note=inner.words_or_none("note"),
    )
    if found.grade != "A" and found.note is None:
        inner.fault(Words("不是 A 级，要写“note”：要确认什么", "a grade below A needs a “note”: what to confirm"))
    inner.close()
    return found


def _effective(sheet: Sheet) -> tuple[date, date | None]:
    inner = sheet.sheet("effective")
    first, last = inner.day("from"), inner.day_or_none("to")
    if last is not None and last <= first:
        inner.fault(Words("“to”要晚于“from”", "“to” must be later than “from”"))
    inner.close()
    return first, last


def _clocks(files: Mapping[str, str], frame: _Frame, faults: list[Fault]) -> tuple[Clock, ...]:
    sheet = _opened(files, "clocks.yaml", faults)
    if sheet is None:
        return ()
    found = [(_clock(entry, frame), entry) for entry in sheet.sheets("clocks", named="id")]
    sheet.close()
    _no_overlap([(clock.id, clock.effective_from, clock.effective_to, entry) for clock, entry in found])
    return tuple(clock for clock, _ in found)


def _clock(entry: Sheet, frame: _Frame) -> Clock:
    first, last = _effective(entry)
    clock = Clock(
        id=entry.text("id"),
        label=entry.words("label"),
        tag=entry.words_or_none("tag"),
        source=_source(entry),
        trigger=entry.choices("trigger", KINDS),
        requires=entry.choices("requires", KINDS, optional=True),
        met_by=entry.choices("met_by", KINDS, optional=True),
        superseded_by=_superseded_by(entry),
        period=_period(entry),
        count_from=cast(CountFrom, entry.choice("count_from", COUNTS_FROM, default="first")),
        nature=cast(Nature, entry.choice("nature", NATURES)),
        consequence=entry.words("consequence"),
        tolling=_tolling(entry),
        met_in_part=entry.choice("met_in_part", YES_NO, default="no") == "yes",
        rolls=entry.choice("rolls", YES_NO) == "yes",
        lines=_lines(entry, frame),
        traits=frozenset(entry.choices("traits", tuple(frame.traits), optional=True)),
        effective_from=first,
        effective_to=last,
    )
    entry.close()
    _check(entry, clock)
    return clock


def _check(entry: Sheet, clock: Clock) -> None:
    """What no single field shows: a clock that nothing starts, that nobody can meet, or that months cannot stop."""
    if not clock.trigger:
        entry.fault(Words("“trigger”至少要有一个事件", "“trigger” needs at least one event"))
    if not clock.met_by and clock.nature not in ("bar", "hold"):
        entry.fault(Words("“met_by”至少要有一个事件", "“met_by” needs at least one event"))
    if clock.tolling is not None and clock.period.day_type not in ("calendar", "business"):
        entry.fault(Words("只有按日计算的时限能停", "only a clock in days can be stopped"))


def _period(entry: Sheet) -> Period:
    day_type = cast(DayType, entry.choice("day_type", DAY_TYPES))
    if day_type != "promptly":
        return Period(entry.whole("amount", least=1, most=PERIOD_MAX), day_type)
    if entry.has("amount"):
        entry.fault(Words("“promptly”没有天数；去掉“amount”", "“promptly” has no number; remove “amount”"))
    return Period(0, "promptly")


def _superseded_by(entry: Sheet) -> tuple[tuple[str, Words], ...]:
    found = []
    for part in entry.sheets("superseded_by", named="event", optional=True):
        found.append((part.choice("event", KINDS), part.words("why")))
        part.close()
    return tuple(found)


def _tolling(entry: Sheet) -> Tolling | None:
    if not entry.has("tolling"):
        return None
    part = entry.sheet("tolling")
    tolling = Tolling(
        part.choice("stops_on", KINDS),
        part.choice("resumes_on", KINDS),
        part.words("why"),
        cast(Further, part.choice("further", FURTHER)),
    )
    part.close()
    return tolling


def _lines(entry: Sheet, frame: _Frame) -> frozenset[str]:
    """Lines of business named singly or by group; `all` alone stands for every line."""
    allowed = ("all", *frame.groups, *frame.line_names)
    named = entry.choices("lines", allowed)
    if not named:
        entry.fault(Words("“lines”要写险类，或写 all", "“lines” needs lines of business, or all"))
    if "all" in named:
        return frozenset()
    return frozenset().union(*(frame.groups.get(name, frozenset({name})) for name in named))


def _no_overlap(versions: Sequence[tuple[str, date, date | None, Sheet]]) -> None:
    by_id: dict[str, list[tuple[date, date | None, Sheet]]] = {}
    for id_, first, last, entry in versions:
        by_id.setdefault(id_, []).append((first, last, entry))
    for id_, kept in by_id.items():
        kept.sort(key=lambda version: version[0])
        for (_, earlier_to, _), (later_from, _, entry) in pairwise(kept):
            if earlier_to is None or later_from < earlier_to:
                entry.fault(Words(f"“{id_}”的两个版本有重叠的日期", f"two versions of “{id_}” overlap in time"))


def _parameters(files: Mapping[str, str], faults: list[Fault]) -> tuple[Parameter, ...]:
    sheet = _opened(files, "parameters.yaml", faults)
    if sheet is None:
        return ()
    found = [(_parameter(entry), entry) for entry in sheet.sheets("parameters", named="id")]
    sheet.close()
    _no_overlap([(one.id, one.effective_from, one.effective_to, entry) for one, entry in found])
    return tuple(one for one, _ in found)


def _parameter(entry: Sheet) -> Parameter:
    unit = cast(Unit, entry.choice("unit", UNITS))
    first, last = _effective(entry)
    parameter = Parameter(
        entry.text("id"), entry.words("label"), _value(entry, unit), unit, _source(entry), first, last
    )
    entry.close()
    return parameter


def _value(entry: Sheet, unit: Unit) -> Value:
    if unit == "amount":
        return entry.amount("value")
    if unit != "ratio":
        return entry.whole("value", least=0, most=COUNT_MAX)
    text = entry.text("value")
    numerator, slash, denominator = text.partition("/")
    if text.endswith("%") and text[:-1].isdigit():
        return int(text[:-1]), 100
    if slash and numerator.isdigit() and denominator.isdigit() and int(denominator):
        return int(numerator), int(denominator)
    entry.fault(
        Words(f"“{text}”不是比例；写成 85% 或 1/3", f"“{text}” is no ratio; write 85% or 1/3"),
        line=entry.line_of("value"),
    )
    return 0, 1


def _years(files: Mapping[str, str], frame: _Frame, faults: list[Fault]) -> dict[int, Year]:
    names = sorted(name for name in files if name.startswith("calendar/"))
    if not names:
        faults.append(Fault("calendar/", 0, Words("没有一年的节假日", "there is no year of rest days")))
    years: dict[int, Year] = {}
    for name in names:
        sheet = open_sheet(name, files[name], faults)
        if sheet is not None:
            year = _year(sheet, frame)
            if name != f"calendar/{year.year}.yaml":
                sheet.fault(Words(f"文件名和年份 {year.year} 不一致", f"the file name and the year {year.year} differ"))
            years[year.year] = year
    return years


def _year(sheet: Sheet, frame: _Frame) -> Year:
    number = sheet.whole("year", least=YEAR_MIN, most=YEAR_MAX)
    status = sheet.choice("status", ("published", "provisional"))
    source = _source(sheet)
    rest: dict[date, Words] = {}
    for entry in sheet.sheets("rest"):
        _rest(entry, number, rest)
    work = frozenset(
        _worked(sheet, text, line, number, frame.weekend, rest) for text, line in sheet.texts("work", optional=True)
    )
    sheet.close()
    return Year(number, source, status == "provisional", rest, work)


def _rest(entry: Sheet, number: int, rest: dict[date, Words]) -> None:
    first, last, name = entry.day("from"), entry.day("to"), entry.words("name")
    entry.close()
    if NOWHERE in (first, last):
        return
    if first.year != number or last.year != number or not timedelta(0) <= last - first <= HOLIDAY_MAX:
        entry.fault(Words(f"假期要在 {number} 年内，先起后止", f"a holiday lies within {number}, first day first"))
        return
    for day in days_from(first, last):
        if day in rest:
            entry.fault(Words(f"{day} 写了两次", f"{day} is named twice"))
        rest[day] = name


def _worked(
    sheet: Sheet, text: str, line: int, number: int, weekend: Iterable[int], rest: Mapping[date, Words]
) -> date:
    day = sheet.day_of(text, line=line, key="work")
    if day != NOWHERE and (day.year != number or day.weekday() not in weekend or day in rest):
        sheet.fault(
            Words(f"{day} 不是 {number} 年要上班的周末", f"{day} is not a weekend day of {number} to be worked"),
            line=line,
        )
    return day
