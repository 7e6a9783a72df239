"""Facts of a visit, in the past tense; on the visit's file, and on the claim's where they concern the claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.money import shown
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class VisitOpened(Event):
    """接待开始: somebody came to a counter."""

    KIND: ClassVar[str] = "visit_opened"
    visit: str
    label: str
    counter: int

    def sentence(self) -> Words:
        return Words(f"{self.counter} 号柜台开始接待 {self.label}", f"Counter {self.counter} began to serve {self.label}")


@dataclass(frozen=True, kw_only=True)
class VisitorGreeted(Event):
    """迎接: purpose and situation, and how the visitor wishes to be addressed."""

    KIND: ClassVar[str] = "visitor_greeted"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"address"})
    visit: str
    purpose: Words
    situation: Words
    address: str
    corrects: bool = False

    def sentence(self) -> Words:
        again = Words("更正来意：", "Purpose corrected: ") if self.corrects else Words("迎接，来意：", "Welcomed; purpose: ")
        return Words(f"{again.zh}{self.purpose.zh}", f"{again.en}{self.purpose.en}")


@dataclass(frozen=True, kw_only=True)
class IdentityEstablished(Event):
    """身份与授权已核对: who it is and by what they may act; the document was in our hands."""

    KIND: ClassVar[str] = "identity_established"
    KEY: ClassVar[bool] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name"})
    visit: str
    name: str
    capacity: Words
    document: Words
    authority: Words | None = None

    def sentence(self) -> Words:
        by = (f"，凭{self.authority.zh}", f", by {self.authority.en}") if self.authority else ("", "")
        return Words(
            f"核对身份：{self.name}，{self.capacity.zh}，{self.document.zh}原件已看{by[0]}".rstrip(),
            f"Identity established: {self.name}, {self.capacity.en[0].lower()}{self.capacity.en[1:]}, {self.document.en} sighted{by[1]}".rstrip(),
        )


@dataclass(frozen=True, kw_only=True)
class AccountHeard(Event):
    """倾听: the account in the visitor's own words, read back and confirmed."""

    KIND: ClassVar[str] = "account_heard"
    KEY: ClassVar[bool] = True
    visit: str
    adds: bool = False
    on_screen: bool = False

    def sentence(self) -> Words:
        if self.on_screen:
            return Words("客户的陈述记下，客户在自己的屏上看过确认", "The account was noted; the visitor read and confirmed it on their screen")
        if self.adds:
            return Words("客户补充了陈述，念读后确认", "The account was added to, read back and confirmed")
        return Words("客户的陈述记下，念读后确认", "The account was noted, read back and confirmed")


@dataclass(frozen=True, kw_only=True)
class FactsGathered(Event):
    """出险事实问全: so many answered, so many left open with somebody who finds out."""

    KIND: ClassVar[str] = "facts_gathered"
    visit: str
    answered: int
    left_open: int
    corrects: bool = False

    def sentence(self) -> Words:
        verb = Words("更正出险事实", "Facts corrected") if self.corrects else Words("出险事实问全", "Facts complete")
        rest = (f"，{self.left_open} 件有人去查", f", {self.left_open} to be found out") if self.left_open else ("", "")
        return Words(f"{verb.zh}：答了 {self.answered} 件{rest[0]}".rstrip(), f"{verb.en}: {self.answered} answered{rest[1]}".rstrip())


@dataclass(frozen=True, kw_only=True)
class StationPassed(Event):
    """A station of the visit was done."""

    KIND: ClassVar[str] = "station_passed"
    visit: str
    station: str
    name: Words

    def sentence(self) -> Words:
        return Words(f"办完环节：{self.name.zh}", f"Station done: {self.name.en}")


@dataclass(frozen=True, kw_only=True)
class StationNotApplicable(Event):
    """A station truly did not apply, for a reason from the list."""

    KIND: ClassVar[str] = "station_not_applicable"
    KEY: ClassVar[bool] = True
    visit: str
    station: str
    name: Words
    reason: Words

    def sentence(self) -> Words:
        return Words(f"环节“{self.name.zh}”不适用：{self.reason.zh}", f"Station “{self.name.en}” does not apply: {self.reason.en}")


