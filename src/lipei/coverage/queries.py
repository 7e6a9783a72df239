"""What doors may ask about cover: the last check, the first view, the exposures, and what is left to verify."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lipei.claimfile.models import Claim, Exposure, Fact
from lipei.claimfile.moving import reached
from lipei.claimfile.stages import MILESTONES, MilestoneKind, step_for
from lipei.claimfile.visibility import claims_visible_to
from lipei.coverage.gathering import Gathered, gather
from lipei.coverage.models import CoverageCheck, FirstView
from lipei.coverage.reading import NOT_ASKED, CoverageView, moves_words, readings
from lipei.coverage.rules import Conclusion, Reading, Verdict, verdict_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.policies.queries import edition_of_policy
from lipei.terms.document import FactSpec
from lipei.terms.edition import Edition, clause_label
from lipei.terms.fact_values import fact_written, value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.words import Words, both

POLICY_FACTS = frozenset({"policy", "premium", "insured"})
DECIDING = {"in_force": "policy", "insured_person": "insured", "premium": "premium"}


@dataclass(frozen=True, slots=True)
class CheckView:
    """One run of the checks; `is_covered` is None while something that decides it is open."""

    verdicts: tuple[Verdict, ...]
    is_covered: bool | None
    at: datetime


@dataclass(frozen=True, slots=True)
class UnknownView:
    """Something not known, between what it was tried, and what it alone does to the amount, where that can be said."""

    name: str
    label: Words
    between: Words
    moves: Words | None


@dataclass(frozen=True, slots=True)
class FirstViewView:
    """The first view as it was shown (fen)."""

    low: int
    high: int
    coverages: tuple[CoverageView, ...]
    unknown: tuple[UnknownView, ...]
    sentence: Words
    is_open_ended: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ExposureView:
    """A coverage the claim may touch: first estimate from–to (fen) and the handler's conclusion with its clause and reason."""

    coverage: str
    label: Words
    low: int
    high: int
    estimate: int
    conclusion: str
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of fact behind the exclusions: what is on file, and from where."""

    name: str
    label: Words
    question: Words
    kind: str
    options: tuple[tuple[str, Words], ...]
    value: str
    source: str
    said_by: str
    is_open: bool
    has_default: bool
    decides_cover: bool
    shown: Words | None


@dataclass(frozen=True, slots=True)
class VerificationView:
    """All that a handler looks at to verify cover, now."""

    number: str
    stage: str
    insured_name: str
    subject: Words
    policy_number: str
    edition: str
    edition_title: Words
    verdicts: tuple[Verdict, ...]
    is_covered: bool | None
    coverages: tuple[CoverageView, ...]
    exposures: tuple[ExposureView, ...]
    proposed: tuple[Conclusion, ...]
    questions: tuple[QuestionView, ...]
    clauses: tuple[tuple[str, Words, Words], ...]
    explained: bool
    unknown: tuple[UnknownView, ...]


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """What registration needs and what is there: milestones with their place, and the coverages as they can be seen now."""

    number: str
    stage: str
    insured_name: str
    subject: Words
    checks: tuple[tuple[MilestoneKind, bool], ...]
    coverages: tuple[CoverageView, ...]
    is_open_ended: bool


def _claim(number: str, *, actor: Actor) -> Claim:
    claim = claims_visible_to(actor).select_related("policy", "insured", "snapshot").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return claim


def last_check(number: str, *, actor: Actor) -> CheckView | None:
    """The latest check as it was kept."""
    row = CoverageCheck.objects.filter(claim=_claim(number, actor=actor)).order_by("-id").first()
    return CheckView(tuple(verdict_of(v) for v in row.verdicts), row.is_covered, row.at) if row else None


def last_first_view(number: str, *, actor: Actor) -> FirstViewView | None:
    """The latest first view as it was shown."""
    row = FirstView.objects.filter(claim__in=claims_visible_to(actor), claim__number=number).order_by("-id").first()
    if row is None:
        _claim(number, actor=actor)  # refused when it is not there, or not this actor's to see
    return first_view_of(row) if row else None


def first_view_of(row: FirstView) -> FirstViewView:
    """A first view from its row."""
    content: Mapping[str, Any] = row.content
    coverages = tuple(
        CoverageView(c["id"], Words(**c["label"]), c["answers"], c["low"], c["high"], Words(**c["reason"]))
        for c in content["coverages"]
    )
    unknown = tuple(_unknown_kept(one) for one in content["unknown"])
    return FirstViewView(row.low, row.high, coverages, unknown, Words(**content["sentence"]), content["is_open_ended"], row.at)


def _unknown_kept(kept: Mapping[str, Any]) -> UnknownView:
    paper = Words(**kept["paper"]) if kept.get("paper") else None
    return UnknownView(kept["name"], Words(**kept["label"]), Words(**kept["between"]), moves_words(kept.get("moves"), paper=paper))


def unknown_views(found: Gathered) -> tuple[UnknownView, ...]:
    """What is not known now, what moves the amount most first."""
    rows = sorted(found.unknown, key=lambda u: -(found.moved_by(u) or 0))
    return tuple(UnknownView(u.name, u.label, u.between, moves_words(found.moved_by(u), paper=u.paper)) for u in rows)


def exposures_of(number: str, *, actor: Actor) -> tuple[ExposureView, ...]:
    """The exposures of a claim with their estimates and conclusions."""
    claim = _claim(number, actor=actor)
    return exposure_views(claim, edition_of_policy(claim.policy) if claim.policy else None)


def exposure_views(claim: Claim, edition: Edition | None) -> tuple[ExposureView, ...]:
    """The exposures in the order of the edition's coverages."""
    labels = {c.id: c.label for c in edition.document.coverages} if edition is not None else {}
    order = {name: n for n, name in enumerate(labels)}
    rows = sorted(Exposure.objects.filter(claim=claim), key=lambda e: (order.get(e.coverage, len(order)), e.pk))
    return tuple(_exposure(row, labels.get(row.coverage) or both(row.coverage)) for row in rows)


