"""Facts of the queue, in the past tense: a ticket's stand in the file of its visit, the hall's own in the file of the branch's hall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    """取号: somebody came and has a number; so many were before them, so many minutes were promised."""

    KIND: ClassVar[str] = "ticket_taken"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"priority"})
    ticket: str
    label: str
    purpose: str
    priority: str
    before: int
    promised_minutes: int
    basis: str

    def sentence(self) -> Words:
        if not self.promised_minutes:
            return Words(f"取号 {self.label}，马上接待", f"Ticket {self.label}, served at once")
        return Words(
            f"取号 {self.label}，前面 {self.before} 位，告诉客户大约等 {self.promised_minutes} 分钟",
            f"Ticket {self.label}: {self.before} before, about {self.promised_minutes} minutes promised",
        )


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Event):
    """叫号: a number is called to a counter, for the first time or again."""

    KIND: ClassVar[str] = "ticket_called"
    label: str
    counter: int
    time: int

    def sentence(self) -> Words:
        again = (f"第 {self.time} 次", f" for the {self.time}. time") if self.time > 1 else ("", "")
        return Words(f"{again[0]}请 {self.label} 到 {self.counter} 号柜台", f"{self.label} called to counter {self.counter}{again[1]}")


@dataclass(frozen=True, kw_only=True)
class TicketMissed(Event):
    """过号: called three times, did not come."""

    KIND: ClassVar[str] = "ticket_missed"
    label: str
    calls: int

    def sentence(self) -> Words:
        return Words(f"{self.label} 叫了 {self.calls} 次没有来", f"{self.label} was called {self.calls} times and did not come")


@dataclass(frozen=True, kw_only=True)
class TicketReturned(Event):
    """过号回来: who had missed the call is here again and comes after the next one."""

    KIND: ClassVar[str] = "ticket_returned"
    label: str

    def sentence(self) -> Words:
        return Words(f"{self.label} 回来了，排在下一位之后", f"{self.label} came back and follows the next visitor")


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(Event):
    """转柜台: sent on to another counter, with the reason."""

    KIND: ClassVar[str] = "ticket_transferred"
    label: str
    counter: int
    reason: Words

    def sentence(self) -> Words:
        to = Words(f"{self.counter} 号柜台", f"counter {self.counter}") if self.counter else Words("别的柜台", "another counter")
        return Words(f"{self.label} 转到{to.zh}：{self.reason.zh}", f"{self.label} sent on to {to.en}: {self.reason.en}")


@dataclass(frozen=True, kw_only=True)
class TicketCancelled(Event):
    """销号: the visitor will not be served on this number, with the reason."""

    KIND: ClassVar[str] = "ticket_cancelled"
    label: str
    reason: Words

    def sentence(self) -> Words:
        return Words(f"{self.label} 不再等：{self.reason.zh}", f"{self.label} waits no longer: {self.reason.en}")


@dataclass(frozen=True, kw_only=True)
class LongerWaitTold(Event):
    """告诉客户还要等: somebody went and said that it takes longer than promised."""

    KIND: ClassVar[str] = "longer_wait_told"
    label: str
    waited: int
    promised: int

    def sentence(self) -> Words:
        return Words(
            f"告诉 {self.label} 还要等：已等 {self.waited} 分钟，原说 {self.promised} 分钟",
            f"{self.label} was told it takes longer: {self.waited} minutes waited, {self.promised} promised",
        )


@dataclass(frozen=True, kw_only=True)
class CounterOpened(Event):
    """开柜: a colleague sits down at a counter."""

    KIND: ClassVar[str] = "counter_opened"
    counter: int
    clerk: str

    def sentence(self) -> Words:
        return Words(f"{self.clerk}在 {self.counter} 号柜台", f"{self.clerk} sits at counter {self.counter}")


@dataclass(frozen=True, kw_only=True)
class CounterClosed(Event):
    """离柜: a counter is left."""

    KIND: ClassVar[str] = "counter_closed"
    counter: int
    clerk: str

    def sentence(self) -> Words:
        return Words(f"{self.clerk}离开 {self.counter} 号柜台", f"{self.clerk} left counter {self.counter}")


@dataclass(frozen=True, kw_only=True)
class AppointmentMade(Event):
    """预约: a time agreed with somebody who will come."""

    KIND: ClassVar[str] = "appointment_made"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"name"})
    name: str
    starts_at: str
    purpose: Words

    def sentence(self) -> Words:
        return Words(f"约好 {self.starts_at} 来{self.purpose.zh}", f"Appointment for {self.starts_at}: {self.purpose.en[:1].lower()}{self.purpose.en[1:]}")


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(Event):
    """取消预约: the visitor will not come at that time."""

    KIND: ClassVar[str] = "appointment_cancelled"
    starts_at: str

    def sentence(self) -> Words:
        return Words(f"{self.starts_at} 的预约取消了", f"The appointment of {self.starts_at} was called off")


@dataclass(frozen=True, kw_only=True)
class HelpAsked(Event):
    """请人帮忙: somebody in the hall asks for a person."""

    KIND: ClassVar[str] = "help_asked"
    place: str

    def sentence(self) -> Words:
        return Words("取号机旁有人请人帮忙", "Somebody at the ticket machine asks for a person")


@dataclass(frozen=True, kw_only=True)
class HelpGiven(Event):
    """有人去帮: a colleague went there, so many seconds after the call."""

    KIND: ClassVar[str] = "help_given"
    place: str
    seconds: int

    def sentence(self) -> Words:
        return Words(f"{self.seconds} 秒后有人去帮", f"Somebody went to help after {self.seconds} seconds")
