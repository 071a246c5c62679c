"""Forms of FEEL that open with a word or a bracket of their own, each as one reader."""

import re
from collections.abc import Callable
from decimal import DecimalException
from typing import Literal

from .. import decimals
from ..nodes import (
    AtLiteral,
    Constant,
    ContextLiteral,
    For,
    FunctionDefinition,
    If,
    Iterator,
    ListLiteral,
    Negation,
    Node,
    Parameter,
    Quantified,
    RangeLiteral,
    Sign,
    UnaryComparison,
)
from ..tokens import NUMBER, STRING, Token
from .cursor import Cursor
from .types import read_type

OR, AND, COMPARE, ADD, MULTIPLY, POWER, NEGATE, INSTANCE, POSTFIX = range(1, 10)
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})

_ESCAPE = re.compile(r"""\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(["'\\nrt]))""")
_ESCAPED = {'"': '"', "'": "'", "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


def number(cursor: Cursor, sign: str = "") -> Constant:
    """Read a number, exact to 34 digits."""
    token = cursor.take()
    try:
        value = decimals.CONTEXT.create_decimal(sign + token.text)
    except DecimalException:
        cursor.fail(token, "数字超出范围：FEEL 的数字有 34 位，小于 10 的 6145 次方。")
    return Constant(value, at=cursor.span(token.start))


def string(cursor: Cursor) -> str:
    """Read a string; an escape that FEEL does not know stays as it is (regular expressions)."""
    token = cursor.take()
    content = token.text[1:-1]
    if "\\" not in content:
        return content
    try:
        content = _ESCAPE.sub(_unescape, content)
        # Two escapes may be the halves of one character.
        return content.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except (ValueError, OverflowError):
        cursor.fail(token, "字符串中的 \\u 或 \\U 不是一个字符；请检查其编码。")


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED[found[3]]


def at_literal(cursor: Cursor) -> Node:
    """Read ``@"2026-03-01"``."""
    start = cursor.take().start
    if cursor.token.kind != STRING:
        cursor.fail_at("带引号的日期、时间或时长", '例如 @"2026-03-01"、@"P3Y"。')
    return AtLiteral(string(cursor), at=cursor.span(start))


def negation(cursor: Cursor) -> Node:
    """Read ``-operand``; a number's sign belongs to the number."""
    start = cursor.take().start
    if cursor.token.kind == NUMBER:
        constant = number(cursor, "-")
        return Constant(constant.value, at=cursor.span(start))
    return Negation(cursor.expression(NEGATE), at=cursor.span(start))


def conditional(cursor: Cursor) -> Node:
    """Read ``if … then … else …``; a ladder of any length is read in one loop."""
    rungs: list[tuple[Token, Node, Node]] = []
    while True:
        opening = cursor.take()
        test = cursor.expression()
        cursor.expect("then", "条件写作 if 条件 then 值 else 值。")
        yes = cursor.expression()
        cursor.expect("else", "条件写作 if 条件 then 值 else 值，三部分都要写。")
        rungs.append((opening, test, yes))
        if cursor.token.text != "if" or cursor.known_name()[0] > 1:
            break
        cursor.chained += 1
    no = cursor.expression()
    for opening, test, yes in reversed(rungs):
        no = If(test, yes, no, at=cursor.span(opening.start))
    return no


def loop(cursor: Cursor) -> Node:
    """Read ``for x in xs, y in ys return body``."""
    start = cursor.take().start
    iterators = _iterators(cursor)
    cursor.expect("return", "循环写作 for 变量 in 列表 return 值。")
    body = cursor.expression()
    cursor.release(*(iterator.name for iterator in iterators))
    return For(iterators, body, at=cursor.span(start))


def quantified(cursor: Cursor) -> Node:
    """Read ``some x in xs satisfies test`` or ``every …``."""
    opening = cursor.take()
    iterators = _iterators(cursor)
    cursor.expect("satisfies", f"写作 {opening.text} 变量 in 列表 satisfies 条件。")
    test = cursor.expression()
    cursor.release(*(iterator.name for iterator in iterators))
    kind: Literal["some", "every"] = "some" if opening.text == "some" else "every"
    return Quantified(kind, iterators, test, at=cursor.span(opening.start))


def _iterators(cursor: Cursor) -> tuple[Iterator, ...]:
    iterators: list[Iterator] = []
    while not iterators or cursor.accept(","):
        start = cursor.token.start
        name = cursor.name_before("in")
        cursor.expect("in")
        source = cursor.expression()
        last = cursor.expression() if cursor.accept("..") else None
        cursor.bind(name)
        iterators.append(Iterator(name, source, last, at=cursor.span(start)))
    return tuple(iterators)


def function(cursor: Cursor) -> Node:
    """Read ``function(a: number, b) body``."""
    start = cursor.take().start
    cursor.expect("(", "函数写作 function(参数, …) 表达式。")
    parameters: list[Parameter] = []
    while not (cursor.token.text == ")" and not parameters):
        parameters.append(_parameter(cursor))
        if not cursor.accept(","):
            break
    cursor.expect(")")
    external = cursor.token.text == "external" and cursor.tokens[cursor.at + 1].text == "{"
    cursor.at += external
    for parameter in parameters:
        cursor.bind(parameter.name)
    body = cursor.expression()
    cursor.release(*(parameter.name for parameter in parameters))
    return FunctionDefinition(tuple(parameters), body, external, at=cursor.span(start))


def _parameter(cursor: Cursor) -> Parameter:
    start = cursor.token.start
    name = cursor.name_before(":", ",", ")")
    written = read_type(cursor) if cursor.accept(":") else None
    return Parameter(name, written, at=cursor.span(start))


def context(cursor: Cursor) -> Node:
    """Read ``{key: value, …}``; later values may use earlier keys."""
    start = cursor.take().start
    entries: list[tuple[str, Node]] = []
    while not (cursor.token.text == "}" and not entries):
        is_text = cursor.token.kind == STRING
        key = string(cursor) if is_text else cursor.name_before(":")
        cursor.expect(":", "上下文写作 {名称: 值, …}。")
        entries.append((key, cursor.expression()))
        cursor.note_key(key)
        if not cursor.accept(","):
            break
    cursor.expect("}", "上下文写作 {名称: 值, …}。")
    return ContextLiteral(tuple(entries), at=cursor.span(start))


def bracket(cursor: Cursor) -> Node:
    """Read ``[a, b]`` or ``[low..high]``."""
    start = cursor.take().start
    if cursor.accept("]"):
        return ListLiteral((), at=cursor.span(start))
    items = [cursor.expression()]
    if cursor.token.text == "..":
        return rest_of_range(cursor, start, items[0], included=True)
    while cursor.accept(","):
        items.append(cursor.expression())
    cursor.expect("]")
    return ListLiteral(tuple(items), at=cursor.span(start))


def open_range(cursor: Cursor) -> Node:
    """Read ``]low..high[``, which is ``(low..high)``."""
    start = cursor.take().start
    low = cursor.expression()
    return rest_of_range(cursor, start, low, included=False)


def rest_of_range(cursor: Cursor, start: int, low: Node, *, included: bool) -> Node:
    """Read ``..high]``, whatever bracket it ends with."""
    cursor.expect("..", "区间写作 [下限..上限]。")
    high = cursor.expression()
    closing = cursor.token.text
    if closing not in {")", "]", "["}:
        cursor.fail_at("“]”或“)”", "区间写作 [下限..上限]，不含端点用圆括号。")
    cursor.take()
    return RangeLiteral(low, high, included, closing == "]", at=cursor.span(start))


def parenthesis(cursor: Cursor) -> Node:
    """Read ``(expression)``, ``(low..high]`` or ``(> 5)``."""
    start = cursor.take().start
    if cursor.token.text in COMPARISONS:
        test = unary_comparison(cursor)
        cursor.expect(")")
        return _half_range(test, cursor, start)
    inner = cursor.expression()
    if cursor.token.text == "..":
        return rest_of_range(cursor, start, inner, included=False)
    cursor.expect(")")
    return inner


def unary_comparison(cursor: Cursor) -> UnaryComparison:
    """Read ``< 5``, a test of the value at hand."""
    opening = cursor.take()
    operand = cursor.expression(COMPARE)
    return UnaryComparison(Sign(opening.text), operand, at=cursor.span(opening.start))


def _half_range(test: UnaryComparison, cursor: Cursor, start: int) -> Node:
    at, end = cursor.span(start), test.operand
    match test.sign:
        case Sign.LESS | Sign.AT_MOST:
            return RangeLiteral(None, end, False, test.sign is Sign.AT_MOST, at=at)
        case Sign.GREATER | Sign.AT_LEAST:
            return RangeLiteral(end, None, test.sign is Sign.AT_LEAST, False, at=at)
        case Sign.EQUAL:
            return RangeLiteral(end, end, True, True, at=at)
        case _:
            return test


PREFIX: dict[str, Callable[[Cursor], Node]] = {
    "if": conditional,
    "for": loop,
    "some": quantified,
    "every": quantified,
    "function": function,
    "{": context,
    "[": bracket,
    "]": open_range,
    "(": parenthesis,
    "-": negation,
    "@": at_literal,
}
CONSTANTS: dict[str, bool | None] = {"null": None, "true": True, "false": False}
