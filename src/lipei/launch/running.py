"""`lipei run`: database, migrations, web and worker, watched over until somebody ends them."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from types import FrameType

from lipei.launch import keys, marks, places, programs
from lipei.launch.addresses import Addresses
from lipei.launch.children import Child
from lipei.launch.database import Database, is_empty, opened
from lipei.launch.trouble import Trouble
from lipei.terms.words import Words

SETTINGS = "lipei.site.settings"
APPLICATION = "lipei.launch.web:application"
DEMONSTRATION = [sys.executable, "-m", "lipei.demo"]
WEB_PROCESSES_MAX = 2
ANSWER_SECONDS_MAX = 120.0
ANSWER_TRY_SECONDS = 5
WATCH_SECONDS = 0.2
RUN_LOCK = "run.lock"

ALREADY_RUNNING = Words(
    zh="理赔已在这个数据目录上运行（进程 {pid}，{url}）。请直接打开该地址，或先结束它；要另开一套，请用 LIPEI_HOME 指定另一个目录。",
    en="Lipei already runs on this data folder (process {pid}, {url}). Open that address, or end it first; "
    "for a second one, name another folder with LIPEI_HOME.",
)
PORT_TAKEN = Words(
    zh="端口 {port} 已被其他程序占用。请用 --port 换一个，例如 lipei run --port {other}。",
    en="Port {port} is taken by another program. Choose another one with --port, such as `lipei run --port {other}`.",
)
NOT_MIGRATED = Words(
    zh="数据库结构未能更新到当前版本，原因见上。数据未作改动；请先处理原因，再重新启动。",
    en="The database could not be brought to this version; the reason stands above. "
    "The failed step was taken back; deal with the reason and start again.",
)
NO_DEMONSTRATION = Words(
    zh="演示数据未能建立，原因见上。",
    en="The demonstration could not be begun; the reason stands above.",
)
NO_ANSWER = Words(
    zh="网页在 {seconds} 秒内没有应答。上面的记录里有原因。",
    en="The page did not answer within {seconds} seconds. The reason stands in the lines above.",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    host: str = "127.0.0.1"
    port: int = 8000
    kind: str = marks.LIVE

    @property
    def url(self) -> str:
        """The address for people; a wildcard host is shown as this machine's own."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"


def run(wish: Wish) -> int:
    """Start everything and watch over it until SIGINT, SIGTERM or SIGHUP; returns the exit code.

    Raises `Trouble` (both languages) for what a person must put right first.
    """
    ending = _Ending()
    with only_run(wish), opened() as database:
        check_port(wish)
        kind = prepared(database.addresses, wished=wish.kind)
        if kind != wish.kind:
            say("This data folder holds the demonstration. For real work, name another folder with LIPEI_HOME.")
        environment = child_environment(database.addresses, kind=kind)
        migrate(database.addresses, environment)
        if kind == marks.DEMO and is_told() and marks.DEMONSTRATION not in marks.read(database.addresses.owner):
            begin_demonstration(environment)
            marks.note_begun(database.addresses.owner)
        children = children_of(wish, environment, kind=kind)
        try:
            return _watched(wish, database, children, ending)
        finally:
            say("Ending …")
            for child in children:
                child.stop()


def prepared(addresses: Addresses, *, wished: str) -> str:
    """See that kind and keys belong to the data before anything touches them; returns the kind, `live` or `demo`.

    Raises `KeysTrouble` when the keys are missing or others, `Trouble` when a demonstration is wished for in other
    data.
    """
    owner = addresses.owner
    kept = keys.load_or_make(data_exists=not is_empty(owner) or bool(marks.read(owner)))
    return marks.begin(owner, keys=kept, is_demo=wished == marks.DEMO)


def child_environment(addresses: Addresses, *, kind: str) -> dict[str, str]:
    """What every child is told, besides what the present environment says; the owner's address goes to `migrate`
    alone."""
    told = addresses.environment()
    del told["LIPEI_OWNER_DSN"]
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "LIPEI_OWNER_DSN"}}
    return {
        **kept,
        **told,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "LIPEI_HOME": str(places.data_dir()),
        keys.VARIABLE: str(keys.path_of_keys()),
        "LIPEI_DEMO": "1" if kind == marks.DEMO else "",
        "LIPEI_FONTS": os.environ.get("LIPEI_FONTS") or str(places.fonts_dir()),
        "PYTHONUNBUFFERED": "1",
    }


