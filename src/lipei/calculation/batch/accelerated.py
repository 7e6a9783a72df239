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


@woven
def at(place: Any) -> Any:
    """A place that is never counted from the end; compiled, it spares the test for that at every access."""
    return np.uintp(place) if IS_COMPILED else place
