"""When a report is probably the same loss reported twice. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lipei.filing.refusal import Missing
from lipei.terms.words import Words

REASON_CHARACTERS_MIN = 6


@dataclass(frozen=True, slots=True)
class LossSeen:
    """What makes two losses the same: the insured (blind index of the identity), the day, the provider."""

    number: str
    insured: str
    loss_on: date | None
    provider: str


def same_loss(one: LossSeen, other: LossSeen) -> bool:
    """Same insured and day, and the same provider where both name one. A claim is never its own duplicate."""
    if one.number == other.number or not one.insured or one.insured != other.insured:
        return False
    if one.loss_on is None or one.loss_on != other.loss_on:
        return False
    a, b = "".join(one.provider.split()), "".join(other.provider.split())
    return not a or not b or a == b


def duplicate_faults(found: Iterable[str], *, why: str) -> list[Missing]:
    """A probable duplicate is looked at first; going on needs a sentence that says why it is another loss."""
    if len(why.strip()) >= REASON_CHARACTERS_MIN:
        return []
    return [
        Missing(
            Words(f"{number} 是同一个人、同一天的损失", f"{number} is a loss of the same person on the same day"),
            why=Words("可能是重复报案；如果确实是另一件，请写明为什么。", "This may be the same report twice; if it is another loss, say why."),
            where=("claim", (number,)), field="why",
        )
        for number in found
    ]
