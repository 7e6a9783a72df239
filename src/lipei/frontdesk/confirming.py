"""What the visitor says on their own screen: right or not, to exactly the text that stands there; signed with the finger or by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from lipei.documents.commands import keep_content
from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.recording import record
from lipei.filing.refusal import Missing, Refused, refuse_if
from lipei.frontdesk.consent_rules import KINDS, texts_on
from lipei.frontdesk.holding import local_day, locked_visit, must_be_open
from lipei.frontdesk.models import Visit, VisitorAnswer
from lipei.frontdesk.visitor_answers import marked_parts
from lipei.frontdesk.visitor_events import VisitorAnswered
from lipei.frontdesk.visitor_rules import (
    ANSWERS,
    PART,
    POINTS,
    Point,
    Signature,
    digest_of,
    parts_to_write,
    signature_of,
)
from lipei.frontdesk.visitor_screen import shown_to_visitor
from lipei.terms.words import Words

SVG = "image/svg+xml"
AGAIN = Words("请再看一遍", "Please look once more")


@command("visitor.answer")
def answer_on_screen(
    visit: str, *, answer: str, digest: str, language: str, by: Actor, strokes: str = "", signed_name: str = "", unclear: Sequence[str] = (),
    why: str = "", at: datetime = NOW,
) -> None:
    """The visitor says that what stands on the screen is right, or is not. When the text has changed since, they are asked to look again.

    `unclear`: the parts of an explanation they marked; each is explained again, and counts as unclear when it is said back.
    """
    here = locked_visit(visit, by=by)
    must_be_open(here)
    shown = shown_to_visitor(here.number, actor=by)
    point = POINTS.get(here.station)
    if point is None or shown is None or not shown.digest or answer not in ANSWERS:
        raise Refused("conflict", Words("这一步不用在屏上确认", "Nothing is to be confirmed here"), do=Words("请听同事讲下一步。", "Your colleague at the counter says what comes next."))
    if digest != shown.digest:
        raise Refused("conflict", AGAIN, why=Words("刚才同事又改了几个字。", "A few words were just changed."), do=Words("看完再点。", "Press when you have read it."))
    refuse_if(_marked_yet_clear(point, answer, unclear), AGAIN)
    signature = _signature(strokes, signed_name) if point.is_signed and answer == "right" else None
    _write(here, point.id, answer=answer, digest=digest, language=language, signature=signature, at=at, name=point.ask)
    for part, said in parts_to_write(point, unclear, marked=marked_parts(shown.answers)).items():
        _write(here, f"{PART}{part}", answer=said, digest=digest, language=language, signature=None, at=at, name=point.parts[part])


def _marked_yet_clear(point: Point, answer: str, unclear: Sequence[str]) -> list[Missing]:
    if answer != "right" or not any(part in point.parts for part in unclear):
        return []
    return [Missing(Words("您还点着不明白的地方", "You still have something marked as not clear"),
                    do=Words("都明白了，就把点过的去掉；还要再听，就点“还有不明白的”。", "If all is clear, take the marks away; to hear it again, press “Something is not clear yet”."), field="unclear")]


def _signature(strokes: str, name: str) -> Signature:
    signature, faults = signature_of(strokes, name)
    refuse_if(faults, Words("还差一个签名", "The signature is missing"))
    assert signature is not None  # no faults
    return signature


def _write(visit: Visit, point: str, *, answer: str, digest: str, language: str, signature: Signature | None, at: datetime, name: Words) -> None:
    file_id = visit.claim.file_id if visit.claim else visit.file_id
    kept = keep_content(signature.picture, content_type=SVG, file_id=file_id) if signature else ""
    how = signature.how if signature else ""
    entry = record(VisitorAnswered(visit=visit.number, point=name, answer=answer, digest=digest, signed=how, signature=kept), file_id=file_id)
    VisitorAnswer.objects.create(
        visit=visit, point=point, answer=answer, digest=digest, language=language, signed=how, signature_sha256=kept, at=at, entry_id=entry,
    )


@command("visitor.consent")
def consent_on_screen(
    visit: str, *, told: Mapping[str, str], language: str, by: Actor, strokes: str = "", signed_name: str = "", why: str = "", at: datetime = NOW
) -> None:
    """The visitor answers each consent on their own screen, at the identity station; an agreement is signed, a refusal needs no signature."""
    here = locked_visit(visit, by=by)
    must_be_open(here)
    if here.station != "identity":
        raise Refused("conflict", Words("这一步已经过去了", "This step is over"), do=Words("要改，请告诉同事。", "To change it, tell your colleague at the counter."))
    answers = {kind: told.get(f"consent_{kind}", "") for kind in KINDS}
    faults = [
        Missing(Words(f"还没有选：{texts_on(local_day(at))[kind].name.zh}", f"Not chosen yet: {texts_on(local_day(at))[kind].name.en}"), field=f"consent_{kind}")
        for kind, answer in answers.items() if answer not in ("given", "refused")
    ]
    is_signed = "given" in answers.values()
    signature, more = signature_of(strokes, signed_name) if is_signed else (None, [])
    refuse_if([*faults, *more], Words("还差一点", "Almost done"))
    for kind, answer in answers.items():
        text = texts_on(local_day(at))[kind]
        _write(here, f"consent_{kind}", answer=answer, digest=digest_of([kind, text.edition]), language=language,
               signature=signature if answer == "given" else None, at=at, name=text.ask)
