"""A post by folder: each letter is a PDF put out under its number; a printing house or an e-mail gateway fetches it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lipei.communication.ports import NotTaken, Taken


@dataclass(frozen=True, slots=True)
class FolderPost:
    """`confirms_delivery` is the demo's post: what it takes is delivered."""

    out: Path
    confirms_delivery: bool = False

    def take(self, *, uuid: str, number: str, channel: str, to_name: str, pdf: bytes) -> Taken:
        """Write the letter's file, whole or not at all; the same letter again is the same file."""
        target = self.out / f"{number}.pdf"
        try:
            self.out.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = target.with_suffix(".part")
            part.write_bytes(pdf)
            part.replace(target)
        except OSError as fault:
            raise NotTaken(str(fault)) from fault
        delivered = "演示：视为当日送达 / demo: taken as delivered the same day" if self.confirms_delivery else ""
        return Taken(f"OUT-{number}", delivered)
