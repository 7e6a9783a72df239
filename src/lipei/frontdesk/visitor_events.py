"""Facts of the visitor's own side, in the past tense: their screen, what they confirmed and signed, consents, rating."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ScreenOpened(Event):
    """客户屏开码: the clerk's page shows a code for the visitor's screen."""

    KIND: ClassVar[str] = "screen_opened"
    visit: str

    def sentence(self) -> Words:
        return Words("为客户屏开了一个码", "A code for the visitor's screen was made")


@dataclass(frozen=True, kw_only=True)
class ScreenPaired(Event):
    """客户屏连上: a device typed the code; it sees this visit only."""

    KIND: ClassVar[str] = "screen_paired"
    visit: str

    def sentence(self) -> Words:
        return Words("客户屏已连上", "The visitor's screen is connected")


@dataclass(frozen=True, kw_only=True)
class ScreenEnded(Event):
    """客户屏断开: by the clerk, by a newer code, or with the visit."""

    KIND: ClassVar[str] = "screen_ended"
    visit: str

    def sentence(self) -> Words:
        return Words("客户屏已断开", "The visitor's screen is disconnected")


@dataclass(frozen=True, kw_only=True)
class VisitorAnswered(Event):
    """客户在屏上答复: what stood on the screen is right or not; signed how, by the digest of the text."""

    KIND: ClassVar[str] = "visitor_answered"
    visit: str
    point: Words
    answer: str
    digest: str
    signed: str = ""
    signature: str = ""

    def sentence(self) -> Words:
        if self.answer != "right":
            return Words(f"客户在屏上说有不对的地方：{self.point.zh}", f"The visitor says on the screen that something is not right: {self.point.en}")
        signed = {"finger": ("，手指签名", ", signed by finger"), "typed": ("，写名签署", ", signed by name")}.get(self.signed, ("", ""))
        return Words(f"客户在屏上确认：{self.point.zh}{signed[0]}".rstrip(), f"The visitor confirmed on the screen: {self.point.en}{signed[1]}".rstrip())


@dataclass(frozen=True, kw_only=True)
class ConsentAnswered(Event):
    """单独同意: asked by a text of an edition, given or refused, and how it was said (PIPL 29)."""

    KIND: ClassVar[str] = "consent_answered"
    KEY: ClassVar[bool] = True
    kind: Words
    is_given: bool
    how: Words
    edition: str
    language: str

    def sentence(self) -> Words:
        verb = Words("同意", "Consent given") if self.is_given else Words("不同意", "Consent refused")
        return Words(f"{verb.zh}处理{self.kind.zh}（{self.how.zh}，文本 {self.edition}）", f"{verb.en}: {self.kind.en} ({self.how.en}, text {self.edition})")


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """撤回同意: from now on; what contract and law need goes on, the rest stops (PIPL 15, 16)."""

    KIND: ClassVar[str] = "consent_withdrawn"
    KEY: ClassVar[bool] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"said"})
    kind: Words
    said: str = ""

    def sentence(self) -> Words:
        said_zh, said_en = (f"：{self.said}", f": {self.said}") if self.said else ("", "")
        return Words(f"撤回对处理{self.kind.zh}的同意{said_zh}".rstrip(), f"Consent withdrawn: {self.kind.en}{said_en}".rstrip())


@dataclass(frozen=True, kw_only=True)
class VisitRated(Event):
    """评价: the visitor rated the visit. How, is sealed: the clerk does not read it here either."""

    KIND: ClassVar[str] = "visit_rated"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"score"})
    visit: str
    score: int

    def sentence(self) -> Words:
        return Words("客户留下了评价", "The visitor rated the visit")


@dataclass(frozen=True, kw_only=True)
class AuthorisationSeen(Event):
    """授权已核对: by what somebody acts for another, for what, until when; the original was seen."""

    KIND: ClassVar[str] = "authorisation_seen"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"given_by"})
    kind: Words
    given_by: str
    scope: Words
    valid_to: str = ""

    def sentence(self) -> Words:
        until = Words(f"到 {self.valid_to}", f"until {self.valid_to}") if self.valid_to else Words("到结案为止", "until the claim is closed")
        by = (f"，{self.given_by}授权", f", given by {self.given_by}") if self.given_by else ("", "")
        return Words(
            f"看过{self.kind.zh}原件{by[0]}，范围：{self.scope.zh}，{until.zh}", f"{self.kind.en} sighted{by[1]}; for {self.scope.en}, {until.en}",
        )
