"""Commands of verification: check at the counter, show the first view, estimate, conclude on every coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from lipei.calculation import CannotCalculate, facts_of
from lipei.claimfile import moving
from lipei.claimfile.answers import SOURCES, current_texts
from lipei.claimfile.commands import name_claim, record_fact
from lipei.claimfile.diary import law_line
from lipei.claimfile.models import Claim, Exposure
from lipei.coverage import queries, rules
from lipei.coverage.events import CoverageChecked, CoverageRevised, CoverageVerified, ExposuresEstimated, FirstViewShown
from lipei.coverage.gathering import NO_POLICY, Gathered, Unknown, gather, loss_day
from lipei.coverage.models import CoverageCheck, FirstView
from lipei.coverage.queries import CheckView, ExposureView, FirstViewView
from lipei.coverage.reading import middle, view_sentence
from lipei.coverage.rules import Conclusion
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.policies.commands import take_snapshot
from lipei.policies.queries import edition_of_policy
from lipei.terms.edition import Edition
from lipei.terms.fact_values import fact_written, out_of_range, value_shown
from lipei.terms.words import Words

REVISABLE = ("collecting", "assessing", "calculating")
STAYS = {
    "accident": Words("意外受伤住院", "Hospital stay after an accident"),
    "illness": Words("疾病住院", "Hospital stay for an illness"),
}
CANNOT_SHOW = Words("还不能说初步看法", "The first view cannot be given yet")


@command("coverage.check")
def check_at_counter(number: str, *, by: Actor, why: str = "", at: datetime = NOW) -> CheckView:
    """Look at policy, person, premium, terms and exclusions, and keep every verdict; what is not known stays open."""
    claim = moving.locked_claim(number, by=by)
    found = gather(claim, at=at)
    counts = {state: sum(v.passed == state for v in found.verdicts) for state in ("yes", "no", "open")}
    entry = record(CoverageChecked(number=number, **counts), file_id=claim.file_id)
    CoverageCheck.objects.create(
        claim=claim, verdicts=[v.as_dict() for v in found.verdicts], is_covered=found.is_covered, at=at, entry_id=entry
    )
    moving.reach(claim, "counter_checked", entry=entry)
    return CheckView(found.verdicts, found.is_covered, at)


@command("coverage.view")
def show_first_view(
    number: str, *, by: Actor, charges: tuple[int, int] | None = None, subject: Words | None = None, why: str = "",
    at: datetime = NOW,
) -> FirstViewView:
    """Show what may be covered and roughly how much (fen), and name the claim from its facts. Never a promise.

    Refused, listing all of them, while questions of the first view are neither answered nor left open with a person.
    """
    claim = moving.locked_claim(number, by=by)
    refuse_if(_charges_faults(charges), CANNOT_SHOW)
    found = gather(claim, at=at, charges=charges)
    refuse_if(_not_asked(found, number=number), CANNOT_SHOW)
    _name(claim, found, subject=subject, by=by, at=at)
    low = sum(c.low for c in found.coverages)
    high = sum(c.high for c in found.coverages)
    sentence = view_sentence(found.coverages, low=low, high=high, is_open_ended=found.is_open_ended)
    entry = record(FirstViewShown(number=number, low=low, high=high, is_open_ended=found.is_open_ended), file_id=claim.file_id)
    content = {
        "coverages": [c.as_dict() for c in found.coverages],
        "unknown": [_kept(found, u) for u in sorted(found.unknown, key=lambda u: -(found.moved_by(u) or 0))],
        "sentence": sentence.as_dict(), "is_open_ended": found.is_open_ended,
        "edition": found.edition.code if found.edition is not None else "",
    }
    kept = FirstView.objects.create(claim=claim, low=low, high=high, content=content, at=at, entry_id=entry)
    moving.reach(claim, "first_view_shown", entry=entry)
    return queries.first_view_of(kept)


def _kept(found: Gathered, unknown: Unknown) -> dict[str, Any]:
    return {
        "name": unknown.name, "label": unknown.label.as_dict(), "between": unknown.between.as_dict(), "moves": found.moved_by(unknown),
        "paper": unknown.paper.as_dict() if unknown.paper is not None else None,
    }


def _charges_faults(charges: tuple[int, int] | None) -> list[Missing]:
    if charges is None or 0 < charges[0] <= charges[1]:
        return []
    what = Words("费用要大于零，并且从少到多", "the cost must be above zero, the lower amount first")
    return [Missing(what, do=Words("请写成 40,000.00 到 70,000.00。", "Write it like 40,000.00 to 70,000.00."), field="charges")]


def _not_asked(found: Gathered, *, number: str) -> list[Missing]:
    where = ("visit_facts", (number,))
    if found.edition is None:
        verdict = found.verdicts[0]
        return [Missing(verdict.reason, why=verdict.label)]
    missing = [
        Missing(Words(f"还没有问：{spec.label.zh}", f"not asked yet: {spec.label.en}"), why=spec.question, where=where)
        for name, spec in found.edition.document.facts.items()
        if spec.required_at == "first_view" and name not in found.answers.known and name not in found.answers.unknown
    ]
    if missing or found.seen is not None:
        return missing
    return [
        Missing(Words(f"{n.label.zh}{n.what.zh}", f"{n.label.en} {n.what.en}"), why=n.question, where=where) for n in found.needs
    ]


def _name(claim: Claim, found: Gathered, *, subject: Words | None, by: Actor, at: datetime) -> None:
    """Set what the claim is about; the day of the loss with its hour where it was told."""
    edition = found.edition
    if edition is None:
        return
    known = found.answers.known.get("cause")
    cause = str(known.value) if known is not None else ""
    name_claim(
        claim.number, subject=subject or _subject(edition, found, cause=cause), cause=cause, loss_at=_loss_at(found, edition),
        line=law_line(edition), product_code=edition.document.product, currency=edition.document.currency, by=by, at=at,
    )
    claim.refresh_from_db()


def _subject(edition: Edition, found: Gathered, *, cause: str) -> Words:
    diagnosis = found.answers.text("diagnosis").strip()[:20]
    if edition.document.line != "medical":
        return edition.title
    if diagnosis:
        return Words(f"{diagnosis}住院", f"Hospital stay: {diagnosis}")
    return STAYS.get(cause) or Words("住院", "Hospital stay")


def _loss_at(found: Gathered, edition: Edition) -> datetime | None:
    """The day of the loss with its hour where told; products without onset or injury name the day their trigger looks at."""
    day = found.answers.day("happened_on") or loss_day(edition, found.answers)
    if day is None:
        return None
    try:
        hour = time.fromisoformat(found.answers.text("happened_time") or "00:00")
    except ValueError:
        hour = time(0, 0)
    return datetime.combine(day, hour, tzinfo=timezone.get_current_timezone())


@command("fact.record")
def record_answers(
    number: str, *, answers: Mapping[str, str], source: str, said_by: str, by: Actor, why: str = "", at: datetime = NOW
) -> int:
    """Write down answers to questions of the terms, as texts by name, from one source; returns how many are new.

    Refused with every answer that cannot be read, and without the paper or person they come from.
    """
    claim = moving.locked_claim(number, by=by)
    edition = edition_of_policy(claim.policy) if claim.policy is not None else None
    cannot = Words("这些事实还不能记下", "These facts cannot be written down yet")
    if edition is None:
        raise Refused("missing", cannot, why=NO_POLICY)
    faults: list[Missing] = []
    values: dict[str, Any] = {}
    try:
        values = facts_of(edition, answers)
    except CannotCalculate as fault:
        faults += [Missing(Words(f"{n.label.zh}{n.what.zh}", f"{n.label.en} {n.what.en}"), field=f"fact_{n.name}") for n in fault.needs]
    faults += _out_of_range(edition, values, today=timezone.localtime(at).date())
    if source not in SOURCES or not said_by.strip():
        faults.append(Missing(Words("还没有写从哪里知道的", "Where this is known from is missing"),
                              why=Words("每件事实都要写明出自哪份单证或谁。", "Every fact names the paper or person it comes from."), field="said_by"))
    refuse_if(faults, cannot)
    current = current_texts(claim)
    new = {name: value for name, value in values.items() if current.get(name) != fact_written(edition.document.facts[name], value)}
    for name, value in new.items():
        spec = edition.document.facts[name]
        record_fact(number, name=name, label=spec.label, value=fact_written(spec, value), shown=value_shown(spec.kind, value, spec.choices).zh,
                    source=source, said_by=said_by.strip()[:120], by=by, at=at)
    return len(new)


def _out_of_range(edition: Edition, values: Mapping[str, Any], *, today: date) -> list[Missing]:
    faults = []
    for name, value in values.items():
        spec = edition.document.facts[name]
        wrong = out_of_range(spec, value)
        if isinstance(value, date) and value > today:
            wrong = Words(f"：{value} 还没有到", f"– {value} is still to come")
        if wrong is not None:
            faults.append(Missing(Words(f"{spec.label.zh}{wrong.zh}", f"{spec.label.en} {wrong.en}"), field=f"fact_{name}"))
    return faults


@command("coverage.estimate")
def estimate_exposures(
    number: str, *, by: Actor, charges: tuple[int, int] | None = None, why: str = "", at: datetime = NOW
) -> tuple[ExposureView, ...]:
    """A first estimate (fen) for every coverage: the middle between least and most on what is asked or told.

    Refused while nothing says what the loss costs. Done again, the estimates are set anew until cover is verified.
    """
    claim = moving.locked_claim(number, by=by)
    cannot = Words("还不能估第一笔金额", "No first estimate is possible yet")
    refuse_if(_charges_faults(charges), cannot)
    if claim.snapshot_id is not None:
        raise Refused("conflict", Words("核责以后不再改第一笔估计。", "The first estimate is not changed after verification."),
                      missing=(Missing(Words("看案件现在的下一步", "See the claim's next step"), where=("claim", (number,))),))
    found = gather(claim, at=at, charges=charges)
    faults = _not_asked(found, number=number)
    if found.is_open_ended:
        faults.append(Missing(
            Words("还不知道客户要求多少", "it is not known yet what is claimed"),
            why=Words("把账单上的项目写下来，估计从这里来。", "Write down the items of the bill; the estimate comes from them."),
            where=("claim_papers", (number,)),
        ))
    refuse_if(faults, cannot)
    for view in found.coverages:
        Exposure.objects.update_or_create(
            claim=claim, coverage=view.id,
            defaults={"estimate_low": view.low, "estimate_high": view.high, "estimate": middle(view.low, view.high)},
        )
    low, high = sum(c.low for c in found.coverages), sum(c.high for c in found.coverages)
    estimate = sum(middle(c.low, c.high) for c in found.coverages)
    entry = record(ExposuresEstimated(number=number, low=low, high=high, estimate=estimate), file_id=claim.file_id)
    moving.reach(claim, "estimated", entry=entry)
    return queries.exposure_views(claim, found.edition)


@command("coverage.verify")
def verify_coverage(
    number: str, *, conclusions: tuple[Conclusion, ...], by: Actor, why: str = "", at: datetime = NOW
) -> None:
    """Conclude on every coverage, freeze the policy with its edition, and go on to the papers.

    Against the claimant nothing is concluded without reason, clause and a fact on file, nor with a clause that was never
    explained (art. 17), nor against what the terms say. At a later stage the same call revises the conclusions; the same again changes nothing.
    """
    claim = moving.locked_claim(number, by=by)
    is_revision = claim.stage in REVISABLE
    if not is_revision:
        moving.step_of(claim, "coverage.verify", name=Words("完成核责", "Complete verification"))
    found = gather(claim, at=at)
    faults = [*_not_asked(found, number=number), *_conclusion_faults(claim, found, conclusions)]
    if faults:
        n = len(faults)
        raise Refused("missing", Words(f"还不能完成核责，缺 {n} 项", f"Cannot complete verification yet: {n} missing"),
                      why=Words("您填的都在，没有丢。补完就能继续。", "Nothing you entered is lost. Complete these and go on."), missing=tuple(faults))
    is_new = _conclude(claim, conclusions)
    if is_revision and not is_new:
        return
    covered = [c.coverage for c in conclusions if c.is_covered]
    refused = [c.coverage for c in conclusions if not c.is_covered]
    if is_revision:
        record(CoverageRevised(number=number, covered=covered, not_covered=refused), file_id=claim.file_id)
        moving.withdraw(claim, "calculated", "review_passed", "decided")
        return
    _freeze(claim, found)
    edition = found.edition.code if found.edition is not None else ""
    entry = record(CoverageVerified(number=number, edition=edition, covered=covered, not_covered=refused), file_id=claim.file_id)
    moving.reach(claim, "coverage_verified", entry=entry)
    moving.advance(claim, "coverage.verify")


def _conclusion_faults(claim: Claim, found: Gathered, conclusions: tuple[Conclusion, ...]) -> list[Missing]:
    if found.edition is None or found.seen is None:
        return []
    explained = all(v.passed == "yes" for v in found.verdicts if v.code == "explained")
    document = found.edition.document
    on_file = frozenset(found.answers.known) | queries.POLICY_FACTS | document.policy.keys() | document.values.keys()
    return rules.conclusion_faults(
        conclusions, readings=queries.readings_of(found), clauses=frozenset(found.edition.clauses),
        known=on_file, explained=explained,
        limits=queries.limiting_clauses(found.edition), where=("claim_coverage", (claim.number,)),
    )


def _conclude(claim: Claim, conclusions: tuple[Conclusion, ...]) -> bool:
    """Write the conclusions; returns whether any of them is another than before."""
    is_new = False
    rows = {e.coverage: e for e in Exposure.objects.select_for_update().filter(claim=claim)}
    for conclusion in conclusions:
        exposure = rows.get(conclusion.coverage)
        if exposure is None:
            continue
        before = (exposure.conclusion, exposure.conclusion_why)
        exposure.conclusion = "covered" if conclusion.is_covered else "not_covered"
        exposure.conclusion_why = "" if conclusion.is_covered else f"{conclusion.clause}\n{conclusion.reason.strip()}"
        if (exposure.conclusion, exposure.conclusion_why) != before:
            exposure.save(update_fields=["conclusion", "conclusion_why"])
            is_new = True
    return is_new


def _freeze(claim: Claim, found: Gathered) -> None:
    """Take the snapshot the claim is judged by from now on."""
    if claim.snapshot_id is not None or claim.policy is None or claim.insured is None or found.edition is None:
        return
    loss_on: date = loss_day(found.edition, found.answers) or timezone.localtime(claim.reported_at).date()
    claim.snapshot = take_snapshot(claim.policy, claim.insured, loss_on=loss_on, edition=found.edition.document.edition)
    claim.save(update_fields=["snapshot"])


