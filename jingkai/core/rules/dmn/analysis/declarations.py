"""Where the tables of a model stand, and what the model says there of the names they ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from jingkai.core.rules.dmn import boxed
from jingkai.core.rules.dmn.boxed import Boxed, DecisionTable, Input, Tests, Variable
from jingkai.core.rules.dmn.items import Types
from jingkai.core.rules.dmn.model import Decision, InputData, KnowledgeModel, Model, required
from jingkai.core.rules.feel import nodes, types
from jingkai.core.rules.feel.temporal import Date, DayTimeDuration, YearMonthDuration
from jingkai.core.rules.feel.types import FeelType

from .axes import Kind
from .grids import Declared

Names = Mapping[str, str]  # the types of the names in scope
KINDS: Mapping[FeelType, Kind] = {
    types.NUMBER: Decimal,
    types.STRING: str,
    types.BOOLEAN: bool,
    types.DATE: Date,
    types.DAYS_AND_TIME_DURATION: DayTimeDuration,
    types.YEARS_AND_MONTHS_DURATION: YearMonthDuration,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A table, the element that it belongs to, and the types of the names it may use."""

    element: str
    table: DecisionTable
    names: Names


def tables(model: Model) -> Iterator[Standing]:
    """Yield the tables of a model, wherever they stand in its boxed expressions."""
    for element in model.elements:
        if isinstance(element, Decision | KnowledgeModel):
            names = {
                needed.name: needed.variable.type
                for _, home, needed in required(model, element)
                if home is model and isinstance(needed, Decision | InputData)
            }
            for table, inner in _inside(element.logic, names):
                yield Standing(element=element.name, table=table, names=inner)


def declared(types_: Types, names: Names, column: Input) -> Declared:
    """Return what a model says of a column: by its own type, and by that of the name it asks."""
    written = [column.expression.type, *_type_of(types_, names, column.expression.feel.node)]
    found = [types_.type(name) or types.ANY for name in written]
    kinds = [KINDS.get(each) for each in found if each != types.ANY]
    return Declared(
        kind=kinds[0] if kinds else None,
        is_single=None not in kinds,
        allowed=tuple(tests for name in written for tests in _restrictions(types_, name)),
    )


def _type_of(types_: Types, names: Names, node: nodes.Node | None) -> list[str]:
    match node:
        case nodes.Name(name=name) if names.get(name):
            return [names[name]]
        case nodes.Path(source=nodes.Name(name=source), name=name) if names.get(source):
            _, item = types_.find(names[source])
            inside = item.components if item else ()
            return [each.type for each in inside if each.name == name and not each.is_collection]
        case _:
            return []


def _restrictions(types_: Types, name: str) -> Iterator[Tests]:
    """Yield all that restricts values of a named type, also through the types it builds on."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        types_, item = types_.find(name)
        if item is None or item.is_collection or item.components:
            return
        yield from (tests for tests in (item.allowed, item.constraint) if tests is not None)
        name = item.type


def _inside(expression: object, names: Names) -> Iterator[tuple[DecisionTable, Names]]:
    match expression:
        case DecisionTable():
            yield expression, names
        case boxed.Context(entries=entries):
            inner = dict(names)
            for entry in entries:
                yield from _inside(entry.value, inner)
                inner |= _typed(entry.variable)
        case boxed.Function(parameters=parameters, body=body):
            formal = {each.name: each.type for each in parameters}
            yield from _inside(body, {**names, **formal})
        case boxed.For() | boxed.Quantified() | boxed.Filter():
            yield from _below(expression, {})  # names of the items stand before all others
        case Boxed() | boxed.Binding():
            yield from _below(expression, names)


def _below(
    expression: Boxed | boxed.Binding, names: Names
) -> Iterator[tuple[DecisionTable, Names]]:
    for each in fields(expression):
        value = getattr(expression, each.name)
        for part in value if isinstance(value, tuple) else (value,):
            yield from _inside(part, names)


def _typed(variable: Variable | None) -> dict[str, str]:
    return {} if variable is None else {variable.name: variable.type}
