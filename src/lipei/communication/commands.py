"""Commands of communication: write a letter, hand it over, record its delivery, log a contact."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lipei.claimfile import moving
from lipei.claimfile.models import Claim, Party
from lipei.claimfile.rules import too_long
from lipei.communication.coaching import keep_scorecard, share_scorecard
from lipei.communication.events import ContactLogged, LetterDelivered, LetterFailed, LetterHandedOver, LetterWritten
from lipei.communication.letters import schemas
from lipei.communication.letters.compose import edition_of
from lipei.communication.letters.printing import faults_before_sending, printed
from lipei.communication.models import Contact, Letter
from lipei.communication.press import PressFault, Printed
from lipei.communication.wording_of_kinds import CHANNELS, DIRECTIONS, LETTER_KINDS
from lipei.documents.commands import deliver_paper_request, send_paper_request
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, not_found, refuse_if
from lipei.terms.words import Words

__all__ = ["Written", "hand_over_letter", "keep_scorecard", "letter_not_taken", "log_contact", "record_delivery", "share_scorecard", "write_letter"]
PREFIXES = {
    "decision_refuse": "JF",
    "acknowledgement": "SL",
    "supplement_notice": "BJ",
    "closing": "JA",
    "calculation_statement": "JS",
}
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CONTACT_CHARACTERS_MAX = 4_000
CALL_MINUTES_MAX = 600
TELLS = {
    "decision_pay": "decision_told",
    "decision_part": "decision_told",
    "decision_refuse": "decision_told",
    "closing": "closing_told",
}


def _check_code() -> str:
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(3))


def _letter_number(claim: Claim, kind: str) -> str:
    prefix = PREFIXES.get(kind, "TZ")
    return f"{prefix}-{claim.number}-{moving.next_number(f'{prefix}-{claim.number}')}"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that was written: its UUID, number and how many pages it has."""

    uuid: str
    number: str
    pages: int


def _print(kind: str, data: dict[str, Any], *, at: datetime) -> tuple[schemas.AnyLetter, Printed]:
    """The letter read, checked for all it must hold, and printed; `Refused` with every fault at once."""
    what = Words(f"{LETTER_KINDS[kind].zh}还不能写好", f"The {LETTER_KINDS[kind].en.lower()} cannot be written yet")
    try:
        letter = schemas.read(data)
        refuse_if([Missing(f.words) for f in faults_before_sending(letter)], what)
        return letter, printed(letter, at=at)
    except schemas.LetterFaults as faults:
        raise Refused("missing", what, missing=tuple(Missing(f.words) for f in faults.faults)) from faults
    except PressFault as fault:
        raise Refused("bad_input", what, missing=(Missing(fault.words),)) from fault


@command("letter.write")
def write_letter(
    number: str, *, kind: str, data: dict[str, Any], by: Actor, to_party_id: int | None = None, about: str = "",
    channel: str = "post", why: str = "", at: datetime = NOW,
) -> Written:
    """Print a letter from its data and keep both. Number and check code are given here."""
    claim = moving.locked_claim(number, by=by)
    full = {**data, "kind": kind, "number": _letter_number(claim, kind), "claim_number": number}
    full["check"] = {**data.get("check", {}), "code": _check_code()}
    letter, out = _print(kind, full, at=at)
    assert isinstance(letter, schemas.Letter)  # its data names a claim
    party = Party.objects.filter(claim=claim, id=to_party_id).first() if to_party_id else None
    row = Letter(
        claim=claim, number=letter.number, kind=kind, language=letter.language, to_party=party, to_name=letter.to.name.zh,
        data=schemas.kept(letter), edition=edition_of(letter), sha256=out.sha256, pages=out.pages, check_code=letter.check.code,
        channel=channel, about=about, printed_at=at,
    )
    row.entry_id = record(
        LetterWritten(letter=str(row.uuid), kind=kind, number=row.number, to=row.to_name), file_id=claim.file_id
    )
    row.save()
    return Written(str(row.uuid), row.number, out.pages)


def _locked(uuid: str) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).select_related("claim").filter(uuid=uuid).first()
    if letter is None:
        raise not_found(Words("找不到这封信。", "There is no such letter."))
    return letter


