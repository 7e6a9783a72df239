"""A speech hint: which words of a text, of which class, why they matter, and a better sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lipei.terms.words import Words

Kind = Literal["note", "message", "letter", "decision", "spoken"]
KINDS: tuple[Kind, ...] = ("note", "message", "letter", "decision", "spoken")
WRITTEN_OUT = ("letter", "decision")
"""Kinds that go out on paper. A decision is the reason of the one who decides: to say there what is covered and paid is no promise."""

CLASSES = ("promise", "banned", "blame", "impolite", "ambiguous", "jargon")
"""The classes a text is labelled with, in the order of harm: where two fit, the one further left wins."""

EXTRAS = ("length", "next_step", "courtesy", "letter_words")
"""Hints beside the classes; they never give a label."""

CLASS_NAMES = {
    "promise": Words("承诺", "Promise"),
    "banned": Words("禁语", "Banned phrase"),
    "blame": Words("归咎", "Blame"),
    "impolite": Words("失礼", "Manner"),
    "ambiguous": Words("含糊", "Vague"),
    "jargon": Words("行话", "Jargon"),
    "length": Words("句子太长", "Long sentence"),
    "next_step": Words("缺下一步", "No next step"),
    "courtesy": Words("缺礼貌语", "Courtesy missing"),
    "letter_words": Words("信里不用的话", "Not in a letter"),
}

Severity = Literal["hint", "blocks"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One place in a text; `start` and `end` count characters (code points), `words` is what stands between them.

    An extra hint about something that is missing has `start == end` at the place where it belongs.
    `slip` is the stretch that `take` would replace (the whole sentence; of a term the term); `take` is in the language of
    the text, empty where nothing can simply be taken.
    """

    class_: str
    rule: str
    start: int
    end: int
    words: str
    why: Words
    better: Words
    severity: Severity
    slip: str = ""
    take: str = ""

    @property
    def name(self) -> Words:
        """The class in the field's words."""
        return CLASS_NAMES[self.class_]
