"""
What a decision table gives for the rules that match: its hit policy (DMN 1.5, 8.2.10).

A row is the outputs of one rule that matches, in the order of the columns. The result is a
value of FEEL: the output of a table with one column, a context of a table with several.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from jingkai.core.rules.feel import operators
from jingkai.core.rules.feel.problems import NoValue
from jingkai.core.rules.feel.scopes import Value

from .boxed import Aggregation, DecisionTable, HitPolicy

Row = Sequence[Value]
Rows = Sequence[tuple[int, Row]]
Rank = Callable[[Row], tuple[int, ...]]


def result(table: DecisionTable, rows: Rows, rank: Rank) -> Value:
    """
    Return the table's value for the rules that match, each with its number from 1.

    :param rank: the priority of a row by the order of the output values, the least first
    :raises NoValue: if the hit policy gives no value for them
    """
    return _POLICIES[table.hit_policy](table, rows, rank)


def _unique(table: DecisionTable, rows: Rows, _rank: Rank) -> Value:
    if len(rows) > 1:
        raise NoValue(f"命中策略为“唯一”（U），但{_numbers(rows)}同时命中，请使各行互斥。")
    return _value(table, rows[0][1])


def _any(table: DecisionTable, rows: Rows, _rank: Rank) -> Value:
    first = list(rows[0][1])
    if any(operators.equal(list(row), first) is not True for _, row in rows[1:]):
        raise NoValue(f"命中策略为“任一”（A），但命中的{_numbers(rows)}结果不同，请改为一致。")
    return _value(table, first)


def _first(table: DecisionTable, rows: Rows, _rank: Rank) -> Value:
    return _value(table, rows[0][1])


def _priority(table: DecisionTable, rows: Rows, rank: Rank) -> Value:
    return _value(table, min((row for _, row in rows), key=rank))


def _rule_order(table: DecisionTable, rows: Rows, _rank: Rank) -> Value:
    return [_value(table, row) for _, row in rows]


def _output_order(table: DecisionTable, rows: Rows, rank: Rank) -> Value:
    return [_value(table, row) for row in sorted((row for _, row in rows), key=rank)]


def _numbers(rows: Rows) -> str:
    return "第 " + "、".join(str(number) for number, _ in rows) + " 行"


def _value(table: DecisionTable, row: Row) -> Value:
    """Return a row as a value: the one output, or a context by the names of the columns."""
    if len(table.outputs) == 1:
        return row[0]
    return {output.name: value for output, value in zip(table.outputs, row, strict=True)}


def _collect(table: DecisionTable, rows: Rows, _rank: Rank) -> Value:
    values = [_value(table, row) for _, row in rows]
    match table.aggregation:
        case None:
            return values
        case Aggregation.COUNT:
            return Decimal(len(values))
        case Aggregation.SUM:
            return _fold(values, operators.add, "合计")
        case Aggregation.MIN:
            return _fold(values, _lesser, "最小")
        case Aggregation.MAX:
            return _fold(values, _greater, "最大")


def _fold(values: list[Value], pair: Callable[[Value, Value], Value], name: str) -> Value:
    total = values[0]
    for value in values[1:]:
        total = pair(total, value)
    if total is None or not isinstance(operators.compare(total, total), int):
        raise NoValue(f"汇总方式为“{name}”，但命中各行的结果不都是同一类的数，请检查输出列。")
    return total


def _lesser(one: Value, other: Value) -> Value:
    order = operators.compare(one, other)
    return None if order is None else one if order <= 0 else other


def _greater(one: Value, other: Value) -> Value:
    order = operators.compare(one, other)
    return None if order is None else one if order >= 0 else other


_POLICIES: dict[HitPolicy, Callable[[DecisionTable, Rows, Rank], Value]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.FIRST: _first,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _collect,
}


def default(table: DecisionTable, row: Row) -> Value:
    """Return the value where no rule matches and columns have defaults."""
    value = _value(table, row)
    return [value] if _gives_a_list(table) else value


def empty(table: DecisionTable) -> Value:
    """
    Return the value where no rule matches and no column has a default.

    A list is empty and a count is 0; any other table has no value (null).
    """
    if table.aggregation is Aggregation.COUNT:
        return Decimal(0)
    return [] if _gives_a_list(table) else None


def _gives_a_list(table: DecisionTable) -> bool:
    lists = {HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER}
    return table.hit_policy in lists and table.aggregation is None
