"""What the checklist of one claim depends on, gathered: edition, facts, sums asked, who claims, what came in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from lipei.calculation import CannotCalculate
from lipei.claimfile.answers import answers_of
from lipei.claimfile.models import Claim, LossItem, Party
from lipei.documents.models import Document, PaperWaiver
from lipei.documents.rules import Standing, papers_of_case, state_of
from lipei.filing.refusal import Refused
from lipei.policies.queries import edition_of_policy
from lipei.terms.edition import Edition
from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Case:
    """A claim's checklist as it stands, with the rows behind it (documents oldest first, reasons of valid waivers by kind)."""

    edition: Edition
    standings: tuple[Standing, ...]
    documents: tuple[Document, ...]
    waivers: dict[str, str]

    def standing(self, kind: str) -> Standing | None:
        """The row of one kind, or None when it is not on the list."""
        return next((row for row in self.standings if row.paper.kind == kind), None)


def edition_of_claim(claim: Claim) -> Edition:
    """The edition of the terms the claim is judged by; `Refused` when there is none."""
    edition = edition_of_policy(claim.policy) if claim.policy else None
    if edition is None:
        raise Refused(
            "conflict", Words(f"案件 {claim.number} 没有可用的条款版本", f"Claim {claim.number} has no edition of the terms"),
            do=Words("请管理员先登记这个产品的条款。", "The administrator must record the terms of this product first."),
        )
    return edition


def case_of(claim: Claim) -> Case:
    """Gather the checklist of a claim as it stands now. Six statements."""
    edition = edition_of_claim(claim)
    try:
        known = {name: k.value for name, k in answers_of(claim, edition).known.items()}
    except CannotCalculate as refusal:
        raise Refused("missing", refusal.words) from refusal
    charged = dict(LossItem.objects.filter(claim=claim).values_list("category").annotate(Sum("claimed")))
    roles = frozenset(Party.objects.filter(claim=claim).values_list("role", flat=True))
    documents = tuple(Document.objects.filter(claim=claim).select_related("examined").order_by("id"))
    waivers = dict(PaperWaiver.objects.filter(claim=claim, is_valid=True).values_list("kind", "reason"))
    standings = tuple(
        Standing(paper=paper, state=state_of([d.state for d in documents if d.kind == paper.kind], is_waived=paper.kind in waivers))
        for paper in papers_of_case(edition, known=known, charged=charged, roles=roles)
    )
    return Case(edition, standings, documents, waivers)
