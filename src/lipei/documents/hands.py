"""Through whose hands a paper goes: a chain without a gap, so that each paper is always in exactly one place. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lipei.filing.refusal import Missing
from lipei.terms.words import Words, both

HANDS_CHARACTERS_MAX = 120
PLACE_CHARACTERS_MAX = 60
ELECTRONIC = Words("电子库", "electronic store")
OURS = frozenset({"kept", "out"})
"""While a paper is ours it can go on; a file and what was returned cannot."""
ON_THE_WAY = "YJ-"
"""How the number of a batch begins, which has the papers until they are accepted."""
AT_COUNTER = Words("柜台", "at the counter")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over. `keeping`: kept (on our shelf), out (ours, in other hands), returned (no longer ours), electronic (a file in the store).

    `branch` is the house that keeps it when that is not the claim's own (None).
    """

    number: int
    from_hands: str
    to_hands: str
    keeping: str
    place: str = ""
    branch: int | None = None


def received_hands(form: str, *, giver: str, taker: str, place: str, is_returned: bool) -> tuple[HandOver, ...]:
    """The first hand-overs of a paper: into our hands, and for one only sighted or returned at once, back again."""
    if form == "electronic":
        return (HandOver(number=1, from_hands=giver, to_hands=taker, keeping="electronic"),)
    first = HandOver(number=1, from_hands=giver, to_hands=taker, keeping="kept", place=place)
    return (first, given_back((first,), to_hands=giver)) if is_returned or form == "sighted" else (first,)


def moved(chain: tuple[HandOver, ...], *, to_hands: str, place: str) -> HandOver:
    """The next hand-over within the house that has the paper, from the hands it is in; what was out is back on a shelf."""
    return _next(chain, to_hands=to_hands, keeping="kept", place=place, branch=stands_at(chain).branch)


def brought(chain: tuple[HandOver, ...], *, to_hands: str, place: str, branch: int | None) -> HandOver:
    """The next hand-over, onto a shelf of another house of ours."""
    return _next(chain, to_hands=to_hands, keeping="kept", place=place, branch=branch)


def sent_out(chain: tuple[HandOver, ...], *, to_hands: str, place: str) -> HandOver:
    """The next hand-over out of our shelves: to an expert, by post, or on the way to another house. It stays ours."""
    return _next(chain, to_hands=to_hands, keeping="out", place=place, branch=stands_at(chain).branch)


def given_back(chain: tuple[HandOver, ...], *, to_hands: str) -> HandOver:
    """The last hand-over: to the person who signs for it. Afterwards the paper is nobody's of ours."""
    return _next(chain, to_hands=to_hands, keeping="returned", place="", branch=None)


def _next(chain: tuple[HandOver, ...], *, to_hands: str, keeping: str, place: str, branch: int | None) -> HandOver:
    last = stands_at(chain)
    return HandOver(number=last.number + 1, from_hands=last.to_hands, to_hands=to_hands, keeping=keeping, place=place, branch=branch)


def stands_at(chain: tuple[HandOver, ...]) -> HandOver:
    """Where the paper is: its last hand-over. Raises `ValueError` for a paper without any."""
    if not chain:
        raise ValueError("a paper without a hand-over is nowhere")
    return chain[-1]


def is_unbroken(chain: tuple[HandOver, ...]) -> bool:
    """Numbered from 1 without gaps, each from the hands the one before led to, and nothing after a return."""
    return bool(chain) and chain[0].number == 1 and all(
        later.number == earlier.number + 1 and later.from_hands == earlier.to_hands and earlier.keeping in OURS
        for earlier, later in pairwise(chain)
    )


def place_in_words(keeping: str, *, place: str, hands: str) -> Words:
    """Where a paper is, as people read it: the shelf (the counter while it is only looked at), out with whom, returned to whom, the electronic store."""
    if keeping == "electronic":
        return ELECTRONIC
    if keeping == "returned":
        return Words(f"已退还{hands}", f"returned to {hands}")
    if keeping == "out" and hands.startswith(ON_THE_WAY):
        return Words(f"移交途中（{hands} {place}）", f"on its way ({hands} {place})")
    if keeping == "out":
        return Words(f"在外：{hands}（{place}）", f"out: {hands} ({place})")
    return both(place) if place.strip() else AT_COUNTER


