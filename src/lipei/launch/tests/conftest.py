"""What the launcher's tests share: a folder that the server's user may enter, and Lipei's places put into it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lipei.launch.addresses import Addresses
from lipei.launch.database import testing


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder with a short path that every user may enter (pytest's own is closed to the server's user)."""
    made = Path(tempfile.mkdtemp(prefix="lipei-launch-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with nothing of Lipei's in it yet."""
    for variable in ("LIPEI_HOME", "LIPEI_KEYS", "LIPEI_KEYS_FILE", "LIPEI_CACHE", "LIPEI_DEPOSIT", "LIPEI_APP_DSN"):
        monkeypatch.delenv(variable, raising=False)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DATABASE_URL", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture(scope="module")
def empty() -> Iterator[Addresses]:
    """An empty database on a server of this test file alone."""
    with testing() as addresses:
        yield addresses
