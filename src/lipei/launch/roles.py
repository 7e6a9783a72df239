"""The three roles of the database and their passwords: made at random, kept in the keys folder, set on the server."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import errors, sql

from lipei.launch import places
from lipei.launch.addresses import APP, ERASER, OWNER, ROLES, Address, Addresses
from lipei.launch.trouble import ServerTrouble
from lipei.terms.words import Words

FILE = "roles.json"
PASSWORD_BYTES = 32
ROLES_KEY = 0x6C69706569
"""The advisory lock under which roles are made, so that two starts at once do not collide ("lipei" in hexadecimal)."""

MAY_NOT_MAKE_ROLES = Words(
    zh="DATABASE_URL 中的用户“{user}”无权建立角色 lipei_app 与 lipei_eraser。请让管理员执行 ALTER ROLE {user} CREATEROLE，"
    "或由管理员建好这两个角色，再用 DATABASE_APP_URL 和 DATABASE_ERASER_URL 给出它们的地址。",
    en="The user {user} of DATABASE_URL may not make the roles lipei_app and lipei_eraser. Have the administrator run "
    "ALTER ROLE {user} CREATEROLE, or make both roles and name them with DATABASE_APP_URL and DATABASE_ERASER_URL.",
)


def passwords(folder: Path | None = None) -> Mapping[str, str]:
    """The passwords by role, from `roles.json` (0600) in the keys folder; made at the first call."""
    path = (folder or places.keys_dir()) / FILE
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    made = {role: secrets.token_urlsafe(PASSWORD_BYTES) for role in ROLES}
    places.write_private(path, json.dumps(made, indent=1).encode())
    return made


def ensure_roles(owner: Address, *, secret: Mapping[str, str] | None = None) -> Addresses:
    """Make `lipei_app` and `lipei_eraser`, or set their passwords again, and let them connect; safe to repeat.

    They may log in and nothing else; what they may do with each table is said by the migrations. The password travels
    as its SCRAM verifier, so that it stands in no log. Raises `ServerTrouble` when `owner` may not make roles.
    """
    secret = secret or passwords()
    with psycopg.connect(owner.url, autocommit=False) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [ROLES_KEY])
        try:
            for role in (APP, ERASER):
                _ensure(connection, role, secret[role])
                name = sql.Identifier(owner.dbname), sql.Identifier(role)
                connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*name))
        except errors.InsufficientPrivilege as error:
            raise ServerTrouble(MAY_NOT_MAKE_ROLES.with_(user=owner.user)) from error
    return Addresses(owner, owner.for_role(APP, secret[APP]), owner.for_role(ERASER, secret[ERASER]))


def owner_password() -> str:
    """The password of `lipei_owner` on the embedded server."""
    return passwords()[OWNER]


def _ensure(connection: psycopg.Connection[tuple[object, ...]], role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    verb = "ALTER" if known else "CREATE"
    statement = sql.SQL(
        "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT PASSWORD {}"
    )
    connection.execute(statement.format(sql.SQL(verb), sql.Identifier(role), sql.Literal(verifier)))
