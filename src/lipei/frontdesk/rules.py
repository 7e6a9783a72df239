"""What each station needs before the next one opens: values in, all faults out at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lipei.filing.refusal import Missing
from lipei.frontdesk.reading import Reader, faults_of_text
from lipei.frontdesk.stations import PURPOSES, SITUATIONS, reasons_for
from lipei.terms.words import Words, both

ACCOUNT_CHARACTERS_MAX = 4_000  # what the application form prints whole
QUESTION_CHARACTERS_MAX = 300
OPEN_QUESTION_CHARACTERS_MAX = 150  # what a task can say
QUESTIONS_MAX = 5
CONTACT_DAYS_MAX = 60
COUNTERS_MAX = 60


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the welcome leaves: purpose, situation, and how the visitor wishes to be addressed."""

    purpose: str
    situation: str
    address: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of the visitor's that a colleague answers by a day."""

    text: str
    user_id: int
    due: date
    about: Words | None = None

    @property
    def what(self) -> Words:
        """The question as its task says it: with the point it is about, where it is about one."""
        return Words(f"{self.about.zh}：{self.text}", f"{self.about.en[0].upper()}{self.about.en[1:]}: {self.text}") if self.about else both(self.text)


@dataclass(frozen=True, slots=True)
class Farewell:
    """What the farewell leaves: the day of the next contact and what it will be about."""

    contact_on: date | None
    about: str


def greeting_of(told: Mapping[str, str], *, today: date) -> tuple[Greeting | None, list[Missing]]:
    """The welcome as told, or all that is missing."""
    read = Reader(told, today)
    purpose = read.choice("purpose", PURPOSES, missing=Words("还没有问来办什么事", "The purpose of the visit was not asked"))
    situation = read.choice("situation", SITUATIONS, missing=Words("还没有选来客的情形", "The visitor's situation was not chosen"))
    address = read.text("address", Words("称呼", "Form of address"), most=30,
                        missing=Words("还没有问怎么称呼", "How to address the visitor was not asked"))
    return (None, read.faults) if read.faults else (Greeting(purpose, situation, address), [])


def must_hold_account(text: str, *, is_read_back: bool) -> list[Missing]:
    """Their own words, whole, at most `ACCOUNT_CHARACTERS_MAX`, read back and confirmed by the visitor."""
    faults = faults_of_text(text, label=Words("陈述", "The account"), name="account", most=ACCOUNT_CHARACTERS_MAX)
    if not text.strip():
        faults.append(Missing(Words("还没有记下客户的陈述", "The visitor's account was not noted"),
                              why=Words("照客户的话记，一句也行。", "Write it as they say it; one sentence is enough."), field="account"))
    if not is_read_back:
        faults.append(Missing(Words("还没有念给客户听、请客户确认", "It was not read back to the visitor and confirmed"),
                              why=Words("念过确认的，才是客户的原话。", "Only what was read back and confirmed is their own word."), field="read_back"))
    return faults


def questions_of(read: Reader, *, colleagues: frozenset[int]) -> tuple[OpenQuestion, ...]:
    """The visitor's open questions as written down (`question_1` …), each with who answers it and by when."""
    found = [_question(read, n, colleagues=colleagues) for n in range(1, QUESTIONS_MAX + 1) if read.raw(f"question_{n}")]
    return tuple(q for q in found if q)


def _question(read: Reader, n: int, *, colleagues: frozenset[int]) -> OpenQuestion | None:
    text = read.text(f"question_{n}", Words(f"第 {n} 个问题", f"Question {n}"), most=OPEN_QUESTION_CHARACTERS_MAX)
    who = who_by(read, f"question_{n}", colleagues=colleagues, label=Words(f"第 {n} 个问题", f"question {n}"))
    return OpenQuestion(text, *who) if who else None


def who_by(read: Reader, name: str, *, colleagues: frozenset[int], label: Words, nobody: Words | None = None) -> tuple[int, date] | None:
    """Who finds something out (or, with `nobody` saying what lacks, does it) and by when: `<name>__who`, `<name>__until`, from today on."""
    who = read.raw(f"{name}__who")
    is_known = who.isascii() and who.isdigit() and len(who) < 10 and int(who) in colleagues
    if not is_known:
        read.fault(f"{name}__who", nobody or Words(f"“{label.zh}”还没有写由谁去查", f"Nobody is named yet who finds out: {label.en}"))
    found = Words(f"“{label.zh}”还没有写哪天以前查明", f"The day by which it is found out is missing: {label.en}")
    until = read.day(f"{name}__until", missing=Words(f"“{label.zh}”还没有写哪天以前", f"The day is missing: {label.en}") if nobody else found)
    if until is not None:
        _within(read, f"{name}__until", until)
    return (int(who), until) if is_known and until is not None else None


