"""What the pages of papers show: one next action, rows with their state, choices of the forms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from lipei.claimfile.stages import OPEN_STAGES
from lipei.documents.kinds import BY_CLAIMANT, FORMS, OTHER, OTHER_LABEL
from lipei.documents.queries import Checklist, Paper, RequestView, Row
from lipei.filing.actor import Actor
from lipei.terms.words import Words

STATE_KINDS = {"missing": "late", "received": "soon", "confirmed": "done", "rejected": "late", "waived": "wait"}
OPTIONAL_MISSING = Words("可选，未交", "optional, not handed in")
DEPENDS_MISSING = Words("还不清楚要不要", "not clear yet")


def edition_of(found: Checklist) -> Words:
    """The edition of the terms the list is from, as said: `2026 版`."""
    year = found.edition.rpartition("@")[2]
    return Words(f"{year} 版", f"edition {year}")


def head(found: Checklist) -> dict[str, Any]:
    """The claim a page belongs to, as the title line shows it."""
    return {"number": found.number, "name": found.name, "matter": found.subject, "url": reverse("claim", args=[found.number])}


def shown_row(row: Row) -> dict[str, Any]:
    """A line of the checklist with the word and shape of its state."""
    word, kind = row.state_word, STATE_KINDS[row.state]
    if row.state == "missing" and row.need != "required":
        word, kind = (OPTIONAL_MISSING, "") if row.need == "helps" else (DEPENDS_MISSING, "wait")
    return {"row": row, "word": word, "kind": kind, "papers": [shown_paper(p) for p in row.papers], "is_open": row.state in ("missing", "rejected")}


def shown_paper(paper: Paper) -> dict[str, Any]:
    """A paper with its addresses and the shape of its state."""
    return {
        "paper": paper, "kind": STATE_KINDS[paper.state], "url": reverse("paper", args=[paper.custody_number]),
        "file_url": reverse("document_content", args=[paper.uuid]) if paper.has_content else "",
    }


def kind_options(found: Checklist) -> list[dict[str, Any]]:
    """Every kind that can be received: first what the checklist asks for, then the others."""
    listed = [(row.kind, row.label) for row in found.rows]
    rest = [(p.code, p.label) for p in BY_CLAIMANT] + [(OTHER, OTHER_LABEL)]
    known = {kind for kind, _ in listed}
    pairs = listed + [(kind, label) for kind, label in rest if kind not in known]
    return [{"value": "", "label": Words("请选一种", "Choose one")}, *({"value": k, "label": w} for k, w in pairs)]


def form_options() -> list[dict[str, Any]]:
    """Original, copy, sighted, electronic."""
    return [{"value": value, "label": words} for value, words in FORMS.items()]


def next_action(found: Checklist, *, actor: Actor) -> dict[str, Any] | None:
    """The one thing to do now on this page, for who may do it."""
    if "documents.complete" not in actor.verbs or found.stage not in OPEN_STAGES:
        return None
    waiting = next((r for r in found.requests if r.delivered_at and not r.answered_at), None)
    unexamined = [p for p in found.papers if p.state == "received"]
    if unexamined:
        return _examine(unexamined)
    if waiting is not None:
        return _wait(waiting)
    if found.missing:
        return _ask(found) if not found.requests else _complete(found)
    return _complete(found) if found.stage == "collecting" else None


def _examine(papers: list[Paper]) -> dict[str, Any]:
    n = len(papers)
    return {
        "title": Words(f"核验 {n} 份单证", f"Examine {n} papers" if n != 1 else "Examine one paper"),
        "text": Words(f"先看{papers[0].name.zh}：它要写明{papers[0].shows.zh}。", f"Begin with “{papers[0].name.en}”: it must show {papers[0].shows.en}."),
        "button": Words("去核验", "Examine it"), "url": f"#{papers[0].custody_number}",
    }


def _wait(request: RequestView) -> dict[str, Any]:
    return {
        "title": Words("等客户补件", "Waiting for the customer"), "turn": Words("等客户", "Customer"),
        "text": Words("通知已经送达，时钟停着；要的材料收齐就继续走。", "The notice was delivered and the clock stands; it runs on when all papers are here."),
    }


def _ask(found: Checklist) -> dict[str, Any]:
    n = len(found.missing)
    return {
        "title": Words(f"一次说全：请客户补 {n} 种", f"Ask for all {n} at once" if n != 1 else "Ask for the one paper that is missing"),
        "text": Words("缺的材料只能通知一次，所以一次说全；送达后时钟停，收齐后继续。",
                      "There is one notice, so it names everything; the clock stops on delivery and runs on when all is here."),
        "button": Words("写补件通知", "Write the notice"), "url": reverse("claim_papers_ask", args=[found.number]),
        "links": [{"label": Words("已经齐了？记为收齐", "All here? Complete them"), "url": "#complete"}],
    }


def _complete(found: Checklist) -> dict[str, Any]:
    return {
        "title": Words("单证收齐，送审核", "Papers complete, on to assessment"),
        "text": Words("必需的逐份核验相符，就可以送去逐项审核费用。", "When each required paper is in order, the bill goes to be reviewed item by item."),
        "button": Words("记为收齐，送审核", "Complete, send on"), "action": reverse("claim_papers_complete", args=[found.number]),
    }
