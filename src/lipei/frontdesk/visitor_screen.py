"""What the visitor sees on their own screen: only their own words, facts and papers, station by station; nothing before they are established."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from lipei.claimfile.diary import law_line
from lipei.documents.kinds import FORMS
from lipei.documents.queries import papers_of as papers_on_file
from lipei.filing.actor import Actor, system
from lipei.filing.drafts import draft_by
from lipei.frontdesk import explaining
from lipei.frontdesk.consent_rules import PURPOSES as CONSENT_PURPOSES
from lipei.frontdesk.consent_rules import ConsentText, texts_on
from lipei.frontdesk.facts_rules import Asked, asked_at_desk
from lipei.frontdesk.holding import local_day
from lipei.frontdesk.papers_rules import ITEMS_MAX, OTHERS_MAX
from lipei.frontdesk.procedure import STEPS
from lipei.frontdesk.queries import FactTold, VisitSeen, facts_told, visit_of
from lipei.frontdesk.reading import day_of, fen_of
from lipei.frontdesk.taking import paper_kinds
from lipei.frontdesk.visitor_answers import AnswerSeen
from lipei.frontdesk.visitor_rules import POINTS, Point, account_shown, application_shown, digest_of, facts_shown
from lipei.staff.models import User
from lipei.terms.money import shown
from lipei.terms.words import Words, both

NOT_KNOWN = Words("暂不清楚，我们去查", "not known yet; we find out")
KEPT = Words("由我们保管", "kept here")
RETURNED = Words("当场还您", "given back at once")
BEING_NOTED = Words("正在登记", "being noted")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, and what stands there."""

    label: Words
    text: Words


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper as the visitor sees it: its name, where it is, and its custody number once it has one."""

    label: Words
    note: Words
    custody_number: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the bill as claimed (fen)."""

    label: Words
    claimed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole screen at one moment. `digest` names what the visitor is asked about; empty when nothing is asked."""

    label: str
    visit: VisitSeen
    is_identified: bool
    is_over: bool
    account: str
    facts: tuple[Line, ...]
    papers: tuple[PaperLine, ...]
    items: tuple[ItemLine, ...]
    steps: tuple[Words, ...]
    times: tuple[explaining.Time, ...]
    contact_on: dt.date | None
    about: str
    consents: tuple[ConsentText, ...]
    point: Point | None
    digest: str
    answers: dict[str, AnswerSeen]

    @property
    def answered(self) -> AnswerSeen | None:
        """What was said to the present point about exactly this text."""
        said = self.answers.get(self.point.id) if self.point else None
        return said if said is not None and said.digest == self.digest else None

    @property
    def claimed(self) -> int:
        """The sum of the items (fen)."""
        return sum(item.claimed for item in self.items)

    @property
    def version(self) -> str:
        """Changes whenever the screen would look different: the page asks every two seconds and swaps only then."""
        return digest_of([
            self.visit.station, self.is_identified, self.is_over, self.account, [[f.label.en, f.text.en] for f in self.facts],
            [[p.label.en, p.note.en, p.custody_number] for p in self.papers], [[i.label.zh, i.claimed] for i in self.items],
            str(self.contact_on), self.about, self.digest, [[point, said.id] for point, said in sorted(self.answers.items())],
        ])[:16]


def shown_to_visitor(number: str, *, actor: Actor) -> Shown | None:
    """What stands on the visitor's screen now; None when this actor may not see the visit."""
    visit = visit_of(number, actor=actor)
    is_over = visit.closed_at is not None
    if is_over or visit.visitor is None:
        return _bare(visit, is_over=is_over, answers=visit.answers)
    typed = _typed(visit, visit.station)
    told = facts_told(visit.claim_number, actor=actor) if visit.purpose == "new_loss" else {}
    account, facts = _account(visit, told, typed), _facts(visit, told, typed)
    papers, items = _papers(visit, typed)
    point, digest = _point(visit, account=account, told=told, typed=typed)
    is_explained = visit.station == "explanation"
    day, about = _next(visit, typed)
    return Shown(
        label=visit.label, visit=visit, is_identified=True, is_over=False, account=account, facts=facts, papers=papers, items=items,
        steps=STEPS if is_explained else (),
        times=explaining.times(at=visit.requested_at or timezone.now(), line=law_line(visit.policy.edition) if visit.policy and visit.policy.edition else visit.line or "medical") if is_explained else (),
        contact_on=day, about=about, consents=(), point=point, digest=digest, answers=visit.answers,
    )


def _bare(visit: VisitSeen, *, is_over: bool, answers: dict[str, AnswerSeen]) -> Shown:
    """Nobody is established (or the visit is over): no personal data; at the identity station the texts of the consents."""
    is_asked = visit.station == "identity" and visit.purpose in CONSENT_PURPOSES and not is_over
    texts = texts_on(local_day(timezone.now()))
    return Shown(
        label=visit.label, visit=visit, is_identified=False, is_over=is_over, account="", facts=(), papers=(), items=(), steps=(), times=(),
        contact_on=None, about="", consents=tuple(texts.values()) if is_asked else (), point=None, digest="", answers=answers,
    )


def _typed(visit: VisitSeen, station: str) -> Mapping[str, str]:
    """What the clerk has typed at the present station and not yet sent."""
    ref = User.objects.filter(id=visit.clerk_id).values_list("number", flat=True).first()
    draft = draft_by(f"visit:{visit.number}:{station}", ref=ref) if ref else None
    return draft.content if draft else {}


