"""What an expression can possibly come to, when its facts may be anything that the document allows: interval analysis.

A number or date has a `Span` from lowest to highest (dates by their ordinal), a choice or a yes/no the set of what it can be.
The answer is never too narrow; it may be too wide, because each mention of a fact is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from lipei.terms.document import Document, FactSpec
from lipei.terms.expressions import Binary, Call, Const, Expression, Kind, Members, Name, Node, Unary
from lipei.terms.fact_values import value_of_text
from lipei.terms.money import AMOUNT_MAX
from lipei.terms.scalars import WHOLE_MAX, Exact

ENDLESS = 10**60
"""Stands for a number without a bound; no amount, date or ratio of a document comes near it."""
EITHER = frozenset({True, False})


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers from `low` to `high`, both included."""

    low: Exact
    high: Exact


Possible = Span | frozenset[Any]
Env = Mapping[str, Possible]

_WIDEST: dict[Kind, Possible] = {
    "amount": Span(-AMOUNT_MAX, AMOUNT_MAX),
    "ratio": Span(-WHOLE_MAX, WHOLE_MAX),
    "whole": Span(-WHOLE_MAX, WHOLE_MAX),
    "date": Span(date.min.toordinal(), date.max.toordinal()),
    "boolean": EITHER,
}


def environment(document: Document) -> dict[str, Possible]:
    """What every fact, policy value and derived value of a well-typed document can be."""
    env = {name: _of_spec(spec) for name, spec in {**document.policy, **document.facts}.items()}
    for name, derived in document.values.items():
        env[name] = possible(derived.value, env)
    return env


def _of_spec(spec: FactSpec) -> Possible:
    if spec.kind == "choice":
        return frozenset(spec.choices)
    widest = _WIDEST[spec.kind]
    if not isinstance(widest, Span):
        return widest
    low = widest.low if spec.at_least is None else _number(value_of_text(spec, spec.at_least))
    high = widest.high if spec.at_most is None else _number(value_of_text(spec, spec.at_most))
    return Span(low, high)


def _number(value: Any) -> Exact:
    return value.toordinal() if isinstance(value, date) else value


def possible(expression: Expression, env: Env) -> Possible:
    """What the expression can come to. Raises `KeyError` for a name that `env` does not have."""
    return _of(expression.node, env)


def span_of(expression: Expression, env: Env) -> Span:
    """What an expression of a number or a date can come to."""
    found = possible(expression, env)
    return found if isinstance(found, Span) else Span(-ENDLESS, ENDLESS)


def _of(node: Node, env: Env) -> Possible:
    if isinstance(node, Const):
        if node.kind in ("choice", "boolean"):
            return frozenset({node.value})
        return Span(_number(node.value), _number(node.value))
    if isinstance(node, Name):
        return env[node.name]
    if isinstance(node, Unary) and node.sign == "-":
        inner = _span(node.operand, env)
        return Span(-inner.high, -inner.low)
    if isinstance(node, Call):
        return _of_call(node, env)
    if isinstance(node, Binary) and node.sign in ("+", "-", "*", "/"):
        return _bounded(_OF_SIGN[node.sign](_span(node.left, env), _span(node.right, env)))
    return _truth(node, env)


def _span(node: Node, env: Env) -> Span:
    found = _of(node, env)
    return found if isinstance(found, Span) else Span(-ENDLESS, ENDLESS)


def _bounded(span: Span) -> Span:
    return Span(max(span.low, -ENDLESS), min(span.high, ENDLESS))


def _times(left: Span, right: Span) -> Span:
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Span(min(corners), max(corners))


def _divided(left: Span, right: Span) -> Span:
    if right.low <= 0 <= right.high:
        return Span(-ENDLESS, ENDLESS)
    corners = [Fraction(a) / Fraction(b) for a in (left.low, left.high) for b in (right.low, right.high)]
    return Span(min(corners), max(corners))


_OF_SIGN = {
    "+": lambda left, right: Span(left.low + right.low, left.high + right.high),
    "-": lambda left, right: Span(left.low - right.high, left.high - right.low),
    "*": _times,
    "/": _divided,
}


