"""单独同意: asked at the counter before anything sensitive is taken, answered on the visitor's own screen, on paper or by voice, withdrawn at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lipei.claimfile import moving
from lipei.claimfile.commands import open_task
from lipei.claimfile.models import Claim
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.frontdesk.consent_rules import HOW, KINDS, Answered, ConsentText, consents_of, must_ask, text_of, texts_on
from lipei.frontdesk.facts_rules import asked_at_desk
from lipei.frontdesk.holding import end_of, local_day
from lipei.frontdesk.models import Consent, Visit, VisitorAnswer
from lipei.frontdesk.queries import closed_to_health
from lipei.frontdesk.visitor_events import ConsentAnswered, ConsentWithdrawn
from lipei.policies.models import Policy
from lipei.policies.queries import edition_of_policy
from lipei.terms.words import Words

LANGUAGES = ("zh-hans", "en")
SAID_CHARACTERS_MAX = 300
FOLLOW_UP_DAYS = 1


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """One consent of a claim: its text, how it was answered, when withdrawn; `stands` says whether it is in force now."""

    kind: str
    text: ConsentText
    is_given: bool
    how: Words
    language: str
    at: dt.datetime
    withdrawn_at: dt.datetime | None

    @property
    def stands(self) -> bool:
        """Given and not withdrawn."""
        return self.is_given and self.withdrawn_at is None


def consents_seen(claim_number: str, *, actor: Actor) -> tuple[ConsentSeen, ...]:
    """The current consents of a claim, in the order of the kinds; `Refused` (not found) when this actor may not see the claim."""
    claim = claims_visible_to(actor).filter(number=claim_number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {claim_number}。", f"There is no claim {claim_number}."))
    rows = Consent.objects.filter(claim=claim, is_current=True)
    return tuple(sorted((_seen(row) for row in rows), key=lambda c: KINDS.index(c.kind)))


def _seen(row: Consent) -> ConsentSeen:
    return ConsentSeen(
        kind=row.kind, text=text_of(row.kind, row.edition), is_given=row.answer == "given", how=HOW[row.how], language=row.language, at=row.at,
        withdrawn_at=row.withdrawn_at,
    )


def is_closed_to_health(claim: Claim) -> bool:
    """Whether consent to health data was refused or withdrawn: then nothing of the kind is taken. A claim that was never asked is told apart."""
    return closed_to_health(claim=claim).exists()


def needed_at(policy_id: int, *, purpose: str, claim_number: str) -> tuple[str, ...]:
    """The kinds of consent still to be asked in a visit about this policy and claim (empty number: a new one)."""
    edition = edition_of_policy(Policy.objects.get(id=policy_id))
    asked = asked_at_desk(edition) if edition is not None else ()
    answered = Consent.objects.filter(claim__number=claim_number, is_current=True).values_list("kind", flat=True) if claim_number else ()
    return must_ask(asked, purpose=purpose, answered=frozenset(answered))


def said_on_screen(visit_number: str) -> dict[str, str]:
    """What the visitor answered on their own screen, by kind: given or refused; the latest answer counts."""
    rows = VisitorAnswer.objects.filter(visit__number=visit_number, point__startswith="consent_").order_by("id")
    return {row.point.removeprefix("consent_"): row.answer for row in rows}


def consents_as_told(
    visit_number: str, told: Mapping[str, str], *, purpose: str, policy_id: int, claim_number: str, today: dt.date
) -> tuple[tuple[Answered, ...], list[Missing]]:
    """The consents of a visit as answered so far, or everything that is still to be asked."""
    needed = needed_at(policy_id, purpose=purpose, claim_number=claim_number)
    return consents_of(told, needed=needed, on_screen=said_on_screen(visit_number), today=today)


def keep_consents(visit: Visit, claim: Claim, answered: tuple[Answered, ...], *, language: str, at: dt.datetime) -> None:
    """Write the consents down on the claim; the visitor's own screen says in which language it was read."""
    read_in = dict(VisitorAnswer.objects.filter(visit=visit, point__startswith="consent_").order_by("id").values_list("point", "language"))
    for answer in answered:
        _keep(claim, answer, visit=visit, language=read_in.get(f"consent_{answer.kind}", language), at=at)


