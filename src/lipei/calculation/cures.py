"""What to write where something stands in the way of a calculation: the cure of every `Need`, for claims and worked cases alike."""

from __future__ import annotations

from lipei.calculation.inputs import Need
from lipei.terms.edition import Edition
from lipei.terms.words import Words

RIGHT_VALUE = Words("改成条款容许的值", "write a value that the terms allow")
BILL_CURE = Words("按条款的费用类别和单据改这一行", "put this line right by the categories of the terms and the paper")


def section_of(need: Need, edition: Edition) -> str | None:
    """Where the fact is written, `policy` or `facts`; None for what is no fact, such as the bill or a balance."""
    document = edition.document
    return "policy" if need.name in document.policy else "facts" if need.name in document.facts else None


def cure_of(need: Need, edition: Edition, *, written: bool) -> Words:
    """What to write instead, or `written` being false, what to write in addition, with the question that asks for it."""
    section = section_of(need, edition)
    if need.name == "items":
        return BILL_CURE
    if section is None:
        return RIGHT_VALUE
    cure = Words(f"在 {section} 里写 {need.name}:", f"write {need.name}: under {section}")
    if written:
        cure = Words(f"改正 {section} 里的 {need.name}", f"correct {need.name} under {section}")
    asked = need.question
    return cure if asked is None else Words(f"{cure.zh}（{asked.zh}）", f"{cure.en} ({asked.en})")


def said_of(need: Need) -> Words:
    """What stands in the way, as a sentence: `Paid by social insurance is not known yet`."""
    return Words(f"{need.label.zh}{need.what.zh}", f"{need.label.en} {need.what.en}")
