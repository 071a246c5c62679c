"""
Text -> syntax tree: a Pratt parser by hand, for FEEL of DMN 1.5 (10.3.1.2).

Chains of ``or``, of ``and`` and of arithmetic and ladders of ``else if`` may be as long as the
text may be; beyond that a tree is at most :data:`HEIGHT` levels high. So whoever walks one may
recurse, except along the left side of an ``Arithmetic`` and the ``no`` of an ``If``: there he
loops.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from ..known import NOTHING, Known
from ..nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    Constant,
    Filter,
    If,
    In,
    InstanceOf,
    Name,
    Node,
    Or,
    Path,
    Sign,
    TypeNode,
    UnaryComparison,
    UnaryTests,
    children,
)
from ..tokens import END, NUMBER, STRING, WORD, Token
from . import forms
from .cursor import IN_NAMES, NESTING, RESERVED, Cursor
from .forms import ADD, AND, COMPARE, COMPARISONS, INSTANCE, MULTIPLY, OR, POSTFIX, POWER
from .types import read_type

HEIGHT = 200  # levels of a tree from its root, not counting along a chain
TOO_HIGH = f"嵌套超过 {HEIGHT} 层；请把内层拆成单独的决策。"


def parse_expression(text: str, *, known: Known = NOTHING) -> Node:
    """
    Return the tree of an expression.

    :raises FeelSyntaxError: with the place, what was expected and what to do
    """
    parser = _Parser(text, known)
    node = parser.expression()
    parser.finish(node)
    return node


def parse_unary_tests(text: str, *, known: Known = NOTHING) -> UnaryTests:
    """
    Return the tests of a cell of a decision table or of a list of allowed values.

    :raises FeelSyntaxError: with the place, what was expected and what to do
    """
    parser = _Parser(text, known)
    tests = parser.unary_tests()
    parser.finish(tests)
    return tests


def parse_type(text: str) -> TypeNode:
    """
    Return the tree of a type.

    :raises FeelSyntaxError: with the place, what was expected and what to do
    """
    parser = _Parser(text, NOTHING)
    node = read_type(parser)
    parser.finish(node)
    return node


class _Parser(Cursor):
    """Reads one text."""

    def expression(self, floor: int = 0, left: Node | None = None, start: int = 0) -> Node:
        self.enter()
        tokens = self.tokens
        if left is None:
            token = tokens[self.at]
            start = token.start
            form = forms.PREFIX.get(token.text)
            if form is not None and (token.kind != WORD or self.known_name()[0] < 2):
                left = form(self)
            else:
                left = self._operand()
        chain = 0
        while True:
            text = tokens[self.at].text
            infix = INFIX.get(text)
            if infix is None or infix.power <= floor or (text == "[" and self._closes()):
                break
            chain += infix.nests
            if chain > HEIGHT:
                self.fail(tokens[self.at], TOO_HIGH)
            left = infix.read(self, left, start)
        self.depth -= 1
        self.chained += chain
        return left

    def unary_tests(self) -> UnaryTests:
        """Read ``-``, ``not(…)`` or tests with commas between."""
        tokens = self.tokens
        if tokens[0].kind == END or (tokens[0].text == "-" and tokens[1].kind == END):
            self.at = len(tokens) - 1
            return UnaryTests((), at=self.span(tokens[0].start))
        first = self._negated() if self._is_negated() else self._test()
        if isinstance(first, UnaryTests):
            return first
        tests = [first]
        while self.accept(","):
            tests.append(self._test())
        if self.token.text in {"and", "or"}:
            self.fail_at("逗号或单元格的结尾", "两个条件请写作 ? > 1 and ? < 5，或写区间 (1..5)。")
        return UnaryTests(tuple(tests), at=self.span(tokens[0].start))

    def _is_negated(self) -> bool:
        not_, opening = self.tokens[:2]
        return not_.text == "not" and opening.text == "(" and not _names_arguments(self, 2)

    def _negated(self) -> Node:
        """Read ``not(…)``: the whole cell, or the function in an expression."""
        start = self.take().start
        name = Name("not", at=self.span(start))
        self.take()
        tests = [self._test()]
        while self.accept(","):
            tests.append(self._test())
        self.expect(")")
        if self.token.kind == END:
            return UnaryTests(tuple(tests), negated=True, at=self.span(start))
        if any(isinstance(test, UnaryComparison) for test in tests):
            self.fail_at("单元格在此结束", "not(…) 中有比较时，它须是整个单元格。")
        return self.expression(0, Call(name, tuple(tests), at=self.span(start)), start)

    def _test(self) -> Node:
        if self.token.text in COMPARISONS:
            return forms.unary_comparison(self)
        return self.expression()

    def finish(self, node: Node) -> None:
        """Check that the tree is the whole text and no higher than allowed."""
        if self.token.kind != END:
            self.fail_at("运算符或表达式的结尾")
        if self.chained <= HEIGHT - NESTING:
            return
        heights = [(node, 0)]
        while heights:
            node, height = heights.pop()
            if height > HEIGHT:
                place = bisect_right(self.tokens, node.at.start, key=_start) - 1
                self.fail(self.tokens[place], TOO_HIGH)
            flat = _flat(node)
            heights += [(child, height + (child is not flat)) for child in children(node)]

    def _closes(self) -> bool:
        """Whether ``[`` ends a range here, as in ``[1..5[``: what follows can't be a test."""
        return self.tokens[self.at + 1].text in _AFTER and self.known_name(self.at + 1)[0] < 2

    def _operand(self) -> Node:
        token = self.tokens[self.at]
        if token.kind == WORD:
            return self._word()
        if token.kind == NUMBER:
            return forms.number(self)
        if token.kind == STRING:
            return Constant(forms.string(self), at=self.span(token.start))
        return self.fail_at("一个值")

    def _word(self) -> Node:
        start = self.token.start
        length, name = self.known_name()
        if length < 2 and self.token.text in forms.CONSTANTS:
            return Constant(forms.CONSTANTS[self.take().text], at=self.span(start))
        if length < 2 and self.token.text in RESERVED:
            self.fail_at("一个值")
        if name == "not" and self.tokens[self.at + 1].text != "(":
            self.take()
            self.fail_at("“(”", "否定请写 not(…)。")
        return Name(self.rest_of_name(length, name), at=self.span(start))

    def rest_of_name(self, length: int, name: str) -> str:
        """Step behind a known name; where a word follows, all is one name that nobody knows."""
        following = self.tokens[self.at + length]
        if length and (following.kind != WORD or following.text in RESERVED):
            self.at += length
            return name
        first = self.at
        self.at += length
        self.run()
        return self.words(first, self.at)


def _flat(node: Node) -> Node | None:
    """Return the part along which a chain runs, which whoever walks the tree takes in a loop."""
    match node:
        case Arithmetic():
            return node.left
        case If():
            return node.no
        case _:
            return None


def _start(token: Token) -> int:
    return token.start


# What can't begin the test of a filter.
_AFTER = frozenset({")", "]", "}", ",", "", "=", "!=", "<", ">", "<=", ">=", "."}) | (
    RESERVED - {"if", "for", "some", "every", "function", "true", "false", "null"}
)


def _disjunction(parser: _Parser, left: Node, start: int) -> Node:
    operands = [left]
    while parser.accept("or"):
        operands.append(parser.expression(OR))
    return Or(tuple(operands), at=parser.span(start))


def _conjunction(parser: _Parser, left: Node, start: int) -> Node:
    operands = [left]
    while parser.accept("and"):
        operands.append(parser.expression(AND))
    return And(tuple(operands), at=parser.span(start))


def _comparison(parser: _Parser, left: Node, start: int) -> Node:
    sign = Sign(parser.take().text)
    right = parser.expression(COMPARE)
    return Comparison(sign, left, right, at=parser.span(start))


def _between(parser: _Parser, left: Node, start: int) -> Node:
    parser.take()
    low = parser.expression(COMPARE)
    parser.expect("and", "写作 值 between 下限 and 上限，含两端。")
    high = parser.expression(COMPARE)
    return Between(left, low, high, at=parser.span(start))


def _membership(parser: _Parser, left: Node, start: int) -> Node:
    parser.take()
    opening = parser.token
    if opening.text in COMPARISONS:
        tests: tuple[Node, ...] = (forms.unary_comparison(parser),)
    elif opening.text == "(":
        tests = _tests_in_parentheses(parser)
        if len(tests) == 1 and not isinstance(tests[0], UnaryComparison):
            tests = (parser.expression(COMPARE, tests[0], opening.start),)
    else:
        tests = (parser.expression(COMPARE),)
    return In(left, tests, at=parser.span(start))


def _tests_in_parentheses(parser: _Parser) -> tuple[Node, ...]:
    start = parser.take().start
    tests: list[Node] = []
    while not tests or parser.accept(","):
        if parser.token.text in COMPARISONS:
            tests.append(forms.unary_comparison(parser))
        else:
            tests.append(parser.expression())
    if len(tests) == 1 and parser.token.text == "..":
        return (forms.rest_of_range(parser, start, tests[0], included=False),)
    parser.expect(")")
    return tuple(tests)


def _instance(parser: _Parser, left: Node, start: int) -> Node:
    parser.take()
    parser.expect("of", "写作 值 instance of 类型。")
    return InstanceOf(left, read_type(parser), at=parser.span(start))


def _path(parser: _Parser, left: Node, start: int) -> Node:
    parser.take()
    length, name = parser.known_field()
    if not length and parser.token.kind != WORD:
        parser.fail_at("属性名")
    if not length and parser.token.text in RESERVED:
        length, name = 1, parser.token.text
    return Path(left, parser.rest_of_name(length, name), at=parser.span(start))


def _filter(parser: _Parser, left: Node, start: int) -> Node:
    parser.take()
    test = parser.expression()
    parser.expect("]", "筛选写作 列表[条件] 或 列表[序号]。")
    return Filter(left, test, at=parser.span(start))


def _call(parser: _Parser, left: Node, start: int) -> Node:
    parser.take()
    arguments: list[Node] = []
    named: list[tuple[str, Node]] = []
    is_named = _names_arguments(parser, parser.at)
    while not (parser.token.text == ")" and not (arguments or named)):
        if is_named:
            name = parser.name_before(":")
            parser.expect(":", "参数要么全部写名称，要么全部不写。")
            named.append((name, parser.expression()))
        else:
            arguments.append(parser.expression())
        if not parser.accept(","):
            break
    parser.expect(")")
    return Call(left, tuple(arguments), tuple(named), at=parser.span(start))


def _names_arguments(parser: _Parser, at: int) -> bool:
    """Whether ``name:`` stands there; nothing else in an argument can hold a colon."""
    tokens = parser.tokens
    while tokens[at].kind in {WORD, NUMBER} or tokens[at].text in IN_NAMES:
        at += 1
    return tokens[at].text == ":"


class _Infix(NamedTuple):
    """An operator behind its first operand: how tightly it binds, and who reads the rest."""

    power: int
    read: Callable[[_Parser, Node, int], Node]
    nests: int = 1  # a chain of it leans left, one level a step


def _arithmetic(sign: Sign, power: int) -> _Infix:
    def read(parser: _Parser, left: Node, start: int) -> Node:
        parser.take()
        right = parser.expression(power)
        return Arithmetic(sign, left, right, at=parser.span(start))

    return _Infix(power, read, nests=0)


INFIX: dict[str, _Infix] = {
    "or": _Infix(OR, _disjunction),
    "and": _Infix(AND, _conjunction),
    **{sign: _Infix(COMPARE, _comparison) for sign in COMPARISONS},
    "between": _Infix(COMPARE, _between),
    "in": _Infix(COMPARE, _membership),
    "+": _arithmetic(Sign.ADD, ADD),
    "-": _arithmetic(Sign.SUBTRACT, ADD),
    "*": _arithmetic(Sign.MULTIPLY, MULTIPLY),
    "/": _arithmetic(Sign.DIVIDE, MULTIPLY),
    "**": _arithmetic(Sign.POWER, POWER),
    "instance": _Infix(INSTANCE, _instance),
    ".": _Infix(POSTFIX, _path),
    "[": _Infix(POSTFIX, _filter),
    "(": _Infix(POSTFIX, _call),
}
