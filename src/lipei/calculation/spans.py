"""Values that are not known, as what they may be: from – to for amounts, days and dates, a set for yes/no and choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any, NamedTuple

from lipei.terms.expressions import (
    FUNCTIONS,
    OPERATORS,
    Binary,
    Call,
    Const,
    Expression,
    Kind,
    Members,
    Name,
    Node,
    Unary,
    charged_key,
)
from lipei.terms.scalars import Exact

BOTH = frozenset({False, True})
NEVER = frozenset({False})


class Span(NamedTuple):
    """From – to, both included: fen, days, ratios or dates."""

    low: Any
    high: Any

    @property
    def is_point(self) -> bool:
        """Whether only one value is possible."""
        return bool(self.low == self.high)

    def holds(self, value: Any) -> bool:
        """Whether the value is one of those possible."""
        return bool(self.low <= value <= self.high)


May = Span | frozenset[Any]
"""What a value may be."""

Seen = Mapping[str, May]
"""What every name may be."""


class CannotBound(ArithmeticError):
    """No bound can be given: something may be divided by zero, or a date leaves the calendar."""


def point(value: Any) -> Span:
    """A value that is known."""
    return Span(value, value)


def hull(spans: Iterable[Span]) -> Span:
    """The least span that holds all of them."""
    found = list(spans)
    return Span(min(one.low for one in found), max(one.high for one in found))


def total(spans: Iterable[Span]) -> Span:
    """Their sum."""
    found = list(spans)
    return Span(sum(one.low for one in found), sum(one.high for one in found))


def may_be(kind: Kind, values: Iterable[Any]) -> May:
    """What a fact of this kind may be, from the values that are tried for it."""
    found = list(values)
    return frozenset(found) if kind in ("boolean", "choice") else Span(min(found), max(found))


def may(expression: Expression, seen: Seen) -> May:
    """What an expression may come to. Raises `CannotBound`."""
    try:
        return _may(expression.node, seen)
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        raise CannotBound(str(error)) from error


def span(expression: Expression, seen: Seen) -> Span:
    """What an expression of an amount, a ratio, days or a date may come to. Raises `CannotBound`."""
    found = may(expression, seen)
    assert isinstance(found, Span)
    return found


def truth(expression: Expression, seen: Seen) -> frozenset[bool]:
    """Whether a condition may hold, may fail, or both. Raises `CannotBound`."""
    found = may(expression, seen)
    assert isinstance(found, frozenset)
    return frozenset(bool(one) for one in found)


def _may(node: Node, seen: Seen) -> May:
    if isinstance(node, Const):
        return may_be(node.kind, [node.value])
    if isinstance(node, Name):
        return seen[node.name]
    if isinstance(node, Unary):
        inner = _may(node.operand, seen)
        if isinstance(inner, Span):
            return Span(-inner.high, -inner.low)
        return frozenset(not one for one in inner)
    if isinstance(node, Call):
        return _called(node, seen)
    assert isinstance(node, Binary)
    return _binary(node, seen)


def _called(node: Call, seen: Seen) -> Span:
    if node.function == "charged":
        names = [charged_key(item.value) for item in node.arguments if isinstance(item, Const)]
        return total(one for name in names if isinstance(one := seen.get(name, point(0)), Span))
    function, parts = FUNCTIONS[node.function], [_may(item, seen) for item in node.arguments]
    spans = [one for one in parts if isinstance(one, Span)]
    if node.function in ("min", "max"):
        return Span(function(*[one.low for one in spans]), function(*[one.high for one in spans]))
    start, end = spans
    return Span(function(start.high, end.low), function(start.low, end.high))


def _binary(node: Binary, seen: Seen) -> May:
    left = _may(node.left, seen)
    if isinstance(node.right, Members):
        return _among(node.sign, left, [_may(item, seen) for item in node.right.items])
    right = _may(node.right, seen)
    if node.sign in ("and", "or"):
        pairs = product(left, right)
        return frozenset((a and b) if node.sign == "and" else (a or b) for a, b in pairs)
    if node.sign in ("+", "-", "*", "/"):
        assert isinstance(left, Span)
        assert isinstance(right, Span)
        return _reckoned(node.sign, left, right)
    if isinstance(left, Span) and isinstance(right, Span):
        return _compared(node.sign, left, right)
    return frozenset(OPERATORS[node.sign](a, b) for a, b in product(left, right))


def _reckoned(sign: str, left: Span, right: Span) -> Span:
    operate = OPERATORS[sign]
    if sign == "+":
        return Span(operate(left.low, right.low), operate(left.high, right.high))
    if sign == "-":
        return Span(operate(left.low, right.high), operate(left.high, right.low))
    if sign == "/" and right.low <= 0 <= right.high:
        raise CannotBound("something may be divided by zero")
    return corners(operate, left, right)


def corners(operate: Callable[..., Exact], *spans: Span) -> Span:
    """The span of a function that rises or falls steadily in each of its numbers: its extremes lie at the ends."""
    found = [operate(*values) for values in product(*[dict.fromkeys(one) for one in spans])]
    return Span(min(found), max(found))


def _compared(sign: str, left: Span, right: Span) -> frozenset[bool]:
    if sign in (">", ">="):
        return _compared("<" if sign == ">" else "<=", right, left)
    if sign in ("==", "!="):
        if left.high < right.low or right.high < left.low:
            return frozenset({sign == "!="})
        return frozenset({sign == "=="}) if left.is_point and left == right else BOTH
    operate = OPERATORS[sign]
    if operate(left.high, right.low):
        return frozenset({True})
    return BOTH if operate(left.low, right.high) else NEVER


def _among(sign: str, left: May, members: list[May]) -> frozenset[bool]:
    found: set[bool] = set()
    for one in members:
        same = _compared("==", left, one) if isinstance(left, Span) and isinstance(one, Span) else _same(left, one)
        found |= same
        if same == {True}:
            found = {True}
            break
    if isinstance(left, frozenset):
        known = [value for one in members for value in one]
        found = {value in known for value in left}
    wanted = sign == "in"
    return frozenset(one is wanted for one in (found or {False}))


def _same(left: May, right: May) -> frozenset[bool]:
    return frozenset(a == b for a, b in product(left, right))
