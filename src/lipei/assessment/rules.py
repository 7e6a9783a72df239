"""What may be allowed of an item asked, and what a cut must carry: a reason from the list, its words, and the fact with its page. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lipei.filing.refusal import Missing
from lipei.terms.money import shown
from lipei.terms.words import Words

REASON_CHARACTERS_MAX = 300
FACT_CHARACTERS_MAX = 200
REASON_OTHER_CHARACTERS_MIN = 6

REASONS: dict[str, Words] = {
    "duplicate": Words("同一项收了两次", "charged twice"),
    "unrelated": Words("与这次事故或治疗无关", "not part of this loss or treatment"),
    "not_necessary": Words("病历里没有医嘱", "not ordered in the medical record"),
    "more_days": Words("天数多于住院天数", "more days than the stay"),
    "above_tariff": Words("高于物价部门的收费标准", "above the official tariff"),
    "no_receipt": Words("票据上没有这笔钱", "not on the receipt"),
    "arithmetic": Words("清单与票据的合计不同", "bill and receipt do not add up"),
    "above_standard": Words("高于医保同类标准的部分", "the part above the insurance standard for its kind"),
    "above_market": Words("高于修理或重置的市场价", "above the market price of repair or replacement"),
    "other": Words("别的理由", "another reason"),
}
"""Reasons of fact only: what the contract limits or leaves out is taken off by the calculation, each under its clause.

There is no reason “outside the medical catalogue”: it is no ground for a cut, only what lies above the standard for its kind
is (Supreme People's Court, Interpretation III of the Insurance Law, art. 19; grade A).
"""
OF_TREATMENT = frozenset({"not_necessary", "more_days", "above_tariff", "above_standard"})
"""Reasons that only a treatment can give."""
OF_GOODS = frozenset({"above_market"})
"""Reasons that only a repair or a replacement can give."""
LINES_OF_GOODS = frozenset({"household", "commercial_property", "crop"})
LINES_OF_BOTH = frozenset({"motor", "ctpl"})
"""The law's lines of business: of things alone, and of cars, where people are hurt too."""
_PAGE = re.compile(r"第\s*[0-9０-９一二三四五六七八九十百]+\s*(?:[-—至、,，]\s*[0-9０-９]+\s*)?页|\bp(?:age|ages|\.|p\.)\s*\d+|\b\d+\s*页", re.IGNORECASE)


def reasons_for(line: str) -> dict[str, Words]:
    """The reasons that a claim of this line of business can have."""
    if line in LINES_OF_BOTH:
        return REASONS
    gone = OF_TREATMENT if line in LINES_OF_GOODS else OF_GOODS
    return {code: words for code, words in REASONS.items() if code not in gone}


class Allowing(NamedTuple):
    """What the assessor says of one item: its id, the allowed amount (fen), and for a cut why and by which fact."""

    item_id: int
    allowed: int
    reason_code: str = ""
    reason: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An item as asked, in fen."""

    id: int
    number: int
    label: str
    claimed: int


def must_hold_allowing(asked: Asked, said: Allowing) -> list[Missing]:
    """Everything wrong with what is said of one item; fields are `allowed-<id>`, `code-<id>`, `reason-<id>`, `fact-<id>`.

    0 ≤ allowed ≤ claimed; a cut names a reason from the list, says it in words, and rests on a paper with its page.
    """
    name = Words(f"第 {asked.number} 项{asked.label}", f"Item {asked.number}, {asked.label}")
    if said.allowed < 0:
        return [_fault(name, Words(f"认可 {shown(said.allowed)}，不能小于零", f"{shown(said.allowed)} allowed; it cannot be below zero"), f"allowed-{asked.id}")]
    if said.allowed > asked.claimed:
        return [_fault(name, Words(f"认可 {shown(said.allowed)}，多于要求的 {shown(asked.claimed)}",
                                   f"{shown(said.allowed)} allowed, more than the {shown(asked.claimed)} asked"), f"allowed-{asked.id}",
                       do=Words("认可的金额最多等于要求的金额。", "At most what was asked can be allowed."))]
    return _faults_of_cut(asked, said, name=name) if said.allowed < asked.claimed else []


def _faults_of_cut(asked: Asked, said: Allowing, *, name: Words) -> list[Missing]:
    cut = shown(asked.claimed - said.allowed)
    faults: list[Missing] = []
    if said.reason_code not in REASONS:
        faults.append(_fault(name, Words(f"核减 {cut}，没有选理由", f"cut by {cut} without a reason from the list"), f"code-{asked.id}"))
    if not said.reason.strip():
        faults.append(_fault(name, Words(f"核减 {cut}，没有写明为什么", f"cut by {cut} without saying why"), f"reason-{asked.id}",
                             do=Words("写一句客户看得懂的话，它会进通知书。", "Write a sentence the customer understands; it goes into the letter.")))
    elif said.reason_code == "other" and len(said.reason.strip()) < REASON_OTHER_CHARACTERS_MIN:
        faults.append(_fault(name, Words("别的理由要写清楚", "another reason must be written out"), f"reason-{asked.id}"))
    faults += _too_long(name, said.reason, REASON_CHARACTERS_MAX, what=Words("理由", "the reason"), field=f"reason-{asked.id}")
    if not names_a_page(said.fact):
        faults.append(_fault(name, Words(f"核减 {cut}，没有写凭哪份单证第几页", f"cut by {cut} without naming paper and page"), f"fact-{asked.id}",
                             do=Words("例如：费用清单第 17 页。", "For example: bill, page 17.")))
    return faults + _too_long(name, said.fact, FACT_CHARACTERS_MAX, what=Words("依据", "the fact"), field=f"fact-{asked.id}")


def names_a_page(fact: str) -> bool:
    """Whether a fact names a paper and its page: 费用清单第 17 页, “bill, page 17”."""
    found = _PAGE.search(fact)
    return found is not None and bool((fact[: found.start()] + fact[found.end() :]).strip(" ,，。.;；()（）"))


def must_hold_assessment(asked: Sequence[Asked], *, assessed: frozenset[int], number: str) -> list[Missing]:
    """Every item asked has been looked at; a claim without any item has nothing to calculate from."""
    if not asked:
        return [Missing(Words("没有任何费用项目", "There is no item at all"), why=Words("没有项目就没有可算的。", "Without items there is nothing to calculate."),
                        where=("claim_papers", (number,)))]
    return [
        Missing(Words(f"第 {a.number} 项{a.label} {shown(a.claimed)} 还没有审核", f"Item {a.number}, {a.label} {shown(a.claimed)}: not assessed yet"),
                where=("claim_assessment", (number,)), field=f"allowed-{a.id}")
        for a in asked if a.id not in assessed
    ]


def _fault(name: Words, what: Words, field: str, *, do: Words | None = None) -> Missing:
    return Missing(Words(f"{name.zh}：{what.zh}", f"{name.en}: {what.en}"), do=do, field=field)


def _too_long(name: Words, text: str, limit: int, *, what: Words, field: str) -> list[Missing]:
    if len(text) <= limit:
        return []
    return [_fault(name, Words(f"{what.zh}有 {len(text):,} 个字，最多 {limit} 个", f"{what.en} has {len(text):,} characters; the most is {limit}"), field)]
