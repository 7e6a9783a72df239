"""Steps of our test stories from the papers to the decision: the neighbours' results stand in as the entries they would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from lipei.claimfile.commands import PartyData, take_on_claim
from lipei.claimfile.models import LossItem
from lipei.claimfile.moving import advance, locked_claim, reach
from lipei.claimfile.tests.people import Cast
from lipei.coverage.commands import estimate_exposures, show_first_view, verify_coverage
from lipei.coverage.queries import verification_of
from lipei.coverage.rules import Conclusion
from lipei.coverage.tests.steps import asked, neighbours_did, reported, tell
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.filing.events import Event
from lipei.filing.recording import record
from lipei.intake.commands import register_claim
from lipei.settlement.commands import calculate_claim, record_payee, submit_for_review
from lipei.terms.words import Words, both

CARD = "6222021234567890128"


@dataclass(frozen=True, kw_only=True)
class TestAssessment(Event):
    """The entry that the assessment leaves, as its room writes it."""

    __test__ = False
    KIND: ClassVar[str] = "test_assessment"
    items: list[dict[str, object]]

    def sentence(self) -> Words:
        return both("assessed")


@command("test.move")
def moved(number: str, verb: str, *, by: Actor, at: datetime = NOW) -> None:
    """The claim goes on by a neighbour's verb."""
    claim = locked_claim(number, by=by)
    advance(claim, verb)


@command("test.assess")
def assessed(number: str, *, allowed: Mapping[int, tuple[int, str, str]], by: Actor, at: datetime = NOW) -> None:
    """Every item allowed as asked but for those given: number → (fen, reason, fact)."""
    claim = locked_claim(number, by=by)
    items: list[dict[str, object]] = []
    for row in LossItem.objects.filter(claim=claim).order_by("number"):
        fen, reason, fact = allowed.get(row.number, (row.claimed, "", ""))
        items.append({"number": row.number, "category": row.category, "label": row.label, "days": row.days, "claimed": row.claimed,
                      "allowed": fen, "reason": reason, "fact": fact})
    reach(claim, "loss_assessed", entry=record(TestAssessment(items=items), file_id=claim.file_id))


def to_calculation(
    cast: Cast, *, facts: Mapping[str, str] | None = None, late: Mapping[str, str] | None = None,
    allowed: Mapping[int, tuple[int, str, str]] | None = None,
) -> str:
    """A claim brought to the calculation; `late` facts are learned before verification, refusals follow what the terms say."""
    number = reported(cast, facts=facts)
    show_first_view(number, by=cast.front_desk)
    asked(number, cast)
    estimate_exposures(number, by=cast.front_desk)
    register_claim(number, by=cast.front_desk, why="test story, another loss of the same day")
    take_on_claim(number, by=cast.handler)
    tell(number, late or {}, by=cast.handler)
    proposed = verification_of(number, actor=cast.handler, at=timezone.now()).proposed
    verify_coverage(
        number, by=cast.handler,
        conclusions=tuple(c if c.is_covered else Conclusion(c.coverage, False, "依据档案里的事实，条款不保障。", c.clause, c.facts) for c in proposed),
    )
    neighbours_did(number, "papers_complete", "account_consented", by=system())
    moved(number, "documents.complete", by=system())
    assessed(number, allowed=allowed or {}, by=system())
    moved(number, "assessment.complete", by=system())
    return number


def the_payee(**changes: str) -> PartyData:
    """Fang Yulan's own account."""
    told = {"name": "方玉兰", "bank_name": "示例银行镜湖支行", "bank_account": CARD, "bank_account_name": "方玉兰"}
    return PartyData(role="payee", **{**told, **changes})  # type: ignore[arg-type]


def to_review(cast: Cast, **story: object) -> str:
    """Calculated by the handler, payee checked, submitted."""
    number = to_calculation(cast, **story)  # type: ignore[arg-type]
    view = calculate_claim(number, by=cast.handler)
    if view.owed:
        record_payee(number, data=the_payee(), by=cast.handler)
    submit_for_review(number, by=cast.handler)
    return number
