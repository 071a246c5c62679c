"""
Syntax tree -> text that reads back as the same tree.

One style: single spaces, parentheses only where they are needed, strings in double quotes. Names
are written as they are, so reading back takes the same names in scope.
"""

from collections.abc import Callable
from decimal import Decimal

from . import nodes
from .nodes import Node, Sign, TypeNode, UnaryComparison, UnaryTests
from .parsing.cursor import is_plain_name
from .parsing.forms import ADD, AND, COMPARE, INSTANCE, MULTIPLY, NEGATE, OR, POSTFIX, POWER

TOP = -1  # nothing stands beside it
OPEN = 0  # everything up to the next bracket or comma belongs to it
CLOSED = 10  # a name, a literal, whatever stands in brackets

_SIGNS = {
    Sign.ADD: ADD,
    Sign.SUBTRACT: ADD,
    Sign.MULTIPLY: MULTIPLY,
    Sign.DIVIDE: MULTIPLY,
    Sign.POWER: POWER,
}
_POWERS: dict[type[Node], int] = {
    **dict.fromkeys((nodes.If, nodes.For, nodes.Quantified, nodes.FunctionDefinition), OPEN),
    nodes.Or: OR,
    nodes.And: AND,
    **dict.fromkeys((nodes.Comparison, nodes.Between, nodes.In), COMPARE),
    nodes.Negation: NEGATE,
    nodes.InstanceOf: INSTANCE,
    **dict.fromkeys((nodes.Path, nodes.Filter, nodes.Call), POSTFIX),
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write(node: Node) -> str:
    """Return the text of an expression, of unary tests or of a type."""
    if isinstance(node, TypeNode):
        return write_type(node)
    if not isinstance(node, UnaryTests):
        return _write(node, TOP)
    written = [_test(test) for test in node.tests]
    if node.negated:
        return f"not({', '.join(written)})"
    if written and written[0].startswith("not("):
        written[0] = f"({written[0]})"  # else the whole cell would be negated
    return ", ".join(written) or "-"


def write_type(node: TypeNode) -> str:
    """Return the text of a type."""
    match node:
        case nodes.NamedType(name):
            return name
        case nodes.ListType(item):
            return f"list<{write_type(item)}>"
        case nodes.RangeType(item):
            return f"range<{write_type(item)}>"
        case nodes.ContextType(entries):
            return f"context<{', '.join(f'{key}: {write_type(of)}' for key, of in entries)}>"
        case nodes.FunctionType(parameters, result):
            return f"function<{', '.join(map(write_type, parameters))}> -> {write_type(result)}"
        case _:
            raise TypeError(node)


def quoted(text: str) -> str:
    """Return the text as a string literal."""
    return f'"{text.translate(_ESCAPES)}"'


def number(value: Decimal) -> str:
    """Return the literal of a number, with an exponent only where zeros would be many."""
    plain = f"{value:f}"
    return plain if len(plain) <= 40 else str(value)


def _power(node: Node) -> int:
    match node:
        case nodes.Arithmetic(sign):
            return _SIGNS[sign]
        case nodes.InstanceOf(_, nodes.NamedType("list" | "range" | "context" | "function")):
            return OPEN  # a "<" behind it would be taken for the type's
        case _:
            return _POWERS.get(type(node), CLOSED)


def _write(node: Node, floor: int) -> str:
    """Write the node where operators up to ``floor`` would take its parts away."""
    written = _WRITERS[type(node)](node)
    return f"({written})" if _power(node) <= floor else written


def _test(node: Node) -> str:
    if isinstance(node, UnaryComparison):
        return f"{node.sign} {_write(node.operand, COMPARE)}"
    return _write(node, TOP)


def _constant(node: nodes.Constant) -> str:
    match node.value:
        case None:
            return "null"
        case bool():
            return "true" if node.value else "false"
        case Decimal():
            return number(node.value)
        case str():
            return quoted(node.value)


def _path(node: nodes.Path) -> str:
    return f"{_write(node.source, POSTFIX - 1)}.{node.name}"


def _filter(node: nodes.Filter) -> str:
    return f"{_write(node.source, POSTFIX - 1)}[{_write(node.test, TOP)}]"


def _call(node: nodes.Call) -> str:
    arguments = [_write(argument, TOP) for argument in node.arguments]
    named = [f"{name}: {_write(argument, TOP)}" for name, argument in node.named]
    return f"{_write(node.function, POSTFIX - 1)}({', '.join(arguments + named)})"


def _arithmetic(node: nodes.Arithmetic) -> str:
    """Write a chain, which leans left however far, in one loop from its right end."""
    pieces: list[str] = []
    opened = 0
    while True:
        pieces.append(f" {node.sign} {_write(node.right, _SIGNS[node.sign])}")
        left, power = node.left, _SIGNS[node.sign]
        if not isinstance(left, nodes.Arithmetic):
            break
        if _power(left) < power:
            pieces.append(")")
            opened += 1
        node = left
    pieces.append("(" * opened + _write(left, power - 1))
    return "".join(reversed(pieces))


def _negation(node: nodes.Negation) -> str:
    operand = _write(node.operand, NEGATE)
    return f"-({operand})" if operand[0].isdigit() else f"-{operand}"


def _comparison(node: nodes.Comparison) -> str:
    return f"{_write(node.left, COMPARE - 1)} {node.sign} {_write(node.right, COMPARE)}"


def _between(node: nodes.Between) -> str:
    value = _write(node.value, COMPARE - 1)
    return f"{value} between {_write(node.low, COMPARE)} and {_write(node.high, COMPARE)}"


def _in(node: nodes.In) -> str:
    written = ", ".join(map(_test, node.tests))
    only = node.tests[0] if len(node.tests) == 1 else None
    is_range = isinstance(only, nodes.RangeLiteral) and None not in {only.low, only.high}
    is_bare = only is not None and _power(only) > COMPARE and written[0] != "("
    if not is_range and (not is_bare or isinstance(only, UnaryComparison)):
        written = f"({written})"
    return f"{_write(node.value, COMPARE - 1)} in {written}"


def _and(node: nodes.And) -> str:
    return " and ".join(_write(operand, AND) for operand in node.operands)


def _or(node: nodes.Or) -> str:
    return " or ".join(_write(operand, OR) for operand in node.operands)


def _if(node: nodes.If) -> str:
    pieces: list[str] = []
    rung: Node = node
    while isinstance(rung, nodes.If):
        pieces.append(f"if {_write(rung.test, TOP)} then {_write(rung.yes, TOP)} else ")
        rung = rung.no
    return "".join(pieces) + _write(rung, TOP)


def _iterators(iterators: tuple[nodes.Iterator, ...]) -> str:
    return ", ".join(
        f"{each.name} in {_write(each.source, TOP)}"
        + (f"..{_write(each.last, TOP)}" if each.last is not None else "")
        for each in iterators
    )


def _for(node: nodes.For) -> str:
    return f"for {_iterators(node.iterators)} return {_write(node.body, TOP)}"


def _quantified(node: nodes.Quantified) -> str:
    return f"{node.kind} {_iterators(node.iterators)} satisfies {_write(node.test, TOP)}"


def _instance(node: nodes.InstanceOf) -> str:
    return f"{_write(node.value, INSTANCE - 1)} instance of {write_type(node.type)}"


def _function(node: nodes.FunctionDefinition) -> str:
    parameters = ", ".join(
        each.name if each.type is None else f"{each.name}: {write_type(each.type)}"
        for each in node.parameters
    )
    external = "external " if node.external else ""
    return f"function({parameters}) {external}{_write(node.body, TOP)}"


def _list(node: nodes.ListLiteral) -> str:
    return f"[{', '.join(_write(item, TOP) for item in node.items)}]"


def _context(node: nodes.ContextLiteral) -> str:
    entries = (
        f"{key if is_plain_name(key) else quoted(key)}: {_write(value, TOP)}"
        for key, value in node.entries
    )
    return f"{{{', '.join(entries)}}}"


def _range(node: nodes.RangeLiteral) -> str:
    match node.low, node.high:
        case None, Node() as high:
            return f"({'<=' if node.high_included else '<'} {_write(high, COMPARE)})"
        case Node() as low, None:
            return f"({'>=' if node.low_included else '>'} {_write(low, COMPARE)})"
        case Node() as low, Node() as high:
            opening, closing = "(["[node.low_included], ")]"[node.high_included]
            return f"{opening}{_write(low, TOP)}..{_write(high, TOP)}{closing}"
        case _:
            raise ValueError(node)


_WRITERS: dict[type[Node], Callable[..., str]] = {
    nodes.Constant: _constant,
    nodes.AtLiteral: lambda node: f"@{quoted(node.text)}",
    nodes.Name: lambda node: node.name,
    nodes.Path: _path,
    nodes.Filter: _filter,
    nodes.Call: _call,
    nodes.Arithmetic: _arithmetic,
    nodes.Negation: _negation,
    nodes.Comparison: _comparison,
    nodes.Between: _between,
    nodes.In: _in,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.If: _if,
    nodes.For: _for,
    nodes.Quantified: _quantified,
    nodes.InstanceOf: _instance,
    nodes.FunctionDefinition: _function,
    nodes.ListLiteral: _list,
    nodes.ContextLiteral: _context,
    nodes.RangeLiteral: _range,
    nodes.UnaryComparison: lambda node: f"({_test(node)})",
}
