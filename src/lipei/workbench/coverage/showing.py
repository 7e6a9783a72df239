"""Turns what verification knows into the context of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse

from lipei.claimfile.answers import SOURCES
from lipei.claimfile.words import source_in_words
from lipei.coverage.queries import ExposureView, QuestionView, RegistrationView, VerificationView
from lipei.coverage.reading import CoverageView
from lipei.coverage.rules import Conclusion, Verdict
from lipei.terms.words import Words

STATE = {"yes": "yes", "no": "no", "open": "warn"}
KIND = {"yes": "done", "no": "late", "open": "soon"}
NOT_ASKED = Words("没有要求", "Not claimed")
WORD = {"yes": Words("属于", "Answers"), "no": Words("不属于", "Does not answer"), "open": Words("待查", "Open")}
GROUPS = (
    (Words("合同与人", "Contract and person"), ("policy", "edition", "in_force", "insured_person", "premium", "explained", "disclosure")),
    (Words("条款的条件", "Conditions of the terms"), ("trigger", "waiting", "fact")),
    (Words("责任免除，逐条试过", "Exclusions, each one tried"), ("exclusion",)),
)
OPINIONS = ({"value": "yes", "label": Words("在保障内", "Covered")}, {"value": "no", "label": Words("不在保障内", "Not covered")})


def claim_head(number: str, *, name: str, subject: Words) -> dict[str, Any]:
    """The line above the title: who, what, number, and the way back."""
    return {"number": number, "name": name, "matter": subject, "url": place("claim", number)}


def place(name: str, number: str) -> str:
    """The address of a page of this claim; `#` while that page does not exist."""
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return "#"


def verdict_groups(verdicts: tuple[Verdict, ...]) -> list[dict[str, Any]]:
    """The verdicts in their groups, each as a row with reason and source."""
    return [
        {"title": title, "rows": [_row(v) for v in verdicts if v.code in codes]}
        for title, codes in GROUPS
        if any(v.code in codes for v in verdicts)
    ]


def _row(verdict: Verdict) -> dict[str, Any]:
    reason, source = verdict.reason, verdict.source
    return {"state": STATE[verdict.passed], "text": verdict.label, "note": Words(f"{reason.zh}（{source.zh}）", f"{reason.en} ({source.en})")}


def registration(view: RegistrationView, *, duplicates: tuple[Any, ...], why: str) -> dict[str, Any]:
    """The registration page: what is there, what is missing and where, the first estimate, probable duplicates."""
    return {
        "claim": claim_head(view.number, name=view.insured_name, subject=view.subject),
        "checks": [_milestone(kind, is_there, number=view.number) for kind, is_there in view.checks],
        "coverages": [_estimate(c) for c in view.coverages], "is_open_ended": view.is_open_ended,
        "low": sum(c.low for c in view.coverages), "high": sum(c.high for c in view.coverages),
        "duplicates": [{"found": d, "url": place("claim", d.number)} for d in duplicates], "why": why,
        "is_reported": view.stage == "reported",
    }


def _milestone(kind: Any, is_there: bool, *, number: str) -> dict[str, Any]:
    if is_there:
        return {"state": "yes", "text": kind.reached}
    return {"state": "no", "text": kind.missing, "note": kind.why, "url": place(kind.place, number)}


def _estimate(view: CoverageView) -> dict[str, Any]:
    word, kind = (WORD[view.answers], KIND[view.answers]) if view.is_asked else (NOT_ASKED, "")
    return {"label": view.label, "low": view.low, "high": view.high, "word": word, "kind": kind, "reason": view.reason}


def exposures(view: VerificationView, *, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each coverage with its estimate, what the terms say, and the conclusion as typed, kept or proposed."""
    said = {c.id: c for c in view.coverages}
    proposed = {c.coverage: c for c in view.proposed}
    return [_exposure(e, said.get(e.coverage), proposed.get(e.coverage), typed=typed) for e in view.exposures]


def _exposure(row: ExposureView, said: CoverageView | None, proposed: Conclusion | None, *, typed: Mapping[str, str]) -> dict[str, Any]:
    name = row.coverage
    against = proposed is not None and not proposed.is_covered
    opinion = {"covered": "yes", "not_covered": "no"}.get(row.conclusion, "no" if against else "yes")
    clause = row.clause or (proposed.clause if proposed is not None else "")
    is_open = against or typed.get(f"covered_{name}") == "no" or row.conclusion == "not_covered"
    return {
        "id": name, "label": row.label, "estimate": row.estimate, "low": row.low, "high": row.high,
        "word": _word(said), "kind": KIND[said.answers] if said is not None and said.is_asked else "",
        "reason": said.reason if said is not None and said.is_asked else None, "conclusion": row.conclusion,
        "opinion": typed.get(f"covered_{name}", opinion), "why": typed.get(f"reason_{name}", row.why or (proposed.reason if proposed is not None else "")),
        "clause": typed.get(f"clause_{name}", clause), "is_open": is_open and (said is None or said.is_asked),
    }


def _word(said: CoverageView | None) -> Words | None:
    if said is None:
        return None
    return WORD[said.answers] if said.is_asked else said.reason


def conclusions(view: VerificationView, typed: Mapping[str, str]) -> tuple[Conclusion, ...]:
    """What the handler concluded in the form; the facts are those on which the terms stop."""
    facts = {c.coverage: c.facts for c in view.proposed}
    found = []
    for row in view.exposures:
        opinion = typed.get(f"covered_{row.coverage}", "")
        if opinion == "yes":
            found.append(Conclusion(row.coverage, True))
        elif opinion == "no":
            reason, clause = typed.get(f"reason_{row.coverage}", ""), typed.get(f"clause_{row.coverage}", "")
            found.append(Conclusion(row.coverage, False, reason, clause, facts.get(row.coverage, ())))
    return tuple(found)


def clause_options(view: VerificationView) -> list[dict[str, Any]]:
    """Every clause of the edition, to be chosen as the ground of a conclusion."""
    first: list[dict[str, Any]] = [{"value": "", "label": Words("请选一条", "Choose a clause")}]
    return first + [
        {"value": number, "label": Words(f"{label.zh}　{text.zh[:24]}", f"{label.en} {text.en[:48]}")} for number, label, text in view.clauses
    ]


def questions(rows: tuple[QuestionView, ...], *, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The questions of the terms as fields, those that decide the amount first."""
    shown = [_question(q, typed=typed) for q in rows]
    groups = (
        (Words("住院与费用", "Stay and costs"), [q for q in shown if not q["has_default"]]),
        (Words("平常不用问的：责任免除和例外", "Asked only when there is a sign: exclusions and exceptions"), [q for q in shown if q["has_default"]]),
    )
    return [{"title": title, "rows": found} for title, found in groups if found]


def _question(row: QuestionView, *, typed: Mapping[str, str]) -> dict[str, Any]:
    source = source_in_words(row.said_by) if row.said_by else SOURCES.get(row.source, "")
    options = [{"value": "", "label": Words("没有记下", "Not on file")}, *({"value": v, "label": w} for v, w in row.options)]
    return {
        "name": f"fact_{row.name}", "label": row.label, "ask": row.question, "kind": "select" if row.options else row.kind,
        "options": options, "value": typed.get(f"fact_{row.name}", row.value), "source": source, "is_open": row.is_open,
        "has_default": row.has_default, "shown": row.shown, "decides_cover": row.decides_cover,
    }


def source_options() -> list[dict[str, Any]]:
    """Where an answer may come from."""
    return [{"value": code, "label": words} for code, words in SOURCES.items()]
