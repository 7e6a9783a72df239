"""`record(event)`: the entry that is audit line, time line and outbox in one.

Inside a command, events are gathered; when the command ends they are appended in order – after all its row changes, so that
each entry's hash covers them – and the followers of followed kinds are deferred in the same transaction.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection

from lipei.filing.actor import Actor
from lipei.filing.events import REGISTRY, Event
from lipei.filing.models import Entry
from lipei.filing.running import Pending, Running, running
from lipei.privacy.cipher import CannotRead, keyring

PERSONAL_PURPOSE = "entry.personal"
_SALT_CHARACTERS = 32


_followed: dict[str, Callable[[int], None]] = {}


def follow_with(kinds: frozenset[str], defer: Callable[[int], None]) -> None:
    """Wire which kinds of event have followers, and how their job is deferred. Called once by the site."""
    _followed.clear()
    _followed.update(dict.fromkeys(kinds, defer))


def followed() -> dict[str, Callable[[int], None]]:
    """The wiring as it is: kind of event → how its followers are deferred."""
    return dict(_followed)


def restore_followed(wiring: dict[str, Callable[[int], None]]) -> None:
    """Put back a wiring that was taken with `followed`."""
    _followed.clear()
    _followed.update(wiring)


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no escapes – the same value is always the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def record(event: Event, *, file_id: uuid.UUID, by: Actor | None = None, why: str = "") -> int:
    """Append `event` to a file at the end of the running command; returns the entry's id for milestones and marks."""
    now = running()
    entry_id = now.spare_entry_id
    now.spare_entry_id = None
    if entry_id is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('entry_id_seq')")
            entry_id = int(cursor.fetchone()[0])
    now.pending.append(Pending(entry_id, file_id, event, by or now.by, why or now.why))
    return entry_id


def personal_digest(salted: str) -> bytes:
    """The digest of salted personal content that stays in the chain when the content is erased."""
    return hashlib.sha256(salted.encode()).digest()


def _entry(pending: Pending, now: Running) -> Entry:
    plain, personal = pending.event.split()
    sealed = digest = None
    if personal:
        salted = canonical({"salt": os.urandom(_SALT_CHARACTERS // 2).hex(), "personal": personal})
        sealed, digest = keyring().seal(salted, purpose=PERSONAL_PURPOSE), personal_digest(salted)
    return Entry(
        id=pending.entry_id, file_id=pending.file_id, number=0, kind=pending.event.KIND, version=pending.event.VERSION,
        at=now.at, recorded_at=now.recorded_at, by_kind=pending.by.kind, by_ref=pending.by.ref, by_name=pending.by.name,
        why=pending.why, command=now.id, verb=now.verb, caused_by_id=pending.by.caused_by, plain=canonical(plain),
        personal=sealed, personal_digest=digest, history_digest=b"", prev_hash=b"", hash=b"",
    )


def append(now: Running) -> None:
    """Write the gathered entries of a command; called when it ends."""
    for pending in now.pending:
        _entry(pending, now).save(force_insert=True)
    for pending in now.pending:
        defer = _followed.get(pending.event.KIND)
        if defer is not None:
            defer(pending.entry_id)


def personal_of(entry: Entry) -> dict[str, Any] | None:
    """The personal content of an entry, `None` when it was erased; raises `CannotRead` when it was altered."""
    if entry.personal is None:
        return None
    salted = keyring().open(entry.personal, purpose=PERSONAL_PURPOSE)
    if personal_digest(salted) != bytes(entry.personal_digest or b""):
        raise CannotRead("the personal content of an entry does not match its digest")
    content: dict[str, Any] = json.loads(salted)["personal"]
    return content


def event_of(entry: Entry) -> Event:
    """The event an entry records, personal fields opened; erased ones read as erased."""
    kind = REGISTRY[entry.kind]
    plain = json.loads(entry.plain)
    return kind.restored(plain, personal_of(entry) if kind.PERSONAL else {})
