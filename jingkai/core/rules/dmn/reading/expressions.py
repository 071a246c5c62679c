"""Boxed expressions out of XML (DMN 1.5, 7.3 and 10.2)."""

from collections.abc import Callable

from .. import boxed, parts
from ..boxed import Boxed, FunctionKind
from ..parts import Place, common, normal, type_name
from ..trees import Element
from .tables import decision_table, literal

_Reader = Callable[[Element, Place], Boxed]


def expression_in(element: Element | None, place: Place) -> Boxed | None:
    """Return the expression that stands inside an element; None where there is none."""
    inside = None if element is None else element.first(*_READERS)
    return None if inside is None else expression(inside, place)


def expression(element: Element, place: Place) -> Boxed:
    """Return the expression that the element is."""
    return _READERS[element.name](element, place)


def function(element: Element, place: Place) -> boxed.Function:
    """Return a function definition, or the encapsulated logic of a knowledge model."""
    parameters = tuple(parts.variable(e, place) for e in element.all("formalParameter"))
    inside = place.knowing(each.name for each in parameters)
    return boxed.Function(
        type=_type(element, place),
        kind=_kind(element, place),
        parameters=parameters,
        body=expression_in(element, inside),
        **common(element, "kind"),
    )


def _kind(element: Element, place: Place) -> FunctionKind:
    written = element.get("kind")
    if written in {"F", "FEEL", ""}:
        return FunctionKind.FEEL
    if written in {"J", "Java"}:
        return FunctionKind.JAVA
    if written in {"P", "PMML"}:
        return FunctionKind.PMML
    place.fault(element.line, f"函数的 kind 为“{written}”，应为 FEEL、Java 或 PMML。")
    return FunctionKind.FEEL


def _type(element: Element, place: Place) -> str:
    return type_name(element.get("typeRef"), place)


def _context(element: Element, place: Place) -> boxed.Context:
    entries: list[boxed.Entry] = []
    for number, child in enumerate(element.all("contextEntry"), start=1):
        entry, place = _entry(child, place, number)
        entries.append(entry)
    return boxed.Context(type=_type(element, place), entries=tuple(entries), **common(element))


def _entry(element: Element, place: Place, number: int) -> tuple[boxed.Entry, Place]:
    """Return an entry, and the place where the following entries know its name."""
    named = element.first("variable")
    variable = None if named is None else parts.variable(named, place)
    name = "" if variable is None else variable.name
    inside = place.step(f"contextEntry {name or number}")
    # A function may call itself by the name of its entry.
    knowing = inside.knowing([name]) if element.first("functionDefinition") else inside
    entry = boxed.Entry(
        variable=variable, value=expression_in(element, knowing), **common(element)
    )
    return entry, place.knowing([name]) if name else place


def _list(element: Element, place: Place) -> boxed.ListOf:
    children = element.all(*_READERS)
    return boxed.ListOf(
        type=_type(element, place),
        items=tuple(
            expression(child, place.step(f"list {number}"))
            for number, child in enumerate(children, start=1)
        ),
        **common(element),
    )


def _relation(element: Element, place: Place) -> boxed.Relation:
    columns = tuple(parts.variable(e, place) for e in element.all("column"))
    rows = tuple(
        _list(row, place.step(f"row {number}"))
        for number, row in enumerate(element.all("row"), start=1)
    )
    for number, row in enumerate(rows, start=1):
        if len(row.items) != len(columns):
            place.fault(
                row.line,
                f"关系第 {number} 行有 {len(row.items)} 格，表头有 {len(columns)} 列，请补齐。",
            )
    return boxed.Relation(
        type=_type(element, place), columns=columns, rows=rows, **common(element)
    )


def _invocation(element: Element, place: Place) -> boxed.Invocation:
    return boxed.Invocation(
        type=_type(element, place),
        function=expression_in(element, place),
        bindings=tuple(_binding(child, place) for child in element.all("binding")),
        **common(element),
    )


def _binding(element: Element, place: Place) -> boxed.Binding:
    named = element.first("parameter")
    parameter = boxed.Variable(name="") if named is None else parts.variable(named, place)
    inside = place.step(f"binding {parameter.name}")
    if not parameter.name:
        inside.fault(element.line, "绑定没有参数名，请写明 parameter 的 name。")
    return boxed.Binding(parameter=parameter, value=expression_in(element, inside))


def _conditional(element: Element, place: Place) -> boxed.Conditional:
    return boxed.Conditional(
        type=_type(element, place),
        test=_child(element, "if", place),
        yes=_child(element, "then", place),
        no=_child(element, "else", place),
        **common(element),
    )


def _child(element: Element, name: str, place: Place) -> Boxed | None:
    inside = expression_in(element.first(name), place.step(name))
    if inside is None:
        place.step(name).fault(element.line, f"{element.name} 缺少 {name} 的表达式，请补上。")
    return inside


def _filter(element: Element, place: Place) -> boxed.Filter:
    return boxed.Filter(
        type=_type(element, place),
        source=_child(element, "in", place),
        match=_child(element, "match", place.knowing(["item"])),
        **common(element),
    )


def _for(element: Element, place: Place) -> boxed.For:
    name = normal(element.get("iteratorVariable"))
    return boxed.For(
        type=_type(element, place),
        variable=name,
        source=_child(element, "in", place),
        body=_child(element, "return", place.knowing([name, "partial"])),
        **common(element, "iteratorVariable"),
    )


def _quantified(element: Element, place: Place) -> boxed.Quantified:
    name = normal(element.get("iteratorVariable"))
    return boxed.Quantified(
        type=_type(element, place),
        kind="some" if element.name == "some" else "every",
        variable=name,
        source=_child(element, "in", place),
        test=_child(element, "satisfies", place.knowing([name])),
        **common(element, "iteratorVariable"),
    )


_READERS: dict[str, _Reader] = {
    "literalExpression": literal,
    "decisionTable": decision_table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": function,
    "invocation": _invocation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
}
