"""Boxed expressions, computed: each kind as DMN 1.5, 10.2.2 and 10.3.2 say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingkai.core.rules.feel import functions, interpreting, nodes
from jingkai.core.rules.feel.functions import Form
from jingkai.core.rules.feel.problems import NoValue
from jingkai.core.rules.feel.scopes import Scope, Value

from . import boxed, computing_tables
from .boxed import Boxed, DecisionTable, Feel, FunctionKind
from .items import Types
from .trees import Fault

MOST_NOTES = 200  # of one evaluation


@dataclass(slots=True, kw_only=True)
class Notes:
    """Why values are null: what went wrong, at which line of which element."""

    found: list[Fault] = field(default_factory=list)
    element: list[str] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        """Take down a sentence about the element that is being computed."""
        if len(self.found) < MOST_NOTES:
            self.found.append(Fault(line, self.element[-1] if self.element else "", sentence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Computing:
    """Computes the expressions of one model; ``types`` are the model's."""

    types: Types
    notes: Notes

    def value(self, expression: Boxed | None, scope: Scope) -> Value:
        """Return the value of an expression as one of its type; none is null."""
        if expression is None:
            return None
        found = self._computed(expression, scope)
        return self.fitted(found, expression.type, scope, expression.line)

    def fitted(self, value: Value, name: str, scope: Scope, line: int) -> Value:
        """Return the value as one of a type; null, with a note, where it is none."""
        try:
            return self.types.fit(value, name, scope)
        except NoValue as reason:
            self.notes.add(line, str(reason))
            return None

    def feel(self, feel: Feel, scope: Scope) -> Value:
        """Return the value of a text in FEEL."""
        if feel.fault is not None:
            self.notes.add(feel.fault.line, feel.fault.sentence)
        if feel.node is None:
            return None
        with _Noting(self, feel, scope):
            return interpreting.evaluate(feel.node, scope)

    def passes(self, feel: Feel, value: Value, scope: Scope) -> bool:
        """Return whether a value passes unary tests; null is no."""
        if feel.fault is not None:
            self.notes.add(feel.fault.line, feel.fault.sentence)
        if not isinstance(feel.node, nodes.UnaryTests):
            return False
        with _Noting(self, feel, scope):
            return interpreting.evaluate_tests(feel.node, value, scope) is True

    def function(self, definition: boxed.Function, scope: Scope, name: str = "") -> Value:
        """Return the value of a function definition: it closes over the scope."""
        names = [parameter.name for parameter in definition.parameters]

        def body(*arguments: Value) -> Value:
            if definition.kind is not FunctionKind.FEEL:
                raise NoValue(f"函数用 {definition.kind} 写成；外部代码不会执行。")
            inner = scope.child(dict(zip(names, arguments, strict=True)))
            return self.value(definition.body, inner)

        return self.callable(definition.parameters, body, name=name, scope=scope)

    def callable(
        self,
        parameters: Sequence[boxed.Variable],
        body: Callable[..., Value],
        *,
        name: str,
        scope: Scope,
        result: str = "",
    ) -> functions.Function:
        """Return a function of FEEL that checks its arguments against their types."""
        formal = tuple(self._parameter(each, scope) for each in parameters)
        form = Form(
            parameters=formal, body=body, result=self.types.type(result) if result else None
        )
        return functions.Function(forms=(form,), name=name)

    def _parameter(self, variable: boxed.Variable, scope: Scope) -> functions.Parameter:
        def fit(value: Value) -> Value:
            return self.types.fit(value, variable.type, scope)

        of = self.types.type(variable.type)
        return functions.Parameter(name=variable.name, type=of, fit=fit if variable.type else None)

    def _computed(self, expression: Boxed, scope: Scope) -> Value:
        scope.work.spend(1)
        return _RULES[type(expression)](self, expression, scope)


class _Noting:
    """A text is computed with its model's types; its problems become notes with their line."""

    def __init__(self, computing: Computing, feel: Feel, scope: Scope) -> None:
        self._notes = computing.notes
        self._feel = feel
        self._work = scope.work
        self._outer_types = scope.work.types
        self._types = computing.types.named
        self._trace = scope.work.trace
        self._before = len(self._trace or ())

    def __enter__(self) -> None:
        self._work.types = self._types

    def __exit__(self, *_raised: object) -> None:
        self._work.types = self._outer_types
        if self._trace is None:
            return
        found = self._trace[self._before :]
        del self._trace[self._before :]
        for problem in found:
            line = self._feel.line + self._feel.text.count("\n", 0, problem.at.start)
            self._notes.add(line, f"“{_shown(self._feel, problem.at)}”：{problem.message}")


