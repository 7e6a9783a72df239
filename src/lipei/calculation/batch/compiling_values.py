"""Compiles expressions of the terms: values into registers, conditions into jumps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from lipei.calculation.batch.writing import FACT_NOT_THERE, Label, Layout, TakesExactWay, Writer
from lipei.terms.edition import Edition
from lipei.terms.expressions import Binary, Call, Const, Members, Name, Node, Unary, children, meaning

BELOW, EQUAL, ABOVE = 1, 2, 4
MASKS = {"<": BELOW, "<=": BELOW | EQUAL, "==": EQUAL, ">=": ABOVE | EQUAL, ">": ABOVE, "!=": BELOW | ABOVE}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
ALL = BELOW | EQUAL | ABOVE
NO_SUCH_CHOICE = -1
LOGICAL = ("and", "or", "in", "not in", *MASKS)
PLAIN_OPERATIONS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


@dataclass(slots=True)
class Values:
    """The expressions of one edition, written with `writer` for tables of the given layout."""

    edition: Edition
    layout: Layout
    writer: Writer
    categories: dict[str, int]
    derived: dict[str, int] = field(default_factory=dict)
    reads_lines: bool = False

    def number(self, value: Any) -> int | Fraction:
        """A value as the kernel holds it: dates as ordinals, yes as 1, choices by their number."""
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, date):
            return value.toordinal()
        if isinstance(value, str):
            return self.layout.choices.get(value, NO_SUCH_CHOICE)
        number: int | Fraction = value
        return number

    def known(self, node: Node) -> int | Fraction | None:
        """The value of an expression that reads nothing but written values."""
        if isinstance(node, Name):
            if node.name in self.edition.document.values or node.name in self.layout.columns:
                return None
            if node.name in self.edition.defaults:
                return self.number(self.edition.defaults[node.name])
            raise TakesExactWay(FACT_NOT_THERE.with_(name=node.name))
        if isinstance(node, Const):
            return self.number(node.value)
        if self._reads(node):
            return None
        return self.number(meaning(node)({}))

    def _reads(self, node: Node) -> bool:
        if isinstance(node, Name) or (isinstance(node, Call) and node.function == "charged") or can_fail(node):
            return True
        return any(self._reads(child) for child in children(node))

    def is_date(self, node: Node) -> bool:
        """Whether the expression is a date."""
        if isinstance(node, Const):
            return node.kind == "date"
        if isinstance(node, Name):
            return self.edition.vocabulary.kinds[node.name] == "date"
        if isinstance(node, Binary) and node.sign in ("+", "-"):
            return self.is_date(node.left) and not self.is_date(node.right)
        return isinstance(node, Call) and node.function in ("min", "max") and self.is_date(node.arguments[0])

    def is_fractional(self, node: Node) -> bool:
        """Whether the value may lie between whole numbers."""
        if isinstance(node, Const):
            return isinstance(node.value, Fraction) and node.value.denominator != 1
        if isinstance(node, Name):
            derived = self.edition.document.values.get(node.name)
            if derived is not None:
                return self.is_fractional(derived.value.node)
            return self.edition.vocabulary.kinds[node.name] == "ratio"
        if isinstance(node, Binary) and node.sign in LOGICAL:
            return False
        if isinstance(node, Binary) and node.sign == "/":
            return True
        return any(self.is_fractional(child) for child in children(node))

    def value(self, node: Node) -> int:
        """The register that will hold the value."""
        found = self.known(node)
        if found is not None:
            return self.constant(found)
        if isinstance(node, Name):
            return self._name(node.name)
        if isinstance(node, Binary) and node.sign in PLAIN_OPERATIONS:
            return self._operation(node)
        if isinstance(node, Unary) and node.sign == "-":
            return self._made("subtract", self.constant(0), self.value(node.operand))
        if isinstance(node, Call):
            return self._call(node)
        return self._truth(node)

    def constant(self, value: int | Fraction) -> int:
        """A register with a written value."""
        into = self.writer.register()
        self.writer.emit("constant", into, Fraction(value).numerator, Fraction(value).denominator)
        return into

    def _made(self, name: str, *operands: int) -> int:
        into = self.writer.register()
        self.writer.emit(name, into, *operands)
        return into

    def _name(self, name: str) -> int:
        if name in self.derived:
            return self.derived[name]
        default = self.number(self.edition.defaults.get(name, 0))
        if name in self.layout.parts:
            parts = (Fraction(default).numerator, Fraction(default).denominator)
            return self._made("fraction", self.layout.columns[name], self.layout.parts[name], *parts)
        return self._made("column", self.layout.columns[name], int(default))

    def _operation(self, node: Binary) -> int:
        left, right = self.value(node.left), self.value(node.right)
        if self.is_date(node.left) and not self.is_date(node.right):
            return self._made("shift", left, right, 1 if node.sign == "+" else -1)
        return self._made(PLAIN_OPERATIONS[node.sign], left, right)

    def _call(self, node: Call) -> int:
        if node.function == "charged":
            self.reads_lines = True
            named = [item.value for item in node.arguments if isinstance(item, Const)]
            return self._charged(named)
        operands = [self.value(argument) for argument in node.arguments]
        if node.function in ("months_between", "years_between"):
            return self._made("months", *operands, 12 if node.function == "years_between" else 1)
        found = operands[0]
        for other in operands[1:]:
            found = self._made("choose", found, other, BELOW if node.function == "min" else ABOVE)
        return found

    def _charged(self, named: list[str]) -> int:
        found = self._made("charged", 1 << self.categories[named[0]])
        for again in named[1:]:
            found = self._made("add", found, self._made("charged", 1 << self.categories[again]))
        return found

    def _truth(self, node: Node) -> int:
        """A condition as 1 or 0."""
        into, miss, end = self.writer.register(), Label(), Label()
        self.unless(node, miss)
        self.writer.emit("constant", into, 1, 1)
        self.writer.jump("jump", end)
        self.writer.bind(miss)
        self.writer.emit("constant", into, 0, 1)
        self.writer.bind(end)
        return into

    def unless(self, node: Node, miss: Label) -> None:
        """Jumps to `miss` when the condition does not hold."""
        self._steer(node, miss, wanted=False)

    def when(self, node: Node, hit: Label) -> None:
        """Jumps to `hit` when the condition holds."""
        self._steer(node, hit, wanted=True)

    def _steer(self, node: Node, label: Label, *, wanted: bool) -> None:
        found = self.known(node)
        if found is not None:
            if bool(found) is wanted:
                self.writer.jump("jump", label)
        elif isinstance(node, Unary):
            self._steer(node.operand, label, wanted=not wanted)
        elif isinstance(node, Binary) and node.sign in ("and", "or"):
            self._both(node, label, wanted=wanted)
        elif isinstance(node, Binary) and isinstance(node.right, Members):
            self._steer(_any_of(node), label, wanted=wanted is (node.sign == "in"))
        elif isinstance(node, Binary) and node.sign in MASKS:
            self._comparison(node, label, wanted=wanted)
        else:
            self._on_register(self.value(node), label, wanted=wanted) if not self._is_column(node) else self._test(
                node, MASKS["=="], 1, label, wanted=wanted
            )

    def _both(self, node: Binary, label: Label, *, wanted: bool) -> None:
        """`and` and `or`, the right side only when the left has not decided."""
        if (node.sign == "or") is wanted:
            self._steer(node.left, label, wanted=wanted)
            self._steer(node.right, label, wanted=wanted)
            return
        past = Label()
        self._steer(node.left, past, wanted=not wanted)
        self._steer(node.right, label, wanted=wanted)
        self.writer.bind(past)

    def _comparison(self, node: Binary, label: Label, *, wanted: bool) -> None:
        for side, other, sign in ((node.left, node.right, node.sign), (node.right, node.left, TURNED[node.sign])):
            constant = self.known(other)
            if isinstance(constant, int) and self._is_column(side):
                self._test(side, MASKS[sign], constant, label, wanted=wanted)
                return
        compared = self._made("compare", self.value(node.left), self.value(node.right), MASKS[node.sign])
        self._on_register(compared, label, wanted=wanted)

    def _is_column(self, node: Node) -> bool:
        if not isinstance(node, Name) or node.name in self.edition.document.values:
            return False
        return node.name in self.layout.columns and node.name not in self.layout.parts

    def _test(self, node: Node, mask: int, constant: int, label: Label, *, wanted: bool) -> None:
        assert isinstance(node, Name)
        default = int(self.number(self.edition.defaults.get(node.name, 0)))
        shown = ALL ^ mask if wanted else mask
        self.writer.jump("test", label, self.layout.columns[node.name], default, constant, shown)

    def _on_register(self, register: int, label: Label, *, wanted: bool) -> None:
        if not wanted:
            self.writer.jump("unless", label, register)
            return
        past = Label()
        self.writer.jump("unless", past, register)
        self.writer.jump("jump", label)
        self.writer.bind(past)


def _any_of(node: Binary) -> Node:
    """`x in [a, b]` as `x == a or x == b`."""
    assert isinstance(node.right, Members)
    found: Node = Const("boolean", False)
    for member in node.right.items:
        found = Binary("or", found, Binary("==", node.left, member))
    return found


def can_fail(node: Node) -> bool:
    """Whether working it out may fail: a division, or a date beyond the calendar."""
    if isinstance(node, Binary) and (node.sign == "/" or node.sign in ("+", "-")):
        return node.sign == "/" or _may_shift(node) or any(can_fail(child) for child in children(node))
    return any(can_fail(child) for child in children(node))


def _may_shift(node: Binary) -> bool:
    """A sum or difference with a date in it; without the kinds at hand, any name may be one."""
    return any(isinstance(side, Name) or (isinstance(side, Const) and side.kind == "date") for side in children(node))
