"""Which papers a case needs, whether they are complete, and what one notice of what is missing must hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal

from lipei.documents.hands import must_hold_hands, must_hold_place
from lipei.documents.kinds import BY_CLAIMANT, FORMS, GENERAL, HELP, OTHER, OTHER_LABEL, OTHER_SHOWS
from lipei.filing.refusal import Missing
from lipei.terms.combinators import StepException
from lipei.terms.edition import Edition, clause_label
from lipei.terms.papers import PaperRequired, papers_required
from lipei.terms.words import Words, both

PAGES_MAX = 2_000
TITLE_CHARACTERS_MAX = 120
REASON_CHARACTERS_MAX = 500
PROOF_CHARACTERS_MAX = 160

Need = Literal["required", "helps", "depends"]
State = Literal["missing", "received", "confirmed", "rejected", "waived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOfCase:
    """One paper of the checklist: what it is, what it must show, why it is needed and how to get it.

    `helps` marks a paper that can only bring the claimant more: it is never required, and never a ground to wait.
    """

    kind: str
    label: Words
    shows: Words
    why: Words
    how: Words
    instead: Words | None = None
    clause: str = ""
    clause_shown: Words | None = None
    clause_text: Words | None = None
    need: Need = "required"
    depends_on: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A paper of the checklist and how it stands in one claim."""

    paper: PaperOfCase
    state: State

    @property
    def is_lacking(self) -> bool:
        """Required, and neither here nor waived: one notice must name it."""
        return self.paper.need == "required" and self.state in ("missing", "rejected")

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do about it before the papers are complete."""
        if self.state == "received" or (self.paper.need == "depends" and self.state == "missing"):
            return False
        return self.paper.need == "helps" or self.state in ("confirmed", "waived")


# ---------- the checklist ----------


def papers_of_case(
    edition: Edition, *, known: Mapping[str, Any], charged: Mapping[str, int], roles: AbstractSet[str]
) -> tuple[PaperOfCase, ...]:
    """The checklist by product, cause and claimant: what the terms ask for on these facts and sums (fen), then by `roles`."""
    found = [_of_terms(edition, asked, known=known) for asked in papers_required(edition, known=known, charged=charged)]
    found += [
        PaperOfCase(kind=p.code, label=p.label, shows=p.shows, why=HELP[p.code].why, how=HELP[p.code].how, instead=HELP[p.code].instead)
        for p in BY_CLAIMANT if p.role in roles
    ]
    return tuple(found)


def _of_terms(edition: Edition, asked: PaperRequired, *, known: Mapping[str, Any]) -> PaperOfCase:
    help_ = HELP.get(asked.code, GENERAL)
    gain = exception_proved(edition, asked.code, known=known)
    why = help_.why if gain is None else Words(
        f"不是必需的；有它可能多付：{gain.label.zh}。", f"Not required; with it more may be paid: {gain.label.en}."
    )
    need: Need = "depends" if asked.need == "depends" else "helps" if gain is not None else "required"
    return PaperOfCase(
        kind=asked.code, label=asked.label, shows=asked.shows, why=why, how=help_.how, instead=help_.instead, clause=asked.clause,
        clause_shown=clause_label(asked.clause), clause_text=edition.clause(asked.clause), need=need,
        depends_on=tuple(edition.document.facts[n].label if n in edition.document.facts else both(n) for n in asked.depends_on),
    )


def exception_proved(edition: Edition, code: str, *, known: Mapping[str, Any]) -> StepException | None:
    """The exception in the claimant's favour that this paper would prove, when that is all it is for.

    It is when every fact the paper proves has a default, is not yet claimed to be otherwise, and decides such an exception.
    """
    facts = {name: spec for name, spec in edition.document.facts.items() if spec.paper == code}
    if not facts or any(spec.default is None or known.get(name) is True for name, spec in facts.items()):
        return None
    exceptions = [e for coverage in edition.document.coverages for step in coverage.steps for e in step.exceptions]
    by_fact = {name: next((e for e in exceptions if name in e.when.names), None) for name in facts}
    return None if None in by_fact.values() else next(iter(by_fact.values()))


def label_of(edition: Edition | None, kind: str) -> Words | None:
    """The name of a kind of paper: of the edition, of the claimant's papers, or any other; None for an unknown kind."""
    if edition is not None and kind in edition.document.documents:
        return edition.document.documents[kind].label
    own = next((p.label for p in BY_CLAIMANT if p.code == kind), None)
    return OTHER_LABEL if kind == OTHER else own