def _account(visit: VisitSeen, told: Mapping[str, FactTold], typed: Mapping[str, str]) -> str:
    if visit.station == "listening":
        return typed.get("account", "").strip()
    account = told.get("account")
    return account.value if account and account.is_known else ""


def _facts(visit: VisitSeen, told: Mapping[str, FactTold], typed: Mapping[str, str]) -> tuple[Line, ...]:
    edition = visit.policy.edition if visit.policy else None
    if edition is None or visit.purpose != "new_loss":
        return ()
    lines = []
    for asked in asked_at_desk(edition):
        text = _fact_text(asked.name, told, typed, is_typing=visit.station == "facts")
        if text:
            lines.append(Line(asked.label, _said(asked, text)))
    return tuple(lines)


def _said(asked: Asked, text: str) -> Words:
    """An answer as people read it: not known, the word of a choice, an amount with its sign, else as typed."""
    if text == "?":
        return NOT_KNOWN
    fen = fen_of(text)[0] if asked.kind == "amount" else None
    return both(shown(fen)) if fen else asked.choices.get(text, both(text))


def _fact_text(name: str, told: Mapping[str, FactTold], typed: Mapping[str, str], *, is_typing: bool) -> str:
    """The answer as typed or on file; `?` for one that is not known yet."""
    if is_typing:
        return "?" if typed.get(f"{name}__unknown") else typed.get(name, "").strip()
    fact = told.get(name)
    return "" if fact is None else fact.value if fact.is_known else "?"


def _papers(visit: VisitSeen, typed: Mapping[str, str]) -> tuple[tuple[PaperLine, ...], tuple[ItemLine, ...]]:
    """At the papers station what is being noted; afterwards what was taken in at this visit, with its custody numbers."""
    if visit.station == "papers":
        return _papers_typed(visit, typed), _items_typed(visit, typed)
    seen = visit.station_of("papers")
    numbers = frozenset(seen.content.get("custody", ())) if seen else frozenset()
    if not numbers:
        return (), ()
    return tuple(
        PaperLine(both(p.title) if p.title else p.label, RETURNED if p.keeping == "returned" else KEPT, p.custody_number)
        for p in papers_on_file(visit.claim_number, actor=system()) if p.custody_number in numbers
    ), ()


def _papers_typed(visit: VisitSeen, typed: Mapping[str, str]) -> tuple[PaperLine, ...]:
    edition = visit.policy.edition if visit.policy else None
    kinds = paper_kinds(edition) if edition else {}
    named = [(label, typed.get(f"paper_{kind}_form", "")) for kind, label in kinds.items()]
    for n in range(1, OTHERS_MAX + 1):
        title = typed.get(f"other_{n}_title", "").strip()
        named.append((both(title) if title else BEING_NOTED, typed.get(f"other_{n}_form", "")))
    return tuple(PaperLine(label, FORMS[form]) for label, form in named if form in FORMS)


def _items_typed(visit: VisitSeen, typed: Mapping[str, str]) -> tuple[ItemLine, ...]:
    edition = visit.policy.edition if visit.policy else None
    categories = edition.document.categories if edition else {}
    items = []
    for n in range(1, ITEMS_MAX + 1):
        amount = typed.get(f"item_{n}_amount", "").strip()
        fen = fen_of(amount)[0] if amount else None
        if fen:
            label = typed.get(f"item_{n}_label", "").strip()
            items.append(ItemLine(both(label) if label else categories.get(typed.get(f"item_{n}_category", ""), BEING_NOTED), fen))
    return tuple(items)


def _point(visit: VisitSeen, *, account: str, told: Mapping[str, FactTold], typed: Mapping[str, str]) -> tuple[Point | None, str]:
    """What the visitor is asked at the present station, and the digest of exactly what they see."""
    point = POINTS.get(visit.station)
    if point is None or visit.purpose == "collect_papers":
        return None, ""
    if point.id == "account":
        return point, digest_of(account_shown(account)) if account else ""
    if point.id == "facts":
        return point, digest_of(facts_shown(typed)) if any(v.strip() for v in typed.values()) else ""
    if point.id == "understanding":
        return point, digest_of([step.en for step in STEPS])
    if visit.requested_at is not None or not any(v.strip() for v in typed.values()):
        return None, ""
    return point, digest_of(application_shown(account, facts_on_file(told), typed))


def facts_on_file(told: Mapping[str, FactTold]) -> dict[str, str]:
    """The facts on file as they are signed for: the value, or `?` for one that is not known yet."""
    return {name: fact.value if fact.is_known else "?" for name, fact in told.items() if name != "account"}


def _next(visit: VisitSeen, typed: Mapping[str, str]) -> tuple[dt.date | None, str]:
    if visit.station != "farewell":
        return None, ""
    day, _ = day_of(typed["contact_on"]) if typed.get("contact_on", "").strip() else (None, None)
    return day, typed.get("about", "").strip()


def application_digest(visit: VisitSeen, typed: Mapping[str, str], *, actor: Actor) -> str:
    """The digest of the application as it would be signed with what is typed now; empty when none is needed."""
    if visit.requested_at is not None or visit.purpose == "collect_papers":
        return ""
    told = facts_told(visit.claim_number, actor=actor) if visit.purpose == "new_loss" else {}
    account = told.get("account")
    return digest_of(application_shown(account.value if account and account.is_known else "", facts_on_file(told), typed))
