"""单独同意: the texts by which consent to health and account data is asked, what must be asked when, and what a refusal closes. Pure.

Personal Information Protection Law: article 28 (what is sensitive), 29 (separate consent), 30 (necessity and effect told), 31 (children
under 14: the guardian), 15 and 16 (withdrawal; refusing is no reason to refuse what does not need the data).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from lipei.filing.refusal import Missing
from lipei.frontdesk.facts_rules import Asked
from lipei.frontdesk.reading import Reader
from lipei.terms.words import Words

TEXTS = Path(__file__).parent / "consents"
KINDS = ("health", "account")
PURPOSES = frozenset({"new_loss", "bring_papers"})
HOW: dict[str, Words] = {
    "voice": Words("念给客户听，口头答复", "read out, answered by voice"), "paper": Words("签在纸上", "signed on paper"), "screen": Words("在客户屏上签名", "signed on the visitor's screen"),
}
LATER = "later"
GUARDIAN_BELOW = 14
HEALTH_FACTS = frozenset({"hospital", "hospital_level", "admitted_on", "discharged_on", "treated_from", "settled_through_social_insurance"})
HEALTH_PAPERS = frozenset({
    "receipts", "itemised_bill", "discharge_summary", "medical_record", "settlement_sheet", "diagnosis", "pathology_report", "hospital_statement",
    "prescription", "grading", "other_statement",
})


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One kind's text in one edition: what is asked, the points the law wants told, and what follows from each answer."""

    kind: str
    edition: str
    name: Words
    law: Words
    ask: Words
    points: tuple[tuple[Words, Words], ...]
    given: Words
    refused: Words
    if_refused: Words
    if_withdrawn: Words


@functools.cache
def editions() -> dict[str, dict[str, ConsentText]]:
    """Every edition by its date, each with all kinds. Raises `KeyError` for a text that lacks a part or a language."""
    return {path.stem: _edition(path) for path in sorted(TEXTS.glob("*.yaml"))}


def _edition(path: Path) -> dict[str, ConsentText]:
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {kind: _text(kind, path.stem, told[kind]) for kind in KINDS}


def _text(kind: str, edition: str, told: dict[str, Any]) -> ConsentText:
    said = {name: Words(told[name]["zh"], told[name]["en"]) for name in ("name", "law", "ask", "given", "refused", "if_refused", "if_withdrawn")}
    points = tuple((Words(p["label"]["zh"], p["label"]["en"]), Words(p["text"]["zh"], p["text"]["en"])) for p in told["points"])
    return ConsentText(kind=kind, edition=edition, points=points, **said)


def texts_on(day: date) -> dict[str, ConsentText]:
    """The texts in force on a day, by kind: those of the latest edition not after it, else the first."""
    known = editions()
    in_force = [edition for edition in known if date.fromisoformat(edition) <= day]
    return known[in_force[-1] if in_force else min(known)]


def text_of(kind: str, edition: str) -> ConsentText:
    """The text that was asked by."""
    return editions()[edition][kind]


def health_facts(asked: Iterable[Asked]) -> frozenset[str]:
    """The questions that ask for health data: those a hospital answers, and the desk's own about the stay."""
    return frozenset(a.name for a in asked if a.name in HEALTH_FACTS or (a.spec is not None and "hospital" in a.spec.who))


def must_ask(asked: Iterable[Asked], *, purpose: str, answered: frozenset[str]) -> tuple[str, ...]:
    """The kinds that must be asked before anything of the kind is taken: health where the contract asks for it, and the account."""
    if purpose not in PURPOSES:
        return ()
    wanted = {"health": bool(health_facts(asked)), "account": purpose == "new_loss"}
    return tuple(kind for kind in KINDS if wanted[kind] and kind not in answered)


@dataclass(frozen=True, slots=True)
class Answered:
    """One consent as answered: kind, given or refused, and how it was said."""

    kind: str
    is_given: bool
    how: str


def consents_of(
    told: Mapping[str, str], *, needed: tuple[str, ...], on_screen: Mapping[str, str], today: date
) -> tuple[tuple[Answered, ...], list[Missing]]:
    """The consents as answered; what the visitor said on their own screen stands above what the clerk chose."""
    read = Reader(told, today)
    found = [_answered(read, kind, on_screen.get(kind, "")) for kind in needed]
    return (() if read.faults else tuple(a for a in found if a is not None)), read.faults


def _answered(read: Reader, kind: str, said: str) -> Answered | None:
    if said:
        return Answered(kind, said == "given", "screen")
    name = texts_on(read.today)[kind].name
    allowed = frozenset({"given", "refused"} | ({LATER} if kind == "account" else set()))
    answer = read.choice(f"consent_{kind}", allowed, missing=Words(f"还没有问客户是否同意处理{name.zh}", f"The visitor was not asked for consent to {name.en}"))
    if not answer or answer == LATER:
        return None
    how = read.choice(f"consent_{kind}_how", frozenset({"voice", "paper"}),
                      missing=Words(f"{name.zh}：还没有选客户怎么答复的", f"{name.en}: how the visitor answered was not chosen"))
    return Answered(kind, answer == "given", how) if how else None


def must_be_a_guardian(number: str, *, capacity: str, today: date) -> list[Missing]:
    """A child under 14 does not consent alone: the guardian does (article 31). Judged by the birth date in the identity number."""
    born = number[6:14]
    if capacity != "insured" or len(number) != 18 or not born.isdigit():
        return []
    year, month, day = int(born[:4]), int(born[4:6]), int(born[6:])
    if (year + GUARDIAN_BELOW, month, day) <= (today.year, today.month, today.day):
        return []
    return [Missing(
        Words(f"被保险人未满 {GUARDIAN_BELOW} 周岁，要由监护人来办", f"The insured is under {GUARDIAN_BELOW}; a guardian acts for the child"),
        why=Words("儿童的个人信息要监护人同意。", "A child's personal data needs the guardian's consent."),
        do=Words("请监护人一起来，来人选“监护人”。", "Ask the guardian to come along and choose “Guardian”."), field="capacity",
    )]


def may_not_note(asked: Iterable[Asked], told: Mapping[str, str]) -> list[Missing]:
    """Without consent to health data no fact about health is noted; each is left open with somebody who asks again."""
    health = health_facts(asked)
    return [
        Missing(Words(f"客户没有同意处理健康信息，“{a.label.zh}”不能记", f"There is no consent to health data; “{a.label.en}” cannot be noted"),
                do=Words("点“暂不清楚”，写明谁再问。", "Choose “Not known yet” and name who asks again."), field=a.name)
        for a in asked
        if a.name in health and (told.get(a.name) or "").strip() and not (told.get(f"{a.name}__unknown") or "").strip()
    ]


def may_not_take(told: Mapping[str, str], *, kinds: Mapping[str, Words]) -> list[Missing]:
    """Without consent to health data no paper about health is taken in, or only looked at."""
    return [
        Missing(Words(f"客户没有同意处理健康信息，“{label.zh}”不能收", f"There is no consent to health data; “{label.en}” cannot be taken in"),
                do=Words("请当面还给客户；想好了随时可以同意，再交来。", "Hand it back; the visitor may agree at any time and bring it then."), field=f"paper_{kind}_form")
        for kind, label in kinds.items()
        if kind in HEALTH_PAPERS and (told.get(f"paper_{kind}_form") or "").strip()
    ]
