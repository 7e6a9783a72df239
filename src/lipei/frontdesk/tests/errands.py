"""A visit of every purpose, at any station of the one table: what is done there, and what is typed on its page (all invented)."""

from __future__ import annotations

from collections.abc import Callable

from lipei.claimfile.tests.people import Cast
from lipei.documents.queries import papers_of
from lipei.frontdesk import commands as desk
from lipei.frontdesk.models import Visit
from lipei.frontdesk.stations import PURPOSES, reasons_for
from lipei.frontdesk.tests import calm_talk, talk

QUESTION, ANSWER = "不同意怎么办？", "way:disagree"
MORE_PAPERS = {"paper_settlement_sheet_form": "original", "paper_settlement_sheet_pages": "1", "place": "3 柜 · 盒 12"}
SIGNED_BY = "周砚秋"
FAREWELLS: dict[str, dict[str, str]] = {"ask": {}, "complaint": {"receipt_given": "on"}}
"""What is said at the farewell of a purpose without a claim."""


def greeting(purpose: str) -> dict[str, str]:
    """How the visitor of this purpose is welcomed."""
    return calm_talk.COMPLAINS if purpose == "complaint" else {**talk.GREETING, "purpose": purpose}


def claim_before(cast: Cast) -> str:
    """An earlier visit's claim whose originals lie here: what more papers are brought to, or originals are collected from."""
    visit = talk.brought_to("farewell", cast)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    return talk.number_of(visit)


def kept(claim: str, cast: Cast) -> str:
    """The custody number of the first original that lies here."""
    return next(p.custody_number for p in papers_of(claim, actor=cast.front_desk) if p.keeping == "kept")


def typed(purpose: str, station: str, cast: Cast, *, claim: str = "") -> dict[str, str]:
    """What the clerk types on the page of a station; `claim` is the earlier one, where the purpose needs it."""
    table: dict[str, Callable[[], dict[str, str]]] = {
        "welcome": lambda: greeting(purpose),
        "identity": lambda: talk.identity(f"claim:{claim}" if PURPOSES[purpose].needs_claim else talk.choice_of(cast)),
        "listening": lambda: {"account": talk.ACCOUNT, "read_back": "on"},
        "facts": talk.facts,
        "check": dict,
        "first_view": dict,
        "explanation": lambda: talk.UNDERSTOOD,
        "papers": lambda: {f"return_{kept(claim, cast)}": "on", "signed_by": SIGNED_BY} if purpose == "collect_papers" else MORE_PAPERS if claim else talk.PAPERS,
        "answer": dict,
        "calm": lambda: {"step": "follow_up", **calm_talk.typed("follow_up", cast)},
        "farewell": lambda: FAREWELLS.get(purpose, talk.farewell()),
    }
    return table[station]()


def brought_to(purpose: str, station: str, cast: Cast) -> str:
    """A visit of this purpose, brought to `station` the regular way; an earlier claim is made where the purpose needs one."""
    if purpose == "new_loss":
        return talk.brought_to(station, cast)
    claim = claim_before(cast) if PURPOSES[purpose].needs_claim else ""
    visit = talk.opened(cast.front_desk)
    for each in PURPOSES[purpose].stations:
        if each == station:
            break
        do(visit, purpose, each, cast, claim=claim)
    assert Visit.objects.get(number=visit).station == station
    return visit


def do(visit: str, purpose: str, station: str, cast: Cast, *, claim: str = "") -> None:
    """Do a station of a purpose other than a new loss; who complains or only asks shows no document."""
    by, told = cast.front_desk, typed(purpose, station, cast, claim=claim)
    if station == "welcome":
        desk.greet(visit, told=told, by=by)
    elif station == "identity" and not claim:
        desk.mark_not_applicable(visit, station="identity", reason=reasons_for("identity", purpose)[0].id, by=by)
    elif station == "identity":
        desk.identify(visit, told=told, by=by)
    elif station == "papers" and purpose == "collect_papers":
        desk.return_papers(visit, told=told, by=by)
    elif station == "papers":
        desk.take_papers(visit, told=told, by=by)
    elif station == "explanation":
        desk.explain(visit, told=told, by=by)
    elif station == "answer":
        desk.say_answer(visit, question=QUESTION, key=ANSWER, by=by)
        desk.answer_question(visit, by=by)
    elif station == "calm":
        calm_talk.walk_to(visit, "farewell", cast)
    else:
        raise AssertionError(f"no step for {station}")
