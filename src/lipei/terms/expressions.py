"""The condition language: small, parsed here, never evaluated as code; a parsed expression knows its own meaning.

`hospital_level == 'tertiary' and stay_days >= 3`, `discharged_on - admitted_on`, `min(sum_insured, 20000.00)`.
Amounts have two decimals (`120.00`), ratios a percent sign (`85%`), dates are `2026-01-01`, text is in single quotes.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from lipei.terms.scalars import whole_if_can

Kind = Literal["amount", "ratio", "whole", "boolean", "date", "choice"]
Env = Mapping[str, Any]
Meaning = Callable[[Env], Any]


@dataclass(frozen=True, slots=True)
class Const:
    """A written value."""

    kind: Kind
    value: Any


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a policy value or a derived value, by its name in the document."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`not x` or `-x`."""

    sign: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two sides and what stands between them; `in` has `Members` on its right."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Members:
    """The list on the right of `in`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One of the few functions of the language, see `FUNCTIONS`."""

    function: str
    arguments: tuple[Node, ...]


Node = Const | Name | Unary | Binary | Members | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression: its text, its tree, the names it reads, and `value(env)`."""

    text: str
    node: Node
    names: tuple[str, ...]
    value: Meaning = field(compare=False, repr=False)

    @property
    def constant(self) -> Any:
        """The written value when the expression is only that, else None."""
        return self.node.value if isinstance(self.node, Const) else None

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of the bill it asks for by `charged(...)`, in order."""
        return tuple(dict.fromkeys(_categories(self.node)))


def expression(text: str, node: Node) -> Expression:
    """An expression ready to be evaluated."""
    names: dict[str, None] = {}
    _collect(node, names)
    return Expression(text, node, tuple(names), meaning(node))


def constant(kind: Kind, value: Any, text: str) -> Expression:
    """An expression that is only a written value."""
    return expression(text, Const(kind, value))


def _collect(node: Node, names: dict[str, None]) -> None:
    for child in children(node):
        _collect(child, names)
    if isinstance(node, Name):
        names[node.name] = None


def _categories(node: Node) -> list[str]:
    if isinstance(node, Call) and node.function == "charged":
        return [str(item.value) for item in node.arguments if isinstance(item, Const)]
    return [category for child in children(node) for category in _categories(child)]


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, left to right."""
    if isinstance(node, Unary):
        return (node.operand,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Members):
        return node.items
    if isinstance(node, Call):
        return node.arguments
    return ()


def charged_key(category: str) -> str:
    """The name under which the engine keeps what was charged in a category."""
    return "charged:" + category


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`; a month is complete on the same day number of the next one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months


def years_between(start: date, end: date) -> int:
    """Whole years from `start` to `end`: an age in completed years."""
    return months_between(start, end) // 12


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "months_between": months_between,
    "years_between": years_between,
}


def _minus(left: Any, right: Any) -> Any:
    if isinstance(left, date):
        return (left - right).days if isinstance(right, date) else left - timedelta(days=right)
    return whole_if_can(left - right)


def _plus(left: Any, right: Any) -> Any:
    return left + timedelta(days=right) if isinstance(left, date) else whole_if_can(left + right)


def _divided(left: Any, right: Any) -> Any:
    if right == 0:
        raise ZeroDivisionError("the terms divide by a value that is zero")
    return whole_if_can(Fraction(left) / Fraction(right))


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": _plus,
    "-": _minus,
    "/": _divided,
    "*": lambda left, right: whole_if_can(left * right),
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def meaning(node: Node) -> Meaning:
    """The node as a function of the named values; compiled once, when the document is loaded."""
    if isinstance(node, Const):
        value = node.value
        return lambda env: value
    if isinstance(node, Name):
        return operator.itemgetter(node.name)
    if isinstance(node, Unary):
        inner = meaning(node.operand)
        return (lambda env: not inner(env)) if node.sign == "not" else (lambda env: -inner(env))
    if isinstance(node, Call):
        return _meaning_of_call(node)
    if isinstance(node, Members):
        members = [meaning(item) for item in node.items]
        return lambda env: [member(env) for member in members]
    return _meaning_of_binary(node)


def _meaning_of_call(node: Call) -> Meaning:
    if node.function == "charged":
        keys = [charged_key(item.value) for item in node.arguments if isinstance(item, Const)]
        return lambda env: sum(env.get(key, 0) for key in keys)
    function, parts = FUNCTIONS[node.function], [meaning(item) for item in node.arguments]
    return lambda env: function(*[part(env) for part in parts])


def _meaning_of_binary(node: Binary) -> Meaning:
    left, right = meaning(node.left), meaning(node.right)
    if node.sign == "and":
        return lambda env: left(env) and right(env)
    if node.sign == "or":
        return lambda env: left(env) or right(env)
    if node.sign in ("in", "not in"):
        wanted = node.sign == "in"
        return lambda env: (left(env) in right(env)) is wanted
    operate = OPERATORS[node.sign]
    if isinstance(node.right, Const):
        value = node.right.value
        return lambda env: operate(left(env), value)
    return lambda env: operate(left(env), right(env))
