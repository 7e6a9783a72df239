"""Steps of our test stories up to verification: Fang Yulan falls, goes to hospital, and tells the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from lipei.claimfile.commands import PartyData, ask_items, record_fact, record_party, report_claim, request_claim
from lipei.claimfile.models import Claim, Milestone
from lipei.claimfile.moving import locked_claim, reach
from lipei.claimfile.tests.people import Cast, identity_number
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.filing.events import Event
from lipei.filing.recording import record
from lipei.terms.words import Words, both

YUAN = 100


class TestStep(Event):
    """Stands for a neighbour's command: what matters here is only the milestone it leaves."""

    __test__ = False
    KIND = "test_step"

    def sentence(self) -> Words:
        return both("test")


@command("test.step")
def neighbours_did(number: str, *kinds: str, by: Actor, at: datetime = NOW) -> None:
    """Reach milestones that other rooms would reach."""
    claim = locked_claim(number, by=by)
    entry = record(TestStep(), file_id=claim.file_id)
    for kind in kinds:
        reach(claim, kind, entry=entry)


def facts_of_the_fall(year: int) -> dict[str, str]:
    """What is known of the fall: an accident, fourteen days in a tertiary hospital, settled through social insurance."""
    return {
        "cause": "accident", "happened_on": f"{year}-10-24", "admitted_on": f"{year}-10-24", "discharged_on": f"{year}-11-07",
        "hospital_level": "tertiary", "settled_through_social_insurance": "true", "social_paid": "31206.80",
    }


BILL = (
    ("bed", "床位费", 14, 196_000), ("drug_west", "西药费", None, 1_246_030), ("surgery", "手术费", None, 980_000),
    ("implant", "植入材料费", None, 2_850_000), ("nursing", "护理费", 14, 112_000), ("special_care", "特需陪护费", None, 240_000),
    ("exam", "检查费", None, 486_000), ("lab", "化验费", None, 231_520), ("treatment", "治疗费", None, 500_500),
)


def tell(number: str, facts: Mapping[str, str], *, by: Actor) -> None:
    """Write down answers, in the text form of the terms."""
    for name, text in facts.items():
        record_fact(number, name=name, label=both(name), value=text, shown=text, source="visitor", by=by)


def reported(cast: Cast, *, facts: Mapping[str, str] | None = None) -> str:
    """A draft claim at the counter, the insured's document sighted, and what was told."""
    insured = cast.policy.insured.get()
    number = report_claim(cast.policy.pk, insured_id=insured.pk, channel="counter", by=cast.front_desk)
    record_party(
        number, by=cast.front_desk,
        data=PartyData(role="insured", name=insured.name, identity=identity_number(insured.born_on, order=284), is_sighted=True),
    )
    tell(number, facts_of_the_fall(cast.policy.from_date.year) if facts is None else facts, by=cast.front_desk)
    return number


def asked(number: str, cast: Cast) -> None:
    """The bill's items are written down and the signed request is in."""
    bill = [(category, label, days, fen, "费用清单第 17 页" if category == "implant" else "") for category, label, days, fen in BILL]
    ask_items(number, items=bill, by=cast.front_desk)
    request_claim(number, proof=1, by=cast.front_desk)
    neighbours_did(number, "identity_established", "facts_complete", by=system())


def milestones(number: str) -> set[str]:
    """The valid milestones of a claim."""
    return set(Milestone.objects.filter(claim__number=number, is_valid=True).values_list("kind", flat=True))


def claim_of(number: str) -> Claim:
    """The claim's row as it is now."""
    return Claim.objects.get(number=number)


def loss_day(cast: Cast) -> date:
    """The day of the fall."""
    return date(cast.policy.from_date.year, 10, 24)
