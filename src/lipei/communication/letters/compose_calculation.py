"""The body of the calculation statement: a ladder a coverage, each step with clause, operands and arithmetic."""

from __future__ import annotations

from lipei.communication.letters import blocks as b
from lipei.communication.letters import schemas as s
from lipei.communication.letters.parts import CoverageSteps, Operand, Step
from lipei.communication.letters.voice import Block, Voice, day
from lipei.terms import money


def statement(letter: s.CalculationStatement, voice: Voice) -> list[Block]:
    """理赔计算书."""
    amounts = {"asked": voice.amount(letter.asked), "owed": voice.amount(letter.owed)}
    return [
        b.lead(voice.runs("lead", **amounts, capitals=voice.capitals(letter.owed))),
        *([b.text(b.plain(voice.of(letter.in_plain_words)))] if letter.in_plain_words is not None else []),
        _subject(letter, voice),
        *[block for coverage in letter.coverages for block in _coverage(coverage, voice)],
        *_together(letter, voice),
        *_exclusions(letter, voice),
        *_clauses(letter, voice),
        _signature(letter, voice),
    ]


def _subject(letter: s.CalculationStatement, voice: Voice) -> Block:
    return b.facts(
        [
            (voice.say("decision"), letter.decision_number),
            (voice.say("product"), voice.of(letter.product)),
            (voice.say("edition"), letter.edition),
            (voice.say("policy"), letter.policy_number),
            (voice.say("insured"), voice.of(letter.insured)),
            (voice.say("event"), voice.of(letter.event)),
            (voice.say("engine"), letter.engine),
        ]
    )


def _coverage(coverage: CoverageSteps, voice: Voice) -> list[Block]:
    heads = [voice.say("column_number"), voice.say("column_step"), voice.say("column_after")]
    title = b.heading(voice.say("coverage", name=coverage.name, amount=voice.amount(coverage.owed)))
    if coverage.stop is not None:
        stop = voice.say("stopped", why=coverage.stop.why, clause=coverage.stop.clause.label)
        return [title, b.text(b.plain(stop))]
    return [title, {"is": "ladder", "heads": heads, "steps": [_step(step, voice) for step in coverage.steps]}]


def _step(step: Step, voice: Voice) -> Block:
    exact = step.after_exact
    return {
        "number": step.number,
        "label": voice.of(step.label),
        "clause": "" if step.clause is None else voice.of(step.clause.label),
        "arithmetic": voice.of(step.arithmetic),
        "operands": voice.say("list_parts").join(_operand(operand, voice) for operand in step.operands),
        "notes": [voice.of(note) for note in step.notes],
        "after": money.plain(step.after) if exact is None else voice.of(exact),
        "bound": step.bound,
        "effect": _effect(step, voice),
    }


def _effect(step: Step, voice: Voice) -> str:
    if step.before is None:
        return ""
    if step.before == step.after:
        return voice.say("unchanged")
    name = "taken" if step.before > step.after else "added"
    return voice.say(name, amount=money.plain(abs(step.before - step.after)))


def _operand(operand: Operand, voice: Voice) -> str:
    value = voice.of(operand.value)
    if operand.name is not None:
        value = voice.say("operand", name=operand.name, value=value)
    return value if operand.source is None else voice.say("from", said=value, source=operand.source)


def _together(letter: s.CalculationStatement, voice: Voice) -> list[Block]:
    rows: list[list[b.Cell]] = [[voice.of(cover.name), money.plain(cover.owed)] for cover in letter.coverages]
    rows.append([voice.say("owed"), money.plain(letter.owed)])
    heads = [voice.say("column_coverage"), voice.say("amount_head")]
    return [
        b.heading(voice.say("together_heading")),
        b.table(heads, rows, widths=("1fr", "auto"), right=[1], total=True),
    ]


def _exclusions(letter: s.CalculationStatement, voice: Voice) -> list[Block]:
    if not letter.exclusions:
        return []
    rows: list[list[b.Cell]] = [
        [voice.of(tried.clause.label), b.stacked(voice.of(tried.label), below=[voice.of(tried.why)])]
        for tried in letter.exclusions
    ]
    return [
        b.heading(voice.say("tried_heading")),
        b.text(voice.runs("tried_text")),
        b.table([voice.say("column_exclusion"), voice.say("column_result")], rows, widths=("39mm", "1fr")),
    ]


def _clauses(letter: s.CalculationStatement, voice: Voice) -> list[Block]:
    quoted = [b.clause_quoted(clause, voice) for clause in letter.clauses]
    return [b.heading(voice.say("clauses_heading")), {"is": "clauses", "clauses": quoted}] if quoted else []


def _signature(letter: s.CalculationStatement, voice: Voice) -> Block:
    made = voice.say("made_by", calculated=letter.calculated_by.name)
    if letter.reviewed_by is not None:
        made = voice.say("made_and_reviewed", calculated=letter.calculated_by.name, reviewed=letter.reviewed_by.name)
    sender = voice.say("sender_line", insurer=letter.sender.insurer, branch=letter.sender.branch)
    return b.sealed(letter.sender, [sender, made, day(letter.date)])
