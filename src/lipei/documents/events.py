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
class PaperSentOut(Event):
    """送出: a paper left our shelves and stays ours – to an expert, by post, or on the way to another house."""

    KIND: ClassVar[str] = "paper_sent_out"
    custody_number: str
    label: Words
    to_hands: str
    place: str

    def sentence(self) -> Words:
        return Words(
            f"{self.label.zh} {self.custody_number} 送出：{self.to_hands}（{self.place}）",
            f"{self.label.en} {self.custody_number} sent out: {self.to_hands} ({self.place})",
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


# ---------- receipts, alarms, batches, inventories ----------


@dataclass(frozen=True, kw_only=True)
class ReceiptIssued(Event):
    """开出保管回执: what a receipt says was written down, with its fingerprint."""

    KIND: ClassVar[str] = "receipt_issued"
    number: str
    occasion: str
    papers: int
    fingerprint: str

    def sentence(self) -> Words:
        what = Words("退还回执", "Receipt for papers returned") if self.occasion == "returned" else Words("单证保管回执", "Receipt for papers")
        return Words(f"{what.zh} {self.number}，{self.papers} 份", f"{what.en} {self.number}, {self.papers} in number")


@dataclass(frozen=True, kw_only=True)
class PaperSought(Event):
    """寻找: somebody looked for a paper and did not find it."""

    KIND: ClassVar[str] = "paper_sought"
    KEY: ClassVar[bool] = True
    custody_number: str
    label: Words
    last_place: Words
    said: str

    def sentence(self) -> Words:
        zh, en = (f"：{self.said}", f": {self.said}") if self.said else ("", "")
        return Words(
            f"没有找到{self.label.zh} {self.custody_number}，账上在{self.last_place.zh}{zh}",
            f"Not found: {self.label.en} {self.custody_number}; by the books {self.last_place.en}{en}",
        )


@dataclass(frozen=True, kw_only=True)
class PaperFound(Event):
    """找到: a sought paper is there again."""

    KIND: ClassVar[str] = "paper_found"
    KEY: ClassVar[bool] = True
    custody_number: str
    label: Words
    place: str

    def sentence(self) -> Words:
        return Words(f"找到了{self.label.zh} {self.custody_number}：{self.place}", f"Found: {self.label.en} {self.custody_number}, at {self.place}")


@dataclass(frozen=True, kw_only=True)
class PaperOutTooLong(Event):
    """在外过久: a paper has been out longer than the house allows."""

    KIND: ClassVar[str] = "paper_out_too_long"
    custody_number: str
    label: Words
    with_whom: str
    days: int

    def sentence(self) -> Words:
        return Words(
            f"{self.label.zh} {self.custody_number} 在外已 {self.days} 天（{self.with_whom}）",
            f"{self.label.en} {self.custody_number} has been out for {self.days} days ({self.with_whom})",
        )


@dataclass(frozen=True, kw_only=True)
class BatchSent(Event):
    """移交单发出: papers of a branch are on their way."""

    KIND: ClassVar[str] = "batch_sent"
    number: str
    to: Words
    papers: list[str]

    def sentence(self) -> Words:
        n = len(self.papers)
        return Words(f"移交单 {self.number}：{n} 份单证送往{self.to.zh}", f"Batch {self.number}: {n} papers on their way to {self.to.en}")


@dataclass(frozen=True, kw_only=True)
class BatchSettled(Event):
    """移交单了结: accepted by the receiver – with what was lacking – or taken back by the sender."""

    KIND: ClassVar[str] = "batch_settled"
    number: str
    outcome: str
    papers: list[str]
    lacking: list[str]

    def sentence(self) -> Words:
        n, m = len(self.papers), len(self.lacking)
        if self.outcome == "taken_back":
            return Words(f"移交单 {self.number} 撤回，{n} 份放回原处", f"Batch {self.number} taken back; {n} papers are where they were")
        zh, en = (f"，少 {m} 份", f", {m} lacking") if m else ("", "")
        return Words(f"移交单 {self.number} 已接收 {n} 份{zh}", f"Batch {self.number} accepted: {n} papers{en}")


@dataclass(frozen=True, kw_only=True)
class InventoryTaken(Event):
    """盘点: the papers of one place were scanned and compared with the books."""

    KIND: ClassVar[str] = "inventory_taken"
    branch: Words
    place: str
    scanned: int
    counts: dict[str, int]

    def sentence(self) -> Words:
        c = self.counts
        return Words(
            f"盘点{self.branch.zh} {self.place}：扫 {self.scanned} 份，相符 {c['right']}、别处 {c['elsewhere']}、缺 {c['missing']}、不认识 {c['unknown']}",
            f"Inventory of {self.branch.en}, {self.place}: {self.scanned} scanned; right {c['right']}, elsewhere {c['elsewhere']}, missing {c['missing']}, unknown {c['unknown']}",
        )
