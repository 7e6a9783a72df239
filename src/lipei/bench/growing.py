"""Grows one generated claim from a pattern: its own number, people, identities, days and file; the same by seed and serial number."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lipei.bench.patterns import TABLES, Pattern, Row
from lipei.demo.names import GIVEN_F, GIVEN_M, SURNAMES, identity_number
from lipei.filing.chain import EntryRow, entry_hash, first_hash, history_digest
from lipei.privacy.cipher import Keyring
from lipei.terms.bigrams import vector

FIRST_ID = 1_000_000
"""Generated rows are numbered from here; told ones lie below."""
ENTRIES_MAX = 64
"""Ids set aside for the entries of one claim."""
ENDED_PERCENT = 80
ENDED_DAYS, OPEN_DAYS = 650, 12
SEALED: Mapping[str, tuple[str, ...]] = {
    "party": ("identity", "phone", "bank_account"), "insured": ("identity", "phone"), "policy": ("holder_identity", "holder_phone"),
}
IS_CLAIM = frozenset({"claim", "policy", "insured", "snapshot"})
EMPTY_DIGEST = history_digest([])


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands in the place of one of the pattern's people."""

    name: str
    born_on: date
    identity: str
    phone: str


@dataclass(frozen=True, slots=True)
class Seedling:
    """What is drawn for one generated claim before its rows are made."""

    serial: int
    pattern: Pattern
    draw: random.Random
    file_id: uuid.UUID
    number: str
    policy_number: str
    back: timedelta

    @property
    def claim_id(self) -> int:
        """The id of the claim, and of its policy, insured and snapshot."""
        return FIRST_ID + self.serial

    def entry_id(self, place: int) -> int:
        """The id of the kept entry at `place` of the pattern."""
        return first_entry(self.claim_id) + place


def first_entry(claim_id: int) -> int:
    """The id of the first entry of a generated claim's file."""
    return claim_id * ENTRIES_MAX


def command_of(entry_id: int) -> uuid.UUID:
    """The command of a generated entry: one each, in the order of the entries."""
    return uuid.UUID(int=entry_id)


def seedling(serial: int, *, patterns: tuple[Pattern, ...], seed: int) -> Seedling:
    """Draw the pattern, the file and the days of claim `serial`; every part of a hundred claims, 80 are ended."""
    draw = random.Random((seed << 32) + serial)
    wants_ended = draw.randrange(100) < ENDED_PERCENT
    chosen = draw.choice([p for p in patterns if p.is_ended is wants_ended] or list(patterns))
    days = ENDED_DAYS if chosen.is_ended else OPEN_DAYS
    back = timedelta(minutes=draw.randrange(days * 24 * 60))
    year = (chosen.claim["reported_at"] - back).year
    branch = str(chosen.claim["number"]).partition("-")[0]
    return Seedling(
        serial, chosen, draw, uuid.UUID(int=draw.getrandbits(128), version=4), f"{branch}-{year}-{100_000 + serial:06d}",
        f"QH-{year}-G-{serial:07d}", back,
    )


def _person(old: Row, seedling: Seedling, nth: int) -> Person:
    draw, serial = seedling.draw, seedling.serial
    name = draw.choice(SURNAMES) + draw.choice(GIVEN_F if old.get("sex") == "F" else GIVEN_M)
    born_on = date((old.get("born_on") or date(1970, 1, 1)).year, draw.randint(1, 12), draw.randint(1, 28))
    order = draw.randrange(0, 998, 2) + (old.get("sex") == "M")
    return Person(name, born_on, identity_number(born_on, order=order), f"199{serial * 4 + nth:08d}")


def _people(seedling: Seedling) -> dict[str, Person]:
    """One new person for each name of the pattern."""
    rows = seedling.pattern.rows
    holder = rows["policy"][0]
    found: dict[str, Person] = {}
    for old in (*rows["insured"], *rows["party"], {"name": holder["holder_name"]}):
        if old["name"] not in found:
            found[old["name"]] = _person(old, seedling, len(found))
    return found


