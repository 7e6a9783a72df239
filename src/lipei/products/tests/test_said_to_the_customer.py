"""What the customer of each line of business reads: every part that comes off has its sentence, in both languages."""

from __future__ import annotations

import pytest

from lipei import products
from lipei.calculation import customer_text
from lipei.calculation.customer_text import BY_THEIR_NAME, KEPT_BY_YOU, OFF_THE_BILL, OWN_PAYMENTS, SHARES
from lipei.calculation.worked_cases import statement_of
from lipei.terms.combinators import STEP_NAMES
from lipei.terms.edition import edition_of
from lipei.terms.tests.sample import GOOD


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


def test_a_payment_of_each_visit_is_no_limit_and_two_deductibles_are_told_apart() -> None:
    steps = """      - {step: copayment, label: {zh: 每次自付, en: Each visit}, clause: "1", amount: "10.00"}
      - {step: deductible, label: {zh: 次免赔, en: Deductible of the visit}, clause: "1", amount: "5.00"}
      - {step: deductible, label: {zh: 年免赔, en: Deductible of the year}, clause: "1", amount: "2.00"}
      - {step: bands"""
    edition = edition_of(GOOD.replace("      - {step: bands", steps, 1))
    text = customer_text(statement_of(edition, edition.document.cases[2]))
    assert "Of this, 0.01 yuan lies above a limit. “Each visit”: 10.00 yuan is yours to bear." in text.en
    assert "“Deductible of the visit”: 5.00 yuan is yours to bear. “Deductible of the year”: 2.00 yuan" in text.en
    assert "其中 0.01 元超过限额。“每次自付”：10.00 元由您自己承担。“次免赔”：5.00 元由您自己承担。“年免赔”：2.00 元由您自己承担。" in text.zh


def test_a_limit_of_which_nothing_is_left_is_told_in_its_own_words() -> None:
    edition = edition_of(GOOD)
    case = edition.document.cases[6].model_copy(update={"balances": {"year": "900.00"}})
    assert "Used up. So nothing is payable under this cover." in customer_text(statement_of(edition, case)).en


def test_every_step_that_can_lower_an_indemnity_has_its_sentence() -> None:
    told = frozenset().union(*OFF_THE_BILL) | BY_THEIR_NAME | KEPT_BY_YOU | OWN_PAYMENTS | SHARES
    raise_or_round = {"greater_of", "out_of_pocket_max", "round", "allocate"}
    benefits = {"per_diem", "lump_sum", "schedule", "amount_table"}
    assert set(STEP_NAMES) == told | raise_or_round | benefits | {"prior_payment", "aggregate_limit"}
