"""What went out and came in, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.communication.wording_of_kinds import CHANNELS, LETTER_KINDS
from lipei.filing.events import Event
from lipei.terms.words import Words, parted


@dataclass(frozen=True, kw_only=True)
class LetterWritten(Event):
    """A letter was printed and waits to go."""

    KIND: ClassVar[str] = "letter_written"
    letter: str
    kind: str
    number: str
    to: str

    def sentence(self) -> Words:
        name = LETTER_KINDS[self.kind]
        return Words(f"写好{name.zh} {self.number}", f"{name.en} {self.number} is written")


@dataclass(frozen=True, kw_only=True)
class LetterHandedOver(Event):
    """A letter was handed to the post, with the post's receipt."""

    KIND: ClassVar[str] = "letter_handed_over"
    letter: str
    kind: str
    number: str
    receipt: str

    def sentence(self) -> Words:
        name = LETTER_KINDS[self.kind]
        return Words(f"{name.zh} {self.number} 已寄出", f"{name.en} {self.number} was sent")


@dataclass(frozen=True, kw_only=True)
class LetterDelivered(Event):
    """A letter reached the customer, with the proof."""

    KIND: ClassVar[str] = "letter_delivered"
    KEY: ClassVar[bool] = True
    letter: str
    kind: str
    number: str
    proof: str

    def sentence(self) -> Words:
        name = LETTER_KINDS[self.kind]
        proof = parted(self.proof)
        return Words(f"{name.zh} {self.number} 送达（{proof.zh}）", f"{name.en} {self.number} was delivered ({proof.en})")


@dataclass(frozen=True, kw_only=True)
class LetterFailed(Event):
    """The post could not take a letter; it stays ready and is tried again."""

    KIND: ClassVar[str] = "letter_failed"
    letter: str
    number: str
    fault: str

    def sentence(self) -> Words:
        return Words(
            f"信 {self.number} 没有寄出：{self.fault}", f"Letter {self.number} could not be sent: {self.fault}"
        )


@dataclass(frozen=True, kw_only=True)
class ContactLogged(Event):
    """A call, message or talk with the customer."""

    KIND: ClassVar[str] = "contact_logged"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"text", "with_name"})
    channel: str
    direction: str
    with_name: str
    text: str
    minutes: int | None = None

    def sentence(self) -> Words:
        channel = CHANNELS[self.channel]
        zh = f"{channel.zh} {self.minutes} 分钟" if self.minutes else channel.zh
        en = f"{channel.en}, {self.minutes} min" if self.minutes else channel.en
        return Words(f"{self.text}（{zh}，{self.with_name}）", f"{self.text} ({en}, {self.with_name})")


@dataclass(frozen=True, kw_only=True)
class ScorecardKept(Event):
    """A clerk kept the scorecard of a talk for herself. What it says stands in no entry."""

    KIND: ClassVar[str] = "scorecard_kept"
    scorecard: str

    def sentence(self) -> Words:
        return Words("留下一张对话评分，自己看", "Kept the scorecard of a talk for coaching")


@dataclass(frozen=True, kw_only=True)
class ScorecardShared(Event):
    """A clerk showed a scorecard to the supervisor."""

    KIND: ClassVar[str] = "scorecard_shared"
    scorecard: str

    def sentence(self) -> Words:
        return Words("把一张对话评分给主管看", "Shared the scorecard of a talk with the supervisor")
