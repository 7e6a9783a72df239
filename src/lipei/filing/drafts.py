"""Drafts: what somebody has typed and not yet said, kept encrypted until it is said. No fact, so no history and no command.

A draft belongs to one colleague and one place (`visit:JH20261122-017:facts`). Too much text is told kindly, and what fits is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lipei.filing.actor import Actor
from lipei.filing.models import Draft
from lipei.filing.refusal import Missing, Refused
from lipei.privacy.cipher import VALUE_BYTES_MAX, CannotRead, keyring
from lipei.terms.words import Words

DRAFT_BYTES_MAX = 10_000_000
PURPOSE = "draft"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was kept: field by field, and when."""

    content: dict[str, str]
    saved_at: datetime


def keep_draft(place: str, content: Mapping[str, str], *, by: Actor) -> datetime:
    """Keep what was typed; returns when. Above `DRAFT_BYTES_MAX` as much as fits is kept and `Refused` says so."""
    fitting, cut = _fitting(content)
    sealed = keyring().seal(_written(fitting), purpose=PURPOSE)
    now = timezone.now()
    Draft.objects.update_or_create(place=place[:120], user_ref=by.ref, defaults={"content": sealed, "saved_at": now})
    if cut is not None:
        raise too_much(cut, content[cut])
    return now


def _written(content: dict[str, str]) -> str:
    """The content as JSON; where escaping makes it too large to seal, every text is cut by half once more."""
    text = json.dumps(content, ensure_ascii=False)
    while len(text.encode()) > VALUE_BYTES_MAX:
        content = {name: value[: len(value) // 2] for name, value in content.items()}
        text = json.dumps(content, ensure_ascii=False)
    return text


def too_much(field: str, text: str) -> Refused:
    """The refusal of a text that is larger than any draft: how large, how much was kept, what to do."""
    most = DRAFT_BYTES_MAX // 1_000_000
    size = f"{len(text.encode('utf-8', 'replace')) / 1_000_000:.1f}"
    return Refused(
        "bad_input", Words(f"这一栏有 {size} MB 文字，草稿最多留 {most} MB", f"This field holds {size} MB of text; a draft keeps {most} MB"),
        why=Words("前面放得下的部分已经留住，没有丢。", "What fits was kept; it is not lost."),
        missing=(Missing(Words(f"太长的一栏：{len(text):,} 个字", f"The field that is too long: {len(text):,} characters"),
                         do=Words("请写要紧的；整篇文字作为材料收下。", "Write what matters; take the whole text in as a paper."), field=field),),
    )


def _fitting(content: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """As much of the content as fits, shortest fields first, in its own order; and the field that had to be cut."""
    left = DRAFT_BYTES_MAX
    kept: dict[str, str] = {}
    cut: str | None = None
    for name, text in sorted(content.items(), key=lambda pair: len(pair[1])):
        raw = text.encode("utf-8", "replace")
        kept[name] = raw[:left].decode("utf-8", "ignore")
        if len(raw) > left:
            cut = name
        left = max(0, left - len(raw))
    return {name: kept[name] for name in content}, cut


def draft_of(place: str, *, by: Actor) -> Kept | None:
    """What this colleague has typed at a place and not yet said; None when there is nothing, or its key is gone."""
    return draft_by(place, ref=by.ref)


def draft_by(place: str, *, ref: str) -> Kept | None:
    """The same by the colleague's number: what the clerk is writing, for the screen on which the visitor reads along."""
    draft = Draft.objects.filter(place=place[:120], user_ref=ref).first()
    if draft is None:
        return None
    try:
        content: dict[str, str] = json.loads(keyring().open(draft.content, purpose=PURPOSE))
    except CannotRead:
        return None
    return Kept(content, draft.saved_at)


def drop_draft(place: str, *, by: Actor) -> None:
    """What was typed has been said: the draft goes."""
    Draft.objects.filter(place=place[:120], user_ref=by.ref).delete()


def hand_drafts(prefix: str, *, to_ref: str) -> None:
    """Give every draft below a place to a colleague who takes over; their own newer words there stay."""
    for draft in Draft.objects.filter(place__startswith=prefix).exclude(user_ref=to_ref):
        if Draft.objects.filter(place=draft.place, user_ref=to_ref).exists():
            draft.delete()
            continue
        draft.user_ref = to_ref
        draft.save(update_fields=["user_ref"])
