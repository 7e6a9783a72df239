"""What others may ask about letters: those of a claim, one as PDF, those that wait for the post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lipei.claimfile.visibility import claims_visible_to
from lipei.communication.letters import schemas
from lipei.communication.letters.printing import printed
from lipei.communication.models import Letter
from lipei.communication.wording_of_kinds import LETTER_KINDS, LETTER_STATES
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.terms.words import Words, parted

WAITING_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """One letter as doors show it."""

    uuid: str
    number: str
    kind: str
    name: Words
    language: str
    to_name: str
    state: str
    state_word: Words
    written_at: datetime
    handed_over_at: datetime | None
    delivered_at: datetime | None
    proof: Words | None
    fault: str
    claim_number: str


def _view(letter: Letter) -> LetterView:
    return LetterView(
        uuid=str(letter.uuid),
        number=letter.number,
        kind=letter.kind,
        name=LETTER_KINDS[letter.kind],
        language=letter.language,
        to_name=letter.to_name,
        state=letter.state,
        state_word=LETTER_STATES[letter.state],
        written_at=letter.printed_at,
        handed_over_at=letter.handed_over_at,
        delivered_at=letter.delivered_at,
        proof=parted(letter.proof) if letter.proof else None,
        fault=letter.fault,
        claim_number=letter.claim.number,
    )


def letters_of(number: str, *, actor: Actor) -> tuple[LetterView, ...]:
    """The letters of a claim, the newest first."""
    rows = Letter.objects.select_related("claim").filter(claim__number=number, claim__in=claims_visible_to(actor))
    return tuple(_view(letter) for letter in rows.order_by("-id"))


def letter_of(uuid: str, *, actor: Actor) -> LetterView:
    """One letter; `Refused` when this actor may not see its claim."""
    return _view(_row(uuid, actor=actor))


def _row(uuid: str, *, actor: Actor) -> Letter:
    letter = Letter.objects.select_related("claim").filter(uuid=uuid, claim__in=claims_visible_to(actor)).first()
    if letter is None:
        raise not_found(Words("找不到这封信。", "There is no such letter."))
    return letter


def letter_by_code(code: str) -> LetterView | None:
    """The letter that carries this check code; the code itself is the right to ask."""
    letter = Letter.objects.select_related("claim").filter(check_code=code).first()
    return _view(letter) if letter else None


def letter_pdf(uuid: str, *, actor: Actor, language: str = "") -> bytes:
    """The letter printed again from its data: the same bytes; in the other language when asked (a reading copy)."""
    letter = _row(uuid, actor=actor)
    data = dict(letter.data)
    if language in ("zh", "en"):
        data["language"] = language
    return printed(schemas.read(data), at=letter.printed_at).pdf


def letters_waiting() -> tuple[str, ...]:
    """The UUIDs of letters that wait for the post, the oldest first."""
    waiting = Letter.objects.filter(state__in=("ready", "failed")).order_by("id").values_list("uuid", flat=True)
    return tuple(str(u) for u in waiting[:WAITING_MAX])
