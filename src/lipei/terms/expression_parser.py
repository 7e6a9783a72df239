"""Parses the condition language into its tree: a tokenizer and a recursive descent, with limits and kind errors."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lipei.terms.expressions import FUNCTIONS, Binary, Call, Const, Expression, Members, Name, Node, Unary, expression
from lipei.terms.faults import TextFault
from lipei.terms.money import amount_of
from lipei.terms.scalars import date_of, ratio_of, whole_of
from lipei.terms.words import Words

EXPRESSION_CHARACTERS_MAX = 500
NESTING_MAX = 24
LIST_MAX = 100

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<ratio>\d+(?:\.\d+)?[%％])|(?P<decimal>\d+\.\d+)|(?P<whole>\d+)"
    r"|(?P<text>'[^']*')|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign><=|>=|==|!=|[-+*/<>()\[\],]))",
    re.ASCII,
)
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an expression, with the column (from 1) where it begins."""

    sort: str
    text: str
    column: int


def _fault(zh: str, en: str, cure_zh: str, cure_en: str) -> TextFault:
    return TextFault(Words(zh, en), Words(cure_zh, cure_en))


def tokens_of(text: str) -> list[Token]:
    """The words of an expression. Raises `TextFault` at the first sign that the language does not have."""
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            rest = text[at:].strip()[:12]
            raise _fault(
                f"第 {at + 1} 列的“{rest}”看不懂",
                f"“{rest}” at column {at + 1} is not part of the language",
                "只用事实名、数字、'文字'、+ - * /、比较、and or not in",
                "use fact names, numbers, 'text', + - * /, comparisons, and, or, not, in",
            )
        word = match.group(match.lastgroup)
        sort = "sign" if word in _KEYWORDS and match.lastgroup == "name" else match.lastgroup
        found.append(Token(sort, word, match.start(match.lastgroup) + 1))
        at = match.end()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0
        self.depth = 0

    def sees(self, *signs: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].sort == "sign" and self.tokens[self.at].text in signs

    def take(self) -> Token:
        if self.at >= len(self.tokens):
            raise _fault("式子没有写完", "the expression ends too early", "补上后半部分", "complete it")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, sign: str) -> None:
        if not self.sees(sign) and self.at >= len(self.tokens):
            raise _fault(
                f"式子在括号里就断了，缺“{sign}”",
                f"the expression ends inside a bracket, “{sign}” is missing",
                "补上括号；花括号里的式子有逗号时，整个加引号",
                "close the bracket; inside {…}, put an expression that holds a comma into quotes",
            )
        if not self.sees(sign):
            seen = self.tokens[self.at].text
            raise _fault(
                f"这里该有“{sign}”，却是“{seen}”",
                f"“{sign}” is expected, not “{seen}”",
                "检查括号和逗号",
                "check brackets and commas",
            )
        self.at += 1

    def whole(self) -> Node:
        node = self.either()
        if self.at < len(self.tokens):
            extra = self.tokens[self.at]
            raise _fault(
                f"第 {extra.column} 列的“{extra.text}”多出来了",
                f"“{extra.text}” at column {extra.column} is too much",
                "用 and 或 or 连接两个条件；一次只比较一次",
                "join two conditions with and/or; compare once at a time",
            )
        return node

    def either(self) -> Node:
        self.depth += 1
        if self.depth > NESTING_MAX:
            raise _fault(
                "括号套得太深",
                "the brackets are nested too deeply",
                "拆成 values 里的几个值",
                "split it into several values",
            )
        node = self.all_of()
        while self.sees("or"):
            self.at += 1
            node = Binary("or", node, self.all_of())
        self.depth -= 1
        return node

    def all_of(self) -> Node:
        node = self.negated()
        while self.sees("and"):
            self.at += 1
            node = Binary("and", node, self.negated())
        return node

    def negated(self) -> Node:
        if self.sees("not"):
            self.at += 1
            return Unary("not", self.negated())
        return self.compared()

    def compared(self) -> Node:
        left = self.sum()
        if self.sees(*_COMPARISONS):
            return Binary(self.take().text, left, self.sum())
        if self.sees("in"):
            self.at += 1
            return Binary("in", left, self.members())
        if self.sees("not"):
            self.at += 1
            self.expect("in")
            return Binary("not in", left, self.members())
        return left

    def members(self) -> Members:
        self.expect("[")
        items = [self.sum()]
        while self.sees(",") and len(items) < LIST_MAX:
            self.at += 1
            items.append(self.sum())
        self.expect("]")
        return Members(tuple(items))

    def sum(self) -> Node:
        node = self.product()
        while self.sees("+", "-"):
            node = Binary(self.take().text, node, self.product())
        return node

    def product(self) -> Node:
        node = self.signed()
        while self.sees("*", "/"):
            node = Binary(self.take().text, node, self.signed())
        return node

    def signed(self) -> Node:
        if self.sees("-"):
            self.at += 1
            return Unary("-", self.atom())
        return self.atom()

    def atom(self) -> Node:
        if self.sees("("):
            self.at += 1
            node = self.either()
            self.expect(")")
            return node
        token = self.take()
        if token.sort == "name":
            return self.call(token) if self.sees("(") else Name(token.text)
        return _constant(token)

    def call(self, token: Token) -> Call:
        if token.text not in FUNCTIONS and token.text != "charged":
            names = ", ".join(sorted([*FUNCTIONS, "charged"]))
            raise _fault(
                f"没有函数“{token.text}”",
                f"there is no function “{token.text}”",
                f"可用：{names}",
                f"available: {names}",
            )
        self.expect("(")
        arguments = [self.either()]
        while self.sees(",") and len(arguments) < LIST_MAX:
            self.at += 1
            arguments.append(self.either())
        self.expect(")")
        return Call(token.text, tuple(arguments))


def _constant(token: Token) -> Const:
    if token.sort == "decimal":
        if len(token.text.split(".")[1]) != 2:
            raise _fault(
                f"“{token.text}”既不是金额也不是比例",
                f"“{token.text}” is neither an amount nor a ratio",
                "金额写两位小数（120.00），比例写百分号（85%）",
                "amounts have two decimals (120.00), ratios a percent sign (85%)",
            )
        return Const("amount", amount_of(token.text))
    if token.sort == "ratio":
        return Const("ratio", ratio_of(token.text))
    if token.sort == "whole":
        return Const("whole", whole_of(token.text))
    if token.sort == "date":
        return Const("date", date_of(token.text))
    if token.sort == "text":
        return Const("choice", token.text[1:-1])
    if token.text in ("true", "false"):
        return Const("boolean", token.text == "true")
    raise _fault(
        f"第 {token.column} 列的“{token.text}”放错了地方",
        f"“{token.text}” at column {token.column} is out of place",
        "检查前后的词",
        "check the words around it",
    )


def parsed(text: str) -> Expression:
    """The expression that `text` writes. Raises `TextFault` that says what and where."""
    if len(text) > EXPRESSION_CHARACTERS_MAX:
        raise _fault(
            f"式子超过 {EXPRESSION_CHARACTERS_MAX} 字",
            f"the expression is longer than {EXPRESSION_CHARACTERS_MAX} characters",
            "拆成 values 里的几个值",
            "split it into several values",
        )
    if not text.strip():
        raise _fault("式子是空的", "the expression is empty", "写上条件", "write the condition")
    return expression(text.strip(), _Parser(text).whole())