@dataclass(frozen=True, kw_only=True)
class UnderstandingConfirmed(Event):
    """说明: the five points were said back by the visitor, some after a second explanation, some left open with a person and a day."""

    KIND: ClassVar[str] = "understanding_confirmed"
    KEY: ClassVar[bool] = True
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"unclear"})
    visit: str
    open_questions: int
    right: int = 0
    again: int = 0
    left_open: int = 0
    unclear: str = ""

    def sentence(self) -> Words:
        zh, en = [f"{self.right} 点一次说对"], [f"{self.right} said back right"]
        if self.again:
            zh.append(f"{self.again} 点再讲一遍后说对")
            en.append(f"{self.again} right after a second explanation")
        if self.left_open:
            zh.append(f"{self.left_open} 点还不清楚，有人去答")
            en.append(f"{self.left_open} still unclear, to be answered")
        if self.open_questions:
            zh.append(f"另有 {self.open_questions} 个问题有人去答")
            en.append(f"{self.open_questions} further questions to be answered")
        note = (f"。不清楚的：{self.unclear}", f". Unclear: {self.unclear}") if self.unclear else ("", "")
        return Words(f"说明五点，请客户复述：{'，'.join(zh)}{note[0]}", f"Five points explained and said back: {', '.join(en)}{note[1]}")


@dataclass(frozen=True, kw_only=True)
class PapersTaken(Event):
    """收件: how many papers and items came over the counter, and their sum as claimed (fen)."""

    KIND: ClassVar[str] = "papers_taken"
    KEY: ClassVar[bool] = True
    visit: str
    papers: int
    items: int
    claimed: int
    signed: bool

    def sentence(self) -> Words:
        signed = ("，申请书念读签名", ", application read back and signed") if self.signed else ("", "")
        money = (f"，{self.items} 项共 {shown(self.claimed)}", f", {self.items} items, {shown(self.claimed)}") if self.items else ("", "")
        return Words(
            f"收件 {self.papers} 份{money[0]}{signed[0]}".rstrip(),
            f"{self.papers} papers taken in{money[1]}{signed[1]}".rstrip(),
        )


@dataclass(frozen=True, kw_only=True)
class PapersGivenBack(Event):
    """取回材料: originals went back to the person who signed for them."""

    KIND: ClassVar[str] = "papers_given_back"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"signed_by"})
    visit: str
    papers: int
    signed_by: str

    def sentence(self) -> Words:
        return Words(f"退还材料 {self.papers} 份，{self.signed_by}签收", f"{self.papers} papers given back, signed for by {self.signed_by}")


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """咨询: what was asked, what was answered, and the source it was read from: clause, clock, paper or procedure."""

    KIND: ClassVar[str] = "question_answered"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"question"})
    visit: str
    question: str
    title: Words
    answer: Words
    source: Words

    def sentence(self) -> Words:
        return Words(
            f"问：{self.question} 答：{self.title.zh}，{self.answer.zh}（{self.source.zh}）",
            f"Asked: {self.question} Answered: {self.title.en}: {self.answer.en} ({self.source.en})",
        )


@dataclass(frozen=True, kw_only=True)
class QuestionLeftOpen(Event):
    """咨询: nothing here answered it; a colleague answers by a day."""

    KIND: ClassVar[str] = "question_left_open"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"question"})
    visit: str
    question: str
    who: Words
    due: str

    def sentence(self) -> Words:
        return Words(f"问：{self.question} 这里没有答案，{self.who.zh}在 {self.due} 以前答复", f"Asked: {self.question} Nothing here answers it; {self.who.en} answers by {self.due}")


@dataclass(frozen=True, kw_only=True)
class VisitHandedOver(Event):
    """交接: another colleague goes on, with a summary, so that the visitor need not say it all again."""

    KIND: ClassVar[str] = "visit_handed_over"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"summary"})
    visit: str
    frm: str
    to: str
    summary: str
    tasks: int = 0
    follows: bool = False

    def sentence(self) -> Words:
        whole = ("，这件事由后者跟到底", ", who now follows the matter") if self.follows else ("", "")
        tasks = (f"，未完任务 {self.tasks} 件一并交接", f", with {self.tasks} open tasks") if self.tasks else ("", "")
        return Words(
            f"{self.frm}把接待交给{self.to}{whole[0]}{tasks[0]}：{self.summary}", f"{self.frm} handed the visit to {self.to}{whole[1]}{tasks[1]}: {self.summary}"
        )


@dataclass(frozen=True, kw_only=True)
class VisitClosed(Event):
    """送别: the visit is over; the customer knows the day of the next contact."""

    KIND: ClassVar[str] = "visit_closed"
    visit: str
    contact_on: str = ""

    def sentence(self) -> Words:
        if not self.contact_on:
            return Words("送别，接待结束", "Seen off; the visit is over")
        return Words(f"送别，{self.contact_on} 以前再联系", f"Seen off; next contact by {self.contact_on}")
