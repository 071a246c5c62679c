"""
What is wrong with a model before anybody computes it, with the line and the way there.

Beside what the reader found: circles of requirements, types that nobody defines, and names in
FEEL that nothing in scope has. Inside a filter any name may be an entry of an item, so names
are not judged there.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from jingkai.core.rules.feel import nodes
from jingkai.core.rules.feel.builtins import FUNCTIONS
from jingkai.core.rules.feel.nodes import Node

from . import graph
from .boxed import Boxed, Feel, Output, Variable
from .items import Types
from .model import Decision, ItemDefinition, KnowledgeModel, Model
from .trees import DmnError, Fault

_ALWAYS = frozenset({"?", "item", "partial"})


def faults(model: Model) -> tuple[Fault, ...]:
    """Return all that is wrong, by line."""
    found = [*model.faults, *_circles(model), *_types(model), *_names(model)]
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: fault.line))


def _circles(model: Model) -> Iterator[Fault]:
    for element in model.elements:
        if isinstance(element, Decision | KnowledgeModel):
            try:
                graph.order(model, element, graph.Facts({}))
            except DmnError as circle:
                yield circle.fault
                return


def _types(model: Model) -> Iterator[Fault]:
    types = Types(model)
    for record in _records(model):
        match record:
            case Variable(name=name, type=of, line=line):
                pass
            case ItemDefinition(name=name, type=of, line=line):
                pass
            case Output(name=name, type=of, line=line):
                pass
            case Boxed(type=of, line=line):
                name = type(record).__name__
            case _:
                continue
        if types.type(of) is None:
            yield Fault(line, name, f"类型 {of} 没有定义，请添加该 itemDefinition 或改正类型名。")


def _names(model: Model) -> Iterator[Fault]:
    for record in _records(model):
        if isinstance(record, Feel) and record.node is not None:
            for name in _unknown(record.node, record.known.names | _ALWAYS):
                line = record.line + record.text.count("\n", 0, name.at.start)
                yield Fault(
                    line,
                    record.element,
                    f"不认识名称“{name.name}”，请检查写法，或补上对它的信息需求。",
                )


def _records(model: Model) -> Iterator[object]:
    """Yield all records of the model itself, without those of other models."""
    waiting: list[object] = [model.items, model.elements]
    while waiting:
        record = waiting.pop()
        if isinstance(record, tuple):
            waiting.extend(reversed(record))
        elif is_dataclass(record):
            yield record
            if not isinstance(record, Feel):
                inside = [getattr(record, each.name) for each in fields(record)]
                waiting.extend(reversed(inside))


def _unknown(root: Node, names: frozenset[str]) -> Iterator[nodes.Name]:
    """Yield the names in an expression that neither it nor its scope has."""
    waiting = [(root, names)]
    while waiting:
        node, known = waiting.pop()
        match node:
            case nodes.Name(name=name):
                if name not in known and name not in FUNCTIONS:
                    yield node
            case nodes.Filter(source=source):
                waiting.append((source, known))
            case nodes.FunctionDefinition(external=True) | nodes.TypeNode():
                pass
            case _:
                inner = known | _bound(node)
                waiting.extend((child, inner) for child in nodes.children(node))


def _bound(node: Node) -> frozenset[str]:
    match node:
        case nodes.For(iterators=iterators) | nodes.Quantified(iterators=iterators):
            return frozenset(iterator.name for iterator in iterators)
        case nodes.FunctionDefinition(parameters=parameters):
            return frozenset(parameter.name for parameter in parameters)
        case nodes.ContextLiteral(entries=entries):
            return frozenset(name for name, _ in entries)
        case _:
            return frozenset()
