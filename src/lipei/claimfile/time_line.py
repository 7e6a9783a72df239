"""经过: what an entry says in one plain sentence, who did it, and whether clock, stage or money moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Manager, QuerySet

from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.privacy.cipher import CannotRead
from lipei.staff.queries import in_both_languages, latin_name
from lipei.terms.words import Words, both

PAUSES = frozenset({"paper_request_delivered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """One line of the time line."""

    number: int
    at: dt.datetime
    kind: str
    what: Words
    by: Words
    why: str


def with_latin_names(entries: QuerySet[Entry] | Manager[Entry]) -> QuerySet[Entry]:
    """The entries with `by_latin`: the Latin name of the colleague who did it, for English pages."""
    return entries.annotate(by_latin=latin_name("by_ref"))


def who_did(entry: Entry) -> Words:
    """Who did it, by the name in the entry; in English by the Latin name where the entry was read `with_latin_names`."""
    return in_both_languages(entry.by_name, getattr(entry, "by_latin", ""))


def entry_shown(entry: Entry) -> EntryShown:
    """An entry in one sentence; its dot says whether clock, stage or money moved. What cannot be read is said so."""
    try:
        event = event_of(entry)
    except (KeyError, TypeError):  # of a room or a version that is no longer here: the entry itself still stands
        what, is_key = both(entry.kind), False
    except CannotRead:
        what, is_key = Words("这条记录的个人内容打不开", "The personal content of this entry cannot be opened"), False
    else:
        what, is_key = event.sentence(), type(event).KEY
    kind = "pause" if entry.kind in PAUSES else "key" if is_key else ""
    return EntryShown(number=entry.number, at=entry.at, kind=kind, what=what, by=who_did(entry), why=entry.why)
