"""What must be done before a claim is closed or filed, how it ends, how long it is kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lipei.clocks.calendar import add_months
from lipei.filing.refusal import Missing
from lipei.terms.words import Words

SHELF_CHARACTERS_MAX = 40
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Keeping:
    """Until when records are kept, and the rule that says so."""

    until: date
    rule: Words


def open_tasks_missing(tasks: tuple[tuple[Words, str], ...], *, number: str) -> list[Missing]:
    """One fault for each task that is still open: what, and who has it."""
    return [
        Missing(
            Words(f"还没办完：{what.zh}", f"Still open: {what.en}"),
            why=Words(f"由{who}办。答应过的事办完再结案。", f"{who} has it. What was promised is done before closing."),
            where=("claim_tasks", (number,)),
        )
        for what, who in tasks
    ]


def closing_of(decision: str) -> str:
    """The kind of closing that belongs to a kind of decision."""
    return {"pay": "paid", "part": "paid", "zero": "zero", "refuse": "refused"}[decision]


def kept_until(*, contract_end: date, is_over_one_year: bool, paid_on: date | None) -> Keeping:
    """The later of Insurance Law art. 87 (5 or 10 years from the contract's end) and, where paid, AML Law art. 34 (10 years)."""
    years = 10 if is_over_one_year else 5
    by_contract = Keeping(
        add_months(contract_end, years * MONTHS_A_YEAR),
        Words(f"《保险法》第八十七条：合同终止起 {years} 年", f"Insurance Law, art. 87: {years} years from the contract's end"),
    )
    if paid_on is None:
        return by_contract
    by_payment = Keeping(
        add_months(paid_on, 10 * MONTHS_A_YEAR),
        Words("《反洗钱法》第三十四条：交易结束起 10 年", "Anti-Money Laundering Law, art. 34: 10 years from the transaction"),
    )
    return max(by_contract, by_payment, key=lambda k: k.until)


def must_hold_shelf(shelf: str) -> list[Missing]:
    """A file goes somewhere that can be found again."""
    if not shelf.strip():
        return [Missing(Words("还没有写放在哪里", "Where it is kept is missing"), field="shelf",
                        do=Words("例如：镜湖 2 库 · 架 7 · 盒 31。", "For example: Jinghu store 2, rack 7, box 31."))]
    if len(shelf) > SHELF_CHARACTERS_MAX:
        return [Missing(Words(f"位置最多 {SHELF_CHARACTERS_MAX} 个字", f"The place has at most {SHELF_CHARACTERS_MAX} characters"), field="shelf")]
    return []
