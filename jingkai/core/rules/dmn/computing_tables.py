"""Decision tables, computed: inputs, rules that match, outputs (DMN 1.5, 8.3 and 10.3.2.8)."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from jingkai.core.rules.feel import interpreting, nodes
from jingkai.core.rules.feel.problems import NoValue
from jingkai.core.rules.feel.scopes import Scope, Value

from . import boxed, tables
from .boxed import DecisionTable, HitPolicy

if TYPE_CHECKING:
    from .computing import Computing


def computed(computing: "Computing", table: DecisionTable, scope: Scope) -> Value:
    """Return the value of a table; null, with a note, where its hit policy gives none."""
    try:
        _check(table)
        given = [_input(computing, column, scope) for column in table.inputs]
        matching = (
            (number, _row(computing, table, rule, scope))
            for number, rule in enumerate(table.rules, start=1)
            if _matches(computing, rule, given, scope)
        )
        only_first = table.hit_policy is HitPolicy.FIRST
        rows = list(islice(matching, 1 if only_first else None))
        if not rows:
            return _default(computing, table, scope)
        return tables.result(table, rows, lambda row: rank(computing, table, row, scope))
    except NoValue as reason:
        computing.notes.add(table.line, str(reason))
        return None


def _check(table: DecisionTable) -> None:
    """A rule with a broken condition must not pass for one that does not match."""
    for number, rule in enumerate(table.rules, start=1):
        if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            raise NoValue(f"第 {number} 行的格数与表头不一致，请补齐。")
        for cell in rule.tests:
            if cell.feel.fault is not None:
                raise NoValue(f"第 {number} 行的条件写错了：{cell.feel.fault.sentence}")


def _input(computing: "Computing", column: boxed.Input, scope: Scope) -> Value:
    value = computing.value(column.expression, scope)
    values = column.values
    if value is not None and values is not None and not _holds(computing, values, value, scope):
        raise NoValue(
            f"输入“{column.expression.feel.text.strip()}”的值不在"
            f"允许的范围内：{values.feel.text.strip()}。"
        )
    return value


def _holds(computing: "Computing", values: boxed.Tests, value: Value, scope: Scope) -> bool:
    each = value if isinstance(value, list) else [value]
    return computing.passes(values.feel, value, scope) or all(
        computing.passes(values.feel, item, scope) for item in each
    )


def _matches(
    computing: "Computing", rule: boxed.Rule, given: Sequence[Value], scope: Scope
) -> bool:
    scope.work.spend(1)
    return all(
        computing.passes(cell.feel, value, scope)
        for cell, value in zip(rule.tests, given, strict=True)
    )


def _row(
    computing: "Computing", table: DecisionTable, rule: boxed.Rule, scope: Scope
) -> list[Value]:
    return [
        _output(computing, column, cell, scope)
        for column, cell in zip(table.outputs, rule.outputs, strict=True)
    ]


def _output(
    computing: "Computing", column: boxed.Output, cell: boxed.Literal, scope: Scope
) -> Value:
    return computing.fitted(computing.value(cell, scope), column.type, scope, cell.line)


def _default(computing: "Computing", table: DecisionTable, scope: Scope) -> Value:
    if all(output.default is None for output in table.outputs):
        return tables.empty(table)
    row = [
        None if column.default is None else _output(computing, column, column.default, scope)
        for column in table.outputs
    ]
    return tables.default(table, row)


def rank(
    computing: "Computing", table: DecisionTable, row: Sequence[Value], scope: Scope
) -> tuple[int, ...]:
    """Return the priority of a row by the order of the output values, the least first."""
    return tuple(
        _priority(computing, table, column, value, scope)
        for column, value in zip(table.outputs, row, strict=True)
    )


def _priority(
    computing: "Computing", table: DecisionTable, column: boxed.Output, value: Value, scope: Scope
) -> int:
    """Return where a value stands in the order of its column; without one, all are equal."""
    tests = _tests(column.values or _type_values(computing, table, column))
    for place, test in enumerate(tests):
        with scope.work.silence():
            passes = interpreting.evaluate_tests(nodes.UnaryTests((test,)), value, scope)
        if passes is True:
            return place
    return len(tests)


def _type_values(
    computing: "Computing", table: DecisionTable, column: boxed.Output
) -> boxed.Tests | None:
    named = computing.types.component(table.type, column.name) if column.name else None
    return computing.types.allowed(column.type) or named or computing.types.allowed(table.type)


def _tests(values: boxed.Tests | None) -> tuple[nodes.Node, ...]:
    node = None if values is None else values.feel.node
    return node.tests if isinstance(node, nodes.UnaryTests) else ()
