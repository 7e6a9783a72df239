"""Facts of the claim itself, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words, both


@dataclass(frozen=True, kw_only=True)
class ClaimReported(Event):
    """报案: a loss was told to us."""

    KIND: ClassVar[str] = "claim_reported"
    KEY: ClassVar[bool] = True
    number: str
    channel: str
    policy_number: str

    def sentence(self) -> Words:
        return Words(f"报案 {self.number}", f"Loss reported, {self.number}")


@dataclass(frozen=True, kw_only=True)
class PartyRecorded(Event):
    """A person of the claim was written down; identity sighted or not."""

    KIND: ClassVar[str] = "party_recorded"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name"})
    role: Words
    name: str
    sighted: bool

    def sentence(self) -> Words:
        zh, en = ("，证件已看", ", document sighted") if self.sighted else ("", "")
        return Words(f"记下{self.role.zh} {self.name}{zh}", f"Recorded {self.role.en} {self.name}{en}")


@dataclass(frozen=True, kw_only=True)
class FactRecorded(Event):
    """One question answered, or marked unknown with who finds out."""

    KIND: ClassVar[str] = "fact_recorded"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"answer"})
    name: str
    label: Words
    answer: str
    is_known: bool
    corrects: bool = False

    def sentence(self) -> Words:
        if not self.is_known:
            return Words(f"{self.label.zh}：暂不清楚，有人去查", f"{self.label.en}: not known yet, somebody finds out")
        verb = Words("更正", "corrected: ") if self.corrects else Words("记下", "recorded: ")
        return Words(f"{verb.zh}{self.label.zh}：{self.answer}", f"{self.label.en} {verb.en}{self.answer}")


@dataclass(frozen=True, kw_only=True)
class ClaimNamed(Event):
    """What the claim is about was set from its facts: subject, cause, day of the loss, line of business."""

    KIND: ClassVar[str] = "claim_named"
    subject: Words
    cause: str
    loss_on: str
    line: str

    def sentence(self) -> Words:
        zh, en = (f"，{self.loss_on} 出险", f", loss on {self.loss_on}") if self.loss_on else ("", "")
        return Words(f"案由：{self.subject.zh}{zh}", f"Matter: {self.subject.en}{en}")


@dataclass(frozen=True, kw_only=True)
class ClaimRequested(Event):
    """收到索赔申请: signed application and first proof received – the legal clocks run from here, next day is day 1."""

    KIND: ClassVar[str] = "claim_requested"
    KEY: ClassVar[bool] = True
    proof: int

    def sentence(self) -> Words:
        return Words(
            "收到索赔申请和材料，期限从今天起算（次日为第 1 天）",
            "Claim request and proof received; the clocks start (tomorrow is day 1)",
        )


@dataclass(frozen=True, kw_only=True)
class LossItemAsked(Event):
    """An amount the claimant asks for, as asked (fen)."""

    KIND: ClassVar[str] = "loss_item_asked"
    label: str
    claimed: int

    def sentence(self) -> Words:
        return Words(f"客户要求 {self.label} {shown(self.claimed)}", f"Claimed: {self.label} {shown(self.claimed)}")


@dataclass(frozen=True, kw_only=True)
class StageMoved(Event):
    """The claim went on to another stage."""

    KIND: ClassVar[str] = "stage_moved"
    KEY: ClassVar[bool] = True
    frm: str
    to: str
    name: Words

    def sentence(self) -> Words:
        return self.name


@dataclass(frozen=True, kw_only=True)
class ClaimTakenOn(Event):
    """A handler took the claim on or was given it."""

    KIND: ClassVar[str] = "claim_taken_on"
    user: str
    latin: str = ""

    def sentence(self) -> Words:
        return Words(f"由{self.user}办理", f"{self.latin or self.user} handles it")


@dataclass(frozen=True, kw_only=True)
class MarkedComplex(Event):
    """情形复杂: a person said so, with the reason the customer is told; 30 days run instead of the normal clock."""

    KIND: ClassVar[str] = "marked_complex"
    KEY: ClassVar[bool] = True
    reason: str

    def sentence(self) -> Words:
        return Words(f"情形复杂：{self.reason}", f"Complex case: {self.reason}")


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """A note by a colleague; the customer may read it."""

    KIND: ClassVar[str] = "note_written"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str

    def sentence(self) -> Words:
        return both(self.text)


@dataclass(frozen=True, kw_only=True)
class MessageLeft(Event):
    """留言: the customer wrote to us from the status page; who answers, and by which day they were told."""

    KIND: ClassVar[str] = "message_left"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str
    who: str
    due: str
    latin: str = ""

    def sentence(self) -> Words:
        return Words(f"客户留言：{self.text}（{self.who}，{self.due} 前答复）", f"Message from the customer: {self.text} ({self.latin or self.who} answers by {self.due})")


@dataclass(frozen=True, kw_only=True)
class TaskOpened(Event):
    """Something will be done by somebody by a date."""

    KIND: ClassVar[str] = "task_opened"
    what: Words
    who: str
    due: str
    latin: str = ""

    def sentence(self) -> Words:
        return Words(f"{self.what.zh}：{self.who}，{self.due} 前", f"{self.what.en}: {self.latin or self.who}, by {self.due}")


@dataclass(frozen=True, kw_only=True)
class TaskClosed(Event):
    """A task was done, with its answer, or dropped with a reason."""

    KIND: ClassVar[str] = "task_closed"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"answer"})
    what: Words
    answer: str

    def sentence(self) -> Words:
        return Words(f"办完：{self.what.zh}。{self.answer}", f"Done: {self.what.en}. {self.answer}")


@dataclass(frozen=True, kw_only=True)
class PersonalDataSeen(Event):
    """Somebody looked behind a mask, for a purpose."""

    KIND: ClassVar[str] = "personal_data_seen"
    subject: Words
    field: Words
    purpose: Words

    def sentence(self) -> Words:
        return Words(
            f"为{self.purpose.zh}查看{self.subject.zh}的{self.field.zh}",
            f"Looked at the {self.field.en} of the {self.subject.en}: {self.purpose.en}",
        )


@dataclass(frozen=True, kw_only=True)
class ClaimClosed(Event):
    """结案, with its kind."""

    KIND: ClassVar[str] = "claim_closed"
    KEY: ClassVar[bool] = True
    closing: Words

    def sentence(self) -> Words:
        return self.closing


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Event):
    """撤案 at the customer's wish."""

    KIND: ClassVar[str] = "claim_withdrawn"
    KEY: ClassVar[bool] = True
    reason: str

    def sentence(self) -> Words:
        return Words(f"客户撤案：{self.reason}", f"Withdrawn by the customer: {self.reason}")
