"""Checks that an expression speaks only of declared facts and that its kinds fit: amounts with amounts, days with days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from lipei.terms.expressions import Binary, Call, Const, Expression, Kind, Members, Name, Node, Unary
from lipei.terms.faults import TextFault
from lipei.terms.words import Words

KIND_WORDS: dict[Kind, Words] = {
    "amount": Words("金额", "an amount"),
    "ratio": Words("比例", "a ratio"),
    "whole": Words("整数", "a whole number"),
    "boolean": Words("是或否", "yes or no"),
    "date": Words("日期", "a date"),
    "choice": Words("选项", "a choice"),
}
_RESULTS: dict[tuple[str, Kind, Kind], Kind] = {
    ("+", "amount", "amount"): "amount",
    ("-", "amount", "amount"): "amount",
    ("/", "amount", "amount"): "ratio",
    ("*", "amount", "ratio"): "amount",
    ("*", "ratio", "amount"): "amount",
    ("/", "amount", "ratio"): "amount",
    ("*", "amount", "whole"): "amount",
    ("*", "whole", "amount"): "amount",
    ("/", "amount", "whole"): "amount",
    ("+", "whole", "whole"): "whole",
    ("-", "whole", "whole"): "whole",
    ("*", "whole", "whole"): "whole",
    ("/", "whole", "whole"): "ratio",
    ("+", "ratio", "ratio"): "ratio",
    ("-", "ratio", "ratio"): "ratio",
    ("*", "ratio", "ratio"): "ratio",
    ("/", "ratio", "ratio"): "ratio",
    ("*", "ratio", "whole"): "ratio",
    ("*", "whole", "ratio"): "ratio",
    ("-", "whole", "ratio"): "ratio",
    ("+", "whole", "ratio"): "ratio",
    ("-", "date", "date"): "whole",
    ("+", "date", "whole"): "date",
    ("-", "date", "whole"): "date",
}
_ORDERED = frozenset({"amount", "ratio", "whole", "date"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What expressions of a document may name: kinds of facts and values, choices of choice facts, categories."""

    kinds: Mapping[str, Kind]
    choices: Mapping[str, tuple[str, ...]]
    categories: tuple[str, ...]


def kind_of(expression: Expression, *, within: Vocabulary) -> Kind:
    """The kind of value an expression has. Raises `TextFault` for an unknown name or kinds that do not fit."""
    return _kind(expression.node, within)


def require(expression: Expression, kind: Kind, *, within: Vocabulary) -> None:
    """Nothing when the expression has this kind (a whole number may stand for a ratio). Raises `TextFault`."""
    found = kind_of(expression, within=within)
    if found != kind and not (kind == "ratio" and found == "whole"):
        raise TextFault(
            Words("“{text}”是{found}，这里要的是{wanted}", "“{text}” is {found}, but {wanted} is needed here").with_(
                text=expression.text, found=KIND_WORDS[found], wanted=KIND_WORDS[kind]
            ),
            Words("改成{wanted}", "make it {wanted}").with_(wanted=KIND_WORDS[kind]),
        )


def _kind(node: Node, within: Vocabulary) -> Kind:
    if isinstance(node, Const):
        return node.kind
    if isinstance(node, Name):
        return _kind_of_name(node.name, within)
    if isinstance(node, Unary):
        return _kind_of_unary(node, within)
    if isinstance(node, Call):
        return _kind_of_call(node, within)
    if isinstance(node, Members):
        raise _misfit("[…]", "list")
    return _kind_of_binary(node, within)


def _kind_of_name(name: str, within: Vocabulary) -> Kind:
    if name in within.kinds:
        return within.kinds[name]
    close = get_close_matches(name, within.kinds, n=1)
    cure = (
        Words(f"是不是“{close[0]}”？", f"did you mean “{close[0]}”?")
        if close
        else Words("在 facts、policy 或 values 里声明它", "declare it under facts, policy or values")
    )
    raise TextFault(Words(f"没有叫“{name}”的事实", f"there is no fact “{name}”"), cure)


def _kind_of_unary(node: Unary, within: Vocabulary) -> Kind:
    inner = _kind(node.operand, within)
    if node.sign == "not" and inner != "boolean":
        raise _misfit("not", inner)
    if node.sign == "-" and inner not in ("amount", "whole", "ratio"):
        raise _misfit("-", inner)
    return inner


def _misfit(sign: str, *kinds: str) -> TextFault:
    shown_zh = "、".join(KIND_WORDS[kind].zh if kind in KIND_WORDS else kind for kind in kinds)
    shown_en = " and ".join(KIND_WORDS[kind].en if kind in KIND_WORDS else kind for kind in kinds)
    return TextFault(
        Words(f"“{sign}”不能用在{shown_zh}上", f"“{sign}” does not fit {shown_en}"),
        Words(
            "两边用同一种值；金额写 0.00，比例写 85%", "use the same kind on both sides; amounts as 0.00, ratios as 85%"
        ),
    )


def _kind_of_binary(node: Binary, within: Vocabulary) -> Kind:
    left = _kind(node.left, within)
    if isinstance(node.right, Members):
        for member in node.right.items:
            _same(node.sign, node.left, left, member, _kind(member, within), within)
        return "boolean"
    right = _kind(node.right, within)
    if node.sign in ("and", "or"):
        if (left, right) != ("boolean", "boolean"):
            raise _misfit(node.sign, left, right)
        return "boolean"
    if node.sign in ("==", "!="):
        _same(node.sign, node.left, left, node.right, right, within)
        return "boolean"
    if node.sign in ("<", "<=", ">", ">="):
        if left != right or left not in _ORDERED:
            raise _misfit(node.sign, left, right)
        return "boolean"
    result = _RESULTS.get((node.sign, left, right))
    if result is None:
        raise _misfit(node.sign, left, right)
    return result


def _same(sign: str, left: Node, left_kind: Kind, right: Node, right_kind: Kind, within: Vocabulary) -> None:
    if left_kind != right_kind:
        raise _misfit(sign, left_kind, right_kind)
    for name, value in ((left, right), (right, left)):
        if isinstance(name, Name) and isinstance(value, Const) and value.kind == "choice":
            choices = within.choices.get(name.name, ())
            if value.value not in choices:
                offered = ", ".join(choices)
                raise TextFault(
                    Words(f"“{name.name}”没有选项“{value.value}”", f"“{name.name}” has no choice “{value.value}”"),
                    Words(f"可选：{offered}", f"choose one of: {offered}"),
                )


def _kind_of_call(node: Call, within: Vocabulary) -> Kind:
    if node.function == "charged":
        for item in node.arguments:
            if not (isinstance(item, Const) and item.kind == "choice" and item.value in within.categories):
                names = ", ".join(within.categories)
                raise TextFault(
                    Words("charged 里要写费用类别", "charged needs categories"),
                    Words(f"可用：{names}", f"available: {names}"),
                )
        return "amount"
    kinds = [_kind(item, within) for item in node.arguments]
    if node.function in ("months_between", "years_between"):
        if kinds != ["date", "date"]:
            raise _misfit(node.function, *kinds)
        return "whole"
    if len(kinds) < 2 or len(set(kinds)) != 1 or kinds[0] not in _ORDERED:
        raise _misfit(node.function, *kinds)
    return kinds[0]