def shows_of(edition: Edition | None, kind: str) -> Words:
    """What a paper of this kind must say when it is examined."""
    if edition is not None and kind in edition.document.documents:
        return edition.document.documents[kind].shows
    return next((p.shows for p in BY_CLAIMANT if p.code == kind), OTHER_SHOWS)


def state_of(states: Sequence[str], *, is_waived: bool) -> State:
    """How a paper of the checklist stands, from the states of the papers of its kind that came in."""
    if "received" in states:
        return "received"
    if "confirmed" in states:
        return "confirmed"
    if is_waived:
        return "waived"
    return "rejected" if "rejected" in states else "missing"


# ---------- completeness ----------


def lacking_papers(rows: Sequence[Standing], *, number: str) -> list[Missing]:
    """Everything that keeps the papers from being complete: missing, not examined, unusable, or not decided yet."""
    return [_lacking(row, number=number) for row in rows if not row.is_settled]


def _lacking(row: Standing, *, number: str) -> Missing:
    paper, there = row.paper, ("claim_papers", (number,))
    if row.state == "received":
        return Missing(Words(f"{paper.label.zh}还没有核验", f"{paper.label.en}: not examined yet"),
                       why=Words(f"要看它写明了{paper.shows.zh}。", f"It must show {paper.shows.en}."), where=there)
    if row.state == "rejected":
        return Missing(Words(f"{paper.label.zh}不合用，还没有换来", f"{paper.label.en}: cannot be used, and no other came"), why=paper.why, where=there)
    if paper.need == "depends":
        zh = "、".join(d.zh for d in paper.depends_on)
        en = ", ".join(d.en for d in paper.depends_on)
        return Missing(Words(f"{paper.label.zh}要不要交，还没有查明", f"{paper.label.en}: not clear yet whether it is needed"),
                       why=Words(f"要先知道：{zh}。", f"First to be known: {en}."), where=("claim", (number,)))
    return Missing(Words(f"缺{paper.label.zh}", f"Missing: {paper.label.en}"), why=paper.why, where=there)


# ---------- receiving and examining ----------


def must_hold_receipt(
    *, kind: str, is_known: bool, form: str, title: str, pages: int, received_from: str, place: str, is_returned: bool, has_content: bool
) -> list[Missing]:
    """Everything a receipt lacks: kind, form, pages, from whom, where it is kept, and for a file its content."""
    faults: list[Missing] = []
    if not is_known:
        faults.append(Missing(Words("没有选是哪一种单证", "The kind of paper is missing"), field="kind"))
    if form not in FORMS:
        faults.append(Missing(Words("没有选原件、复印件还是电子件", "Original, copy or file is missing"), field="form"))
    if kind == OTHER and not title.strip():
        faults.append(Missing(Words("没有写这份材料的名称", "The name of this paper is missing"), field="title"))
    faults += _length(title, TITLE_CHARACTERS_MAX, what=Words("名称", "The name"), field="title")
    faults += must_hold_hands(received_from, what=Words("是谁交来的", "who handed it in"), field="received_from")
    if not 1 <= pages <= PAGES_MAX:
        faults.append(Missing(Words(f"页数写的是 {pages}，应当在 1 到 {PAGES_MAX:,} 之间", f"The number of pages is {pages}; it lies between 1 and {PAGES_MAX:,}"), field="pages"))
    if form in ("original", "copy") and not is_returned:
        faults += must_hold_place(place)
    if form == "electronic" and not has_content:
        faults.append(Missing(Words("没有选文件", "No file was chosen"), do=Words("请选一个 PDF、JPEG 或 PNG。", "Choose a PDF, JPEG or PNG."), field="content"))
    return faults


