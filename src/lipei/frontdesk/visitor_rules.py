"""What the visitor's own screen may show and ask at each station, what a signature may hold, and how a text is told from another. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import faults_of_text
from lipei.frontdesk.teach_back import POINTS as TAUGHT
from lipei.terms.words import Words

STROKES_CHARACTERS_MAX = 60_000
STROKES_MIN, POINTS_MIN = 1, 8
NAME_CHARACTERS_MAX = 60
PAD_WIDTH, PAD_HEIGHT = 640, 200
_STROKE = re.compile(r"M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})*")

ANSWERS: dict[str, Words] = {"right": Words("没错", "Right"), "not_right": Words("有不对的地方", "Something is not right")}


@dataclass(frozen=True, slots=True)
class Point:
    """What the visitor is asked to say at a station: the question, the two buttons, and whether it is signed.

    `parts` are what it is made of, by id: the visitor may mark single ones as not clear.
    """

    id: str
    ask: Words
    right: Words
    not_right: Words
    is_signed: bool = False
    parts: Mapping[str, Words] = field(default_factory=dict)


POINTS: dict[str, Point] = {
    "listening": Point(
        "account", Words("这样记，对吗？", "Is this what you told us?"), Words("对，就是这样", "Yes, this is right"),
        Words("有不对的地方", "Something is not right"),
    ),
    "facts": Point(
        "facts", Words("这些记得对吗？", "Are these right?"), Words("对", "Yes, they are right"), Words("有不对的地方", "Something is not right"),
    ),
    "explanation": Point(
        "understanding", Words("说清楚了吗？", "Was this clear?"), Words("都听明白了", "Yes, all is clear"), Words("还有不明白的", "Something is not clear yet"),
        parts={point.id: point.name for point in TAUGHT},
    ),
    "papers": Point(
        "application", Words("都对，就请签名", "If all of it is right, please sign"), Words("签名，交申请", "Sign and hand in"),
        Words("有不对的地方", "Something is not right"), is_signed=True,
    ),
}


PART = "clear_"
"""Before the id of a part, where an answer is to that part alone."""


def parts_to_write(point: Point, unclear: Iterable[str], *, marked: Mapping[str, bool]) -> dict[str, str]:
    """What the visitor now says of single parts, as far as it is new: `not_right` for one marked, `right` for one no longer marked.

    `marked` says of the parts ever marked whether they still are.
    """
    chosen = frozenset(unclear)
    found = {part: "not_right" for part in point.parts if part in chosen and not marked.get(part)}
    return found | {part: "right" for part in point.parts if part not in chosen and marked.get(part)}


def digest_of(shown: object) -> str:
    """The SHA-256 of what stands on the screen, in whichever language it is read: the same content is always the same digest."""
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def account_shown(text: str) -> object:
    """What the visitor confirms of the account: every word of it, spaces at the ends left out."""
    return {"account": "\n".join(text.strip().splitlines())}


def facts_shown(told: Mapping[str, str]) -> object:
    """What the visitor confirms of the facts: each answer as typed, and what is not known yet."""
    return {"facts": _without_empty({name: value for name, value in told.items() if "__" not in name or name.endswith("__unknown")}, leave_out=("note",))}


def application_shown(account: str, facts: Mapping[str, str], told: Mapping[str, str]) -> object:
    """What the visitor signs: the account, the facts on file, and every paper and item typed at the papers station."""
    handed = {name: value for name, value in told.items() if name.startswith(("paper_", "other_", "item_"))}
    return {"account": account_shown(account), "facts": _without_empty(facts), "handed": _without_empty(handed)}


def _without_empty(told: Mapping[str, str], *, leave_out: tuple[str, ...] = ()) -> dict[str, str]:
    return {name: value.strip() for name, value in told.items() if value.strip() and name not in leave_out}


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it is kept: drawn with the finger or typed, as a picture of our own making."""

    how: str
    picture: bytes


def signature_of(strokes: str, name: str) -> tuple[Signature | None, list[Missing]]:
    """The signature drawn (`M10 20L11 22…`, whole pixels of the pad) or typed; else what is missing. Nothing of the page goes into the picture."""
    drawn = strokes.strip()
    if drawn:
        return _drawn(drawn)
    faults = faults_of_text(name.strip(), label=Words("姓名", "The name"), name="signed_name", most=NAME_CHARACTERS_MAX)
    if not name.strip():
        faults.append(Missing(
            Words("还没有签名", "There is no signature yet"),
            do=Words("请用手指签，或写下姓名；也可以签在纸上。", "Sign with your finger or write your name; you may also sign on paper."), field="signed_name",
        ))
    if faults:
        return None, faults
    written = name.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Signature("typed", _picture(f'<text x="24" y="120" font-size="56">{written}</text>')), []


def _drawn(drawn: str) -> tuple[Signature | None, list[Missing]]:
    strokes = _STROKE.findall(drawn) if len(drawn) <= STROKES_CHARACTERS_MAX else []
    is_whole = "".join(strokes) == drawn
    if not is_whole or len(strokes) < STROKES_MIN or drawn.count("L") < POINTS_MIN:
        return None, [Missing(
            Words("签名看不清", "The signature cannot be read"),
            do=Words("请擦掉再签一次；也可以写下姓名，或签在纸上。", "Clear it and sign once more; you may also write your name, or sign on paper."), field="strokes",
        )]
    return Signature("finger", _picture(f'<path d="{drawn}" fill="none" stroke="#1a2226" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>')), []


def _picture(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAD_WIDTH} {PAD_HEIGHT}">{inside}</svg>'.encode()
