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


def _table_of_its_own() -> Any:
    """The compiled `own_table`: an array on the stack, without anybody counting who holds it."""
    arrays, lower = import_module("numba.np.arrayobj"), import_module("numba.core.cgutils")

    def typed(_: Any, height: Any, width: Any) -> Any:
        kind = numba.types.Array(numba.int64, 2 if width.literal_value else 1, "C")
        shape = [height.literal_value, width.literal_value][: kind.ndim]

        def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            whole = context.get_value_type(numba.types.intp)
            data = lower.alloca_once(builder, context.get_value_type(numba.int64), size=int(np.prod(shape)))
            found = arrays.make_array(kind)(context, builder)
            strides = [8 * shape[1], 8] if kind.ndim == 2 else [8]
            sizes, steps = ([whole(one) for one in numbers] for numbers in (shape, strides))
            arrays.populate_array(found, data=data, shape=sizes, strides=steps, itemsize=whole(8), meminfo=None)
            return found._getvalue()

        return kind(height, width), made

    return import_module("numba.extending").intrinsic(prefer_literal=True)(typed)


def _plain_table(height: int, width: int) -> Any:
    return np.zeros((height, width) if width else height, dtype=np.int64)


own_table: Any = _plain_table if numba is None else _table_of_its_own()
"""`own_table(height, width)` is a small table that lives as long as the kernel that calls it (a list where the width is 0).

Both numbers are written ones. Never returned: compiled, it lies on the stack, where the compiler keeps what it can in registers.
"""


@woven
def at(place: Any) -> Any:
    """A place that is never counted from the end; compiled, it spares the test for that at every access."""
    return np.uintp(place) if IS_COMPILED else place
