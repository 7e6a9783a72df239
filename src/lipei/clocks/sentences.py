"""How a clock is said: what is left first, then which clock, then the date; in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lipei.terms.words import Words

if TYPE_CHECKING:
    from lipei.clocks.reading import Reading

DAYS_TOLD_MAX = 120  # a longer time is told by its date
HOUR_SECONDS = 3_600
TODAY = Words("今天", "today")


def days(number: int, day_type: str = "calendar") -> Words:
    """A number of days: 3 天 / 3 days, 3 个工作日 / 3 working days."""
    plural = "" if number == 1 else "s"
    if day_type == "business":
        return Words(f"{number} 个工作日", f"{number} working day{plural}")
    return Words(f"{number} 天", f"{number} day{plural}")


def shown_day(day: date, *, today: date) -> Words:
    """11-27 in the running year, 2027-01-04 in another, 今天 / today on the day itself."""
    if day == today:
        return TODAY
    text = f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return Words(text, text)


def left(reading: Reading) -> Words:
    """What is left or what became of it, in the fewest words."""
    return _LEFT[reading.state](reading)


def _left_running(reading: Reading) -> Words:
    if reading.due is None or reading.due_day is None or reading.days_left is None:
        return Words("尽快", "promptly")
    if reading.clock.period.day_type == "hour":
        return _left_hours(reading)
    if reading.days_left == 0:
        return Words("今天 24:00", "today 24:00")
    if reading.days_left > DAYS_TOLD_MAX:  # 2028-11-20 says more than 724 days
        return Words(f"至 {reading.due_day.isoformat()}", f"until {reading.due_day.isoformat()}")
    return _joined("剩 {n}", "{n} left", n=days(reading.days_left, reading.clock.period.day_type))


def _left_hours(reading: Reading) -> Words:
    assert reading.due is not None
    hours = int((reading.due - reading.at).total_seconds()) // HOUR_SECONDS
    if hours < 1:
        return Words("不到 1 小时", "under an hour left")
    return Words(f"剩 {hours} 小时", f"{hours} hour{'' if hours == 1 else 's'} left")


def _left_stopped(reading: Reading) -> Words:
    since = reading.stopped_since
    number = (reading.today - since).days if since else 0
    if number == 0:
        return Words("今天起停", "stopped today")
    return _joined("停 {n}", "stopped {n}", n=days(number))


def _left_missed(reading: Reading) -> Words:
    if reading.clock.nature in ("right", "bar"):
        return Words("已届满", "run out")
    if reading.days_late == 0:
        return Words("已超时", "overdue")
    return _joined("超期 {n}", "{n} late", n=days(reading.days_late))


def _left_met(reading: Reading) -> Words:
    if reading.days_late == 0:
        return Words("已完成", "done")
    return _joined("晚 {n}完成", "done {n} late", n=days(reading.days_late))


def _left_superseded(reading: Reading) -> Words:
    if reading.days_late == 0:
        return Words("不再适用", "no longer applies")
    return _joined("超期 {n}后不再适用", "no longer applies, was {n} late", n=days(reading.days_late))


_LEFT: dict[str, Callable[[Reading], Words]] = {
    "not_started": lambda reading: Words("未开始", "not started"),
    "running": _left_running,
    "stopped": _left_stopped,
    "met": _left_met,
    "missed": _left_missed,
    "superseded": _left_superseded,
}


def which(reading: Reading) -> Words:
    """The clock's label, and its tag where it has one."""
    if reading.clock.tag is None:
        return reading.label
    return _joined("{label} · {tag}", "{label} · {tag}", label=reading.label, tag=reading.clock.tag)


def chip(reading: Reading) -> Words:
    """What is left · which clock; a stopped clock says what it waits for."""
    named = reading.stops[-1].why if reading.is_stopped and reading.stops else reading.label
    return _joined("{left} · {named}", "{left} · {named}", left=left(reading), named=named)


