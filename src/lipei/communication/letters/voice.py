"""A letter's voice: its language, its approved texts, and how amounts, dates, people and clauses are said in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lipei.communication.letters import wording
from lipei.communication.letters.amounts import in_words
from lipei.communication.letters.parts import Clause, Fact, Person, Receiver
from lipei.communication.letters.schemas import Written
from lipei.communication.letters.wording import Run
from lipei.terms import money
from lipei.terms.words import Words

Block = dict[str, Any]
ENDS = ("。", "？", "”", ".", "?", "…")


@dataclass(frozen=True, slots=True)
class Voice:
    """The texts in force for one letter, in its language."""

    language: str
    texts: dict[str, Words]

    def say(self, name: str, /, **values: object) -> str:
        """The text called `name` with its places filled, without bold marks."""
        return "".join(str(run["t"]) for run in self.runs(name, **values))

    def runs(self, name: str, /, **values: object) -> list[Run]:
        """The text called `name` as runs of plain and bold."""
        said = {key: self.of(value) if isinstance(value, Words) else str(value) for key, value in values.items()}
        return wording.filled(self.texts[name].in_(self.language), said)

    def of(self, words: Words) -> str:
        """The words in the letter's language."""
        return words.in_(self.language)

    def sentence(self, words: Words) -> str:
        """The words as a whole sentence: with the full stop that they may lack."""
        said = self.of(words).rstrip()
        stop = "。" if self.language == "zh" else "."
        return said if said.endswith(ENDS) else said + stop

    def amount(self, minor: int) -> str:
        """`26,320.33 元` or `¥26,320.33`."""
        return self.say("amount", plain=money.plain(minor))

    def capitals(self, minor: int) -> str:
        """The amount in words, against later alteration."""
        return self.of(in_words(minor))

    def counted(self, name: str, number: int) -> str:
        """A number with its noun: `{name}_one` or `{name}_many`."""
        return self.say(f"{name}_one") if number == 1 else self.say(f"{name}_many", n=number)

    def person(self, person: Person) -> str:
        """Name and phone."""
        if person.phone is None:
            return self.of(person.name)
        return self.say("person", name=person.name, phone=person.phone)

    def phone(self, person: Person) -> str:
        """The person's phone; the name where no phone is given."""
        return self.of(person.phone or person.name)

    def greeting(self, to: Receiver) -> str:
        """The salutation."""
        if to.title is None:
            return self.say("salutation_plain", name=to.name)
        return self.say("salutation", name=to.name, title=to.title)

    def clauses(self, clauses: Sequence[Clause]) -> str:
        """The names of the clauses in one row."""
        return self.say("list_and").join(self.of(clause.label) for clause in clauses)

    def quotes(self, clauses: Sequence[Clause]) -> list[str]:
        """The words of the clauses, in quotation marks."""
        return [self.say("quoted", text=clause.text) for clause in clauses if clause.text is not None]

    def with_clauses(self, fact: Words, clauses: Sequence[Clause]) -> str:
        """A fact and after it the names of the clauses."""
        if not clauses:
            return self.of(fact)
        return self.say("fact_and_clause", fact=self.of(fact).rstrip("。."), clauses=self.clauses(clauses))

    def fact(self, fact: Fact) -> str:
        """What was found, with its source."""
        said = self.of(fact.what)
        if fact.source is None:
            return said
        opening, closing = ("（", "）") if self.language == "zh" else (" (", ")")
        return f"{said.rstrip('。.')}{opening}{self.of(fact.source)}{closing}"

    def listed(self, items: Sequence[Words]) -> str:
        """Several things in one sentence."""
        return self.say("list_and").join(self.of(item) for item in items)


def day(when: date) -> str:
    """`2026-11-27`: the one way a date is written."""
    return when.isoformat()


def voice_of(letter: Written, kind: str) -> Voice:
    """The voice of `letter`: its own texts, the frame's and the remedies', by the day on the letter."""
    texts: dict[str, Words] = {}
    for name in ("frame", "remedies", kind):
        edition = wording.in_force(name, on=letter.date)
        prefix = "remedies." if name == "remedies" else ""
        texts.update({f"{prefix}{key}": words for key, words in edition.words.items()})
    return Voice(language=letter.language, texts=texts)
