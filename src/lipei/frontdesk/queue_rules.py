"""Who is called next, and what may be done with a ticket: one order for every counter, priority first and nobody forgotten. Pure.

The order: those sent on to this counter; those who had missed their call and have let one go before them; then priority and kept
appointments, but when two of these in a row have gone before the one who has waited longest, it is their turn. So a visitor with k others of the ordinary line before
them is called after at most 3 (k + 1) calls, besides the visitors who had been called before and are sent on or come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

FIRST_IN_A_ROW_MAX = 2
APPOINTMENT_EARLY = timedelta(minutes=5)
CALLS_BEFORE_MISSED = 3  # the call and two more
RETURNS_MAX = 3
TRANSFERS_MAX = 3
APPOINTMENT_DAYS_MAX = 60
NAME_CHARACTERS_MAX = 30
APPOINTMENT_CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Errand:
    """What somebody comes for: our word, and the customer's own words with a line below, as the kiosk asks."""

    name: Words
    said: Words
    note: Words
    at_kiosk: bool = True


ERRANDS: dict[str, Errand] = {
    "new_loss": Errand(Words("报案理赔", "A new loss"), Words("出了事，要理赔", "Something happened, I want to claim"), Words("第一次来说这件事", "I have not told you about it yet")),
    "bring_papers": Errand(Words("交材料", "Bring papers"), Words("送材料、补材料", "I bring papers"), Words("已经报过案", "You know of my claim already")),
    "ask": Errand(Words("咨询", "Ask"), Words("问进度、问结果", "I have a question"), Words("带着回执更快", "With your receipt it is quicker")),
    "complaint": Errand(Words("意见和投诉", "A complaint"), Words("有意见、要投诉", "I am not content"), Words("请您到安静的房间，专人听您讲", "Somebody will listen to you in a quiet room")),
    "collect_papers": Errand(Words("取回材料", "Collect papers"), Words("取回原件", "I come for my originals"), Words("带着回执更快", "With your receipt it is quicker"), at_kiosk=False),
}
PRIORITIES: dict[str, Words] = {
    "elderly": Words("年长", "Elderly"),
    "disabled": Words("行动不便", "Walking is hard"),
    "with_child": Words("怀孕、带孩子", "Pregnant or with a child"),
    "distressed": Words("心里着急、难过", "Worried or in grief"),
    "senses": Words("看不清、听不清", "Seeing or hearing is hard"),
}
"""Who comes first, said by themselves and never to be proved (T/IAC 54-2025; accessibility law, art. 39)."""
TRANSFER_REASONS: dict[str, Words] = {
    "language": Words("换一位会讲客户方言或外语的同事", "A colleague who speaks their dialect or language"),
    "knows_the_case": Words("以前接待过的同事更清楚", "A colleague who knows the matter"),
    "interest": Words("我认识这位客户，应当回避", "I know this visitor and must not serve them"),
    "wished": Words("客户希望换一位", "The visitor wishes somebody else"),
    "quiet_room": Words("请到安静的房间", "To the quiet room"),
}
CANCEL_REASONS: dict[str, Words] = {
    "left": Words("客户说先走了", "The visitor said they must go"),
    "mistaken": Words("取错了号", "The ticket was taken by mistake"),
    "answered": Words("问题已经在大堂答好", "The question was answered in the hall"),
}
QUIET_ERRANDS = frozenset({"complaint"})

