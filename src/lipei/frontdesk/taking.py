"""收件: papers with custody numbers, the items of the bill, the signed application; and giving originals back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lipei.claimfile.commands import ask_items, request_claim
from lipei.claimfile.models import Claim, Fact
from lipei.claimfile.words import page_of_bill
from lipei.documents.commands import receive_document, return_paper
from lipei.documents.kinds import BY_CLAIMANT
from lipei.documents.queries import papers_of as papers_on_file
from lipei.documents.receipts import issue_receipt
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.frontdesk.consent_rules import may_not_take
from lipei.frontdesk.consenting import is_closed_to_health
from lipei.frontdesk.events import PapersGivenBack, PapersTaken
from lipei.frontdesk.holding import held_visit, local_day, pass_on
from lipei.frontdesk.models import Visit
from lipei.frontdesk.papers_rules import ItemIn, PaperIn, papers_of, returned_of
from lipei.frontdesk.telling import edition_of
from lipei.frontdesk.visitor_answers import is_confirmed
from lipei.frontdesk.visitor_rules import application_shown
from lipei.terms.edition import Edition
from lipei.terms.words import Words

SIGNED = {"application_read": "on", "application_signed": "on"}
NOT_WRITTEN_OUT = Missing(Words("客户在屏上签的申请还没有成文", "The application signed on the screen was not written out yet"))
"""What the visitor's own signature on the screen stands for: they read it themselves and signed it."""


def paper_kinds(edition: Edition) -> dict[str, Words]:
    """Every kind of paper that may come over the counter: those of the terms, and those of who claims."""
    return {
        **{code: paper.label for code, paper in edition.document.documents.items()},
        **{paper.code: paper.label for paper in BY_CLAIMANT},
    }


def _claim(visit: Visit, purpose_is: bool) -> Claim:
    if visit.claim is None or not purpose_is:
        raise Refused("conflict", Words("这次来访不收这样的件", "This visit takes no such papers"),
                      do=Words("请在“迎接”选对来意。", "Choose the right purpose at the welcome."))
    return visit.claim


@command("visit.go_on")
def take_papers(
    visit: str, *, told: Mapping[str, str], by: Actor, application: bytes = b"", why: str = "", at: datetime = NOW
) -> tuple[str, ...]:
    """Take in papers and items, and the signed application when there is none yet: then the legal clocks run.

    Where the visitor signed on their own screen, `application` is the PDF of what they signed. Returns the custody numbers.
    All in one transaction: a receipt never names half of what was handed over.
    """
    here = held_visit(visit, station="papers", by=by)
    claim = _claim(here, here.purpose != "collect_papers")
    edition = edition_of(claim)
    kinds = paper_kinds(edition)
    on_screen = claim.requested_at is None and is_signed_on_screen(here, claim, told)
    taken, faults = papers_of(
        {**told, **SIGNED} if on_screen else told, today=local_day(at), kinds=kinds, categories=edition.document.categories,
        needs_application=claim.requested_at is None,
    )
    if is_closed_to_health(claim):
        faults += may_not_take(told, kinds=kinds)
    if on_screen and not application:
        faults.append(NOT_WRITTEN_OUT)
    refuse_if(faults, Words(f"还不能收件，缺 {len(faults)} 项", f"The papers cannot be taken in yet: {len(faults)} missing"))
    assert taken is not None  # no faults
    giver = here.visitor.name if here.visitor else here.visitor_name
    numbers = tuple(
        _receive_signed(claim.number, application, giver=giver, by=by) if on_screen and paper.kind == "application"
        else _receive(claim.number, paper, giver=giver, place=taken.place, by=by)
        for paper in taken.papers
    )
    if taken.items:
        ask_items(claim.number, items=[_item(item, line=edition.document.line) for item in taken.items], by=by)
    if taken.is_signed:
        _turn_to_desk(claim, here)
        request_claim(claim.number, proof=taken.proofs, by=by)
    event = PapersTaken(visit=visit, papers=len(taken.papers), items=len(taken.items), claimed=taken.claimed, signed=taken.is_signed)
    record(event, file_id=claim.file_id)
    receipt = issue_receipt(claim.number, occasion="taken", custody_numbers=numbers, giver=giver, counter=here.counter, by=by) if numbers else ""
    pass_on(here, "papers", content={"custody": list(numbers), "receipt": receipt})
    return numbers


def _receive(number: str, paper: PaperIn, *, giver: str, place: str, by: Actor) -> str:
    return receive_document(
        number, kind=paper.kind, form=paper.form, title=paper.title, pages=paper.pages, received_from=giver,
        place="" if paper.is_returned else place, is_returned=paper.is_returned, by=by,
    )


def is_signed_on_screen(visit: Visit, claim: Claim, told: Mapping[str, str]) -> bool:
    """Whether the visitor signed exactly this application on their own screen."""
    facts = {f.name: str(f.value) if f.state == "known" else "?" for f in Fact.objects.filter(claim=claim, is_current=True)} if visit.purpose == "new_loss" else {}
    account = facts.pop("account", "")
    return is_confirmed(visit, "application", shown=application_shown("" if account == "?" else account, facts, told))


def _receive_signed(number: str, application: bytes, *, giver: str, by: Actor) -> str:
    return receive_document(number, kind="application", form="electronic", received_from=giver, content=application, by=by)


def _item(item: ItemIn, *, line: str) -> tuple[str, str, int | None, int, str]:
    source = page_of_bill(item.page, line=line) if item.page else ""
    return item.category, item.label, item.days, item.claimed, source


def _turn_to_desk(claim: Claim, visit: Visit) -> None:
    """The customer has done their part: a claim that waited for papers is the desk's turn again."""
    if claim.stage == "reported":
        claim.turn, claim.turn_user_id = "front_desk", visit.clerk_id
        claim.save(update_fields=["turn", "turn_user"])


@command("visit.go_on")
def return_papers(visit: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> tuple[str, ...]:
    """取回材料: the chosen originals go back to who signs for them; returns their custody numbers."""
    here = held_visit(visit, station="papers", by=by)
    claim = _claim(here, here.purpose == "collect_papers")
    kept = frozenset(p.custody_number for p in papers_on_file(claim.number, actor=by) if p.keeping == "kept")
    (chosen, signed_by), faults = returned_of(told, today=local_day(at), kept=kept)
    refuse_if(faults, Words(f"还不能退还，缺 {len(faults)} 项", f"The papers cannot be given back yet: {len(faults)} missing"))
    for number in chosen:
        return_paper(number, signed_by=signed_by, by=by)
    record(PapersGivenBack(visit=visit, papers=len(chosen), signed_by=signed_by), file_id=claim.file_id)
    receipt = issue_receipt(claim.number, occasion="returned", custody_numbers=chosen, giver=signed_by, counter=here.counter, by=by)
    pass_on(here, "papers", content={"returned": list(chosen), "receipt": receipt})
    return chosen