def _within(read: Reader, name: str, day: date) -> None:
    if day < read.today:
        read.fault(name, Words(f"{day} 已经过去，今天是 {read.today}", f"{day} is past; today is {read.today}"),
                   do=Words("请选今天或以后的日子。", "Choose today or a later day."))
    elif day > read.today + timedelta(days=CONTACT_DAYS_MAX):
        read.fault(name, Words(f"{day} 太远了，最多 {CONTACT_DAYS_MAX} 天以内", f"{day} is too far off; at most {CONTACT_DAYS_MAX} days"),
                   do=Words("客户不该等那么久；请选近一些的日子。", "The customer should not wait that long; choose a nearer day."))


def farewell_of(
    told: Mapping[str, str], *, today: date, needs_contact: bool, needs_receipt: bool
) -> tuple[Farewell | None, list[Missing]]:
    """The next contact as agreed, and the receipt handed over where there is one; a mere question needs neither."""
    read = Reader(told, today)
    missing = Words("还没有说好下次联系的日子", "The day of the next contact is not agreed") if needs_contact else None
    day = read.day("contact_on", missing=missing)
    if day is not None:
        _within(read, "contact_on", day)
    about = read.text("about", Words("联系什么", "What about"), most=150,
                      missing=Words("还没有写那天要告诉客户什么", "What the customer will hear that day is missing") if needs_contact else None)
    read.ticked("receipt_given", Words("还没有把回执交到客户手里", "The receipt was not handed over")) if needs_receipt else None
    return (None, read.faults) if read.faults else (Farewell(day, about), [])


def asked_of(told: Mapping[str, str], *, today: date, most: int = QUESTION_CHARACTERS_MAX) -> tuple[str, list[Missing]]:
    """A question as the visitor asked it, or what is wrong with it."""
    read = Reader(told, today)
    return read.text("question", Words("问题", "The question"), most=most, missing=Words("还没有记下问题", "The question was not noted")), read.faults


def question_left_of(told: Mapping[str, str], *, today: date, colleagues: frozenset[int]) -> tuple[OpenQuestion | None, list[Missing]]:
    """A question nothing here answers: its words, who answers it and by when; else all that is missing."""
    question, faults = asked_of(told, today=today, most=OPEN_QUESTION_CHARACTERS_MAX)
    read = Reader(told, today, faults)
    who = who_by(read, "question", colleagues=colleagues, label=Words("这个问题", "this question"),
                 nobody=Words("还没有写由谁去答", "Nobody is named yet who answers it"))
    return (OpenQuestion(question, *who) if who and not read.faults else None), read.faults


def must_have_answered(answered: int) -> list[Missing]:
    """At the answer each question was answered from a source, or given to a colleague; at least one was asked."""
    if answered:
        return []
    return [Missing(Words("还没有记下问题和它的出处，或交给谁去答", "No question was answered from its source yet, nor given to anybody"),
                    why=Words("有出处的才答；没有的交给人去查，不猜。", "What has a source is answered; what has none is looked up by a person, never guessed."), field="q")]


def may_not_apply(station: str, *, purpose: str, reason: str) -> list[Missing]:
    """A station does not apply only for a reason from its list."""
    reasons = reasons_for(station, purpose)
    if any(r.id == reason for r in reasons):
        return []
    if not reasons:
        return [Missing(Words("这一环节没有可以跳过的情形", "There is no case in which this station does not apply"),
                        do=Words("请照常办完。", "Complete it as usual."), field="reason")]
    return [Missing(Words("还没有选为什么不适用", "The reason why it does not apply was not chosen"),
                    why=Words("理由会记在案件里。", "The reason stands in the file."), field="reason")]


def must_hold_handover(summary: str, *, to_user_id: int, colleagues: frozenset[int], holder_id: int) -> list[Missing]:
    """A visit is handed to another colleague of the desk with a sentence about where it stands."""
    faults = faults_of_text(summary, label=Words("交接的话", "The summary"), name="summary", most=500)
    if not summary.strip():
        faults.append(Missing(Words("还没有写办到哪里、客户在意什么", "Where it stands and what matters to the visitor is missing"),
                              why=Words("客户不用把话再说一遍。", "The visitor need not say it all again."), field="summary"))
    if to_user_id not in colleagues or to_user_id == holder_id:
        faults.append(Missing(Words("还没有选接手的前台同事", "The colleague of the desk who takes over was not chosen"), field="to"))
    return faults
