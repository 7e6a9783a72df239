"""Promises and phrases that may not stand in anything sent to a customer, each with a better way to say it.

Patterns are narrow on purpose: words of the contract such as 保证续保 or a ratio of 100% are no promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lipei.terms.words import Words


@dataclass(frozen=True, slots=True)
class Barred:
    """One kind of barred phrase: its patterns by language, and what to write in its place."""

    zh: re.Pattern[str]
    en: re.Pattern[str]
    cure: Words


def _kind(zh: str, en: str, cure: Words) -> Barred:
    return Barred(zh=re.compile(zh), en=re.compile(en, re.IGNORECASE), cure=cure)


BARRED: tuple[Barred, ...] = (
    _kind(
        r"一定(?:会|能|可以)?(?:赔|付)|肯定(?:会|能|可以)?(?:赔|付)|包赔|(?:百分之百|100%) ?(?:会|能|可以)?赔|保证(?:您|会|能|赔|付|在)",
        r"\bwe (?:promise|guarantee)|\bguaranteed?\b(?! renewal)|\bwill (?:definitely|certainly|surely) (?:be paid|pay)|\brest assured\b",
        Words(
            "“{found}”是承诺；请写已经决定的事和日期", "“{found}” is a promise; write what was decided, with its date"
        ),
    ),
    _kind(
        r"已(?:经)?打款|马上到账|立即到账",
        r"\bmoney (?:is|has been) sent\b|\bhas already been transferred\b",
        Words(
            "“{found}”：银行确认到账以后才能这样写；请写最晚哪天付到",
            "“{found}” may be written only when the bank has confirmed; write the latest day of payment",
        ),
    ),
    _kind(
        r"很遗憾|遗憾地|歉难|恕不|恕难",
        r"\bunfortunately\b|\bwe regret\b|\bregrettably\b|\bwe are sorry to (?:inform|advise)",
        Words(
            "“{found}”不是理由；请先写决定，再写事实和条款",
            "“{found}” is no reason; give the decision first, then fact and clause",
        ),
    ),
    _kind(
        r"不归(?:我|我们)管|(?:我|我们)不管|自己看|不是(?:跟您|和您)?说过|去投诉好了|没办法|规定就(?:是)?这样|你懂还是我懂|不知道",
        r"\bnot our (?:problem|department)\b|\bas we (?:already )?told you\b|\byou should have known\b|\bit is our policy\b|\bnothing we can do\b",
        Words("“{found}”会让人难受；请写我们能做什么、找谁", "“{found}” hurts; write what we can do and whom to ask"),
    ),
    _kind(
        r"逾期(?:视为|即视为)(?:放弃|撤回)|视为(?:自动)?放弃",
        r"\bdeemed (?:to have )?(?:waived|withdrawn|abandoned)\b",
        Words(
            "“{found}”没有法律依据；晚交的材料也要收",
            "“{found}” has no basis in law; papers that come late are still taken",
        ),
    ),
)


def barred(text: str, *, language: str) -> Iterator[tuple[str, Words]]:
    """Each barred phrase found in `text` with the sentence that says what to write; the sentence has a place `{found}`."""
    for kind in BARRED:
        pattern = kind.zh if language == "zh" else kind.en
        for hit in pattern.finditer(text):
            yield hit.group(), kind.cure
