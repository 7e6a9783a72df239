"""The fracture of the calculation page: Anxin 2026, fourteen days, an implant, a special-care attendant."""

from __future__ import annotations

from datetime import date
from typing import Any

from lipei.calculation import Balance, Known, LineItem, Statement, explain
from lipei.terms.edition import Edition
from lipei.terms.words import Words

POLICY = {"cover_from": date(2026, 1, 1), "cover_to": date(2026, 12, 31)}
SHEET = Words("社保结算单", "settlement sheet")
FACTS: dict[str, Any] = {
    "cause": "accident",
    "happened_on": date(2026, 10, 24),
    "admitted_on": date(2026, 10, 24),
    "discharged_on": date(2026, 11, 7),
    "hospital_level": "tertiary",
    "settled_through_social_insurance": True,
    "social_paid": Known(31_206_80, SHEET),
}
BILL = [
    LineItem("bed", 1_960_00, days=14),
    LineItem("drug_west", 12_460_30),
    LineItem("surgery", 9_800_00),
    LineItem("implant", 28_500_00, source=Words("费用清单第 17 页，3 行", "bill, page 17, 3 lines")),
    LineItem("nursing", 1_120_00),
    LineItem("special_care", 2_400_00),
    LineItem("exam", 4_860_00),
    LineItem("lab", 2_315_20),
    LineItem("treatment", 5_005_00),
]
USED = {"annual_deductible": Balance(600_00, Words("3 月已抵", "used in March")), "annual_limit": 3_180_00}


def fracture(edition: Edition, **changed: Any) -> Statement:
    """The statement of the fracture, with some facts changed."""
    return explain(edition, facts={**FACTS, **changed}, items=BILL, balances=USED, policy=POLICY)