def _of_call(node: Call, env: Env) -> Possible:
    if node.function == "charged":
        return Span(0, AMOUNT_MAX)
    spans = [_span(argument, env) for argument in node.arguments]
    if node.function in ("months_between", "years_between"):
        days = Span(spans[1].low - spans[0].high, spans[1].high - spans[0].low)
        months = Span(days.low // (28 if days.low < 0 else 32) - 1, days.high // (31 if days.high < 0 else 28) + 1)
        if days.low >= 0:
            months = Span(max(months.low, 0), months.high)
        return months if node.function == "months_between" else Span(months.low // 12, months.high // 12)
    choose = min if node.function == "min" else max
    return Span(choose(span.low for span in spans), choose(span.high for span in spans))


def _truth(node: Node, env: Env) -> frozenset[bool]:
    if isinstance(node, Unary):
        return frozenset(not holds for holds in _truth(node.operand, env))
    if isinstance(node, Binary):
        if node.sign in ("and", "or"):
            return _joined(node.sign, _truth(node.left, env), _truth(node.right, env))
        if isinstance(node.right, Members):
            each = [_equal(_of(node.left, env), _of(item, env)) for item in node.right.items]
            found: frozenset[bool] = frozenset({False})
            for one in each:
                found = _joined("or", found, one)
            return found if node.sign == "in" else frozenset(not holds for holds in found)
        return _compared(node.sign, _of(node.left, env), _of(node.right, env))
    found_value = _of(node, env)
    return frozenset(bool(one) for one in found_value) if isinstance(found_value, frozenset) else EITHER


def _joined(sign: str, left: frozenset[bool], right: frozenset[bool]) -> frozenset[bool]:
    return frozenset((a and b) if sign == "and" else (a or b) for a in left for b in right)


def _equal(left: Possible, right: Possible) -> frozenset[bool]:
    if isinstance(left, Span) and isinstance(right, Span):
        if left.high < right.low or right.high < left.low:
            return frozenset({False})
        return frozenset({True}) if left == right and left.low == left.high else EITHER
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        if not left & right:
            return frozenset({False})
        return frozenset({True}) if left == right and len(left) == 1 else EITHER
    return EITHER


def _compared(sign: str, left: Possible, right: Possible) -> frozenset[bool]:
    if sign in ("==", "!="):
        found = _equal(left, right)
        return found if sign == "==" else frozenset(not holds for holds in found)
    if not isinstance(left, Span) or not isinstance(right, Span):
        return EITHER
    if sign in (">", ">="):
        left, right = right, left
    strict = sign in ("<", ">")
    surely = left.high < right.low if strict else left.high <= right.low
    never = left.low >= right.high if strict else left.low > right.high
    return frozenset({True}) if surely else frozenset({False}) if never else EITHER


def assumed(expression: Expression, env: Env, *, holds: bool = True) -> Env | None:
    """The environment with what must be so when the condition holds (or fails); None when it cannot."""
    return _assumed(expression.node, env, holds)


def _assumed(node: Node, env: Env, holds: bool) -> Env | None:
    if holds not in _truth(node, env):
        return None
    if isinstance(node, Unary):
        return _assumed(node.operand, env, not holds)
    if isinstance(node, Name):
        return {**env, node.name: frozenset({holds})}
    if not isinstance(node, Binary):
        return env
    if node.sign in ("and", "or"):
        return _assumed_both(node, env, holds)
    narrowed = env
    for side, other, sign in ((node.left, node.right, node.sign), (node.right, node.left, _TURNED.get(node.sign, ""))):
        if isinstance(side, Name) and sign:
            left = _narrowed(narrowed[side.name], sign if holds else _FAILED[sign], other, narrowed)
            if left is None:
                return None
            narrowed = {**narrowed, side.name: left}
    return narrowed


def _assumed_both(node: Binary, env: Env, holds: bool) -> Env | None:
    """`a and b` holds when both do; `a or b` fails when both do; otherwise one of the two sides is enough."""
    if (node.sign == "and") == holds:
        first = _assumed(node.left, env, holds)
        return None if first is None else _assumed(node.right, first, holds)
    left, right = _assumed(node.left, env, holds), _assumed(node.right, env, holds)
    if left is None or right is None:
        return right if left is None else left
    return {name: _either(left[name], right[name]) for name in env}


def _either(left: Possible, right: Possible) -> Possible:
    if isinstance(left, Span) and isinstance(right, Span):
        return Span(min(left.low, right.low), max(left.high, right.high))
    return left | right if isinstance(left, frozenset) and isinstance(right, frozenset) else left


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_FAILED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in", "not in": "in"}


def _narrowed(value: Possible, sign: str, other: Node, env: Env) -> Possible | None:
    """What is left of a value when it stands in this relation to the other side; None when nothing is."""
    if isinstance(value, frozenset):
        return _narrowed_set(value, sign, other, env)
    if isinstance(other, Members) or sign == "!=":
        return value
    bound = _span(other, env)
    low, high = value.low, value.high
    if sign in (">", ">=", "=="):
        low = max(low, bound.low)
    if sign in ("<", "<=", "=="):
        high = min(high, bound.high)
    return Span(low, high) if low <= high else None


def _narrowed_set(value: frozenset[Any], sign: str, other: Node, env: Env) -> frozenset[Any] | None:
    items = other.items if isinstance(other, Members) else (other,)
    named: frozenset[Any] = frozenset()
    for item in items:
        found = _of(item, env)
        if not isinstance(found, frozenset) or (len(found) != 1 and sign in ("!=", "not in")):
            return value
        named |= found
    left = value & named if sign in ("==", "in") else value - named
    return left or None