MAY: dict[str, frozenset[str]] = {
    "call": frozenset({"waiting"}), "recall": frozenset({"called"}), "seat": frozenset({"called"}), "miss": frozenset({"called"}),
    "return": frozenset({"missed"}), "transfer": frozenset({"called", "waiting"}), "cancel": frozenset({"waiting", "called", "missed"}),
    "tell": frozenset({"waiting"}),
}
"""What may be done with a ticket, by its state."""
STATES: dict[str, Words] = {
    "waiting": Words("在等", "Waiting"), "called": Words("叫到了", "Called"), "seated": Words("在接待", "Being served"),
    "missed": Words("叫了没来", "Did not come"), "cancelled": Words("不办了", "Called off"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One ticket in the line: since when, whether it goes first, its appointment, where it was sent, when it came back."""

    ticket: int
    since: datetime
    goes_first: bool = False
    due_at: datetime | None = None
    for_counter: int = 0
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hall:
    """What the order depends on besides the tickets: the time, the last calls (newest first: when, and whether they went first), the counters open."""

    now: datetime
    last_calls: tuple[tuple[datetime, bool], ...] = ()
    open_counters: frozenset[int] = frozenset()


def calling_order(waiting: Iterable[Waiting], *, hall: Hall, counter: int = 0) -> tuple[Waiting, ...]:
    """The whole line in the order of calling for `counter` (0: as the hall sees it); what only another open counter may call is left out."""
    last_call_at = hall.last_calls[0][0] if hall.last_calls else None
    here: list[Waiting] = []
    ripe: list[Waiting] = []
    unripe: list[Waiting] = []
    first: list[Waiting] = []
    others: list[Waiting] = []
    for one in sorted(waiting, key=lambda w: (_since(w), w.ticket)):
        if one.for_counter:
            if one.for_counter not in hall.open_counters or counter in (0, one.for_counter):
                here.append(one)
        elif one.returned_at is not None:
            (ripe if last_call_at is not None and last_call_at > one.returned_at else unripe).append(one)
        else:
            (first if one.goes_first or _is_due(one, hall.now) else others).append(one)
    line = [*here, *ripe, *_in_turn(first, others, last_calls=hall.last_calls)]
    return (*line[:1], *unripe, *line[1:])


def _since(one: Waiting) -> datetime:
    """From when a ticket ranks: an appointment from its time, never earlier, though its visitor be here."""
    if one.returned_at is not None:
        return one.returned_at
    return one.due_at if one.due_at is not None else one.since


def _is_due(one: Waiting, now: datetime) -> bool:
    return one.due_at is not None and one.due_at - APPOINTMENT_EARLY <= now


def _in_turn(first: Sequence[Waiting], others: Sequence[Waiting], *, last_calls: Iterable[tuple[datetime, bool]]) -> list[Waiting]:
    line: list[Waiting] = []
    a, b, row = 0, 0, _passed_over(others[0].since, last_calls) if others else 0
    while a < len(first) or b < len(others):
        is_first = a < len(first) and (row < FIRST_IN_A_ROW_MAX or b == len(others))
        if is_first:
            line.append(first[a])
            a, row = a + 1, row + 1
        else:
            line.append(others[b])
            b, row = b + 1, 0
    return line


def _passed_over(since: datetime, last_calls: Iterable[tuple[datetime, bool]]) -> int:
    """How many of the last calls in a row went before somebody who has waited since then; no more than the rule looks at."""
    count = 0
    for called_at, goes_first in last_calls:
        if not goes_first or called_at < since or count == FIRST_IN_A_ROW_MAX:
            break
        count += 1
    return count


def may_miss(calls: int) -> list[Missing]:
    """Nobody is passed over before they were called three times."""
    if calls >= CALLS_BEFORE_MISSED:
        return []
    left = CALLS_BEFORE_MISSED - calls
    return [Missing(Words(f"还要再叫 {left} 次", f"Call {left} more {'time' if left == 1 else 'times'}"),
                    why=Words("听不清、走得慢的人也要赶得上。", "Who hears or walks with difficulty must have time to come."))]


def must_name(what: str, *, table: dict[str, Words], field: str, missing: Words) -> list[Missing]:
    """A reason is one of its list."""
    return [] if what in table else [Missing(missing, field=field)]



def appointment_faults(*, name: str, purpose: str, priority: str, starts_at: datetime | None, now: datetime) -> list[Missing]:
    """Whatever keeps an appointment from being made: how to address the visitor, what for, and a time within sixty days."""
    faults: list[Missing] = []
    if not name.strip() or len(name.strip()) > NAME_CHARACTERS_MAX:
        faults.append(Missing(Words(f"还没有写怎么称呼（最多 {NAME_CHARACTERS_MAX} 个字）", f"How to address the visitor is missing (at most {NAME_CHARACTERS_MAX} characters)"), field="name"))
    if purpose not in ERRANDS:
        faults.append(Missing(Words("还没有选来办什么事", "What they come for was not chosen"), field="purpose"))
    if priority and priority not in PRIORITIES:
        faults.append(Missing(Words("没有这种优先的情形", "There is no such priority"), field="priority"))
    if starts_at is None:
        faults.append(Missing(Words("还没有写几点，例如 09:30", "The time is missing, such as 09:30"), field="starts_at"))
    elif starts_at < now - APPOINTMENT_EARLY:
        faults.append(Missing(Words("这个时间已经过去", "This time is past"), do=Words("请选以后的时间。", "Choose a later time."), field="starts_at"))
    elif starts_at > now + timedelta(days=APPOINTMENT_DAYS_MAX):
        faults.append(Missing(Words(f"最多提前 {APPOINTMENT_DAYS_MAX} 天约", f"An appointment lies at most {APPOINTMENT_DAYS_MAX} days ahead"), field="starts_at"))
    return faults
