"""For a small book the kernel runs as plain Python when its machine code is not there yet: compiling would take longer than the book.

Must be asked before `lipei.calculation.batch` is imported for the first time; afterwards the choice is made already.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from lipei.calculation.kernel_cache import PLAIN, is_kernel_kept, is_numba_there
from lipei.products.book.partitions import Partition

SMALL_BYTES = 6_000_000
"""Claims and bill lines of a book that plain Python has calculated before a compiler would be ready."""


def choose_kernel(partitions: Sequence[Partition]) -> bool:
    """Sets the plain kernel for a small book without machine code; whether it did."""
    if os.environ.get(PLAIN) or not is_numba_there() or "lipei.calculation.batch" in sys.modules:
        return False
    paths = [path for one in partitions for path in (one.path, one.items) if path is not None]
    is_small = sum(path.stat().st_size * (1 if path.suffix == ".csv" else 4) for path in paths) <= SMALL_BYTES
    if is_small and not is_kernel_kept():
        os.environ[PLAIN] = "a small book"
        return True
    return False
