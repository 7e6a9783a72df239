"""Facts of the archive, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lipei.filing.events import Event
from lipei.terms.words import Words


@dataclass(frozen=True, kw_only=True)
class ClaimFiled(Event):
    """归档: a closed claim was filed, with how long it must be kept and by which rule."""

    KIND: ClassVar[str] = "claim_filed"
    KEY: ClassVar[bool] = True
    shelf: str
    keep_until: str
    rule: Words

    def sentence(self) -> Words:
        return Words(f"归档 {self.shelf}，保管到 {self.keep_until}", f"Filed at {self.shelf}, kept until {self.keep_until}")