class Ids:
    """Numbers the rows of each table on, claim after claim."""

    def __init__(self) -> None:
        self.next: dict[str, int] = dict.fromkeys(TABLES, FIRST_ID)

    def map_of(self, seedling: Seedling) -> dict[str, dict[int, int]]:
        """The new id of every old row of a pattern, by table."""
        found: dict[str, dict[int, int]] = {}
        for table in TABLES:
            if table == "file":
                continue
            old = [row["id"] for row in seedling.pattern.rows[table]]
            first = seedling.claim_id if table in IS_CLAIM else self.next[table]
            found[table] = {pk: first + n for n, pk in enumerate(old)}
            self.next[table] = first + len(old)
        places = {row["id"]: n for n, row in enumerate(seedling.pattern.entries)}
        found["entry"] = {old: seedling.entry_id(places[kept]) for old, kept in seedling.pattern.stands_for.items()}
        return found


class Growing:
    """Makes rows. `references` names, per table and column, the table a foreign key points to."""

    def __init__(self, references: Mapping[str, Mapping[str, str]], *, keyring: Keyring) -> None:
        self.references, self.keyring, self.ids = references, keyring, Ids()

    def rows(self, seedling: Seedling) -> Iterator[tuple[str, Row]]:
        """Every row of a generated claim but its entries, as (table, row)."""
        people = _people(seedling)
        new = self.ids.map_of(seedling)
        said = {old: person.name for old, person in people.items()}
        said[seedling.pattern.claim["number"]] = seedling.number
        said[seedling.pattern.rows["policy"][0]["number"]] = seedling.policy_number
        for table in TABLES:
            for old in seedling.pattern.rows[table]:
                row = self._row(table, old, seedling, new=new, said=said)
                self._seal(table, old, row, people)
                yield table, row

    def _row(self, table: str, old: Row, seedling: Seedling, *, new: Mapping[str, Mapping[int, int]], said: Mapping[str, str]) -> Row:
        row = {name: _own(value, back=seedling.back, said=said) for name, value in old.items()}
        if table == "file":
            return {**row, "id": seedling.file_id}
        row["id"] = new[table][old["id"]]
        for name, target in self.references[table].items():
            if old[name] is not None:
                row[name] = seedling.file_id if target == "file" else new[target][old[name]]
        if table == "document":
            row["uuid"] = uuid.UUID(int=seedling.draw.getrandbits(128), version=4)
            row["custody_number"] = f"{seedling.number}-{row['id']}"
        if table == "claim":
            row["search"] = f"{vector(seedling.number, *said.values())} {seedling.pattern.words}"
        if table == "policy":
            row["search"] = vector(*said.values())
        return row

    def _seal(self, table: str, old: Row, row: Row, people: Mapping[str, Person]) -> None:
        """Seal the new person's numbers, with their blind indexes, in the columns that held the old one's."""
        person = people.get(old.get("holder_name") or old.get("name") or "")
        if person is None:
            return
        if old.get("born_on"):
            row["born_on"] = person.born_on
        values = {"identity": person.identity, "phone": person.phone, "bank_account": f"6200{person.phone}{person.identity[-4:-1]}"}
        for field in SEALED.get(table, ()):
            if old[field] is not None:
                value = values[field.removeprefix("holder_")]
                row[field] = self.keyring.seal(value, purpose=f"{table}.{field}")
                row[f"{field}_index"], row[f"{field}_tail"] = self.keyring.index(value), value[-4:]


def _own(value: Any, *, back: timedelta, said: Mapping[str, str]) -> Any:
    if isinstance(value, datetime):
        return value - back
    return said.get(value, value) if isinstance(value, str) else value


def entries_of(seedling: Seedling, *, digests: Mapping[int, bytes], recorded_at: datetime) -> Iterator[tuple[Any, ...]]:
    """The chained entries of a generated claim; `digests` are the history digests of its commands by entry id."""
    pattern, prev = seedling.pattern, first_hash(seedling.file_id)
    number, policy = pattern.claim["number"], pattern.rows["policy"][0]["number"]
    for place, old in enumerate(pattern.entries):
        entry_id = seedling.entry_id(place)
        row = EntryRow(
            seedling.file_id, place + 1, old["kind"], old["version"], old["at"] - seedling.back, recorded_at, old["by_kind"], old["by_ref"],
            old["by_name"], old["why"], command_of(entry_id), old["verb"], None,
            old["plain"].replace(number, seedling.number).replace(policy, seedling.policy_number),
            old["personal_digest"], digests.get(entry_id, EMPTY_DIGEST), prev, b"",
        )
        prev = entry_hash(row)
        yield (
            entry_id, row.file_id, row.number, row.kind, row.version, row.at, row.recorded_at, row.by_kind, row.by_ref, row.by_name, row.why,
            row.command, row.verb, None, row.plain, old["personal"], row.personal_digest, row.history_digest, row.prev_hash, prev,
        )
