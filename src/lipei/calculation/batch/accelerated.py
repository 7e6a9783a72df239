"""`compiled` and `inlined`: numba's compiler where it can be imported; elsewhere the same source runs as plain Python, slower."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

PLAIN = "LIPEI_PLAIN_KERNEL"
"""Set to anything, it makes the kernel run as plain Python although numba is there."""

numba: Any = None
try:
    numba = None if os.environ.get(PLAIN) else import_module("numba")
except ImportError:
    numba = None

IS_COMPILED = numba is not None
HOW = "compiled by numba" if IS_COMPILED else "as plain Python, slower: numba cannot be imported"


@lru_cache(maxsize=1)
def digest() -> str:
    """What tells one state of the kernel's sources from another: numba by itself looks at one file only."""
    found = hashlib.sha256(str(getattr(numba, "__version__", "")).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:20]


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


WITHOUT_COUNTING: dict[str, Any] = {"nogil": True, "_nrt": False, "error_model": "numpy"}
"""Nothing is allocated inside: numba need not count who holds an array, which would cost more than the calculation itself."""


def compiled(function: Callable[..., Any]) -> Any:
    """The function as machine code that is kept for the next start; the function itself without numba."""
    if numba is None:
        return function
    numba.config.CACHE_DIR = str(cache_folder())
    return numba.njit(cache=True, **WITHOUT_COUNTING)(function)


def inlined(function: Callable[..., Any]) -> Any:
    """The function as a part of the kernels that call it; the function itself without numba."""
    return function if numba is None else numba.njit(**WITHOUT_COUNTING)(function)


def woven(function: Callable[..., Any]) -> Any:
    """Like `inlined`, but always copied into its callers: for the few functions that every row passes through."""
    return function if numba is None else numba.njit(forceinline=True, **WITHOUT_COUNTING)(function)


def _on_the_stack() -> Any:
    """`stack(n)`: room for n whole numbers that belongs to one call, which the compiler may keep in registers."""

    def typed(_: Any, many: Any) -> Any:
        def room(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return numba.core.cgutils.alloca_once(builder, context.get_value_type(numba.int64), size=many.literal_value)

        return numba.types.CPointer(numba.int64)(many), room

    return numba.extending.intrinsic(prefer_literal=True)(typed)


stack: Any = np.zeros if numba is None else _on_the_stack()
table: Any = np.reshape if numba is None else numba.carray
"""`table(stack(n), shape)`: that room as a table; both are called in the kernel itself, never in a function that returns it."""


@woven
def at(place: Any) -> Any:
    """A place that is never counted from the end; compiled, it spares the test for that at every access."""
    return np.uintp(place) if IS_COMPILED else place