def migrate(addresses: Addresses, environment: Mapping[str, str]) -> None:
    """Bring the tables to this version, as the owner, in a process of its own. Raises `Trouble` when that fails."""
    as_owner = {**environment, "LIPEI_APP_DSN": addresses.owner.url, "LIPEI_OWNER_DSN": addresses.owner.url}
    command = [sys.executable, "-m", "lipei.launch.migrating"]
    if subprocess.run(command, env=as_owner, stdin=subprocess.DEVNULL, check=False).returncode:
        raise Trouble(NOT_MIGRATED)


def children_of(wish: Wish, environment: Mapping[str, str], *, kind: str) -> list[Child]:
    """Web, worker, and for a demonstration the one who tells its story to the end; ended in this order as well."""
    processes = min(WEB_PROCESSES_MAX, os.cpu_count() or 1)
    web = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", wish.host, "--port", str(wish.port)]
    web += ["--workers", str(processes), "--respawn-failed-workers", "--workers-kill-timeout", "10", "--no-ws"]
    web += ["--log-level", "warning", APPLICATION]
    worker = [sys.executable, "-m", "django", "procrastinate", "worker"]
    children = [Child("web", web, environment), Child("worker", worker, environment, waits_for_page=True)]
    if kind == marks.DEMO and is_told():
        children.append(Child("demonstration", DEMONSTRATION, environment, is_lasting=False, waits_for_page=True))
    return children


def is_told() -> bool:
    """Whether this installation brings the demonstration's story along; without it a demonstration begins empty."""
    return find_spec("lipei.demo") is not None


def begin_demonstration(environment: Mapping[str, str]) -> None:
    """Tell enough of the demonstration for the first page; the rest is told beside the running site. Raises
    `Trouble`."""
    command = [*DEMONSTRATION, "--first"]
    if subprocess.run(command, env=dict(environment), stdin=subprocess.DEVNULL, check=False).returncode:
        raise Trouble(NO_DEMONSTRATION)


def answers(wish: Wish) -> bool:
    """Whether the first page comes, by itself or as the way to the login."""
    host = "127.0.0.1" if wish.host in {"0.0.0.0", "::"} else wish.host
    connection = http.client.HTTPConnection(host, wish.port, timeout=ANSWER_TRY_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def say(line: str) -> None:
    """One line for the person at the terminal."""
    print(line, flush=True)


def _watched(wish: Wish, database: Database, children: list[Child], ending: _Ending) -> int:
    """Keep everything alive until the end is asked for; announces the address once, when the page answers."""
    until: float | None = time.monotonic() + ANSWER_SECONDS_MAX
    while not ending.is_asked:
        if database.revive():
            say("The database had ended; it runs again, and everything acknowledged is there.")
        due = [child for child in children if until is None or not child.waits_for_page]
        for line in filter(None, [child.tend() for child in due]):
            say(line)
        if until is not None:
            if answers(wish):
                say(f"Lipei is ready: {wish.url}   (end with Ctrl-C)")
                until = None
            elif time.monotonic() > until:
                raise Trouble(NO_ANSWER.with_(seconds=int(ANSWER_SECONDS_MAX)))
        time.sleep(WATCH_SECONDS)
    return 0


class _Ending:
    """Remembers that somebody asked for the end; the watch looks at it."""

    def __init__(self) -> None:
        self.is_asked = False
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.is_asked = True


@contextmanager
def only_run(wish: Wish) -> Iterator[None]:
    """Alone on this data folder; the lock is the kernel's, so that no death leaves it behind."""
    path = places.made_data_dir(places.data_dir(), is_shared=not programs.account().is_ours) / RUN_LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(ALREADY_RUNNING.with_(**_holder(handle))) from None
        os.truncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "url": wish.url}).encode(), 0)
        yield
    finally:
        os.close(handle)


def _holder(handle: int) -> dict[str, object]:
    try:
        return dict(json.loads(os.pread(handle, 1000, 0)))
    except ValueError:
        return {"pid": "?", "url": "?"}


def check_port(wish: Wish) -> None:
    """Raises `Trouble` before anything is started when another program has the port."""
    family = socket.AF_INET6 if ":" in wish.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((wish.host, wish.port))
        except OSError:
            raise Trouble(PORT_TAKEN.with_(port=wish.port, other=wish.port + 1)) from None
