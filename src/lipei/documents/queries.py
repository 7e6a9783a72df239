"""What others may ask about papers: the checklist, what came in and where it is, the notices, the bytes of a file."""

from __future__ import annotations

import uuid as uuids
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from lipei.claimfile.models import Claim
from lipei.claimfile.visibility import claims_visible_to
from lipei.documents import hands
from lipei.documents.cases import Case, case_of, edition_of_claim
from lipei.documents.contents import CONTENT_PURPOSE, ENDINGS
from lipei.documents.kinds import FORMS, GENERAL, HELP, STATES
from lipei.documents.models import Custody, Document, PaperAlarm, PaperRequest, StoredContent
from lipei.documents.rules import Need, PaperOfCase, Standing, State, label_of, shows_of
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.privacy.cipher import keyring
from lipei.staff.queries import in_both_languages, latin_name
from lipei.terms.edition import Edition
from lipei.terms.words import Words, both, parted


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper or file that came in: its custody number, where it is, whether it is in order.

    `also_in` are other claims that hold the very same file and that the asking actor may see.
    """

    uuid: uuids.UUID
    claim_number: str
    custody_number: str
    short: str
    kind: str
    label: Words
    shows: Words
    title: str
    form: str
    form_word: Words
    pages: int
    keeping: str
    place: Words
    state: str
    state_word: Words
    note: str
    received_at: datetime
    received_from: str
    has_content: bool
    content_type: str
    content_bytes: int
    examined_by: Words | None
    examined_at: datetime | None
    is_sought: bool = False
    also_in: tuple[str, ...] = ()

    @property
    def name(self) -> Words:
        """Its own title, or the name of its kind."""
        return both(self.title) if self.title else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the checklist, with the papers that came in for it."""

    kind: str
    label: Words
    shows: Words
    why: Words
    how: Words
    instead: Words | None
    clause: str
    clause_shown: Words | None
    clause_text: Words | None
    need: Need
    depends_on: tuple[Words, ...]
    state: State
    state_word: Words
    is_lacking: bool
    waived_why: str
    papers: tuple[Paper, ...]
    asked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPaper:
    """A paper as a notice names it: what, why, what it must show, how to get it, what serves instead."""

    kind: str
    label: Words
    why: Words
    shows: Words
    how: Words
    instead: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A notice of what is missing, and how far it got."""

    id: int
    number: str
    is_first: bool
    why: str
    approved_by: str
    papers: tuple[AskedPaper, ...]
    asked_at: datetime
    asked_by: Words
    sent_at: datetime | None
    delivered_at: datetime | None
    proof: Words | None
    answered_at: datetime | None

    @property
    def state_word(self) -> Words:
        """How far it got, in a word."""
        if self.answered_at is not None:
            return Words("材料已收齐", "all papers received")
        if self.delivered_at is not None:
            return Words("已送达，等客户补件", "delivered, waiting for the customer")
        return Words("已发出，等送达", "sent, not yet delivered") if self.sent_at else Words("信在准备", "the letter is being prepared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The papers of a claim: the list, what else came in, the notices; and whether anything is left to do."""

    number: str
    name: str
    subject: Words
    stage: str
    line: str
    turn: str
    is_requested: bool
    edition: str
    rows: tuple[Row, ...]
    others: tuple[Paper, ...]
    requests: tuple[RequestView, ...]
    is_complete: bool
    required: int
    settled: int

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper that came in, in the order of its custody number."""
        return tuple(sorted((p for row in self.rows for p in row.papers), key=lambda p: p.custody_number)) + self.others

    @property
    def missing(self) -> tuple[Row, ...]:
        """The required papers that a complete notice must name."""
        return tuple(row for row in self.rows if row.is_lacking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One hand-over, as people read it."""

    number: int
    from_hands: str
    to_hands: str
    place: Words
    at: datetime
    by: Words
    why: str


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, opened, with the name it is saved under."""

    content: bytes
    content_type: str
    file_name: str


def claim_seen(number: str, *, actor: Actor) -> Claim:
    """The claim when this actor may see it; otherwise `Refused`."""
    claim = claims_visible_to(actor).select_related("policy").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    return claim


def checklist_of(number: str, *, actor: Actor) -> Checklist:
    """The checklist of a claim with everything on it."""
    claim = claim_seen(number, actor=actor)
    case = case_of(claim)
    papers = _papers(claim, case, actor=actor)
    requests = _requests(claim, case)
    asked = {asked.kind: r.asked_at for r in requests if r.answered_at is None for asked in r.papers}
    rows = tuple(_row(s, papers=papers, waivers=case.waivers, asked=asked) for s in case.standings)
    on_list = {row.kind for row in rows}
    must = [s for s in case.standings if s.paper.need != "helps"]
    return Checklist(
        number=number, name=claim.insured_name, subject=_subject(claim), stage=claim.stage, line=claim.line, turn=claim.turn,
        is_requested=claim.requested_at is not None, edition=case.edition.code, rows=rows,
        others=tuple(p for p in papers if p.kind not in on_list), requests=requests,
        is_complete=all(s.is_settled for s in case.standings) and all(p.state != "received" for p in papers),
        required=len(must), settled=sum(s.is_settled for s in must),
    )


def papers_lacking(number: str, *, actor: Actor) -> tuple[PaperOfCase, ...]:
    """The papers that are required and not here, or not fit for use. Seven statements."""
    return tuple(s.paper for s in case_of(claim_seen(number, actor=actor)).standings if s.is_lacking)


def papers_due(number: str, *, actor: Actor) -> tuple[Words, ...]:
    """The names of the papers that are required and not here: what the visitor is told to bring."""
    return tuple(paper.label for paper in papers_lacking(number, actor=actor))


def papers_of(number: str, *, actor: Actor) -> tuple[Paper, ...]:
    """Every paper of a claim, in the order it came in."""
    claim = claim_seen(number, actor=actor)
    documents = tuple(Document.objects.filter(claim=claim).select_related("examined").order_by("id"))
    return _with_places(documents, number=number, edition=edition_of_claim(claim), actor=actor)


def papers_to_ask(number: str, *, actor: Actor) -> tuple[Row, ...]:
    """What a complete notice must name now."""
    return checklist_of(number, actor=actor).missing


def paper_of(custody_number: str, *, actor: Actor) -> Paper:
    """One paper by its custody number; `Refused` when this actor may not see its claim."""
    document = _document(actor, custody_number=custody_number)
    number = document.claim.number
    return _with_places((document,), number=number, edition=edition_of_claim(document.claim), actor=actor)[0]


def custody_of(custody_number: str, *, actor: Actor) -> tuple[Hand, ...]:
    """保管记录: the chain of hands of one paper, first to last."""
    document = _document(actor, custody_number=custody_number)
    return tuple(
        Hand(number=c.number, from_hands=c.from_hands, to_hands=c.to_hands, at=c.at, by=in_both_languages(c.entry.by_name, c.by_latin), why=c.entry.why,
             place=hands.place_in_words(c.keeping, place=c.place, hands=c.to_hands))
        for c in Custody.objects.filter(document=document).select_related("entry").annotate(by_latin=latin_name("entry__by_ref")).order_by("number")
    )


def requests_of(number: str, *, actor: Actor) -> tuple[RequestView, ...]:
    """The notices of a claim, oldest first."""
    claim = claim_seen(number, actor=actor)
    return _requests(claim, case_of(claim))


def request_of(request_id: int, *, actor: Actor) -> RequestView:
    """One notice with everything its letter says."""
    request = PaperRequest.objects.select_related("claim").filter(pk=request_id).first()
    if request is None:
        raise not_found(Words("没有这份补件通知。", "There is no such notice."))
    return next(r for r in requests_of(request.claim.number, actor=actor) if r.id == request_id)


def content_of(uuid: uuids.UUID, *, actor: Actor) -> Content:
    """The bytes of a file, opened; `Refused` for a paper without a file or a claim this actor may not see."""
    document = _document(actor, uuid=uuid)
    stored = StoredContent.objects.filter(sha256=document.content_sha256).first() if document.content_sha256 else None
    if stored is None:
        raise not_found(Words("这份单证没有电子件。", "This paper has no file."))
    return Content(_opened(stored), stored.content_type, f"{document.custody_number}.{ENDINGS[stored.content_type]}")


def _opened(stored: StoredContent) -> bytes:
    return keyring().open_bytes(stored.content, purpose=CONTENT_PURPOSE.format(sha256=stored.sha256))


def kept_content(sha256: str) -> bytes | None:
    """The kept bytes by their SHA-256; None when there are none. Who may see them is judged by the room that keeps the digest."""
    stored = StoredContent.objects.filter(sha256=sha256).first() if sha256 else None
    return _opened(stored) if stored else None


# ---------- how views are made ----------


def _subject(claim: Claim) -> Words:
    return Words(claim.subject_zh or "—", claim.subject_en or "—")


def _document(actor: Actor, **wanted: object) -> Document:
    document = (
        Document.objects.select_related("claim__policy", "examined").annotate(examined_latin=latin_name("examined__by_ref")).filter(**wanted, claim__in=claims_visible_to(actor)).first()
    )
    if document is None:
        raise not_found(Words("没有这份单证。", "There is no such paper."))
    return document


def _papers(claim: Claim, case: Case, *, actor: Actor) -> tuple[Paper, ...]:
    return _with_places(case.documents, number=claim.number, edition=case.edition, actor=actor)


def _with_places(documents: tuple[Document, ...], *, number: str, edition: Edition, actor: Actor) -> tuple[Paper, ...]:
    sought = Exists(PaperAlarm.objects.filter(document=OuterRef("document"), kind="sought", closed_at=None))
    moves = Custody.objects.filter(document__in=documents).order_by("number").annotate(is_sought=sought)
    last = {document: (to_hands, is_sought) for document, to_hands, is_sought in moves.values_list("document_id", "to_hands", "is_sought")}
    twins = _twins(documents, actor=actor)
    return tuple(
        _paper(d, number=number, edition=edition, to_hands=to_hands, is_sought=is_sought, also_in=twins.get(d.content_sha256, ()))
        for d in documents
        for to_hands, is_sought in (last.get(d.pk, ("", False)),)
    )


def _twins(documents: tuple[Document, ...], *, actor: Actor) -> dict[str, tuple[str, ...]]:
    """Other visible claims with the very same file, by digest."""
    digests = [d.content_sha256 for d in documents if d.content_sha256]
    if not digests:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    others = Document.objects.filter(content_sha256__in=digests, claim__in=claims_visible_to(actor)).exclude(claim_id=documents[0].claim_id)
    for digest, number in others.order_by("id").values_list("content_sha256", "claim__number"):
        found[digest] = (*found.get(digest, ()), number)
    return found


def _paper(document: Document, *, number: str, edition: Edition, to_hands: str, is_sought: bool, also_in: tuple[str, ...]) -> Paper:
    d, examined = document, document.examined
    where = hands.place_in_words(d.keeping, place=d.place, hands=to_hands)
    return Paper(
        uuid=d.uuid, claim_number=number, custody_number=d.custody_number, short=d.custody_number.partition("-")[2], kind=d.kind,
        label=label_of(edition, d.kind) or both(d.kind), shows=shows_of(edition, d.kind), title=d.title, form=d.form,
        form_word=FORMS[d.form], pages=d.pages, keeping=d.keeping,
        place=hands.sought_in_words(where) if is_sought else where, is_sought=is_sought, state=d.state, state_word=STATES[d.state],
        note=d.examined_note, received_at=d.received_at, received_from=d.received_from, has_content=bool(d.content_sha256),
        content_type=d.content_type, content_bytes=d.content_bytes, examined_by=in_both_languages(examined.by_name, getattr(document, "examined_latin", "")) if examined else None,
        examined_at=examined.at if examined else None, also_in=also_in,
    )


def _row(standing: Standing, *, papers: tuple[Paper, ...], waivers: dict[str, str], asked: dict[str, datetime]) -> Row:
    p, state = standing.paper, standing.state
    return Row(
        kind=p.kind, label=p.label, shows=p.shows, why=p.why, how=p.how, instead=p.instead, clause=p.clause,
        clause_shown=p.clause_shown, clause_text=p.clause_text, need=p.need, depends_on=p.depends_on, state=state,
        state_word=STATES[state], is_lacking=standing.is_lacking, waived_why=waivers.get(p.kind, ""),
        papers=tuple(paper for paper in papers if paper.kind == p.kind), asked_at=asked.get(p.kind),
    )


def _requests(claim: Claim, case: Case) -> tuple[RequestView, ...]:
    return tuple(
        RequestView(
            id=r.pk, number=claim.number, is_first=r.is_first, why=r.why, approved_by=r.approved_by,
            papers=tuple(_asked(case, kind) for kind in r.kinds), asked_at=r.asked_at, asked_by=in_both_languages(r.entry.by_name, r.by_latin), sent_at=r.sent_at,
            delivered_at=r.delivered_at, proof=parted(r.proof) if r.proof else None, answered_at=r.answered_at,
        )
        for r in PaperRequest.objects.filter(claim=claim).select_related("entry").annotate(by_latin=latin_name("entry__by_ref")).order_by("id")
    )


def _asked(case: Case, kind: str) -> AskedPaper:
    row = case.standing(kind)
    if row is not None:
        p = row.paper
        return AskedPaper(kind=kind, label=p.label, why=p.why, shows=p.shows, how=p.how, instead=p.instead)
    help_ = HELP.get(kind, GENERAL)
    return AskedPaper(kind=kind, label=label_of(case.edition, kind) or both(kind), why=help_.why, shows=shows_of(case.edition, kind),
                      how=help_.how, instead=help_.instead)
