"""How far a book is, on one line of the terminal; nothing where there is no terminal."""

from __future__ import annotations

import time
from typing import TextIO

BAR_COLUMNS = 30


class Progress:
    """A bar of partitions with rows and time, on `stream`."""

    def __init__(self, stream: TextIO, *, partitions: int) -> None:
        self.stream, self.partitions = stream, partitions
        self.is_shown = stream.isatty()
        self.done = self.rows = 0
        self.began = time.monotonic()

    def step(self, rows: int, name: str) -> None:
        """One partition more."""
        self.done, self.rows = self.done + 1, self.rows + rows
        if self.is_shown:
            filled = BAR_COLUMNS * self.done // max(self.partitions, 1)
            bar = "█" * filled + "░" * (BAR_COLUMNS - filled)
            seconds = time.monotonic() - self.began
            print(f"\r{bar} {self.done}/{self.partitions}  {self.rows:,}  {seconds:.0f} s  {name[:30]}\x1b[K", end="", file=self.stream, flush=True)

    def close(self) -> None:
        """Leaves the line empty."""
        if self.is_shown:
            print("\r\x1b[K", end="", file=self.stream, flush=True)
