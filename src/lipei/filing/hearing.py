"""The ear of a web process: ONE connection that listens to the bell, and the streams that hang on it (server-sent events).

A stream carries no content but “read again”. When the listening connection breaks, it is made anew and every topic is rung once, for
nobody knows what was missed. When the process is asked to end, all streams end at once, so that nothing holds it up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections import defaultdict
from collections.abc import AsyncIterator
from types import FrameType
from typing import Any

import psycopg
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse

from lipei.filing.bell import CHANNEL

STREAMS_MAX = 400
ALIVE_SECONDS = 15.0
LISTENER = "lipei bell"
AGAIN_SECONDS = 1.0
CHECK_SECONDS = 5.0
LIFE_SECONDS_MAX = 3_600.0
RETRY_MILLISECONDS = 2_000
log = logging.getLogger(__name__)


class Ear:
    """Hears the bell for one event loop: `topics` are who waits for what, each with a flag of their own."""

    def __init__(self) -> None:
        self.topics: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.is_ending = False
        self.is_listening = False
        self._task: asyncio.Task[None] | None = None

    @property
    def streams(self) -> int:
        """How many streams hang on this ear."""
        return sum(len(waiting) for waiting in self.topics.values())

    def wake(self, topic: str = "") -> None:
        """Wake who waits for `topic`; without one, everybody."""
        for name in [topic] if topic else list(self.topics):
            for flag in self.topics.get(name, ()):
                flag.set()

    def end(self) -> None:
        """The process ends: every stream ends now."""
        self.is_ending = True
        self.wake()
        if self._task is not None:
            self._task.cancel()

    async def changes(self, topic: str) -> AsyncIterator[str]:
        """`change` each time the topic was rung, `alive` when it has long been quiet; the first `change` comes at once."""
        self._begin()
        flag = asyncio.Event()
        flag.set()
        self.topics[topic].add(flag)
        until = asyncio.get_running_loop().time() + LIFE_SECONDS_MAX
        try:
            while not self.is_ending and asyncio.get_running_loop().time() < until:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(flag.wait(), ALIVE_SECONDS)
                if self.is_ending:
                    return
                was_rung = flag.is_set()
                flag.clear()
                yield "change" if was_rung else "alive"
        finally:
            self.topics[topic].discard(flag)
            if not self.topics[topic]:
                del self.topics[topic]

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            _end_with_the_process(self)
            self._task = asyncio.get_running_loop().create_task(self._listen())

    async def _listen(self) -> None:
        while not self.is_ending:
            try:
                async with await psycopg.AsyncConnection.connect(autocommit=True, application_name=LISTENER, **_address()) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self.is_listening = True
                    self.wake()  # whatever was rung before we heard
                    await self._hear(connection)
            except (psycopg.Error, OSError) as trouble:
                log.warning("the bell is not heard (%s); trying again", type(trouble).__name__)
            finally:
                self.is_listening = False
            await asyncio.sleep(AGAIN_SECONDS)

    async def _hear(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while not self.is_ending:
            async for notice in connection.notifies(timeout=CHECK_SECONDS):
                self.wake(notice.payload)
            await connection.execute("SELECT 1")  # a connection that died in silence shows here


def _address() -> dict[str, Any]:
    told = connections["default"].settings_dict
    named = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"], "dbname": told["NAME"]}
    return {**{name: value for name, value in named.items() if value}, **told["OPTIONS"]}


_ears: dict[asyncio.AbstractEventLoop, Ear] = {}


def ear() -> Ear:
    """The ear of the running event loop: one in a web process."""
    loop = asyncio.get_running_loop()
    if loop not in _ears:
        for gone in [known for known in _ears if known.is_closed()]:
            del _ears[gone]
        _ears[loop] = Ear()
    return _ears[loop]


def _end_with_the_process(ear: Ear) -> None:
    """End the streams on SIGTERM and SIGINT, besides whatever the server does then: it waits for open answers before it ends."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def also(signum: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(ear.end)
            if callable(before):
                before(signum, frame)

        with contextlib.suppress(ValueError):  # only the main thread may; elsewhere nobody ends a process by signals to it
            signal.signal(number, also)


async def _lines(topic: str) -> AsyncIterator[bytes]:
    yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
    async for what in ear().changes(topic):
        yield b"event: change\ndata: again\n\n" if what == "change" else b": alive\n\n"


def stream_of(topic: str) -> HttpResponse | StreamingHttpResponse:
    """The answer that stays open and says `change` whenever the topic is rung; the database's connection of this request is given back."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
    if sum(each.streams for each in _ears.values()) >= STREAMS_MAX:
        return HttpResponse("too many streams; ask every few seconds", status=503, headers={"Retry-After": "30"})
    answer = StreamingHttpResponse(_lines(topic), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer
