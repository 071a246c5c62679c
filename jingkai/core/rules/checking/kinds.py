"""Which kind of value an expression gives, and operators between values that don't fit."""

from collections.abc import Sequence
from enum import StrEnum

from jingkai.core.rules.catalogue import Catalogue, FactType
from jingkai.core.rules.feel import nodes, temporal
from jingkai.core.rules.feel.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Filter,
    Name,
    Node,
    Path,
    Sign,
)
from jingkai.core.rules.policies.references import EVALUATION_DAY, SPANS, YEARS_BACK

from .notices import Findings
from .notices import Kind as Wrong


class Kind(StrEnum):
    """The kinds of values a policy has to do with; the value is what a person calls it."""

    NUMBER = "数字"
    STRING = "文字"
    BOOLEAN = "是或否"
    DATE = "日期"
    LENGTH = "时间长度"
    LIST = "多年的列表"


OF_FACTS = {
    FactType.NUMBER: Kind.NUMBER,
    FactType.STRING: Kind.STRING,
    FactType.BOOLEAN: Kind.BOOLEAN,
    FactType.DATE: Kind.DATE,
}
OF_CALLS = {
    **dict.fromkeys(
        (
            *("sum", "mean", "min", "max", "count", "median", "product", "abs", "modulo", "sqrt"),
            *("decimal", "floor", "ceiling", "round up", "round down", "round half up"),
            *("round half down", "number", "string length", "stddev"),
        ),
        Kind.NUMBER,
    ),
    **dict.fromkeys(
        (
            *("not", "starts with", "ends with", "contains", "matches", "list contains"),
            *("all", "any", "odd", "even", "is", "before", "after", "includes", "during"),
        ),
        Kind.BOOLEAN,
    ),
    **dict.fromkeys(
        ("substring", "string", "upper case", "lower case", "string join"), Kind.STRING
    ),
    **dict.fromkeys(("duration", "years and months duration"), Kind.LENGTH),
    "date": Kind.DATE,
}
ARITHMETIC: dict[tuple[Sign, Kind | None, Kind | None], Kind] = {
    (Sign.ADD, Kind.STRING, Kind.STRING): Kind.STRING,
    (Sign.SUBTRACT, Kind.DATE, Kind.DATE): Kind.LENGTH,
    (Sign.ADD, Kind.DATE, Kind.LENGTH): Kind.DATE,
    (Sign.SUBTRACT, Kind.DATE, Kind.LENGTH): Kind.DATE,
    (Sign.ADD, Kind.LENGTH, Kind.LENGTH): Kind.LENGTH,
    (Sign.SUBTRACT, Kind.LENGTH, Kind.LENGTH): Kind.LENGTH,
    (Sign.MULTIPLY, Kind.LENGTH, Kind.NUMBER): Kind.LENGTH,
    (Sign.MULTIPLY, Kind.NUMBER, Kind.LENGTH): Kind.LENGTH,
    (Sign.DIVIDE, Kind.LENGTH, Kind.NUMBER): Kind.LENGTH,
    (Sign.DIVIDE, Kind.LENGTH, Kind.LENGTH): Kind.NUMBER,
}
NUMERIC_CALLS = frozenset({"sum", "mean", "abs", "decimal", "floor", "ceiling", "sqrt"})
TEXT_CALLS = frozenset({"starts with", "ends with", "contains", "matches", "substring"})
LIST_HINT = "，请用 sum、mean、max、min 或 [1] 取一个值"


def kind_of(node: Node, catalogue: Catalogue) -> Kind | None:  # noqa: PLR0911 - one for each node
    """Return the kind of value of an expression, None where it can't be told."""
    match node:
        case Constant(value=value):
            return _of_value(value)
        case nodes.AtLiteral(text=text):
            return _of_value(temporal.parse_at(text))
        case Arithmetic():
            return _of_arithmetic(node, catalogue)
        case nodes.Negation(operand=inner) | nodes.If(yes=inner):
            return kind_of(inner, catalogue)
        case Call(function=Name(name=name)):
            return OF_CALLS.get(name)
        case Filter(source=Path(source=Name(name=period), name=item)) if period in SPANS:
            is_place = kind_of(node.test, catalogue) is Kind.NUMBER
            return _of_item(item, catalogue) if is_place else Kind.LIST
        case Path() | Name():
            return _of_name(node, catalogue)
        case nodes.ListLiteral():
            return Kind.LIST
    return Kind.BOOLEAN if isinstance(node, TRUTHS) else None


TRUTHS = (
    *(Comparison, nodes.And, nodes.Or, nodes.In, nodes.Between),
    *(nodes.Quantified, nodes.InstanceOf),
)


def check(node: Node, catalogue: Catalogue, found: Findings) -> None:
    """Note every operator and function whose values don't fit."""
    match node:
        case Comparison(sign=sign, left=left, right=right):
            _check_comparison(sign, left, right, catalogue, found)
        case nodes.Between(value=value, low=low, high=high):
            _check_comparison(Sign.AT_LEAST, value, low, catalogue, found)
            _check_comparison(Sign.AT_MOST, value, high, catalogue, found)
        case Arithmetic():
            _check_arithmetic(node, catalogue, found)
        case nodes.And(operands=operands) | nodes.Or(operands=operands):
            for operand in operands:
                expect(Kind.BOOLEAN, operand, catalogue, found)
        case Call(function=Name(name=name), arguments=arguments):
            _check_call(name, arguments, catalogue, found)
    for child in nodes.children(node):
        check(child, catalogue, found)


def expect(wanted: Kind, node: Node, catalogue: Catalogue, found: Findings) -> None:
    """Note an expression that certainly gives another kind of value."""
    kind = kind_of(node, catalogue)
    if kind not in {wanted, None}:
        hint = LIST_HINT if kind is Kind.LIST else "，请检查这里的写法"
        found.add(Wrong.WRONG_TYPE, node, f"这里应为{wanted.value}，写的却是{kind}{hint}")


def check_cell(
    given: Node, tests: nodes.UnaryTests, catalogue: Catalogue, found: Findings
) -> None:
    """Note a cell of a table whose tests are of another kind than its input."""
    wanted = kind_of(given, catalogue)
    if wanted is None:
        return
    for test in tests.tests:
        for operand in compared_in(test):
            if operand != Constant(None):
                expect(wanted, operand, catalogue, found)


def compared_in(test: Node) -> tuple[Node, ...]:
    """Return the values that a test compares its subject with."""
    match test:
        case nodes.UnaryComparison(operand=operand):
            return (operand,)
        case nodes.RangeLiteral(low=low, high=high):
            return tuple(end for end in (low, high) if end is not None)
        case nodes.ListLiteral(items=items):
            return items
        case Constant() | nodes.AtLiteral():
            return (test,)
    return ()


def _check_comparison(
    sign: Sign, left: Node, right: Node, catalogue: Catalogue, found: Findings
) -> None:
    if Constant(None) in {left, right}:
        return
    kind = kind_of(left, catalogue)
    if kind is Kind.LIST:
        found.add(Wrong.WRONG_TYPE, left, f"{kind.value}不能直接比较{LIST_HINT}")
    elif kind is Kind.BOOLEAN and sign not in {Sign.EQUAL, Sign.UNEQUAL}:
        found.add(Wrong.WRONG_TYPE, left, f"{kind.value}不能比较大小，请用 = 或 !=")
    elif kind is not None:
        expect(kind, right, catalogue, found)


def _check_arithmetic(node: Arithmetic, catalogue: Catalogue, found: Findings) -> None:
    left, right = kind_of(node.left, catalogue), kind_of(node.right, catalogue)
    if left is None or right is None or _of_arithmetic(node, catalogue) is not None:
        return
    hint = LIST_HINT if Kind.LIST in {left, right} else ""
    found.add(Wrong.WRONG_TYPE, node, f"{left.value}与{right.value}不能用 {node.sign} 计算{hint}")


def _check_call(
    name: str, arguments: Sequence[Node], catalogue: Catalogue, found: Findings
) -> None:
    if name == "not":
        for argument in arguments:
            expect(Kind.BOOLEAN, argument, catalogue, found)
    if name in TEXT_CALLS and arguments:
        expect(Kind.STRING, arguments[0], catalogue, found)
    if name in NUMERIC_CALLS:
        for argument in arguments:
            if kind_of(argument, catalogue) is not Kind.LIST:
                expect(Kind.NUMBER, argument, catalogue, found)


def _of_value(value: object) -> Kind | None:
    match value:
        case bool():
            return Kind.BOOLEAN
        case str():
            return Kind.STRING
        case temporal.Date():
            return Kind.DATE
        case temporal.DayTimeDuration() | temporal.YearMonthDuration():
            return Kind.LENGTH
    return None if value is None or isinstance(value, temporal.DateTime) else Kind.NUMBER


def _of_arithmetic(node: Arithmetic, catalogue: Catalogue) -> Kind | None:
    left, right = kind_of(node.left, catalogue), kind_of(node.right, catalogue)
    if left is Kind.NUMBER and right is Kind.NUMBER:
        return Kind.NUMBER
    return ARITHMETIC.get((node.sign, left, right))


def _of_name(node: Name | Path, catalogue: Catalogue) -> Kind | None:
    match node:
        case Name(name=name):
            return Kind.DATE if name == EVALUATION_DAY else _of_item(name, catalogue)
        case Path(source=Name(name=period), name=name) if period in SPANS:
            return Kind.LIST
        case Path(source=Name(name=period), name=name) if period in YEARS_BACK:
            return _of_item(name, catalogue)
    return Kind.NUMBER if node.name in NUMERIC_PARTS else None


NUMERIC_PARTS = frozenset({"year", "month", "day", "years", "months", "days"})


def _of_item(name: str, catalogue: Catalogue) -> Kind | None:
    item = catalogue.get(name)
    return OF_FACTS[item.type] if item is not None else None