@command("system.hand_over_letter")
def hand_over_letter(uuid: str, *, receipt: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """The post took the letter; asked again for the same letter, nothing changes."""
    letter = _locked(uuid)
    if letter.state not in ("ready", "failed"):
        return
    letter.state, letter.handed_over_at, letter.fault = "handed_over", at, ""
    letter.save(update_fields=["state", "handed_over_at", "fault"])
    record(
        LetterHandedOver(letter=uuid, kind=letter.kind, number=letter.number, receipt=receipt),
        file_id=letter.claim.file_id,
    )
    if letter.kind == "supplement_notice" and letter.about:
        send_paper_request(int(letter.about), by=by)


@command("system.hand_over_letter")
def letter_not_taken(uuid: str, *, fault: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """The post could not take the letter; it stays ready to be tried again."""
    letter = _locked(uuid)
    if letter.state != "ready":
        return
    letter.state, letter.fault = "failed", fault[:200]
    letter.save(update_fields=["state", "fault"])
    record(LetterFailed(letter=uuid, number=letter.number, fault=fault[:200]), file_id=letter.claim.file_id)


@command("letter.deliver")
def record_delivery(uuid: str, *, proof: str, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """送达: the letter reached the customer; what that means for milestones and clocks follows here.

    A decision's delivery is the milestone *decision told*; a refusal's ends the three days of article 24.
    """
    letter = _locked(uuid)
    claim = moving.locked_claim(letter.claim.number, by=by)
    if letter.state == "confirmed":
        return
    faults = []
    if not proof.strip():
        faults.append(
            Missing(
                Words("还没有写凭什么知道送达", "What proves the delivery is missing"),
                field="proof",
                do=Words(
                    "例如：短信送达回执、柜台当面签收。", "For example: text message receipt, signed at the counter."
                ),
            )
        )
    faults += too_long(proof, 120, what=Words("送达凭据", "The proof"), field="proof")
    refuse_if(faults, Words("还不能记为送达", "The delivery cannot be recorded yet"))
    letter.state, letter.delivered_at, letter.proof = "confirmed", at, proof.strip()
    letter.save(update_fields=["state", "delivered_at", "proof"])
    entry = record(
        LetterDelivered(letter=uuid, kind=letter.kind, number=letter.number, proof=proof.strip()), file_id=claim.file_id
    )
    _mean(claim, letter, entry=entry, proof=proof.strip(), by=by)


def _mean(claim: Claim, letter: Letter, *, entry: int, proof: str, by: Actor) -> None:
    if letter.kind in TELLS:
        moving.reach(claim, TELLS[letter.kind], entry=entry)
    if letter.kind == "decision_refuse":
        moving.clock_event(claim, "denial_letter_delivered", entry=entry)
    if letter.kind == "acknowledgement":
        moving.clock_event(claim, "claim_acknowledged", entry=entry)
    if letter.kind == "supplement_notice" and letter.about:
        deliver_paper_request(int(letter.about), proof=proof, by=by)


def _contact_faults(*, channel: str, direction: str, with_name: str, text: str, minutes: int | None) -> list[Missing]:
    faults = too_long(text, CONTACT_CHARACTERS_MAX, what=Words("内容", "The text"), field="text")
    if not text.strip():
        faults.append(Missing(Words("还没有写说了什么", "What was said is missing"), field="text"))
    if not with_name.strip():
        faults.append(Missing(Words("还没有写和谁", "With whom is missing"), field="with_name"))
    if channel not in CHANNELS or direction not in DIRECTIONS:
        faults.append(Missing(Words("请选方式", "Choose the way"), field="channel"))
    if minutes is not None and not 0 <= minutes <= CALL_MINUTES_MAX:
        between = Words(f"时长在 0 到 {CALL_MINUTES_MAX} 分钟之间", f"Minutes are between 0 and {CALL_MINUTES_MAX}")
        faults.append(Missing(between, field="minutes"))
    return faults


@command("claim.note")
def log_contact(
    number: str, *, channel: str, direction: str, with_name: str, text: str, by: Actor, minutes: int | None = None,
    why: str = "", at: datetime = NOW,
) -> None:
    """往来: what was said with the customer, in which way, how long."""
    claim = moving.locked_claim(number, by=by)
    faults = _contact_faults(channel=channel, direction=direction, with_name=with_name, text=text, minutes=minutes)
    refuse_if(faults, Words("还不能记下这次往来", "This contact cannot be saved yet"))
    entry = record(
        ContactLogged(channel=channel, direction=direction, with_name=with_name.strip(), text=text.strip(), minutes=minutes),
        file_id=claim.file_id,
    )
    Contact.objects.create(
        claim=claim, channel=channel, direction=direction, with_name=with_name.strip(), text=text.strip(), minutes=minutes, at=at,
        entry_id=entry,
    )
