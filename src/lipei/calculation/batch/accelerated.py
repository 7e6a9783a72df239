"""`compiled` and `inlined`: numba's compiler where it can be imported; elsewhere the same source runs as plain Python, slower."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from lipei.calculation.kernel_cache import PLAIN, cache_folder

numba: Any = None
try:
    numba = None if os.environ.get(PLAIN) else import_module("numba")
except ImportError:
    numba = None

IS_COMPILED = numba is not None
WHY_PLAIN = "it was told to" if os.environ.get(PLAIN) else "numba cannot be imported"
HOW = "compiled by numba" if IS_COMPILED else f"as plain Python, slower: {WHY_PLAIN}"


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
