"""The processes beside the database: started again when they die, ended with everything they began, gone when the
launcher is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lipei.launch.children import PAUSE_SECONDS_MAX, Child, pause_after

SLEEPER = "import time; time.sleep(600)"


def child_of(code: str, *, is_lasting: bool = True, stop_seconds_max: float = 20.0) -> Child:
    return Child(
        "trial",
        [sys.executable, "-c", code],
        dict(os.environ),
        is_lasting=is_lasting,
        stop_seconds_max=stop_seconds_max,
    )


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def awaited(happened: Callable[[], bool], *, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def test_a_child_that_is_killed_is_started_again_after_a_pause() -> None:
    child = child_of(SLEEPER)
    try:
        assert child.tend(at=100.0) is None
        assert child.process is not None
        first = child.process.pid
        os.kill(first, signal.SIGKILL)
        child.process.wait()
        said = child.tend(at=110.0)
        assert said is not None
        assert "SIGKILL" in said
        assert child.tend(at=110.1) is None
        assert child.process is None
        child.tend(at=111.0)
        assert child.process is not None
        assert child.process.pid != first
    finally:
        child.stop()


def test_pauses_grow_while_it_keeps_dying_and_never_beyond_half_a_minute() -> None:
    assert [pause_after(deaths) for deaths in (1, 2, 3, 4)] == [0.5, 1.0, 2.0, 4.0]
    assert pause_after(50) == PAUSE_SECONDS_MAX


def test_a_child_that_lived_long_is_started_again_at_once() -> None:
    child = child_of("raise SystemExit(3)")
    child.deaths = 9
    child.start(at=0.0)
    assert child.process is not None
    child.process.wait()
    assert "exit code 3" in str(child.tend(at=10_000.0))
    assert child.not_before == 10_000.5


def test_a_child_with_a_task_is_finished_when_it_ends_well_and_repeated_when_not() -> None:
    done, failed = child_of("pass", is_lasting=False), child_of("raise SystemExit(1)", is_lasting=False)
    for child in (done, failed):
        child.start(at=0.0)
        assert child.process is not None
        child.process.wait()
    assert done.tend(at=1.0) is None
    done.tend(at=99.0)
    assert done.process is None
    assert failed.tend(at=1.0) is not None
    assert not failed.is_finished


def test_when_a_child_dies_what_it_had_started_goes_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"""
import subprocess, sys, time
inner = subprocess.Popen([sys.executable, "-c", {SLEEPER!r}])
open({str(note)!r}, "w").write(str(inner.pid) + "\\n")
time.sleep(600)
"""
    child = child_of(code)
    child.start()
    awaited(lambda: note.exists() and note.read_text().endswith("\n"))
    inner = int(note.read_text())
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    assert is_alive(inner)
    child.tend()
    awaited(lambda: not is_alive(inner))


def test_a_child_that_does_not_listen_is_ended_all_the_same() -> None:
    child = child_of(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)",
        stop_seconds_max=0.5,
    )
    child.start()
    assert child.process is not None
    pid = child.process.pid
    time.sleep(0.5)
    child.stop()
    assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties the life of one process to another's")
def test_when_the_launcher_is_killed_its_children_and_their_children_go_too(tmp_path: Path) -> None:
    notes = [tmp_path / "child", tmp_path / "grandchild"]
    grandchild = f"""
import os, time
from lipei.launch.children import STARTED_BY, tie_to
tie_to(int(os.environ[STARTED_BY]))
open({str(notes[1])!r}, "w").write(str(os.getpid()) + "\\n")
time.sleep(600)
"""
    code = f"""
import os, subprocess, sys, time
open({str(notes[0])!r}, "w").write(str(os.getpid()) + "\\n")
subprocess.Popen([sys.executable, "-c", {grandchild!r}])
time.sleep(600)
"""
    launcher = f"""
import os, sys, time
from lipei.launch.children import Child
Child("trial", [sys.executable, "-c", {code!r}], dict(os.environ)).start()
time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", launcher])
    awaited(lambda: all(note.exists() and note.read_text().endswith("\n") for note in notes))
    pids = [int(note.read_text()) for note in notes]
    process.kill()
    process.wait()
    awaited(lambda: not any(is_alive(pid) for pid in pids))
