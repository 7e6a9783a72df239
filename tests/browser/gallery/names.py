"""The addresses of the gallery's pages, readable without Django."""

from __future__ import annotations

PAGE_NAMES = (
    "login", "my-work", "my-work-empty", "claim", "claim-bare", "calculation", "decision", "board", "refused", "reception",
)  # fmt: skip
