"""Where the batch's machine code is kept, by a digest of the kernel's sources, and whether it is there – known without loading any of it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PLAIN = "LIPEI_PLAIN_KERNEL"
"""Set to anything, it makes the kernel run as plain Python although numba is there."""
SOURCES = Path(__file__).parent / "batch"


@lru_cache(maxsize=1)
def digest() -> str:
    """What tells one state of the kernel's sources from another: numba by itself looks at one file only."""
    found = hashlib.sha256(_numba_version().encode())
    for path in sorted(SOURCES.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:20]


def _numba_version() -> str:
    try:
        return version("numba")
    except PackageNotFoundError:
        return ""


def is_numba_there() -> bool:
    """Whether numba is installed."""
    return bool(_numba_version())


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """A folder of this user alone for generated source and machine code; a throw-away one where none can be kept."""
    root = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(root) / "lipei" / "kernels" / digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="lipei-kernels-"))


def is_kernel_kept() -> bool:
    """Whether the general kernel was compiled before and its machine code is there."""
    return any(cache_folder().glob("*/kernel.run-*.nbi"))
