"""Background work of communication: hand the waiting letters to the post and record its answer."""

from __future__ import annotations

from datetime import datetime

from lipei.communication.commands import hand_over_letter, letter_not_taken, record_delivery
from lipei.communication.ports import LetterPost, NotTaken
from lipei.communication.queries import letter_of, letter_pdf
from lipei.filing.actor import system
from lipei.filing.command import NOW


def send_letter(uuid: str, *, post: LetterPost, at: datetime = NOW) -> None:
    """Hand one letter to the post. Run twice, the letter goes once: the post knows it by its UUID."""
    by = system()
    letter = letter_of(uuid, actor=by)
    if letter.state not in ("ready", "failed"):
        return
    try:
        taken = post.take(
            uuid=uuid, number=letter.number, channel="post", to_name=letter.to_name, pdf=letter_pdf(uuid, actor=by)
        )
    except NotTaken as fault:
        letter_not_taken(uuid, fault=str(fault), by=by, at=at)
        return
    hand_over_letter(uuid, receipt=taken.receipt, by=by, at=at)
    if taken.delivered:
        record_delivery(uuid, proof=taken.delivered, by=by, at=at)
