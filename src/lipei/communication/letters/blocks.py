"""The blocks of a page as plain data: what `pages/letter.typ` knows how to set, one small function a block."""

from __future__ import annotations

from collections.abc import Sequence

from lipei.communication.letters.parts import Answer, Change, Clause, Line, Refusal, Remedies, Sender
from lipei.communication.letters.voice import Block, Voice
from lipei.communication.letters.wording import Run
from lipei.terms import money

Cell = str | list[Run] | Block


def plain(text: str) -> list[Run]:
    """One text as a single run."""
    return [{"t": text, "b": False}]


def bold(text: str) -> list[Run]:
    """One text as a single bold run."""
    return [{"t": text, "b": True}]


def lead(runs: list[Run]) -> Block:
    """The first sentence, set larger: the decision."""
    return {"is": "lead", "runs": runs}


def heading(text: str) -> Block:
    """A heading inside the letter."""
    return {"is": "heading", "text": text}


def text(runs: list[Run]) -> Block:
    """A paragraph."""
    return {"is": "text", "runs": runs}


def note(words: str) -> Block:
    """A small paragraph: a source in law, how a date is counted."""
    return {"is": "note", "runs": plain(words)}


def numbered(items: Sequence[list[Run]]) -> Block:
    """A numbered list."""
    return {"is": "numbered", "items": list(items)}


def quoted(words: str) -> Block:
    """Somebody's own words."""
    return {"is": "quoted", "text": words}


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    widths: Sequence[str],
    right: Sequence[int] = (),
    total: bool = False,
) -> Block:
    """A table with a header that is repeated on each page; `right` names the columns of amounts, `total` a bold last row."""
    body = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    return {
        "is": "table",
        "heads": list(columns),
        "widths": list(widths),
        "rows": body,
        "right": list(right),
        "total": total,
    }


def stacked(first: str, *, below: Sequence[str] = (), code: str = "", alt: str = "") -> Block:
    """A table cell of a first line with smaller lines below it, or with a bar code above it."""
    return {"first": first, "below": list(below), "code": code, "alt": alt}


def pairs(answers: Sequence[Answer], voice: Voice) -> Block:
    """Labels and values in two columns."""
    return {"is": "pairs", "rows": [[voice.of(a.label), voice.of(a.value)] for a in answers]}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Labels and values that are already said."""
    return {"is": "pairs", "rows": [list(row) for row in rows]}


def promise(columns: Sequence[tuple[str, str, str]]) -> Block:
    """The framed box of what the reader wants to find again: label, the large answer, a sentence."""
    return {"is": "promise", "columns": [{"label": a, "large": b, "text": c} for a, b, c in columns]}


def signing(labels: Sequence[str]) -> Block:
    """Lines to sign on."""
    return {"is": "signing", "labels": list(labels)}


def sealed(sender: Sender, lines: Sequence[str]) -> Block:
    """The lines of the signature with the insurer's seal; a seal carries the registered, Chinese name."""
    return {"is": "sealed", "lines": list(lines), "name": sender.insurer.zh, "under": sender.seal.zh}


def reckoning_line(line: Line, voice: Voice) -> list[Cell]:
    """A row of the reckoning: what, why with the clause quoted, how much."""
    why = stacked(voice.with_clauses(line.fact, line.clauses), below=voice.quotes(line.clauses))
    return [voice.say(line.effect, label=line.label), why, money.plain(line.amount)]


def changes(items: Sequence[Change], voice: Voice) -> list[Block]:
    """What could still change the result; the heading carries the gain when there is exactly one."""
    if not items:
        return []
    gains = [item.gain for item in items if item.gain is not None]
    single = len(items) == 1 and len(gains) == 1
    title = voice.say("change_heading_gain", gain=voice.amount(gains[0])) if single else voice.say("change_heading")
    runs = [_change(item, voice, in_heading=single) for item in items]
    return [heading(title), text(runs[0]) if len(runs) == 1 else numbered(runs)]


def _change(item: Change, voice: Voice, *, in_heading: bool) -> list[Run]:
    parts = {"what": voice.sentence(item.what), "how": voice.sentence(item.how)}
    if item.gain is None or (in_heading and "{gain}" in voice.texts["change_heading_gain"].zh):
        said = voice.say("change", **parts)
    else:
        said = voice.say("change_gain", **parts, gain=voice.amount(item.gain))
    if item.answer_days is not None:
        said += ("" if voice.language == "zh" else " ") + voice.say("answer_within", days=item.answer_days)
    return plain(said)


def refusal(item: Refusal, voice: Voice) -> Block:
    """One refused item: amount, facts, the words of the contract, and why they meet."""
    return {
        "is": "refusal",
        "label": voice.of(item.label),
        "amount": voice.amount(item.amount),
        "parts": [
            {"label": voice.say("facts"), "texts": [voice.fact(fact) for fact in item.facts]},
            {"label": voice.say("clause"), "clauses": [clause_quoted(clause, voice) for clause in item.clauses]},
            {"label": voice.say("why"), "texts": [voice.sentence(item.why)]},
        ],
    }


def clause_quoted(clause: Clause, voice: Voice) -> Block:
    """A clause's name and its words."""
    return {"label": voice.of(clause.label), "text": "".join(voice.quotes([clause]))}


def remedies(them: Remedies, voice: Voice) -> list[Block]:
    """The ways to disagree: the person, the review, the regulator with court or arbitration and the limitation."""
    years = f"remedies.years_{them.limitation_years}"
    said = voice.say(years) if years in voice.texts else voice.say("remedies.years_n", n=them.limitation_years)
    ask = "remedies.ask" if them.ask.phone is not None else "remedies.ask_plain"
    outside = voice.runs(f"remedies.outside_{them.forum}", regulator=them.regulator_phone, years=said)
    return [
        heading(voice.say("remedies.heading")),
        numbered(
            [
                voice.runs(ask, name=them.ask.name, phone=voice.phone(them.ask)),
                voice.runs("remedies.review", days=them.review_days),
                outside,
            ]
        ),
    ]