def must_hold_reason(reason: str, *, what: Words, field: str = "reason") -> list[Missing]:
    """A reason is there and at most `REASON_CHARACTERS_MAX` characters; `what` says for what ("为什么不合用")."""
    if not reason.strip():
        return [Missing(Words(f"没有写{what.zh}", f"It is not written {what.en}"), field=field)]
    return _length(reason, REASON_CHARACTERS_MAX, what=Words("理由", "The reason"), field=field)


def may_examine(state: str, *, is_complete: bool, label: Words) -> list[Missing]:
    """A finding may be changed until the papers were declared complete; a paper that came later is open to its first one."""
    if state == "received" or not is_complete:
        return []
    return [Missing(Words(f"{label.zh}的核验结论不能再改：单证已经收齐，费用按它审核", f"The finding on “{label.en}” stands: the papers are complete and the bill was reviewed by it"),
                    do=Words("如有新情况，请写进记录，并告诉审批人。", "Write what is new in a note and tell the approver."))]


# ---------- asking for what is missing ----------


def must_hold_request(rows: Sequence[Standing], *, kinds: Sequence[str]) -> list[Missing]:
    """What one notice of missing papers must hold (Insurance Law 22(2)): at once, everything required that is missing.

    It may also name papers that help, but never stops the clock for those alone.
    """
    on_list = {row.paper.kind: row for row in rows}
    faults = [
        Missing(Words(f"“{kind[:40]}”不在这件的单证清单里", f"“{kind[:40]}” is not on this claim's checklist"), field="kinds")
        for kind in kinds if kind not in on_list
    ]
    faults += [
        Missing(Words(f"{on_list[kind].paper.label.zh}已经有了，不要再向客户要", f"{on_list[kind].paper.label.en} is here already; do not ask for it again"), field="kinds")
        for kind in kinds if kind in on_list and on_list[kind].state in ("received", "confirmed", "waived")
    ]
    faults += [
        Missing(Words(f"通知里漏了{row.paper.label.zh}", f"The notice leaves out: {row.paper.label.en}"),
                why=Words("缺的材料要一次说全（保险法第二十二条）。", "All that is missing is asked for at once (Insurance Law, art. 22)."), field="kinds")
        for row in rows if row.is_lacking and row.paper.kind not in kinds
    ]
    if not any(on_list[k].is_lacking for k in kinds if k in on_list):
        faults.append(
            Missing(Words("没有缺必需的单证，不能发补件通知", "No required paper is missing; there is nothing to ask for"),
                    why=Words("通知会停时钟；只为可选的材料不能停。", "A notice stops the clock; papers that only help are no ground for that."),
                    do=Words("可选的材料，请打电话或写信问。", "Ask for papers that help by phone or letter."), field="kinds")
        )
    return faults


def must_hold_proof(proof: str) -> list[Missing]:
    """The clock stops only with proof of delivery (interpretation II of the Supreme Court, art. 15)."""
    if not proof.strip():
        return [Missing(Words("没有写凭什么知道已经送达", "The proof of delivery is missing"),
                        do=Words("例如：短信送达回执、柜台当面签收。", "For example: delivery receipt of the message, signed for at the counter."), field="proof")]
    return _length(proof, PROOF_CHARACTERS_MAX, what=Words("送达凭证", "The proof of delivery"), field="proof")


def _length(text: str, limit: int, *, what: Words, field: str) -> list[Missing]:
    if len(text) <= limit:
        return []
    return [Missing(Words(f"{what.zh}有 {len(text):,} 个字，最多 {limit} 个", f"{what.en} has {len(text):,} characters; the most is {limit}"), field=field)]