def sought_in_words(last: Words) -> Words:
    """Where a paper is that nobody finds: the books' last word on it."""
    return Words(f"没有找到，正在找；账上在{last.zh}", f"not found, being sought; by the books {last.en}")


def must_hold_place(place: str, *, field: str = "place") -> list[Missing]:
    """A kept paper needs the place where it lies, at most `PLACE_CHARACTERS_MAX` characters."""
    if not place.strip():
        return [Missing(Words("没有写放在哪里", "Where it is kept is missing"),
                        do=Words("请写柜号和盒号，例如“3 柜 · 盒 12”。", "Write cabinet and box, such as “cabinet 3, box 12”."), field=field)]
    return _not_longer(place, PLACE_CHARACTERS_MAX, what=Words("存放位置", "The place"), field=field)


def must_hold_hands(name: str, *, what: Words, field: str) -> list[Missing]:
    """A person's name, present and at most `HANDS_CHARACTERS_MAX` characters; `what` says whose."""
    if not name.strip():
        return [Missing(Words(f"没有写{what.zh}", f"{what.en[0].upper()}{what.en[1:]} is missing"), field=field)]
    return _not_longer(name, HANDS_CHARACTERS_MAX, what=Words(what.zh, what.en[0].upper() + what.en[1:]), field=field)


def may_leave(chain: tuple[HandOver, ...]) -> list[Missing]:
    """Only a paper that is ours can be moved or returned: not a file, and not what is with the customer already."""
    last = stands_at(chain)
    if last.keeping == "electronic":
        return [Missing(Words("这是电子件，没有纸可以移交", "This is a file; there is no paper to hand over"),
                        do=Words("需要的人可以直接打开看。", "Whoever needs it can open it."))]
    if last.keeping == "returned":
        return [Missing(Words(f"这份原件已经退还{last.to_hands}", f"This original was returned to {last.to_hands}"),
                        do=Words("客户再交来时，按新收到的登记。", "If it is handed in again, record it as newly received."))]
    return []


def must_hold_move(chain: tuple[HandOver, ...], *, to_hands: str, place: str) -> list[Missing]:
    """Everything that stands in the way of moving a paper within the house."""
    faults = may_leave(chain)
    faults += must_hold_hands(to_hands, what=Words("交给谁", "who receives it"), field="to_hands") + must_hold_place(place)
    last = stands_at(chain)
    if not faults and (last.keeping, last.to_hands, last.place) == ("kept", to_hands.strip(), place.strip()):
        faults.append(Missing(Words(f"它已经在{last.to_hands}手里，放在“{last.place}”", f"It already is with {last.to_hands}, at “{last.place}”"), field="place"))
    return faults


def must_hold_sending(chain: tuple[HandOver, ...], *, to_hands: str, place: str) -> list[Missing]:
    """Everything that stands in the way of sending a paper out: to whom and where to must be named, and it must be on our shelf."""
    faults = may_leave(chain) or must_be_on_shelf(chain)
    faults += must_hold_hands(to_hands, what=Words("交给谁", "who receives it"), field="to_hands")
    if not place.strip():
        return [*faults, Missing(Words("没有写送到哪里", "Where it goes to is missing"), field="place")]
    return faults + _not_longer(place, PLACE_CHARACTERS_MAX, what=Words("去处", "The place"), field="place")


def must_be_on_shelf(chain: tuple[HandOver, ...]) -> list[Missing]:
    """What is out already cannot be sent out again before it is back."""
    last = stands_at(chain)
    if last.keeping != "out":
        return []
    return [Missing(Words(f"它已经在外面：{last.to_hands}（{last.place}）", f"It is out already: with {last.to_hands} ({last.place})"),
                    do=Words("拿回来时先记“移交”。", "When it is back, record the hand-over first."))]


def must_hold_return(chain: tuple[HandOver, ...], *, signed_by: str) -> list[Missing]:
    """Everything that stands in the way of giving a paper back: who signs for it must be named."""
    return may_leave(chain) + must_hold_hands(signed_by, what=Words("谁签收", "who signs for it"), field="signed_by")


def _not_longer(text: str, limit: int, *, what: Words, field: str) -> list[Missing]:
    if len(text) <= limit:
        return []
    return [Missing(Words(f"{what.zh}有 {len(text):,} 个字，最多 {limit} 个", f"{what.en} has {len(text):,} characters; the most is {limit}"), field=field)]
