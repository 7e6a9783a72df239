"""保管回执: what a receipt says is written down with its fingerprint; and what its check page may tell."""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from lipei.claimfile import moving
from lipei.documents import events, hands
from lipei.documents.chains import chain_of, label_of_document, label_of_kind
from lipei.documents.models import CustodyReceipt, Document
from lipei.documents.receipt_rules import (
    PURPOSE,
    Occasion,
    ReceiptContent,
    ReceiptLine,
    as_typed,
    fingerprint,
    number_as_typed,
    receipt_number,
)
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, refuse_if
from lipei.privacy.cipher import keyring
from lipei.terms.words import Words

AT_ONCE = Words("当场退还", "returned at once")


def _mac(text: str) -> str:
    return keyring().mac(text, purpose=PURPOSE)


@command("documents.give_receipt")
def issue_receipt(
    number: str, *, occasion: Occasion, custody_numbers: Sequence[str], giver: str, counter: int, by: Actor, why: str = "", at: dt.datetime = NOW
) -> str:
    """开出回执: for papers of one claim just taken in or given back, as they stand now; returns the receipt's number."""
    claim = moving.locked_claim(number, by=by)
    documents = list(
        Document.objects.select_related("claim__policy", "claim__branch").filter(claim=claim, custody_number__in=custody_numbers).order_by("custody_number")
    )
    refuse_if([] if documents else [Missing(Words("没有选单证", "No paper was chosen"))], Words("还不能开回执", "The receipt cannot be written yet"))
    branch = documents[0].claim.branch
    series = documents[0].custody_number.rpartition("-")[0]
    content = ReceiptContent(
        number=receipt_number(series, so_far=CustodyReceipt.objects.filter(claim=claim).count()), occasion=occasion,
        at=timezone.localtime(at).isoformat(timespec="seconds"), branch=Words(branch.name_zh, branch.name_en).as_dict(), counter=counter, giver=giver,
        clerk=by.name, lines=tuple(_line(document, occasion=occasion) for document in documents),
    )
    code = fingerprint(content, mac=_mac)
    entry = record(events.ReceiptIssued(number=content.number, occasion=occasion, papers=len(documents), fingerprint=code), file_id=claim.file_id)
    CustodyReceipt.objects.create(
        number=content.number, claim=claim, kind=occasion, content=content.as_json(), fingerprint=code, issued_at=at, entry_id=entry
    )
    return content.number


def _line(document: Document, *, occasion: Occasion) -> ReceiptLine:
    last = hands.stands_at(chain_of(document))
    place = hands.place_in_words(last.keeping, place=last.place, hands=last.to_hands)
    if occasion == "taken" and last.keeping == "returned":
        place = AT_ONCE
    return ReceiptLine(
        number=document.custody_number, label=label_of_kind(document).as_dict(), name=label_of_document(document).as_dict(), form=document.form, pages=document.pages,
        place=place.as_dict(), is_returned=last.keeping == "returned",
    )


# ---------- reading ----------


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """A receipt as it was written; `claim_number` is for colleagues only."""

    content: ReceiptContent
    fingerprint: str
    claim_number: str
    issued_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check page knows: the receipt, when number and fingerprint are one we made; `is_altered` when our own record is not whole."""

    receipt: ReceiptSeen | None
    is_altered: bool = False


def receipt_seen(number: str) -> ReceiptSeen | None:
    """A receipt by its number."""
    row = CustodyReceipt.objects.select_related("claim").filter(number=number).first()
    return _seen(row) if row else None


def _seen(row: CustodyReceipt) -> ReceiptSeen:
    return ReceiptSeen(ReceiptContent.of_json(row.content), row.fingerprint, row.claim.number, row.issued_at)


def check_receipt(number: str, code: str) -> Checked:
    """Whether we wrote a receipt of this number with this fingerprint, and whether our record of it still is what was fingerprinted.

    The fingerprint is computed anew with the key from what is kept; both it and the printed one must agree to the character.
    """
    row = CustodyReceipt.objects.select_related("claim").filter(number=number_as_typed(number)).first()
    if row is None or not hmac.compare_digest(as_typed(code).encode(), row.fingerprint.encode()):
        return Checked(None)
    try:
        seen = _seen(row)
    except (TypeError, KeyError, AttributeError):
        return Checked(None, is_altered=True)
    if not hmac.compare_digest(fingerprint(seen.content, mac=_mac), row.fingerprint):
        return Checked(None, is_altered=True)
    return Checked(seen)
