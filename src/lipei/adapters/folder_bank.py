"""A bank by folders: an order is a file put out, an answer a file brought in. For banks that exchange files, and for the demo.

Out: `<uuid>.json` with number, payee, account, amount. In: `<uuid>.json` with `{"state": "confirmed", "reference": "…"}` or
`{"state": "failed", "fault": "…"}`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from lipei.payments.ports import BankAnswer, BankSilent
from lipei.terms.money import machine


@dataclass(frozen=True, slots=True)
class FolderBank:
    """`answers_itself` is the demo's bank: it confirms what it was given."""

    out: Path
    answers: Path
    answers_itself: bool = False

    def pay(self, *, uuid: str, number: str, payee: str, bank: str, account: str, amount: int) -> str:
        """Write the order's file, whole or not at all; the same order again changes nothing. Readable by its owner only."""
        target = self.out / f"{uuid}.json"
        try:
            if not target.exists():
                self.out.mkdir(parents=True, exist_ok=True, mode=0o700)
                part = target.with_suffix(".part")
                content = {"number": number, "payee": payee, "bank": bank, "account": account, "amount": machine(amount)}
                part.touch(mode=0o600)
                part.write_text(json.dumps(content, ensure_ascii=False))
                part.replace(target)
        except OSError as fault:
            raise BankSilent(str(fault)) from fault
        return f"OUT-{number}"

    def answer(self, *, uuid: str) -> BankAnswer:
        """Read the answer's file; waiting when there is none."""
        if self.answers_itself and (self.out / f"{uuid}.json").exists():
            return BankAnswer("confirmed", reference=f"DEMO-{uuid[:8].upper()}")
        try:
            raw = json.loads((self.answers / f"{uuid}.json").read_text())
        except FileNotFoundError:
            return BankAnswer("waiting")
        except (OSError, ValueError) as fault:
            raise BankSilent(str(fault)) from fault
        if raw.get("state") == "confirmed":
            return BankAnswer("confirmed", reference=str(raw.get("reference", ""))[:60])
        if raw.get("state") == "failed":
            return BankAnswer("failed", fault=str(raw.get("fault", ""))[:200] or "?")
        return BankAnswer("waiting")
