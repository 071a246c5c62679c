"""Boxed expressions into trees of DMN 1.5."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from .. import boxed, namespaces
from ..boxed import Boxed, DecisionTable, Described, FunctionKind, HitPolicy
from ..trees import Element

Part = TypeVar("Part")


def element(
    tag: str, described: Described, *, children: Iterable[Element] = (), **attributes: str
) -> Element:
    """Return an element with what every element may have; empty attributes are left out."""
    extensions = described.extensions
    own = {"id": described.id, "label": described.label, **attributes}
    return Element(
        namespaces.MODEL_TAG + tag,
        (*((name, value) for name, value in own.items() if value), *described.attributes),
        (
            *((text("description", described.description),) if described.description else ()),
            *((_tag("extensionElements", extensions),) if extensions else ()),
            *children,
        ),
    )


def text(tag: str, content: str) -> Element:
    """Return an element of DMN that holds a text."""
    return Element(namespaces.MODEL_TAG + tag, children=(content,) if content else ())


def _tag(tag: str, children: Iterable[Element]) -> Element:
    return Element(namespaces.MODEL_TAG + tag, children=tuple(children))


def optional(
    write: Callable[[str, Part], Element], tag: str, part: Part | None
) -> tuple[Element, ...]:
    """Return the element of a part, none where there is no part."""
    return () if part is None else (write(tag, part),)


def variable(tag: str, found: boxed.Variable) -> Element:
    """Return a variable, parameter or column."""
    return element(tag, found, name=found.name, typeRef=found.type)


def tests(tag: str, found: boxed.Tests) -> Element:
    """Return unary tests."""
    return element(
        tag,
        found,
        expressionLanguage=found.language,
        children=(text("text", found.feel.text),),
    )


def literal(tag: str, found: boxed.Literal) -> Element:
    """Return an expression in FEEL, also where DMN calls it an input expression or an entry."""
    content = found.feel.text
    return element(
        tag,
        found,
        typeRef=found.type,
        expressionLanguage=found.language,
        children=(text("text", content),) if content else (),
    )


def optional_expression(found: Boxed | None) -> tuple[Element, ...]:
    """Return an expression, none where there is none."""
    return () if found is None else (expression(found),)


def expression(found: Boxed) -> Element:
    """Return any expression."""
    return _WRITERS[type(found)](found)


def _literal(found: boxed.Literal) -> Element:
    return literal("literalExpression", found)


def _context(found: boxed.Context) -> Element:
    children = tuple(map(_entry, found.entries))
    return element("context", found, typeRef=found.type, children=children)


def _items(found: boxed.ListOf) -> Element:
    return _list("list", found)


def _function(found: boxed.Function) -> Element:
    return function("functionDefinition", found)


def _conditional(found: boxed.Conditional) -> Element:
    parts = {"if": found.test, "then": found.yes, "else": found.no}
    return _with_parts("conditional", found, parts)


def _filter(found: boxed.Filter) -> Element:
    return _with_parts("filter", found, {"in": found.source, "match": found.match})


def _for(found: boxed.For) -> Element:
    parts = {"in": found.source, "return": found.body}
    return _with_parts("for", found, parts, iteratorVariable=found.variable)


def _quantified(found: boxed.Quantified) -> Element:
    parts = {"in": found.source, "satisfies": found.test}
    return _with_parts(found.kind, found, parts, iteratorVariable=found.variable)


def _with_parts(
    tag: str, found: Boxed, parts: Mapping[str, Boxed | None], **attributes: str
) -> Element:
    children = tuple(_tag(name, optional_expression(part)) for name, part in parts.items())
    return element(tag, found, typeRef=found.type, **attributes, children=children)


def function(tag: str, found: boxed.Function) -> Element:
    """Return a function definition, or the encapsulated logic of a knowledge model."""
    return element(
        tag,
        found,
        typeRef=found.type,
        kind="" if found.kind is FunctionKind.FEEL else found.kind.value,
        children=(
            *(variable("formalParameter", each) for each in found.parameters),
            *optional_expression(found.body),
        ),
    )


def _entry(found: boxed.Entry) -> Element:
    return element(
        "contextEntry",
        found,
        children=(
            *optional(variable, "variable", found.variable),
            *optional_expression(found.value),
        ),
    )


def _list(tag: str, found: boxed.ListOf) -> Element:
    children = tuple(map(expression, found.items))
    return element(tag, found, typeRef=found.type, children=children)


def _relation(found: boxed.Relation) -> Element:
    return element(
        "relation",
        found,
        typeRef=found.type,
        children=(
            *(variable("column", column) for column in found.columns),
            *(_list("row", row) for row in found.rows),
        ),
    )


def _invocation(found: boxed.Invocation) -> Element:
    return element(
        "invocation",
        found,
        typeRef=found.type,
        children=(*optional_expression(found.function), *map(_binding, found.bindings)),
    )


def _binding(found: boxed.Binding) -> Element:
    parameter = variable("parameter", found.parameter)
    return _tag("binding", (parameter, *optional_expression(found.value)))


def _table(found: DecisionTable) -> Element:
    return element(
        "decisionTable",
        found,
        typeRef=found.type,
        hitPolicy="" if found.hit_policy is HitPolicy.UNIQUE else found.hit_policy.value,
        aggregation=found.aggregation.value if found.aggregation else "",
        preferredOrientation=found.orientation,
        outputLabel=found.output_label,
        children=(
            *map(_input, found.inputs),
            *map(_output, found.outputs),
            *(
                Element(f"{namespaces.MODEL_TAG}annotation", (("name", name),))
                for name in found.annotations
            ),
            *map(_rule, found.rules),
        ),
    )


def _input(found: boxed.Input) -> Element:
    return element(
        "input",
        found,
        children=(
            literal("inputExpression", found.expression),
            *optional(tests, "inputValues", found.values),
        ),
    )


def _output(found: boxed.Output) -> Element:
    return element(
        "output",
        found,
        name=found.name,
        typeRef=found.type,
        children=(
            *optional(tests, "outputValues", found.values),
            *optional(literal, "defaultOutputEntry", found.default),
        ),
    )


def _rule(found: boxed.Rule) -> Element:
    return element(
        "rule",
        found,
        children=(
            *(tests("inputEntry", cell) for cell in found.tests),
            *(literal("outputEntry", cell) for cell in found.outputs),
            *(_tag("annotationEntry", (text("text", note),)) for note in found.annotations),
        ),
    )


_WRITERS: dict[type[Boxed], Callable[[Any], Element]] = {
    boxed.Literal: _literal,
    DecisionTable: _table,
    boxed.Context: _context,
    boxed.ListOf: _items,
    boxed.Relation: _relation,
    boxed.Function: _function,
    boxed.Invocation: _invocation,
    boxed.Conditional: _conditional,
    boxed.Filter: _filter,
    boxed.For: _for,
    boxed.Quantified: _quantified,
}
