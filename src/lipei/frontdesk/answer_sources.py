"""The texts that answers are taken from: the contract's clauses, the legal clocks, the papers asked for, the procedure. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lipei.claimfile.stages import BAR, Stage, steps_from
from lipei.clocks.clock import Clock
from lipei.clocks.events import EVENT_KINDS
from lipei.clocks.reading import Reading
from lipei.clocks.sentences import days
from lipei.clocks.source import GRADE_WORDS
from lipei.documents.kinds import HELP
from lipei.documents.rules import PaperOfCase
from lipei.frontdesk.answers_rules import Passage
from lipei.frontdesk.procedure import WAYS
from lipei.frontdesk.stations import STATIONS
from lipei.staff.roles import BY_ID as ROLES
from lipei.terms.edition import Edition, clause_label
from lipei.terms.words import Words

TOLD_NATURES = frozenset({"duty", "promise", "bar"})  # a right of ours and a term of keeping are no time a visitor waits for
_ASKED: dict[str, Words] = {
    "papers_told": Words("告诉我要哪些材料 材料清单", "which papers told list"),
    "supplement_notice": Words("补件 缺材料 一次说全", "missing papers notice once"),
    "determination": Words("核定 决定 结果 审核 多久办好 批", "decide decision result long until"),
    "advance": Words("先付 先赔一部分 预付", "advance part money first"),
    "denial_notice": Words("拒赔 不付 书面 理由 通知", "refusal refuse reasons writing letter"),
    "payment": Words("付款 到账 打款 拿到钱 同意以后", "money paid arrive agree transfer payment"),
    "limitation": Words("诉讼时效 起诉 法院 多久以内申请", "sue court wait too late limitation"),
    "complaint": Words("投诉 答复 回音", "complaint complain answer reply"),
    "aml_objection": Words("异议 反洗钱", "objection money laundering"),
}
PROCEDURE_SOURCE = Words("理赔环节表", "The table of stages")
STATIONS_SOURCE = Words("接待环节表", "The table of stations")
WAYS_SOURCE = Words("服务程序", "The service procedure")


def of_clauses(edition: Edition) -> tuple[Passage, ...]:
    """Each clause of the edition, with its number, heading and edition; a clause without heading has that of the article before it."""
    found: list[Passage] = []
    heading: Words | None = None
    document = edition.document
    for clause in document.clauses:
        heading = clause.heading or (heading if "." in clause.id else None)
        number = clause_label(clause.id)
        title = Words(f"{number.zh} {clause.heading.zh}", f"{number.en} {clause.heading.en}") if clause.heading else number
        source = Words(
            f"《{document.title.zh}》{document.edition} 版{number.zh}", f"{document.title.en}, edition {document.edition}, {number.en[0].lower()}{number.en[1:]}"
        )
        found.append(Passage(f"clause:{clause.id}", title, Words(clause.zh, clause.en), source))
    return tuple(found)


def of_clocks(clocks: Iterable[Clock], *, line: str, readings: Sequence[Reading] = ()) -> tuple[Passage, ...]:
    """Each time limit a visitor waits for: how long, from when, what stops it, its article with grade; and the day it ends in this claim."""
    running = {r.clock.id: r for r in readings if r.start is not None}
    return tuple(
        _of_clock(clock, running.get(clock.id)) for clock in clocks if clock.nature in TOLD_NATURES and clock.applies_to(line, frozenset())
    )


def _of_clock(clock: Clock, reading: Reading | None) -> Passage:
    said = [_how_long(clock), _from_when(clock)]
    if clock.tolling is not None:
        said.append(Words(f"补件通知送达以后停算，收到补件以后接着算（{clock.tolling.why.zh}）。", f"It stands still from the delivery of a notice of missing papers until they come ({clock.tolling.why.en})."))
    said.append(Words(f"{clock.consequence.zh}。", f"{clock.consequence.en[0].upper()}{clock.consequence.en[1:]}."))
    if reading is not None:
        said.append(Words(f"这个案件：{reading.sentence.zh}。", f"In this claim: {reading.sentence.en}."))
    grade = GRADE_WORDS[clock.source.grade]
    source = Words(f"{clock.source.citation.zh}（{clock.source.grade} 级：{grade.zh}）", f"{clock.source.citation.en} (grade {clock.source.grade}: {grade.en})")
    title = Words(f"{clock.label.zh}（{clock.tag.zh}）", f"{clock.label.en} ({clock.tag.en})") if clock.tag else clock.label
    text = Words("".join(s.zh for s in said), " ".join(s.en for s in said))
    return Passage(f"clock:{clock.id}", title, text, source, _ASKED.get(clock.id.partition(".")[0]))


def _how_long(clock: Clock) -> Words:
    period = clock.period
    if period.day_type == "promptly":
        return Words("要尽快办。", "It must be done promptly.")
    if period.day_type == "month":
        return Words(f"{period.amount} 个月以内。", f"Within {period.amount} months.")
    if period.day_type == "hour":
        return Words(f"{period.amount} 小时以内。", f"Within {period.amount} hours.")
    long = days(period.amount or 0, period.day_type)
    return Words(f"{long.zh}以内。", f"Within {long.en}.")


def _from_when(clock: Clock) -> Words:
    starts = [EVENT_KINDS[t] for t in clock.trigger]
    since = Words("或".join(s.zh for s in starts), " or ".join(s.en for s in starts))
    return Words(f"从{since.zh}的次日起算。", f"Counted from the day after {since.en}.")


_NEED: dict[str, Words] = {
    "required": Words("要交。", "It is needed."), "helps": Words("不是必需的，有它可能多付。", "It is not required; with it more may be paid."),
    "depends": Words("看情况，问清楚以后再定。", "Whether it is needed depends on what is not known yet."),
}


def of_papers(papers: Iterable[PaperOfCase], *, edition: Edition) -> tuple[Passage, ...]:
    """Each paper of the checklist: whether it is needed, what it must show, how to get it, what serves instead."""
    return tuple(_of_paper(paper, edition) for paper in papers)


def _of_paper(paper: PaperOfCase, edition: Edition) -> Passage:
    said = [_NEED[paper.need], Words(f"要看得出：{paper.shows.zh}。", f"It must show: {paper.shows.en}."), HELP[paper.kind].why if paper.kind in HELP else None, paper.how, paper.instead]
    text = Words("".join(s.zh for s in said if s), " ".join(s.en for s in said if s))
    title = edition.document.title
    clause = clause_label(paper.clause) if paper.clause else None
    where = Words(f"《{title.zh}》{edition.document.edition} 版{clause.zh}", f"{title.en}, edition {edition.document.edition}, {clause.en[0].lower()}{clause.en[1:]}") if clause else None
    source = Words(f"材料清单，{where.zh}", f"Checklist of papers, {where.en}") if where else Words("材料清单", "Checklist of papers")
    return Passage(f"paper:{paper.kind}", paper.label, text, source, Words("材料 证明 带", "paper papers bring"))


def of_procedure(*, stage: str = "") -> tuple[Passage, ...]:
    """The stages of a claim with who does them and what comes next, the stations of a visit, and the ways open to the visitor."""
    stages = tuple(_of_stage(s, is_now=s.id == stage) for s in BAR if s.id != "archived")
    stations = tuple(
        Passage(f"station:{s.id}", Words(f"柜台：{s.name.zh}", f"At the counter: {s.name.en.lower()}"), s.why, STATIONS_SOURCE) for s in STATIONS if s.id not in ("calm", "answer")
    )
    ways = tuple(Passage(f"way:{w.id}", w.title, w.text, WAYS_SOURCE, w.asked) for w in WAYS)
    return stages + stations + ways


def _of_stage(stage: Stage, *, is_now: bool) -> Passage:
    role = ROLES.get(stage.turn)
    who = Words(f"由{role.name.zh}办：{role.does.zh}。", f"Done by: {role.name.en.lower()} ({role.does.en[0].lower()}{role.does.en[1:]}).") if role else Words("不用再办。", "Nothing is left to do.")
    onward = next((s for s in steps_from(stage.id) if _place(s.to) > _place(stage.id)), None)
    now = [Words("您的案件现在在这一步。", "Your claim now stands here.")] if is_now else []
    after = [Words(f"接着是“{_name(onward.to).zh}”。", f"Next comes: {_name(onward.to).en.lower()}.")] if onward else []
    said = [*now, who, *after]
    return Passage(
        f"stage:{stage.id}", Words(f"理赔环节：{stage.name.zh}", f"Stage of a claim: {stage.name.en.lower()}"),
        Words("".join(s.zh for s in said), " ".join(s.en for s in said)), PROCEDURE_SOURCE, _STAGE_ASKED.get(stage.id),
    )


_STAGE_ASKED: dict[str, Words] = {
    "registered": Words("立案 受理", "register registered"), "verifying": Words("核责 核对保障 谁核对", "cover verify check policy"),
    "collecting": Words("收材料 收集", "collect papers"), "assessing": Words("审核费用 谁审核", "review bills costs assess"),
    "calculating": Words("计算 怎么算 谁算", "calculate calculation reckon"), "reviewing": Words("复核 谁复核 再看", "check checks calculation second person review"),
    "deciding": Words("决定 谁决定 审批 谁批", "decide decides approve approver"), "paying": Words("付款 谁付款", "pay payment"), "closed": Words("结案", "close closed"),
}
_ORDER = {s.id: n for n, s in enumerate(BAR)}


def _place(stage: str) -> int:
    return _ORDER.get(stage, -1)


def _name(stage: str) -> Words:
    return next(s.name for s in BAR if s.id == stage)
