"""
From the syntax tree of FEEL to formulas over columns; what can't go is refused with its place.

The structure of a condition is the one that explains it (``policies.logic``): an atom is unknown
wherever a fact that it refers to is missing, and above the atoms stands Kleene's logic.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from jingkai.core.rules.feel import interpreting, nodes
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.nodes import Node, Sign
from jingkai.core.rules.feel.scopes import Scope
from jingkai.core.rules.policies import logic, walking
from jingkai.core.rules.policies.model import Table
from jingkai.core.rules.policies.references import (
    EVALUATION_DAY,
    PERIOD_NAMES,
    SPANS,
    YEARS_BACK,
    Reference,
    references,
)

from . import calls, ir
from .arithmetic import NotLinear, choose, combined, compare, constant, date_of, lifted, number
from .forms import Form, TooLarge
from .ir import Column, Formula, Kind, NotColumnar
from .values import (
    EPOCH,
    Choice,
    Day,
    Listing,
    Literal,
    Quantity,
    Schema,
    Value,
    Verdict,
    Words,
    Years,
)

NOTHING = nodes.Constant(None)
CALCULATED = {Sign.ADD, Sign.SUBTRACT, Sign.MULTIPLY, Sign.DIVIDE}


def formula(given: logic.Logic, schema: Schema) -> Formula:
    """
    Return the structure of a condition as a formula.

    :raises NotColumnar: with the place, if it can't run over columns
    """
    match given:
        case logic.Atom(node=node, facts=facts):
            found = Lowering(schema).truth(node)
            return ir.known({_column(fact, node, schema).name for fact in facts}, found)
        case logic.Both(parts=parts):
            return ir.every(*(formula(part, schema) for part in parts))
        case logic.Either(parts=parts):
            return ir.some(*(formula(part, schema) for part in parts))
        case logic.Opposite(part=part):
            return ir.opposite(formula(part, schema))
        case logic.Choice(test=test, yes=yes, no=no):
            asked, one, other = (formula(part, schema) for part in (test, yes, no))
            return ir.some(
                ir.every(asked, one), ir.every(ir.opposite(asked), other), ir.every(one, other)
            )


def cell(given: logic.Cell, schema: Schema) -> Formula:
    """Return a cell of a decision table as a formula; raise NotColumnar with the place."""
    if not given.tests.tests:
        return ir.MET
    names = {_column(fact, given.input, schema).name for fact in given.facts}
    return ir.known(names, Lowering(schema).tests(given.tests, given.input))


def reads(node: Node, schema: Schema) -> tuple[str, ...]:
    """Return the columns without which an expression has no value."""
    return tuple(sorted(_column(fact, node, schema).name for fact in references(node)))


def rows(table: Table, schema: Schema) -> Iterator[tuple[Formula, ...]]:
    """Yield the cells of each row of a decision table; raise NotColumnar with the place."""
    for row in table.questions:
        yield tuple(cell(one, schema) for one in row)


def value(node: Node, schema: Schema) -> Value:
    """Return the expression as a value; raise NotColumnar with the place."""
    return Lowering(schema).value(node)


@dataclass(frozen=True, slots=True)
class Lowering:
    """The names in scope: the schema's, and those that iterators bind."""

    schema: Schema
    bound: Mapping[str, Value] = field(default_factory=dict)

    def truth(self, node: Node) -> Formula:  # noqa: PLR0911 - one a kind of node
        """Return an expression of truth values as a formula."""
        match node:
            case nodes.And(operands=operands):
                return ir.every(*map(self.truth, operands))
            case nodes.Or(operands=operands):
                return ir.some(*map(self.truth, operands))
            case nodes.Call(function=nodes.Name(name="not"), arguments=(part,)):
                return ir.opposite(self.truth(part))
            case nodes.If(test=test, yes=yes, no=no):
                return ir.choose(*map(self.truth, (test, yes, no)))
            case nodes.Quantified(kind=kind, iterators=iterators, test=test):
                join = ir.every if kind == "every" else ir.some
                return join(*(each.truth(test) for each in self._each(iterators, node)))
            case nodes.Between(value=one, low=low, high=high):
                return ir.every(
                    self._comparison(Sign.AT_LEAST, one, low, node),
                    self._comparison(Sign.AT_MOST, one, high, node),
                )
            case nodes.In(value=one, tests=tests):
                return self.tests(nodes.UnaryTests(tests, at=node.at), one)
            case nodes.Comparison(sign=sign, left=left, right=right):
                return self._comparison(sign, left, right, node)
        return self._plain_truth(node)

    def tests(self, tests: nodes.UnaryTests, subject: Node) -> Formula:
        """Return what the tests ask of the subject."""
        inner = Lowering(self.schema, {**self.bound, "?": self.value(subject)})
        asked = ir.some(*(inner._test(test, subject) for test in tests.tests))
        return ir.opposite(asked) if tests.negated else asked

    def value(self, node: Node) -> Value:
        """Return an expression as a value that no enterprise is needed for."""
        try:
            return self._value(node)
        except NotLinear as reason:
            raise NotColumnar(f"{reason}。", node.at) from reason
        except TooLarge as reason:
            raise _too_large(node) from reason

    def limits(self) -> dict[str, int]:
        """Return the limits of the columns by name."""
        return {column.name: column.limit for column in self.schema.columns.values()}

    def _value(self, node: Node) -> Value:  # noqa: PLR0911 - one a kind of node
        match node:
            case nodes.Constant(value=plain):
                return constant(plain)
            case nodes.Name():
                return self._name(node)
            case nodes.Path():
                return self._path(node)
            case nodes.Negation(operand=operand):
                return combined(Sign.SUBTRACT, number(0), self.value(operand))
            case nodes.Arithmetic(sign=sign, left=left, right=right) if sign in CALCULATED:
                return combined(sign, self.value(left), self.value(right))
            case nodes.ListLiteral(items=items):
                return Listing(tuple(map(self.value, items)))
            case nodes.If(test=test, yes=yes, no=no):
                return choose(self.truth(test), self.value(yes), self.value(no))
            case nodes.For(iterators=iterators, body=body):
                return Listing(tuple(each.value(body) for each in self._each(iterators, node)))
        return self._constant(node) if self._is_constant(node) else self._computed(node)

    def _computed(self, node: Node) -> Value:
        match node:
            case nodes.Filter(source=source, test=test):
                return self._item(self.value(source), self.value(test), node)
            case nodes.Call(function=nodes.Name(name=name), arguments=arguments):
                done = calls.compute(name, tuple(map(self.value, arguments)), self.limits())
                if done is not None:
                    return done
        return Verdict(self.truth(node))

    def _constant(self, node: Node) -> Value:
        """Let the scalar interpreter compute what no fact can change."""
        on = date_of((self.schema.on - EPOCH).days)
        try:
            return constant(interpreting.evaluate(node, Scope({EVALUATION_DAY: on})))
        except TooMuchWork as reason:
            raise NotColumnar(str(reason), node.at) from reason

    def _is_constant(self, node: Node) -> bool:
        named = {part.name for part in walking.every(node) if isinstance(part, nodes.Name)}
        changing = PERIOD_NAMES | self.bound.keys()
        return not references(node) and not named & changing

    def _name(self, node: nodes.Name) -> Value:
        if node.name in self.bound:
            return self.bound[node.name]
        if node.name == EVALUATION_DAY:
            return Day(Form((), Fraction((self.schema.on - EPOCH).days)))
        if node.name in PERIOD_NAMES:
            return Years(SPANS.get(node.name) or YEARS_BACK[node.name])
        return self._fact(Reference(node.name), node)

    def _path(self, node: nodes.Path) -> Value:
        source = self.value(node.source)
        match source:
            case Years(back=tuple() as years):
                return Listing(tuple(self._fact(Reference(node.name, y), node) for y in years))
            case Years(back=int() as year):
                return self._fact(Reference(node.name, year), node)
        return lifted(lambda one: calls.part(one, node.name), source)

    def _fact(self, fact: Reference, node: Node) -> Value:
        column = _column(fact, node, self.schema)
        one = Form(((column.name, Fraction(1, column.scale)),))
        match column.kind:
            case Kind.NUMBER:
                return Quantity(one)
            case Kind.DAY:
                return Day(one)
            case Kind.TEXT:
                return Words(column.name)
            case Kind.TRUTH:
                return Verdict(ir.Holds(column.name))

    def _comparison(self, sign: Sign, left: Node, right: Node, whole: Node) -> Formula:
        for one, other in ((left, right), (right, left)):
            if isinstance(other, nodes.Constant) and other.value is None:
                return self._null_test(sign, one, whole)
        return self._compared(sign, self.value(left), self.value(right), whole)

    def _compared(self, sign: Sign, left: Value, right: Value, whole: Node) -> Formula:
        try:
            return compare(sign, left, right, self.limits())
        except NotLinear as reason:
            raise NotColumnar(f"{reason}。", whole.at) from reason
        except TooLarge as reason:
            raise _too_large(whole) from reason

    def _null_test(self, sign: Sign, one: Node, whole: Node) -> Formula:
        facts = references(one)
        if sign not in {Sign.EQUAL, Sign.UNEQUAL} or len(facts) != 1 or not _is_fact(one):
            raise NotColumnar("只能判断某一项事实是否为空，请逐项判断。", whole.at)
        absent = ir.Absent(_column(facts[0], one, self.schema).name)
        return absent if sign is Sign.EQUAL else ir.opposite(absent)

    def _test(self, test: Node, subject: Node) -> Formula:
        """Return one test of the subject, whose value is bound to ``?``."""
        given = self.bound["?"]
        match test:
            case nodes.Constant(value=None):
                return self._null_test(Sign.EQUAL, subject, test)
            case nodes.UnaryComparison(sign=sign, operand=operand):
                return self._compared(sign, given, self.value(operand), test)
            case nodes.RangeLiteral():
                return self._within(given, test)
            case _ if any(part == nodes.Name("?") for part in walking.every(test)):
                return self.truth(test)
        return self._equals(given, self.value(test), test)

    def _within(self, given: Value, test: nodes.RangeLiteral) -> Formula:
        low = None if test.low is None else self.value(test.low)
        high = None if test.high is None else self.value(test.high)
        parts = []
        if low is not None:
            sign = Sign.AT_LEAST if test.low_included else Sign.GREATER
            parts.append(self._compared(sign, given, low, test))
        if high is not None:
            sign = Sign.AT_MOST if test.high_included else Sign.LESS
            parts.append(self._compared(sign, given, high, test))
        if low is None or high is None:
            return ir.every(*parts)
        # A range from high to low is null in FEEL, and so is every question about it.
        ascends = self._compared(Sign.AT_MOST, low, high, test)
        return ir.some(ir.every(ascends, *parts), ir.every(ir.opposite(ascends), ir.UNKNOWN))

    def _equals(self, given: Value, other: Value, node: Node) -> Formula:
        if isinstance(other, Listing):
            return ir.some(*(self._equals(given, item, node) for item in other.items))
        return self._compared(Sign.EQUAL, given, other, node)

    def _each(self, iterators: tuple[nodes.Iterator, ...], node: Node) -> Iterator["Lowering"]:
        """Yield the names in scope for each round, the first iterator outermost."""
        if not iterators:
            yield self
            return
        first, *others = iterators
        source = self.value(first.source)
        if first.last is not None or not isinstance(source, Listing):
            raise NotColumnar("按列计算时只能遍历近几年的事实或写明的列表。", node.at)
        for item in source.items:
            inner = Lowering(self.schema, {**self.bound, first.name: item})
            yield from inner._each(tuple(others), node)

    def _item(self, source: Value, place: Value, node: Node) -> Value:
        match source, place:
            case Listing(items=items), Quantity(upper=Form(terms=(), constant=number)):
                index = int(number) - 1 if number > 0 else int(number)
                if number == int(number) and -len(items) <= index < len(items):
                    return items[index]
        raise NotColumnar("列表只能按写明的、存在的序号取一项。", node.at)

    def _plain_truth(self, node: Node) -> Formula:
        if isinstance(node, nodes.Call) and not self._is_constant(node):
            return self._call_truth(node)
        if _is_fact(node) or isinstance(node, nodes.Constant) or self._is_constant(node):
            return _truth_of(self.value(node), node)
        raise NotColumnar("这个表达式不能按列计算，请拆成比较与 and、or、not。", node.at)

    def _call_truth(self, node: nodes.Call) -> Formula:
        name = node.function.name if isinstance(node.function, nodes.Name) else "?"
        arguments = tuple(map(self.value, node.arguments))
        match name, arguments:
            case "list contains", (Listing() as listed, one):
                return self._equals(one, listed, node)
            case ("all", (Listing(items=items),)) | ("all", items):
                return ir.every(*(_truth_of(item, node) for item in items))
            case ("any", (Listing(items=items),)) | ("any", items):
                return ir.some(*(_truth_of(item, node) for item in items))
        found = calls.ask(name, arguments)
        if found is None:
            raise NotColumnar(f"函数“{name}”不能按列计算，请换一种写法。", node.at)
        return found


def _column(fact: Reference, node: Node, schema: Schema) -> Column:
    found = schema.columns.get(fact)
    if found is None:
        raise NotColumnar(
            f"没有“{fact}”这一列；请核对名称，并确认该事项按年还是不按年记录。", node.at
        )
    return found


def _is_fact(node: Node) -> bool:
    return isinstance(node, nodes.Name | nodes.Path | nodes.Filter)


def _too_large(node: Node) -> NotColumnar:
    return NotColumnar(
        "计算中的数可能超出 64 位整数；请减少系数的小数位，或在事实目录中限定上限。", node.at
    )


def _truth_of(one: Value, node: Node) -> Formula:
    match one:
        case Verdict(formula=found):
            return found
        case Literal(value=None):
            return ir.UNKNOWN
        case Choice(test=test, yes=yes, no=no):
            return ir.choose(test, _truth_of(yes, node), _truth_of(no, node))
    raise NotColumnar("这里需要是或否（true、false），得到的是别的数据。", node.at)
