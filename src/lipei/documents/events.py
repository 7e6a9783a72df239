"""Facts about papers, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.documents.kinds import FORMS
from lipei.filing.events import Event
from lipei.terms.words import Words, parted


@dataclass(frozen=True, kw_only=True)
class DocumentReceived(Event):
    """收件: a paper or file came in and got its custody number."""

    KIND: ClassVar[str] = "document_received"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"received_from"})
    custody_number: str
    kind: str
    label: Words
    form: str
    pages: int
    keeping: str
    sha256: str
    received_from: str

    def sentence(self) -> Words:
        form = FORMS[self.form]
        back = Words("，当场退还", ", returned at once") if self.keeping == "returned" else None
        return Words(
            f"收到{self.label.zh}（{form.zh}，{self.pages} 页）{back.zh if back else ''}，保管号 {self.custody_number}",
            f"Received: {self.label.en} ({form.en}, {self.pages} p.){back.en if back else ''}, custody number {self.custody_number}",
        )


@dataclass(frozen=True, kw_only=True)
class PaperMoved(Event):
    """移交: a paper went from hand to hand within the house."""

    KIND: ClassVar[str] = "paper_moved"
    custody_number: str
    label: Words
    from_hands: str
    to_hands: str
    place: str

    def sentence(self) -> Words:
        return Words(
            f"{self.label.zh} {self.custody_number} 由{self.from_hands}交给{self.to_hands}，放在{self.place}",
            f"{self.label.en} {self.custody_number}: from {self.from_hands} to {self.to_hands}, at {self.place}",
        )


@dataclass(frozen=True, kw_only=True)
class PaperReturned(Event):
    """退还: a paper was given back, and somebody signed for it."""

    KIND: ClassVar[str] = "paper_returned"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"signed_by"})
    custody_number: str
    label: Words
    signed_by: str

    def sentence(self) -> Words:
        return Words(
            f"{self.label.zh} {self.custody_number} 已退还，{self.signed_by}签收",
            f"{self.label.en} {self.custody_number} returned, signed for by {self.signed_by}",
        )


@dataclass(frozen=True, kw_only=True)
class DocumentConfirmed(Event):
    """核验相符: the paper says what it must say."""

    KIND: ClassVar[str] = "document_confirmed"
    custody_number: str
    kind: str
    label: Words
    note: str

    def sentence(self) -> Words:
        zh, en = (f"，{self.note}", f", {self.note}") if self.note else ("", "")
        return Words(f"{self.label.zh} {self.custody_number} 核验相符{zh}", f"{self.label.en} {self.custody_number} in order{en}")


@dataclass(frozen=True, kw_only=True)
class DocumentRejected(Event):
    """核验不合用, with the reason the customer is told."""

    KIND: ClassVar[str] = "document_rejected"
    custody_number: str
    kind: str
    label: Words
    reason: str

    def sentence(self) -> Words:
        return Words(
            f"{self.label.zh} {self.custody_number} 不合用：{self.reason}",
            f"{self.label.en} {self.custody_number} cannot be used: {self.reason}",
        )


@dataclass(frozen=True, kw_only=True)
class PaperWaived(Event):
    """免交: a paper of the checklist does not apply here."""

    KIND: ClassVar[str] = "paper_waived"
    kind: str
    label: Words
    reason: str

    def sentence(self) -> Words:
        return Words(f"{self.label.zh}不适用：{self.reason}", f"{self.label.en} does not apply: {self.reason}")


@dataclass(frozen=True, kw_only=True)
class PaperNeededAgain(Event):
    """A waiver was taken back: the paper is needed after all."""

    KIND: ClassVar[str] = "paper_needed_again"
    kind: str
    label: Words

    def sentence(self) -> Words:
        return Words(f"{self.label.zh}还是需要的", f"{self.label.en} is needed after all")


@dataclass(frozen=True, kw_only=True)
class PapersAsked(Event):
    """补件通知: the one complete list of what is missing was decided on; its letter follows. `labels` are {"zh", "en"}."""

    KIND: ClassVar[str] = "papers_asked"
    request_id: int
    is_first: bool
    kinds: list[str]
    labels: list[dict[str, str]]
    reason: str

    def sentence(self) -> Words:
        zh, en = "、".join(label["zh"] for label in self.labels), ", ".join(label["en"] for label in self.labels)
        if self.is_first:
            return Words(f"一次性通知补交：{zh}", f"One notice of what is missing: {en}")
        return Words(f"经主管同意再要：{zh}。{self.reason}", f"Asked again with the supervisor's consent: {en}. {self.reason}")


@dataclass(frozen=True, kw_only=True)
class PaperRequestSent(Event):
    """The notice left the house; no clock stops for that."""

    KIND: ClassVar[str] = "paper_request_sent"
    request_id: int

    def sentence(self) -> Words:
        return Words("补件通知已发出，送达后时钟才停", "Notice of missing papers sent; the clock stops on delivery")


@dataclass(frozen=True, kw_only=True)
class PaperRequestDelivered(Event):
    """送达: the notice reached the customer, with its proof; the clock stops unless the papers are here already."""

    KIND: ClassVar[str] = "paper_request_delivered"
    KEY: ClassVar[bool] = True
    request_id: int
    is_first: bool
    stops: bool
    proof: str

    def sentence(self) -> Words:
        name = Words("一次性补件通知", "One-time notice") if self.is_first else Words("再次补件通知", "Further notice")
        stop = Words("，时钟停", ", the clock stops") if self.stops else Words("，材料已到，时钟不停", "; the papers are here, the clock goes on")
        proof = parted(self.proof)
        return Words(f"{name.zh}送达{stop.zh}（{proof.zh}）", f"{name.en} delivered{stop.en} ({proof.en})")


@dataclass(frozen=True, kw_only=True)
class SupplementReceived(Event):
    """补件收到: everything the notice asked for is here; the clock runs again."""

    KIND: ClassVar[str] = "supplement_received"
    KEY: ClassVar[bool] = True
    request_id: int
    resumes: bool

    def sentence(self) -> Words:
        if self.resumes:
            return Words("通知要的材料收齐，时钟继续", "All papers asked for are here; the clock runs again")
        return Words("通知要的材料收齐", "All papers asked for are here")


@dataclass(frozen=True, kw_only=True)
class PapersComplete(Event):
    """单证收齐: every required paper is examined and in order, or does not apply."""

    KIND: ClassVar[str] = "papers_complete"
    KEY: ClassVar[bool] = True
    number: str
    kinds: list[str]

    def sentence(self) -> Words:
        return Words(f"单证收齐，{len(self.kinds)} 种逐份核验", f"Papers complete: {len(self.kinds)} kinds, each examined")
