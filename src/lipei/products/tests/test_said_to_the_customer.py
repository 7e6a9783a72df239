"""What the customer of each line of business reads: every part that comes off has its sentence, in both languages."""

from __future__ import annotations

import pytest

from lipei import products
from lipei.calculation import customer_text
from lipei.calculation.worked_cases import statement_of


@pytest.mark.parametrize(
    ("code", "case", "zh", "en"),
    [
        (
            "harbor_home",
            "Exactly 80%, actual cash value first",
            "暂留折旧，修复后补付：20,000.00 美元。",
            "Depreciation held back until repaired: 20,000.00 US dollars.",
        ),
        (
            "harbor_home",
            "Theft, jewelry limit, three years off, one deductible",
            "每满一年折旧 10%：1,650.00 美元。",
            "10% off for each full year: 1,650.00 US dollars.",
        ),
        (
            "lutong_compulsory",
            "We are at fault and the other is not, ten to one",
            "其余按合同比例给付 10,909.09 元。",
            "Of the rest, the contract pays 10,909.09 yuan.",
        ),
        (
            "xingan_motor",
            "Total loss at 24 whole months, depreciated by 14.4%",
            "减去残值：3,400.00 元。",
            "Less salvage: 3,400.00 yuan.",
        ),
        (
            "tuanhui_group",
            "The spouse's plan paid 1200 yuan first",
            "配偶单位先赔的部分不重复给付：500.00 元。",
            "Not paid a second time beside the spouse's plan: 500.00 yuan.",
        ),
        (
            "hengji_property",
            "Stock on first loss, no proportion",
            "其中 10,000.00 元超过限额。",
            "Of this, 10,000.00 yuan lies above a limit.",
        ),
    ],
)
def test_the_customer_reads_what_came_off_and_why(code: str, case: str, zh: str, en: str) -> None:
    edition = products.editions(code)[-1]
    told = next(one for one in edition.document.cases if one.name.en == case)
    text = customer_text(statement_of(edition, told))
    assert zh in text.zh
    assert en in text.en
