"""One rule per form of FEEL: what it computes to, as DMN 1.5, 10.3.2 says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .. import bounds, describing, operators, ranges, temporal, truth, types
from ..builtins import FUNCTIONS
from ..coercing import coerced
from ..functions import Form, Function
from ..functions import Parameter as Formal
from ..nodes import (
    And,
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    Constant,
    ContextLiteral,
    Filter,
    For,
    FunctionDefinition,
    If,
    In,
    InstanceOf,
    ListLiteral,
    Name,
    Negation,
    Node,
    Or,
    Parameter,
    Path,
    Quantified,
    RangeLiteral,
    Sign,
    Span,
    UnaryComparison,
    UnaryTests,
    children,
)
from ..problems import NoValue
from ..scopes import ABSENT, Scope, Value, Work
from ..truth import Truth
from . import loops, paths, testing

SUBJECT = "?"  # the value that a test is about


def value(node: Node, scope: Scope) -> Value:
    """Return the value of the node; each takes a step of the budget."""
    work = scope.work
    work.steps -= 1
    if work.steps < 0:
        work.spend(0)
    return _RULES[type(node)](node, scope)


def passes(tests: UnaryTests, scope: Scope) -> Truth:
    """Return whether the subject passes one of the tests, or with ``not`` none of them."""
    if not tests.tests:
        return True
    verdict = truth.disjunction(_passes(test, scope) for test in tests.tests)
    return truth.negation(verdict) if tests.negated else verdict


def called(
    function: Value,
    arguments: Sequence[Value],
    named: Mapping[str, Value],
    scope: Scope,
    at: Span,
) -> Value:
    """Return what a function gives for arguments in order, or for named ones if there are any."""
    if not isinstance(function, Function):
        scope.work.note(at, f"{describing.of_value(function)}不是函数，不能调用。")
        return None
    work = scope.work
    work.touch(*arguments, *named.values())
    try:
        with work.call():
            result = function.call_named(named, work) if named else function.call(arguments, work)
    except NoValue as reason:
        work.note(at, str(reason))
        return None
    work.touch(result)
    return result


def _noted(ask: Callable[[], Value], scope: Scope, at: Span) -> Value:
    try:
        return ask()
    except NoValue as reason:
        scope.work.note(at, str(reason))
        return None


def _constant(node: Constant, _scope: Scope) -> Value:
    return node.value


def _at_literal(node: AtLiteral, scope: Scope) -> Value:
    found = temporal.parse_at(node.text)
    if found is None:
        scope.work.note(node.at, f"@“{node.text}”不是日期、时间、日期时间或时长。")
    return found


def _name(node: Name, scope: Scope) -> Value:
    found = scope.lookup(node.name, ABSENT)
    if found is ABSENT:
        found = FUNCTIONS.get(node.name)
        if found is None:
            scope.work.note(node.at, f"不认识名称“{node.name}”，请检查写法或补充这一项输入。")
    return found


def _path(node: Path, scope: Scope) -> Value:
    source = value(node.source, scope)
    if isinstance(source, list):
        scope.work.weigh(source)
    return _noted(lambda: paths.part(source, node.name), scope, node.at)


def _filter(node: Filter, scope: Scope) -> Value:
    source = value(node.source, scope)
    if source is None:
        scope.work.note(node.at, "要筛选的列表是 null（没有记录）。")
        return None
    items = source if isinstance(source, list) else [source]
    return _noted(lambda: paths.select(items, node.test, scope, value), scope, node.at)


def _call(node: Call, scope: Scope) -> Value:
    function = value(node.function, scope)
    arguments = [value(argument, scope) for argument in node.arguments]
    named: dict[str, Value] = {}
    for name, argument in node.named:
        if name in named:
            scope.work.note(node.at, f"参数 {name} 写了两次。")
            return None
        named[name] = value(argument, scope)
    return called(function, arguments, named, scope, node.at)


_ARITHMETIC: Mapping[Sign, Callable[[Value, Value], Value]] = {
    Sign.ADD: operators.add,
    Sign.SUBTRACT: operators.subtract,
    Sign.MULTIPLY: operators.multiply,
    Sign.DIVIDE: operators.divide,
    Sign.POWER: operators.power,
}


def _arithmetic(node: Arithmetic, scope: Scope) -> Value:
    steps: list[Arithmetic] = []
    first: Node = node
    while isinstance(first, Arithmetic):  # a + b + c + … may be long: no recursion
        steps.append(first)
        first = first.left
    result = value(first, scope)
    for step in reversed(steps):
        right = value(step.right, scope)
        left, result = result, _ARITHMETIC[step.sign](result, right)
        scope.work.touch(result)
        if result is None:
            scope.work.note(step.at, describing.why_not(step.sign, left, right))
    return result


def _negation(node: Negation, scope: Scope) -> Value:
    operand = value(node.operand, scope)
    result = operators.negate(operand)
    if result is None:
        scope.work.note(node.at, f"负号不能用于{describing.of_value(operand)}。")
    return result


def _comparison(node: Comparison, scope: Scope) -> Truth:
    left, right = value(node.left, scope), value(node.right, scope)
    return _compared(node.sign, left, right, scope, node.at)


def _compared(sign: Sign, left: Value, right: Value, scope: Scope, at: Span) -> Truth:
    scope.work.weigh(left, right)
    verdict = testing.compared(sign, left, right)
    if verdict is None:
        kinds = f"{describing.of_value(left)}和{describing.of_value(right)}"
        scope.work.note(at, f"“{sign}”不能比较{kinds}。")
    return verdict


def _between(node: Between, scope: Scope) -> Truth:
    verdict = testing.between(
        value(node.value, scope), value(node.low, scope), value(node.high, scope)
    )
    if verdict is None:
        scope.work.note(node.at, "between 的三个值不能互相比较，或有 null（没有记录）。")
    return verdict


def _in(node: In, scope: Scope) -> Truth:
    inner = scope.child({SUBJECT: value(node.value, scope)})
    return truth.disjunction(_passes(test, inner) for test in node.tests)


def _passes(test: Node, scope: Scope) -> Truth:
    """Return whether the subject passes: by comparison, as the test says of it, or by value."""
    subject = scope.lookup(SUBJECT)
    if isinstance(test, UnaryComparison):
        operand = value(test.operand, scope)
        return _compared(test.sign, subject, operand, scope, test.at)
    target = value(test, scope)
    if not isinstance(test, Constant) and _speaks_of(test, SUBJECT):
        return target if isinstance(target, bool) else None
    if target is None and isinstance(test, RangeLiteral):
        return None  # table 55: an end that is missing is compared with, and gives null
    scope.work.weigh(subject, target)
    return testing.found(subject, target)


def _speaks_of(node: Node, name: str) -> bool:
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name) and part.name == name:
            return True
        waiting += children(part)
    return False


def _and(node: And, scope: Scope) -> Truth:
    return truth.conjunction(_truth(operand, scope) for operand in node.operands)


def _or(node: Or, scope: Scope) -> Truth:
    return truth.disjunction(_truth(operand, scope) for operand in node.operands)


def _truth(node: Node, scope: Scope) -> Truth:
    """Return true or false as it is, and anything else as null."""
    found = value(node, scope)
    if isinstance(found, bool):
        return found
    scope.work.note(node.at, f"此处应当是真假值，得到{describing.of_value(found)}。")
    return None


def _if(node: If, scope: Scope) -> Value:
    rest: Node = node
    while isinstance(rest, If):  # a ladder of else if may be long: no recursion
        if _truth(rest.test, scope) is True:
            return value(rest.yes, scope)
        rest = rest.no
    return value(rest, scope)


def _for(node: For, scope: Scope) -> Value:
    return _noted(lambda: _each(node, scope), scope, node.at)


def _each(node: For, scope: Scope) -> list[Value]:
    results: list[Value] = []
    is_partial = _speaks_of(node.body, "partial")
    for inner in loops.scopes(node.iterators, scope, value):
        if is_partial:
            scope.work.spend(len(results) // bounds.ITEMS_PER_STEP)
            results.append(value(node.body, inner.child({"partial": results.copy()})))
        else:
            results.append(value(node.body, inner))
        bounds.check_items(len(results))
    return results


def _quantified(node: Quantified, scope: Scope) -> Value:
    combine = truth.disjunction if node.kind == "some" else truth.conjunction
    scopes = loops.scopes(node.iterators, scope, value)
    return _noted(lambda: combine(_truth(node.test, inner) for inner in scopes), scope, node.at)


def _instance_of(node: InstanceOf, scope: Scope) -> Truth:
    found = value(node.value, scope)
    wanted = types.type_from(node.type, scope.work.types)
    if wanted is None:
        scope.work.note(node.type.at, "不认识这个类型，请检查写法。")
        return None
    scope.work.weigh(found)
    return types.is_instance(found, wanted)


def _function_definition(node: FunctionDefinition, scope: Scope) -> Value:
    parameters = tuple(_formal(parameter, scope) for parameter in node.parameters)
    names = [parameter.name for parameter in parameters]

    def body(work: Work, *arguments: Value) -> Value:
        if node.external:
            raise NoValue("外部函数（Java、PMML）出于安全考虑不执行，请改写为表达式。")
        inner = Scope(dict(zip(names, arguments, strict=True)), outer=scope, work=work)
        return value(node.body, inner)

    return Function(forms=(Form(parameters=parameters, body=body, takes_work=True),))


def _formal(parameter: Parameter, scope: Scope) -> Formal:
    if parameter.type is None:
        return Formal(name=parameter.name)
    wanted = types.type_from(parameter.type, scope.work.types)
    if wanted is None:
        scope.work.note(parameter.at, f"不认识参数 {parameter.name} 的类型，请检查写法。")
        return Formal(name=parameter.name)

    def fit(argument: Value) -> Value:
        scope.work.weigh(argument)
        return coerced(argument, wanted)

    return Formal(name=parameter.name, type=wanted, fit=fit)


def _list_literal(node: ListLiteral, scope: Scope) -> Value:
    return [value(item, scope) for item in node.items]


def _context_literal(node: ContextLiteral, scope: Scope) -> Value:
    entries: dict[str, Value] = {}
    inner = scope.child(entries)  # an entry sees those before it, and a function itself
    for key, entry in node.entries:
        if key in entries:
            scope.work.note(entry.at, f"键“{key}”写了两次，请删去一个。")
            return None
        entries[key] = value(entry, inner)
    return entries


def _range_literal(node: RangeLiteral, scope: Scope) -> Value:
    low = None if node.low is None else value(node.low, scope)
    high = None if node.high is None else value(node.high, scope)
    is_missing = (node.low and low is None) or (node.high and high is None)
    found = ranges.range_of(
        low, high, low_included=node.low_included, high_included=node.high_included
    )
    if is_missing or found is None:
        scope.work.note(node.at, "区间的两端必须能互相比较，并且起点不大于终点。")
        return None
    return found


def _unary_comparison(node: UnaryComparison, scope: Scope) -> Value:
    scope.work.note(node.at, f"“{node.sign}”前面缺少要比较的值，只有单元格和 in 之后可以省略。")
    return None


_RULES: Mapping[type[Node], Callable[[Any, Scope], Value]] = {
    And: _and,
    Arithmetic: _arithmetic,
    AtLiteral: _at_literal,
    Between: _between,
    Call: _call,
    Comparison: _comparison,
    Constant: _constant,
    ContextLiteral: _context_literal,
    Filter: _filter,
    For: _for,
    FunctionDefinition: _function_definition,
    If: _if,
    In: _in,
    InstanceOf: _instance_of,
    ListLiteral: _list_literal,
    Name: _name,
    Negation: _negation,
    Or: _or,
    Path: _path,
    Quantified: _quantified,
    RangeLiteral: _range_literal,
    UnaryComparison: _unary_comparison,
    UnaryTests: passes,
}