def due_words(reading: Reading) -> Words:
    """The date on which it is due, was due, or would be due while it stands still."""
    if reading.due_day is None or reading.due is None:
        return Words("没有固定日期", "no fixed date")
    zh, en = _DATED.get((reading.state, reading.clock.nature), _DATED_BY_STATE.get(reading.state, _DATED_PLAIN))
    day = shown_day(reading.due_day, today=reading.today)
    if reading.clock.period.day_type == "hour":
        day = Words(f"{day.zh} {_clock_time(reading)}", f"{day.en} {_clock_time(reading)}")
    said = Words(zh, en).with_(day=Words(day.zh if day.zh == TODAY.zh else f" {day.zh} ", day.en))
    return Words(said.zh.strip(), said.en)


_DATED_PLAIN = ("{day}到期", "due {day}")
_DATED_BY_STATE = {
    "stopped": ("材料今天到，则{day}到期", "due {day} if the papers come today"),
    "missed": ("{day}已到期", "was due {day}"),
}
_DATED = {
    ("missed", "right"): ("{day}届满", "ran out {day}"),
    ("missed", "bar"): ("{day}届满", "ran out {day}"),
    ("running", "hold"): ("保存至{day}", "keep until {day}"),
    ("met", "hold"): ("保存至{day}", "kept until {day}"),
}


def _clock_time(reading: Reading) -> str:
    assert reading.due is not None
    return f"{reading.due.astimezone(ZoneInfo(reading.zone)):%H:%M}"


def bar_words(reading: Reading) -> Words:
    """How much of the time is used and how long it stood still."""
    if reading.due_day is None or reading.start_day is None:
        return left(reading)
    if reading.clock.period.day_type == "month":
        start = reading.start_day.isoformat()
        return Words(f"从 {start} 起算", f"counted from {start}")
    if reading.clock.period.day_type == "hour":
        amount = reading.clock.period.amount
        return Words(f"共 {amount} 小时", f"{amount} hours in all")
    kind = reading.clock.period.day_type
    said = _joined(
        "{all}里已用 {used}",
        "{used} used of {all}",
        all=days(reading.clock.period.amount, kind),
        used=days(reading.days_used, kind),
    )
    if reading.days_stopped == 0:
        return said
    return _joined("{said}，另停 {n}", "{said}, stopped for {n} more", said=said, n=days(reading.days_stopped))


def moved(reading: Reading) -> Words | None:
    """From which rest day to which day the end moved."""
    if not reading.is_moved or reading.unmoved_day is None or reading.due_day is None:
        return None
    return _joined(
        "本应到 {was}，逢{rest}休息，顺延到 {now}",
        "it would end on {was}, a rest day ({rest}), so it moves to {now}",
        was=_plain_day(reading.unmoved_day, reading.today),
        now=_plain_day(reading.due_day, reading.today),
        rest=_listed(reading.rest_names),
    )


def whole(reading: Reading) -> Words:
    """Clock and source, then what is used, stopped and left, then the date and what moved it."""
    citation = reading.clock.source.citation
    parts = [_joined("{label}（{where}）", "{label} ({where})", label=reading.label, where=citation)]
    if reading.state == "superseded" and reading.superseded_why is not None:
        parts.append(reading.superseded_why)
    elif reading.start is not None:
        parts += [bar_words(reading), left(reading)]
        if reading.is_open and reading.due is not None and reading.clock.period.day_type != "month":
            parts.append(due_words(reading))
        shift = moved(reading)
        parts += [shift] if shift else []
    else:
        parts.append(left(reading))
    return Words("，".join(_once(p.zh for p in parts)), ", ".join(_once(p.en for p in parts)))


def _plain_day(day: date, today: date) -> Words:
    text = f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return Words(text, text)


def _listed(names: Iterable[Words]) -> Words:
    kept = list(names)
    return Words("、".join(_once(n.zh for n in kept)), ", ".join(_once(n.en for n in kept)))


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _joined(zh: str, en: str, **values: Words) -> Words:
    return Words(zh, en).with_(**values)
