"""What the database says about itself: whether it holds demonstrations or real data, and which keys belong to it.

A table of its own (`launch.marks`), made before the first migration, written by the owner only, part of every backup.
It holds fingerprints, never keys.
"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg
from psycopg import errors, sql

from lipei.launch.addresses import APP, Address
from lipei.launch.keys import Keys, fingerprints, path_of_keys
from lipei.launch.trouble import KeysTrouble, Trouble
from lipei.terms.words import Words

KIND = "kind"
DEMO, LIVE = "demo", "live"
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
    zh="密钥与数据不相符：数据使用的密钥（{names}）不在 {path} 中，因此个人信息无法读出，程序没有启动。"
    "请放回与这份数据一起使用的密钥文件，或用 LIPEI_KEYS 指定它所在的目录。",
    en="The keys do not belong to the data: the data use keys ({names}) that are not in {path}, so personal information could not be "
    "read, and nothing was started. Put back the key file that was used with these data, or name its folder with LIPEI_KEYS.",
)
REAL_DATA = Words(
    zh="数据库里有真实数据，因此不会以演示模式启动。请用 LIPEI_HOME 指定另一个目录来看演示。",
    en="The database holds real data, so the demonstration is not started in it. Name another folder with LIPEI_HOME for the demonstration.",
)


def read(address: Address) -> Mapping[str, str]:
    """All marks of the database by name; none when it has never been started."""
    with psycopg.connect(address.url) as connection:
        try:
            return dict(connection.execute("SELECT name, value FROM launch.marks").fetchall())
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            return {}


def begin(owner: Address, *, keys: Keys, is_demo: bool) -> str:
    """Mark a new database with its kind and keys, or check the marks of an old one and add key versions made since.

    Returns the kind, `demo` or `live`; a database stays what it was at its creation. Raises `KeysTrouble` when the keys
    belong to other data, `Trouble` when a demonstration is asked for on real data.
    """
    marks = read(owner)
    check_keys(marks, keys, where=path_of_keys())
    kind = marks.get(KIND, DEMO if is_demo else LIVE)
    if is_demo and kind != DEMO:
        raise Trouble(REAL_DATA)
    _write(owner, {KIND: kind, **{f"{KEY_PREFIX}{name}": value for name, value in fingerprints(keys).items()}})
    return kind


def check_keys(marks: Mapping[str, str], keys: Keys, *, where: object) -> None:
    """Raises `KeysTrouble` when `marks` name a key that is not among `keys`; more keys than named are welcome."""
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
        reader = sql.Identifier(APP)
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA launch TO {}").format(reader))
        connection.execute(sql.SQL("GRANT SELECT ON launch.marks TO {}").format(reader))