def _exposure(row: Exposure, label: Words) -> ExposureView:
    clause, _, why = row.conclusion_why.partition("\n")
    return ExposureView(row.coverage, label, row.estimate_low, row.estimate_high, row.estimate, row.conclusion, clause, why)


def readings_of(found: Gathered) -> tuple[Reading, ...]:
    """What the terms say on each coverage; when policy, person or premium fail, no coverage answers."""
    if found.edition is None or found.seen is None:
        return ()
    failed = next((v for v in found.verdicts if v.code in DECIDING and v.passed == "no"), None)
    said = readings(found.edition, found.seen)
    if failed is None:
        return said
    return tuple(
        replace(r, answers="no" if r.answers != "no" else r.answers, facts=r.facts or (DECIDING[failed.code],),
                reason=r.reason if r.answers == "no" else failed.reason)
        for r in said
    )


def limiting_clauses(edition: Edition) -> frozenset[str]:
    """The clauses that free the insurer from liability: the exclusions of the contract and of its coverages."""
    document = edition.document
    return frozenset(e.clause for c in document.coverages for e in document.exclusions_of(c))


def verification_of(number: str, *, actor: Actor, at: datetime) -> VerificationView:
    """Everything the verification page shows, looked at afresh; saves nothing."""
    claim = _claim(number, actor=actor)
    found = gather(claim, at=at)
    edition = found.edition
    clauses = tuple((c, clause_label(c), text) for c, text in edition.clauses.items()) if edition is not None else ()
    return VerificationView(
        number, claim.stage, claim.insured_name, subject_of(claim), claim.policy.number if claim.policy else "",
        edition.document.edition if edition else "", edition.title if edition else both("–"), found.verdicts, found.is_covered,
        found.coverages, exposure_views(claim, edition), tuple(_proposed(r) for r in readings_of(found)),
        _questions(claim, edition) if edition is not None else (), clauses,
        all(v.passed == "yes" for v in found.verdicts if v.code == "explained"), unknown_views(found),
    )


def subject_of(claim: Claim) -> Words:
    """What the claim is about, or its number while that is not known."""
    return Words(claim.subject_zh, claim.subject_en) if claim.subject_zh and claim.subject_en else both(claim.number)


def registration_of(number: str, *, actor: Actor, at: datetime) -> RegistrationView:
    """What the registration page shows; the estimate itself is made when the claim is registered."""
    claim = _claim(number, actor=actor)
    found = gather(claim, at=at)
    have = reached(claim)
    step = step_for("claim.register", "reported")
    needs = tuple(n for n in (step.needs if step is not None else ()) if n != "estimated")
    checks = tuple((MILESTONES[n], n in have) for n in needs)
    return RegistrationView(
        number, claim.stage, claim.insured_name, subject_of(claim), checks, found.coverages, found.is_open_ended
    )


def _proposed(reading: Reading) -> Conclusion:
    """What follows from the terms for the facts on file; the handler confirms it and writes the reason, where anything was claimed."""
    if reading.answers != "no":
        return Conclusion(reading.coverage, True)
    reason = "" if reading.is_asked else f"{NOT_ASKED.zh}。"
    return Conclusion(reading.coverage, False, reason, reading.clause, reading.facts)


def questions_of(number: str, *, actor: Actor) -> tuple[QuestionView, ...]:
    """Every fact the terms ask for, with what is on file and from where; the ones that decide cover are marked."""
    claim = _claim(number, actor=actor)
    edition = edition_of_policy(claim.policy) if claim.policy is not None else None
    return _questions(claim, edition) if edition is not None else ()


def _questions(claim: Claim, edition: Edition) -> tuple[QuestionView, ...]:
    """The facts in the document's order; those of triggers, waiting periods and exclusions decide cover."""
    document = edition.document
    deciding = {n for e in document.exclusions for n in e.when.names}
    for coverage in document.coverages:
        deciding |= {n for e in coverage.exclusions for n in e.when.names} | set(coverage.trigger.when.names)
        if coverage.waiting is not None:
            deciding |= set(coverage.waiting.happened.names)
    rows = {f.name: f for f in Fact.objects.filter(claim=claim, is_current=True)}
    return tuple(_question(name, edition, rows.get(name), decides_cover=name in deciding) for name in document.facts)


def _question(name: str, edition: Edition, row: Fact | None, *, decides_cover: bool) -> QuestionView:
    spec = edition.document.facts[name]
    options: tuple[tuple[str, Words], ...] = ()
    if spec.kind == "boolean":
        options = tuple((fact_written(spec, v), w) for v, w in ((True, Words("是", "Yes")), (False, Words("否", "No"))))
    elif spec.kind == "choice":
        options = tuple(spec.choices.items())
    known = row is not None and row.state == "known"
    return QuestionView(
        name, spec.label, spec.question or spec.label, spec.kind, options, str(row.value) if known and row else "",
        row.source if row else "", row.said_by if row else "", bool(row is not None and row.state == "unknown"),
        spec.default is not None and spec.needed_when is None, decides_cover, _shown(spec, row),
    )


def _shown(spec: FactSpec, row: Fact | None) -> Words | None:
    if row is None or row.state != "known":
        return None
    try:
        return value_shown(spec.kind, value_of_text(spec, str(row.value)), spec.choices)
    except TextFault:
        return both(str(row.value))


