"""What a visit can answer from: its contract, its claim's clocks and papers, the procedure; and what was asked in it so far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from lipei.claimfile.diary import clocks_of, law, law_line
from lipei.claimfile.models import Claim
from lipei.documents.cases import case_of
from lipei.documents.rules import PaperOfCase, papers_of_case
from lipei.filing.refusal import Refused
from lipei.frontdesk.answer_sources import of_clauses, of_clocks, of_papers, of_procedure
from lipei.frontdesk.answers_rules import Passage
from lipei.frontdesk.models import Visit, VisitQuestion
from lipei.policies.queries import edition_of_policy
from lipei.terms.edition import Edition
from lipei.terms.words import Words

GENERAL_LINE = "medical"
"""Whose time limits are told while no policy is known."""
QUESTIONS_SHOWN_MAX = 30


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """A question of the visit: what was said with its source, or who answers it by when."""

    question: str
    title: Words | None
    answer: Words | None
    source: Words | None
    who: Words | None
    due: dt.date | None
    is_open: bool
    at: dt.datetime


def sources_of(visit_number: str, *, at: dt.datetime) -> tuple[Passage, ...]:
    """Every text that can answer in this visit. Before identity is established: time limits and procedure only."""
    visit = Visit.objects.select_related("policy", "claim__policy").get(number=visit_number)
    claim, edition = visit.claim, edition_of_policy(visit.policy) if visit.policy else None
    line = law_line(edition) if edition else GENERAL_LINE
    readings = clocks_of(claim, at=at) if claim and claim.line else ()
    pack = law(at)
    known_line = line if line in pack.lines else GENERAL_LINE
    found = of_clocks(pack.clocks_in_force(), line=known_line, readings=readings) + of_procedure(stage=claim.stage if claim else "")
    if edition is None:
        return found
    return of_clauses(edition) + found + of_papers(_papers(claim, edition), edition=edition)


def _papers(claim: Claim | None, edition: Edition) -> tuple[PaperOfCase, ...]:
    if claim is not None:
        try:
            return tuple(s.paper for s in case_of(claim).standings)
        except Refused:  # facts that contradict each other: the contract's own list still stands
            pass
    return papers_of_case(edition, known={}, charged={}, roles=frozenset())


def questions_asked(visit_number: str) -> tuple[QuestionSeen, ...]:
    """What was asked in a visit so far, in its order; who may see the visit is for its own query to say."""
    rows = VisitQuestion.objects.filter(visit__number=visit_number).select_related("task__user").order_by("id")[:QUESTIONS_SHOWN_MAX]
    return tuple(_question(row) for row in rows)


def _question(row: VisitQuestion) -> QuestionSeen:
    said = {name: Words(**words) for name, words in row.answer.items()}
    task = row.task
    who = Words(task.user.name, task.user.name_en) if task and task.user else None
    return QuestionSeen(
        row.question, said.get("title"), said.get("text"), said.get("source"), who,
        timezone.localtime(task.due_at).date() if task else None, bool(task and task.state == "open"), row.at,
    )
