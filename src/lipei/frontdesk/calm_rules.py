"""What each step of the calm mode must leave behind, and why none of them is passed over: values in, all faults out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lipei.claimfile.words import ANSWER_BY, MATTERS
from lipei.filing.refusal import Missing
from lipei.frontdesk.calm import OFFERS, reasons_for_step
from lipei.frontdesk.reading import Reader
from lipei.frontdesk.rules import who_by
from lipei.terms.words import Words

WORDS_CHARACTERS_MAX = 2_000
LINE_CHARACTERS_MAX = 200

ALONE: dict[str, Words] = {
    "nobody_here": Words("现在没有别的同事在", "No other colleague is here now"),
    "wishes_alone": Words("客户只愿和一个人谈", "The visitor wishes to speak with one person only"),
}
"""Why no second person was called."""


@dataclass(frozen=True, slots=True)
class Room:
    """A quiet room as the rule sees it: `taken_by` is the ticket that sits in it, empty when it is free."""

    id: int
    name: Words
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """What it is about, what the visitor wishes, and for a complaint how the answer shall reach them."""

    about: str
    matter: str
    wish: str
    against: int | None = None
    name: str = ""
    answer_by: str = ""
    reach: str = ""


def room_of(told: Mapping[str, str], *, today: date, rooms: tuple[Room, ...], has_second: bool) -> tuple[tuple[int | None, str], list[Missing]]:
    """The quiet room that was chosen (free), and why nobody was called where nobody was; else all that is missing."""
    read = Reader(told, today)
    chosen = read.raw("room")
    room = next((r for r in rooms if str(r.id) == chosen), None)
    if room is None:
        read.fault("room", Words("还没有选安静的地方", "The quiet place was not chosen"),
                   do=Words("没有空的，记为不适用并写明。", "If none is free, mark the step as not applicable and say why."))
    elif room.taken_by:
        read.fault("room", Words(f"{room.name.zh}里有客户（{room.taken_by}）", f"{room.name.en} is taken ({room.taken_by})"),
                   do=Words("请选空的一间。", "Choose one that is free."))
    alone = ""
    if not has_second:
        alone = read.choice("alone", ALONE, missing=Words("还没有叫第二位同事", "No second colleague was called"))
    return (room.id if room else None, alone), read.faults


def heard_of(told: Mapping[str, str], *, today: date) -> tuple[str, list[Missing]]:
    """The visitor's own words, read back to them."""
    read = Reader(told, today)
    words = read.text("words", Words("客户的原话", "Their own words"), most=WORDS_CHARACTERS_MAX,
                      missing=Words("还没有记下客户的原话", "The visitor's own words were not noted"))
    read.ticked("read_back", Words("还没有念给客户听", "They were not read back to the visitor"))
    return words, read.faults


def point_of(told: Mapping[str, str], *, today: date, is_complaint: bool, colleagues: frozenset[int]) -> tuple[Point, list[Missing]]:
    """What it is about and what the visitor wishes; a complaint also says how the answer shall reach them."""
    read = Reader(told, today)
    about = read.choice("about", MATTERS, missing=Words("还没有选是哪一类事", "What it is about was not chosen"))
    matter = read.text("matter", Words("要紧的事", "The point"), most=LINE_CHARACTERS_MAX, missing=Words("还没有写要紧的是什么", "The point of the matter is missing"))
    wish = read.text("wish", Words("客户想要什么", "The wish"), most=LINE_CHARACTERS_MAX, missing=Words("还没有写客户想要什么", "What the visitor wishes is missing"))
    against = _colleague(read, colleagues)
    if not is_complaint:
        return Point(about, matter, wish, against), read.faults
    name = read.text("name", Words("姓名", "Name"), most=60, missing=Words("还没有写投诉人怎么称呼", "The name for the complaint is missing"))
    answer_by = read.choice("answer_by", ANSWER_BY, missing=Words("还没有问怎样把答复告诉客户", "How the answer shall reach them was not asked"))
    missing = None if answer_by == "counter" else Words("还没有写电话或地址", "The phone number or address is missing")
    reach = read.text("reach", Words("电话或地址", "Phone or address"), most=LINE_CHARACTERS_MAX, missing=missing)
    return Point(about, matter, wish, against, name, answer_by, reach), read.faults