def _keep(claim: Claim, answer: Answered, *, visit: Visit | None, language: str, at: dt.datetime) -> None:
    Consent.objects.filter(claim=claim, kind=answer.kind, is_current=True).update(is_current=False)
    text = texts_on(local_day(at))[answer.kind]
    read_in = language if language in LANGUAGES else LANGUAGES[0]
    entry = record(
        ConsentAnswered(kind=text.name, is_given=answer.is_given, how=HOW[answer.how], edition=text.edition, language=read_in), file_id=claim.file_id,
    )
    Consent.objects.create(
        claim=claim, visit=visit, party=visit.visitor if visit else None, kind=answer.kind, answer="given" if answer.is_given else "refused", how=answer.how,
        edition=text.edition, language=read_in, at=at, entry_id=entry,
    )
    if answer.kind == "account":
        _tell_settlement(claim, entry=entry if answer.is_given else None)


def _tell_settlement(claim: Claim, *, entry: int | None) -> None:
    """The consent to account data stands by this entry, or no longer: then a noted account pays nothing new."""
    if entry is None:
        moving.withdraw(claim, "account_consented", "payee_verified")
    else:
        moving.reach(claim, "account_consented", entry=entry)


@command("consent.record")
def record_consent(
    number: str, *, kind: str, answer: str, how: str, by: Actor, language: str = "zh-hans", why: str = "", at: dt.datetime = NOW
) -> None:
    """A consent answered at another time than at the identity station: agreed later after a refusal, or asked for the account."""
    claim = moving.locked_claim(number, by=by)
    faults = [] if kind in KINDS else [Missing(Words("还没有选哪一种信息", "The kind of data was not chosen"), field="kind")]
    if answer not in ("given", "refused"):
        faults.append(Missing(Words("还没有选客户是否同意", "Whether the customer agrees was not chosen"), field="answer"))
    if how not in ("voice", "paper"):
        faults.append(Missing(Words("还没有选客户怎么答复的", "How the customer answered was not chosen"), field="how"))
    refuse_if(faults, Words(f"还不能记下，缺 {len(faults)} 项", f"It cannot be recorded yet: {len(faults)} missing"))
    _keep(claim, Answered(kind, answer == "given", how), visit=None, language=language, at=at)


@command("consent.withdraw")
def withdraw_consent(number: str, *, kind: str, said: str = "", by: Actor, why: str = "", at: dt.datetime = NOW) -> None:
    """撤回同意: from now on. No reason is needed; what contract and law need goes on, the rest stops, and somebody sees to it."""
    claim = moving.locked_claim(number, by=by)
    row = Consent.objects.select_for_update(of=("self",)).filter(claim=claim, kind=kind, is_current=True, answer="given", withdrawn_at=None).first()
    if row is None:
        raise Refused("conflict", Words("没有可以撤回的同意", "There is no consent to withdraw"),
                      why=Words("没有同意过，或者已经撤回了。", "It was not given, or is withdrawn already."))
    refuse_if(
        [Missing(Words(f"客户的话有 {len(said)} 个字，最多 {SAID_CHARACTERS_MAX} 个", f"The words have {len(said)} characters; the most is {SAID_CHARACTERS_MAX}"), field="said")]
        if len(said) > SAID_CHARACTERS_MAX else [],
        Words("还不能撤回", "It cannot be withdrawn yet"),
    )
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    if kind == "account":
        _tell_settlement(claim, entry=None)
    text = text_of(row.kind, row.edition)
    record(ConsentWithdrawn(kind=text.name, said=said.strip()), file_id=claim.file_id)
    open_task(
        number, kind="follow_up", user_id=claim.owner_id or claim.first_asked_id or by.user_id, due_at=end_of(local_day(at) + dt.timedelta(days=FOLLOW_UP_DAYS)), by=by,
        what=Words(f"客户撤回了对{text.name.zh}的同意：停下合同和法律不要求的使用，并告诉客户", f"Consent to {text.name.en} was withdrawn: stop every use that contract and law do not need, and tell the customer"),
    )
