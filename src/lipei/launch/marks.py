"""What a database says about itself before anything is started: its kind, and which keys belong to it.

A table of the launcher's own (`launch.marks`), made before the first migration, written by the owner only, part of
every backup. It holds fingerprints, never a key.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import errors, sql

from lipei.launch.addresses import APP, ERASER, Address
from lipei.launch.database import is_empty
from lipei.launch.keys import Keys, fingerprints, path_of_keys
from lipei.launch.trouble import KeysTrouble, Trouble
from lipei.terms.words import Words

TABLE = "launch.marks"
KIND = "kind"
LIVE, DEMO = "live", "demo"
DEMONSTRATION = "demonstration"
BEGUN = "begun"
"""The mark of a demonstration whose first claims are told: a later start need not look."""
KEY_PREFIX = "key: "

MAKE = """
    CREATE SCHEMA IF NOT EXISTS launch;
    CREATE TABLE IF NOT EXISTS launch.marks (
        name text PRIMARY KEY CHECK (name <> ''),
        value text NOT NULL CHECK (value <> '')
    );
    COMMENT ON TABLE launch.marks IS 'what this database is, and the fingerprints of the keys that belong to it';
"""

OTHER_KEYS = Words(
    zh="密钥与数据不相符：数据用到的密钥（{names}）不在 {path} 中，个人信息将无法读出，因此没有继续。"
    "请放回与这份数据一起使用的密钥文件，或用 LIPEI_KEYS 指定它所在的目录。",
    en="The keys do not belong to the data: the data need keys ({names}) that are not in {path}. "
    "Personal information could not be read, so nothing was started. "
    "Put back the key file that was used with these data, or name its folder with LIPEI_KEYS.",
)
LIVE_DATA = Words(
    zh="数据库里有其他数据，因此不会以演示模式启动。请用 LIPEI_HOME 指定另一个目录来看演示。",
    en="The database holds other data, so the demonstration is not started in it. "
    "Name another folder with LIPEI_HOME for the demonstration.",
)


def read(address: Address) -> Mapping[str, str]:
    """All marks of the database by name; none when it was never started."""
    with psycopg.connect(address.url) as connection:
        try:
            return dict(connection.execute("SELECT name, value FROM launch.marks").fetchall())
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            return {}


def begin(owner: Address, *, keys: Keys, is_demo: bool) -> str:
    """Mark a new database with its kind and keys, or check the marks of an old one and add key versions made since.

    Returns the kind, `demo` or `live`: a database stays what it was at its creation. Raises `KeysTrouble` when the
    data need other keys, `Trouble` when a demonstration is asked for in a database that holds anything else.
    """
    marks = read(owner)
    check_keys(marks, keys, where=path_of_keys())
    new = DEMO if is_demo and is_empty(owner) else LIVE
    kind = marks.get(KIND, new)
    if is_demo and kind != DEMO:
        raise Trouble(LIVE_DATA)
    _write(owner, {KIND: kind, **{f"{KEY_PREFIX}{name}": value for name, value in fingerprints(keys).items()}})
    return kind


def note_begun(owner: Address) -> None:
    """Mark that the first claims of the demonstration are told."""
    _write(owner, {DEMONSTRATION: BEGUN})


def check_keys(marks: Mapping[str, str], keys: Keys, *, where: object) -> None:
    """Raises `KeysTrouble` when `marks` name a key that is not among `keys` (`where`: their file); more keys are
    welcome."""
    known = fingerprints(keys)
    needed = {name.removeprefix(KEY_PREFIX): value for name, value in marks.items() if name.startswith(KEY_PREFIX)}
    lacking = sorted(name for name, value in needed.items() if known.get(name) != value)
    if lacking:
        raise KeysTrouble(OTHER_KEYS.with_(names=", ".join(lacking), path=where))


def _write(owner: Address, marks: Mapping[str, str]) -> None:
    with psycopg.connect(owner.url) as connection:
        connection.execute(MAKE)
        statement = "INSERT INTO launch.marks (name, value) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING"
        with connection.cursor() as cursor:
            cursor.executemany(statement, sorted(marks.items()))
        readers = sql.SQL(", ").join([sql.Identifier(APP), sql.Identifier(ERASER)])
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA launch TO {}").format(readers))
        connection.execute(sql.SQL("GRANT SELECT ON launch.marks TO {}").format(readers))