def _shown(feel: Feel, at: nodes.Span) -> str:
    text = feel.text[at.start : at.end] or feel.text
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _literal(computing: Computing, expression: boxed.Literal, scope: Scope) -> Value:
    return computing.feel(expression.feel, scope)


def _list(computing: Computing, expression: boxed.ListOf, scope: Scope) -> Value:
    return [computing.value(item, scope) for item in expression.items]


def _context(computing: Computing, context: boxed.Context, scope: Scope) -> Value:
    values: dict[str, Value] = {}
    inner = scope.child(values)
    for entry in context.entries:
        if entry.variable is None:
            return computing.value(entry.value, inner)
        name, of = entry.variable.name, entry.variable.type
        if isinstance(entry.value, boxed.Function):
            found = computing.function(entry.value, inner, name)
        else:
            found = computing.value(entry.value, inner)
        values[name] = computing.fitted(found, of, scope, entry.line)
    return dict(values)


def _relation(computing: Computing, relation: boxed.Relation, scope: Scope) -> Value:
    return [
        {
            column.name: computing.fitted(
                computing.value(cell, scope), column.type, scope, cell.line
            )
            for column, cell in zip(relation.columns, row.items, strict=False)
        }
        for row in relation.rows
    ]


def _invocation(computing: Computing, invocation: boxed.Invocation, scope: Scope) -> Value:
    called = computing.value(invocation.function, scope)
    if not isinstance(called, functions.Function):
        computing.notes.add(invocation.line, "被调用的不是函数，请检查函数名和知识需求。")
        return None
    named = {
        binding.parameter.name: computing.value(binding.value, scope)
        for binding in invocation.bindings
    }
    try:
        with scope.work.call():
            return called.call_named(named, scope.work)
    except NoValue as reason:
        computing.notes.add(invocation.line, str(reason))
        return None


def _conditional(computing: Computing, expression: boxed.Conditional, scope: Scope) -> Value:
    test = computing.value(expression.test, scope)
    if test is not None and not isinstance(test, bool):
        computing.notes.add(expression.line, "if 的结果应为 true 或 false。")
        return None
    return computing.value(expression.yes if test else expression.no, scope)


def _items(computing: Computing, source: Boxed | None, scope: Scope) -> list[Value]:
    found = computing.value(source, scope)
    return found if isinstance(found, list) else [] if found is None else [found]


def _filter(computing: Computing, expression: boxed.Filter, scope: Scope) -> Value:
    kept: list[Value] = []
    for item in _items(computing, expression.source, scope):
        entries = item if isinstance(item, dict) else {}
        inner = scope.child({"item": item, **entries})
        matched = computing.value(expression.match, inner)
        if matched is not None and not isinstance(matched, bool):
            computing.notes.add(expression.line, "筛选条件的结果应为 true 或 false。")
            return None
        if matched:
            kept.append(item)
    return kept


def _for(computing: Computing, expression: boxed.For, scope: Scope) -> Value:
    results: list[Value] = []
    for item in _items(computing, expression.source, scope):
        inner = scope.child({expression.variable: item, "partial": list(results)})
        results.append(computing.value(expression.body, inner))
    return results


def _quantified(computing: Computing, expression: boxed.Quantified, scope: Scope) -> Value:
    decisive = expression.kind == "some"
    unknown = False
    for item in _items(computing, expression.source, scope):
        found = computing.value(expression.test, scope.child({expression.variable: item}))
        if found is not None and not isinstance(found, bool):
            computing.notes.add(expression.line, "satisfies 的结果应为 true 或 false。")
            return None
        if found is decisive:
            return decisive
        unknown = unknown or found is None
    return None if unknown else not decisive


# How each kind of expression is computed.
_RULES: dict[type[Boxed], Callable[[Computing, Any, Scope], Value]] = {
    boxed.Literal: _literal,
    DecisionTable: computing_tables.computed,
    boxed.Context: _context,
    boxed.ListOf: _list,
    boxed.Relation: _relation,
    boxed.Function: Computing.function,
    boxed.Invocation: _invocation,
    boxed.Conditional: _conditional,
    boxed.Filter: _filter,
    boxed.For: _for,
    boxed.Quantified: _quantified,
}
