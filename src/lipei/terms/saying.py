"""Says an expression in words, with the labels of facts and choices in place of their names, in both languages."""

from __future__ import annotations

from datetime import date

from lipei.terms.edition import Edition
from lipei.terms.expressions import Binary, Call, Const, Expression, Members, Name, Node, Unary
from lipei.terms.fact_values import value_shown
from lipei.terms.words import Words, both

_SIGNS: dict[str, Words] = {
    "and": Words("，并且", " and "),
    "or": Words("，或者", " or "),
    "==": Words("是", " is "),
    "!=": Words("不是", " is not "),
    "in": Words("是其中之一：", " is one of "),
    "not in": Words("不是其中之一：", " is none of "),
    "<": Words("小于", " is below "),
    "<=": Words("不大于", " is at most "),
    ">": Words("大于", " is above "),
    ">=": Words("不小于", " is at least "),
    "+": both(" + "),
    "-": both(" − "),
    "*": both(" × "),
    "/": both(" ÷ "),
}
_ON_DAYS: dict[str, Words] = {
    "<": Words("早于", " is before "),
    "<=": Words("不晚于", " is not after "),
    ">": Words("晚于", " is after "),
    ">=": Words("不早于", " is not before "),
}
_FUNCTIONS: dict[str, Words] = {
    "min": Words("取小", "the lesser of "),
    "max": Words("取大", "the greater of "),
    "months_between": Words("满月数", "whole months between "),
    "years_between": Words("满年数", "whole years between "),
    "charged": Words("费用", "what was charged for "),
}
_STRENGTH = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5}


def said(expression: Expression, *, edition: Edition) -> Words:
    """`hospital_level == 'tertiary' and stay_days >= 3` as `Level is tertiary and Days in hospital is at least 3`."""
    return _said(expression.node, edition)


def _said(node: Node, edition: Edition) -> Words:
    if isinstance(node, Const):
        return value_shown(node.kind, node.value)
    if isinstance(node, Name):
        return edition.names.get(node.name, both(node.name))
    if isinstance(node, Unary):
        inner = _bracketed(node.operand, edition, 6 if node.sign == "-" else 3)
        sign = both("−") if node.sign == "-" else Words("没有：", "not: ")
        return _joined(sign, inner)
    if isinstance(node, Members):
        return _listed([_said(item, edition) for item in node.items])
    if isinstance(node, Call):
        arguments = [_argument(item, node, edition) for item in node.arguments]
        return _joined(_FUNCTIONS.get(node.function, both(node.function)), both("("), _listed(arguments), both(")"))
    return _of_binary(node, edition)


def _of_binary(node: Binary, edition: Edition) -> Words:
    strength = _STRENGTH.get(node.sign, 3)
    sides = []
    for side, other, needed in ((node.left, node.right, strength), (node.right, node.left, strength + 1)):
        choice = _choice(side, other, edition)
        sides.append(choice or _bracketed(side, edition, needed))
    days = _is_day(node.left, edition) or _is_day(node.right, edition)
    sign = _ON_DAYS.get(node.sign) if days else None
    return _joined(sides[0], sign or _SIGNS[node.sign], sides[1])


def _bracketed(node: Node, edition: Edition, needed: int) -> Words:
    inner = _said(node, edition)
    if isinstance(node, Binary) and _STRENGTH.get(node.sign, 3) < needed:
        return _joined(both("("), inner, both(")"))
    return inner


def _choice(side: Node, other: Node, edition: Edition) -> Words | None:
    """The label of a choice that is compared with a fact, or of several."""
    spec = {**edition.document.policy, **edition.document.facts}.get(other.name) if isinstance(other, Name) else None
    if spec is None or spec.kind != "choice":
        return None
    items = side.items if isinstance(side, Members) else (side,)
    if not all(isinstance(item, Const) for item in items):
        return None
    return _listed([spec.choices.get(item.value, both(str(item.value))) for item in items if isinstance(item, Const)])


def _argument(node: Node, call: Call, edition: Edition) -> Words:
    if call.function == "charged" and isinstance(node, Const):
        return edition.document.categories.get(node.value, both(str(node.value)))
    return _said(node, edition)


def _is_day(node: Node, edition: Edition) -> bool:
    if isinstance(node, Const):
        return isinstance(node.value, date)
    return isinstance(node, Name) and edition.vocabulary.kinds.get(node.name) == "date"


def _joined(*parts: Words) -> Words:
    return Words("".join(part.zh for part in parts), "".join(part.en for part in parts))


def _listed(parts: list[Words]) -> Words:
    return Words("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
