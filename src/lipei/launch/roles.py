"""The three roles of the database and their passwords: made at random, kept in the keys folder, set on the server."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import psycopg
from psycopg import errors, sql

from lipei.launch import places
from lipei.launch.addresses import APP, ERASER, OWNER, ROLES, Address, Addresses
from lipei.launch.trouble import ServerTrouble
from lipei.terms.words import Words

FILE = "roles.json"
PASSWORD_BYTES = 32
TRIES_MAX = 8
PAUSE_SECONDS = 0.25
CREATE = """
    CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT PASSWORD {verifier}
"""

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


def are_kept() -> bool:
    """Whether passwords were made before, and not lost since."""
    return (places.keys_dir() / FILE).exists()


def ensure_roles(owner: Address, *, secret: Mapping[str, str] | None = None) -> Addresses:
    """Make `lipei_app` and `lipei_eraser`, let them connect, and see that their passwords are the kept ones; safe
    to repeat.

    They may log in and nothing else; what they may do with each table is said by the migrations. A password travels
    as its SCRAM verifier, so that it stands in no log. Raises `ServerTrouble` when `owner` may not make roles.
    """
    secret = secret or passwords()
    found = Addresses(owner, owner.for_role(APP, secret[APP]), owner.for_role(ERASER, secret[ERASER]))
    for address in (found.app, found.eraser):
        _repeated(partial(_ensure, owner, address))
    return found


def owner_password() -> str:
    """The password of `lipei_owner` on the embedded server."""
    return passwords()[OWNER]


def _ensure(owner: Address, role: Address) -> None:
    with psycopg.connect(owner.url) as connection:
        verifier = connection.pgconn.encrypt_password(role.password.encode(), role.user.encode(), b"scram-sha-256")
        names = {"role": sql.Identifier(role.user), "database": sql.Identifier(role.dbname)}
        words = {**names, "verifier": sql.Literal(verifier.decode())}
        try:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.user]).fetchone():
                connection.execute(sql.SQL(CREATE).format(**words))
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {database} TO {role}").format(**names))
            connection.commit()
            if not _may_enter(role):
                connection.execute(sql.SQL("ALTER ROLE {role} PASSWORD {verifier}").format(**words))
        except errors.InsufficientPrivilege as error:
            raise ServerTrouble(MAY_NOT_MAKE_ROLES.with_(user=owner.user)) from error


def _may_enter(role: Address) -> bool:
    """Whether the kept password is the role's; one that fits is not set again."""
    try:
        psycopg.connect(role.url).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            return False
        raise
    return True


def _repeated(task: Callable[[], None]) -> None:
    """Try again when another process makes the same roles at this moment: roles belong to the server, locks to a
    database."""
    for number in range(TRIES_MAX):
        try:
            return task()
        except (errors.UniqueViolation, errors.DuplicateObject, errors.InternalError_):
            if number == TRIES_MAX - 1:
                raise
            time.sleep(PAUSE_SECONDS)
    return None
