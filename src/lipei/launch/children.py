"""The processes that Lipei runs beside the database: each in a group of its own, started again when it dies, ended
in order."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PAUSE_SECONDS_FIRST = 0.5
PAUSE_SECONDS_MAX = 30.0
SETTLED_SECONDS = 60.0
"""A child that lived this long before it died is started again without a long pause."""
PR_SET_PDEATHSIG = 1
STARTED_BY = "LIPEI_STARTED_BY"
"""Tells a child's own children whose death is theirs too: the command keeps the process number written here."""


@dataclass(slots=True)
class Child:
    """One process by name: its command, and how often in a row it has died young."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    is_lasting: bool = True
    """A lasting child is started again whenever it ends; another one is finished when it ends well."""
    waits_for_page: bool = False
    """It is started when the first page has answered, so that two cores are not shared out before anybody can look."""
    stop_seconds_max: float = 20.0
    is_finished: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    not_before: float = 0.0

    def start(self, *, at: float | None = None) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches only the one who ends them in order."""
        self.started = time.monotonic() if at is None else at
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lipei.launch.children", str(os.getpid()), *self.command],
            env=dict(self.environment), start_new_session=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def tend(self, *, at: float | None = None) -> str | None:
        """Start the process if it does not run and its pause is over; returns a line for people when it has just
        died."""
        at = time.monotonic() if at is None else at
        if self.process is None:
            if at >= self.not_before and not self.is_finished:
                self.start(at=at)
            return None
        code = self.process.poll()
        if code is None:
            return None
        self._end_group(signal.SIGKILL)
        self.process = None
        if code == 0 and not self.is_lasting:
            self.is_finished = True
            return None
        self.deaths = 1 if at - self.started > SETTLED_SECONDS else self.deaths + 1
        pause = pause_after(self.deaths)
        self.not_before = at + pause
        return f"The {self.name} process ended ({_reason(code)}); it is started again in {pause:g} s."

    def stop(self) -> None:
        """Ask the process to end, wait, and end what is left of its group."""
        if self.process is None:
            return
        self._end_group(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.stop_seconds_max)
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, by: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, by)
        except (ProcessLookupError, PermissionError):
            return


def pause_after(deaths: int) -> float:
    """Seconds to wait before the next start: doubled with each early death, half a second to half a minute."""
    return min(PAUSE_SECONDS_FIRST * 2.0 ** max(deaths - 1, 0), PAUSE_SECONDS_MAX)


def tie_to(parent: int) -> None:
    """Let the kernel end this process when `parent` dies, however it dies; where the kernel cannot, nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("the process that started this one is gone")


def main(arguments: Sequence[str]) -> None:
    """`PARENT COMMAND …`: become the command, tied to the parent's life."""
    tie_to(int(arguments[0]))
    os.environ[STARTED_BY] = str(os.getpid())
    os.execv(arguments[1], list(arguments[1:]))


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


if __name__ == "__main__":
    main(sys.argv[1:])
