"""Brings a claim to where a story begins: Fang Yulan's fracture, its facts and bill on file, standing at a given stage.

The milestones of earlier rooms are set here by one command of the test's own; everything after is the story's.
"""

from __future__ import annotations

import datetime as dt

from lipei.claimfile import moving
from lipei.claimfile.commands import ask_items, record_fact, report_claim, request_claim, take_on_claim
from lipei.claimfile.events import NoteWritten
from lipei.claimfile.models import Claim
from lipei.claimfile.stages import STEPS
from lipei.claimfile.tests.people import Cast
from lipei.filing.actor import Actor, system
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.terms.words import Words

ROAD = ("claim.register", "claim.take_on", "coverage.verify", "documents.complete")
FACTS = {
    "cause": "accident", "happened_on": "2026-10-24", "admitted_on": "2026-10-24", "discharged_on": "2026-11-07",
    "hospital_level": "tertiary", "settled_through_social_insurance": "true", "social_paid": "31206.80",
}
BILL = (
    ("bed", "床位费", 14, 196_000, "费用清单第 3 页"), ("drug_west", "西药费", None, 1_246_030, "费用清单第 5 页"),
    ("surgery", "手术费", None, 980_000, "费用清单第 12 页"), ("implant", "人工股骨头", None, 2_850_000, "费用清单第 17 页"),
)


@command("claim.note")
def bring_along(number: str, *, to: str, by: Actor, at: dt.datetime = NOW) -> None:
    """Take the claim along the table of stages up to `to`, each milestone resting on a note of this story."""
    claim = moving.locked_claim(number, by=by)
    entry = record(NoteWritten(text="故事从这里开始"), file_id=claim.file_id)
    for verb in ROAD:
        step = next(s for s in STEPS if s.verb == verb)
        if claim.stage == to:
            break
        if claim.stage != step.frm:
            continue
        for kind in step.needs:
            moving.reach(claim, kind, entry=entry)
        moving.move(claim, step)


def a_claim(cast: Cast, *, at: str = "collecting", facts: dict[str, str] | None = None) -> str:
    """A claim of Fang Yulan's with its facts and bill on file, at stage `at`, handled by the first handler; its number."""
    number = report_claim(cast.policy.pk, insured_id=cast.policy.insured.get().pk, channel="counter", by=cast.front_desk)
    for name, value in (FACTS if facts is None else facts).items():
        record_fact(number, name=name, label=Words(name, name), value=value, shown=value, source="visitor", by=cast.front_desk)
    ask_items(number, items=list(BILL), by=cast.front_desk)
    if at != "reported":
        request_claim(number, proof=1, by=cast.front_desk)
        bring_along(number, to="registered", by=system())
    if at not in ("reported", "registered"):
        take_on_claim(number, by=cast.handler)
        bring_along(number, to=at, by=system())
    return number


def claim(number: str) -> Claim:
    """The claim as the table has it now."""
    return Claim.objects.get(number=number)
