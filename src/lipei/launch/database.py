"""The database that Lipei works with: the embedded server, or a real one named by `DATABASE_URL`; and copies of
one for tests."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import errors, sql

from lipei.launch import places, roles
from lipei.launch.addresses import DATABASE, OWNER, Address, Addresses
from lipei.launch.server import TEST_SETTINGS, EmbeddedServer, is_password_refused
from lipei.launch.trouble import ServerTrouble
from lipei.terms.words import Words

URL = "DATABASE_URL"
APP_URL = "DATABASE_APP_URL"
ERASER_URL = "DATABASE_ERASER_URL"
TEST_URL = "LIPEI_TEST_DATABASE_URL"
CONNECT_SECONDS_MAX = 10
SERVER_VERSION_MIN = 150000

NO_ANSWER = Words(
    zh="DATABASE_URL 指定的数据库（{address}）没有应答：{said}",
    en="The database named by DATABASE_URL ({address}) does not answer: {said}",
)
SERVER_TOO_OLD = Words(
    zh="DATABASE_URL 指定的服务器是 PostgreSQL {version}；理赔需要 15 或更新的版本。",
    en="The server named by DATABASE_URL is PostgreSQL {version}; Lipei needs version 15 or newer.",
)


@contextmanager
def serving(settings: Mapping[str, str] | None = None) -> Iterator[Addresses]:
    """The three addresses of a database that answers, for as long as the block runs; see `opened`."""
    with opened(settings) as database:
        yield database.addresses


@dataclass(frozen=True, slots=True)
class Database:
    """A database that answers; `server` is the embedded one, or None for a server of the user's own."""

    addresses: Addresses
    server: EmbeddedServer | None

    def revive(self) -> bool:
        """Start the embedded server again if it has died; False when there was nothing to do."""
        return self.server is not None and self.server.revive()


@contextmanager
def opened(settings: Mapping[str, str] | None = None) -> Iterator[Database]:
    """The database for as long as the block runs.

    With `DATABASE_URL` that server (its roles are made or renewed, unless `DATABASE_APP_URL` and `DATABASE_ERASER_URL`
    name them); else the embedded one in the data folder, started or joined. Raises `ServerTrouble` (both languages).
    """
    named = os.environ.get(URL, "").strip()
    if named:
        yield Database(of_real_server(Address.read(named)), None)
        return
    is_stranger = not roles.are_kept()
    embedded = EmbeddedServer(places.data_dir(), owner_password=roles.owner_password(), settings=settings)
    if is_stranger:
        embedded.admit()
    with embedded as server:
        make_database(server.address(), DATABASE)
        yield Database(roles.ensure_roles(server.address(DATABASE)), server)


def of_real_server(owner: Address) -> Addresses:
    """The three addresses at a server of the user's own.

    Raises `ServerTrouble` when it does not answer, is older than PostgreSQL 15, or its user may not make roles.
    """
    try:
        with psycopg.connect(owner.url, connect_timeout=CONNECT_SECONDS_MAX) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        said = "password authentication failed" if is_password_refused(error) else str(error).strip()
        raise ServerTrouble(NO_ANSWER.with_(address=owner.shown(), said=said)) from error
    if version < SERVER_VERSION_MIN:
        raise ServerTrouble(SERVER_TOO_OLD.with_(version=f"{version // 10000}.{version % 10000}"))
    app, eraser = os.environ.get(APP_URL, "").strip(), os.environ.get(ERASER_URL, "").strip()
    if app and eraser:
        return Addresses(owner, Address.read(app), Address.read(eraser))
    made = roles.ensure_roles(owner)
    return Addresses(owner, Address.read(app) if app else made.app, Address.read(eraser) if eraser else made.eraser)


def make_database(owner: Address, name: str) -> bool:
    """Make the empty database `name` (UTF-8, the server's own locale); False when it is there already."""
    with psycopg.connect(owner.url, autocommit=True) as connection:
        try:
            connection.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
            )
        except errors.DuplicateDatabase:
            return False
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        return True


def is_empty(owner: Address) -> bool:
    """Whether the database holds no table or view of anybody's, the launcher's own set aside."""
    question = """
        SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'launch'))
    """
    with psycopg.connect(owner.url) as connection:
        row = connection.execute(question).fetchone()
    return bool(row and row[0])


@contextmanager
def testing(settings: Mapping[str, str] | None = None) -> Iterator[Addresses]:  # noqa: PT028 – no test itself
    """A database to be thrown away: on a server of its own in a temporary folder, or a new one at
    `LIPEI_TEST_DATABASE_URL`."""
    named = os.environ.get(TEST_URL, "").strip()
    if named:
        owner = Address.read(named)
        name = f"{DATABASE}_test_{uuid.uuid4().hex[:12]}"
        make_database(owner, name)
        try:
            yield roles.ensure_roles(owner.for_database(name))
        finally:
            drop(owner.for_database(name))
        return
    with tempfile.TemporaryDirectory(prefix="lipei-test-") as folder:
        places.open_folder(Path(folder)).chmod(0o711)
        secret = roles.passwords(Path(folder) / "keys")
        data = Path(folder) / "data"
        with EmbeddedServer(
            data, owner_password=secret[OWNER], settings={**TEST_SETTINGS, **(settings or {})}
        ) as server:
            make_database(server.address(), DATABASE)
            yield roles.ensure_roles(server.address(DATABASE), secret=secret)


def clone(addresses: Addresses, name: str) -> Addresses:
    """A new database `name`, equal to the one at `addresses`, which nobody may be using at this moment (about 0.1
    s)."""
    with psycopg.connect(addresses.owner.for_database("postgres").url, autocommit=True) as connection:
        names = sql.Identifier(name), sql.Identifier(addresses.owner.dbname)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        for address in (addresses.app, addresses.eraser):
            grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(name), sql.Identifier(address.user)
            )
            connection.execute(grant)
    return addresses.for_database(name)


def drop(address: Address) -> None:
    """Take the database away, whoever is connected to it; nothing happens when there is none.

    On a server of the user's own this takes a superuser, or a member of `pg_signal_backend`, while others are
    connected.
    """
    with psycopg.connect(address.for_database("postgres").url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(address.dbname)))