def _colleague(read: Reader, colleagues: frozenset[int]) -> int | None:
    raw = read.raw("against")
    if not raw:
        return None
    if raw.isascii() and raw.isdigit() and len(raw) < 10 and int(raw) in colleagues:
        return int(raw)
    read.fault("against", Words("没有这位同事", "There is no such colleague"))
    return None


def apology_of(told: Mapping[str, str], *, today: date, matter: str) -> tuple[str, list[Missing]]:
    """The apology as it was said; it must name the matter, so a bare formula is not enough."""
    read = Reader(told, today)
    said = read.text("apology", Words("道歉的话", "The apology"), most=LINE_CHARACTERS_MAX, missing=Words("还没有写怎样道的歉", "How the apology was put is missing"))
    if said and not names_a_matter(said):
        read.fault("apology", Words(f"“{said[:20]}”没有说为哪件事", f"“{said[:40]}” does not say for what"),
                   why=Words("对准那件事的道歉才是道歉。", "Only an apology for the matter is one."),
                   do=Words(f"请带上要紧的事：{matter}" if matter else "请带上要紧的事。", f"Name the matter: {matter}" if matter else "Name the matter."))
    return said, read.faults


_BARE = ("对不起", "很抱歉", "抱歉", "不好意思", "非常", "真的", "实在", "we are", "i am", "i’m", "i'm", "very", "so", "really", "sorry", "apologise", "apologize", "we", "i")


def names_a_matter(said: str) -> bool:
    """Whether more is said than the bare formula: at least four characters besides it."""
    rest = said.lower()
    for word in _BARE:
        rest = rest.replace(word, " ") if not word.isascii() else " ".join(w for w in rest.split() if w.strip(".,!") not in word.split())
    return len("".join(c for c in rest if c.isalnum())) >= 4


def solution_of(told: Mapping[str, str], *, today: date, has_supervisor: bool) -> tuple[tuple[tuple[str, ...], str], list[Missing]]:
    """What was offered, from the list; what needs the supervisor only when one has come."""
    read = Reader(told, today)
    chosen = tuple(offer for offer in OFFERS if read.raw(f"offer_{offer}"))
    note = read.text("agreed", Words("说好的事", "What was agreed"), most=LINE_CHARACTERS_MAX, missing=Words("还没有写说好了什么", "What was agreed is missing"))
    if not chosen:
        read.fault("offers", Words("还没有选能办的事", "Nothing was chosen that can be done"),
                   do=Words("今天确实办不了的，记为不适用并写明。", "If nothing can be done today, mark the step as not applicable and say why."))
    for offer in chosen:
        if OFFERS[offer].is_for_supervisor and not has_supervisor:
            read.fault(f"offer_{offer}", Words(f"“{OFFERS[offer].name.zh}”要主管在场同意", f"“{OFFERS[offer].name.en}” needs the supervisor, here and agreeing"),
                       do=Words("先叫主管，主管应了再选。", "Call the supervisor first; choose it once they have come."))
    return (chosen, note), read.faults


def follow_up_of(told: Mapping[str, str], *, today: date, colleagues: frozenset[int]) -> tuple[tuple[str, int, date] | None, list[Missing]]:
    """What the visitor will hear, from whom and by which day."""
    read = Reader(told, today)
    what = read.text("answer", Words("回什么音", "What they will hear"), most=150, missing=Words("还没有写给客户回什么音", "What the visitor will hear is missing"))
    who = who_by(read, "answer", colleagues=colleagues, label=Words("回音", "the answer"),
                 nobody=Words("还没有写由谁给回音", "Nobody is named yet who answers"))
    return ((what, *who) if who and not read.faults else None), read.faults


def step_may_not_apply(step: str, *, reason: str, is_complaint: bool) -> list[Missing]:
    """A step does not apply only for a reason from its own list."""
    reasons = reasons_for_step(step, is_complaint=is_complaint)
    if any(r.id == reason for r in reasons):
        return []
    if not reasons:
        return [Missing(Words("投诉的这一步没有可以跳过的情形", "There is no case in which a complaint passes over this step"),
                        do=Words("请照常办完。", "Complete it as usual."), field="reason")]
    return [Missing(Words("还没有选这一步为什么不适用", "The reason why this step does not apply was not chosen"),
                    why=Words("理由会记在卷宗里。", "The reason stands in the file."), field="reason")]
