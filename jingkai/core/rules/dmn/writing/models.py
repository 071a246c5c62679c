"""
Decision models into XML of DMN 1.5, in the order its schema asks for.

Reading what was written gives the model again: with extension elements, attributes of other
tools, text annotations, knowledge sources and the drawing. Dropped are comments, the places of
schemas, and identities of what is no record of ours: the wrappers ``if``, ``in``, ``binding``.
"""

from collections.abc import Iterable

from .. import namespaces, trees
from ..boxed import Variable
from ..model import (
    Decision,
    DecisionService,
    FunctionItem,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    KnowledgeSource,
    Model,
    Named,
    Requirement,
    in_order,
)
from ..trees import Element
from . import expressions
from .expressions import element, optional, text, variable


def write(model: Model) -> bytes:
    """
    Return the model as a file of DMN 1.5.

    :raises DmnError: if a text holds a character that XML cannot hold
    """
    return trees.serialize(definitions(model), model.prefixes)


def definitions(model: Model) -> Element:
    """Return the model as a tree."""
    return element(
        "definitions",
        model,
        name=model.name,
        namespace=model.namespace,
        expressionLanguage=model.language,
        exporter=model.exporter,
        exporterVersion=model.exporter_version,
        children=(
            *map(_import, model.imports),
            *(_item(item, "itemDefinition") for item in model.items),
            *map(_graph_element, model.elements),
            *model.others,
        ),
    )


def _import(found: Import) -> Element:
    return element(
        "import",
        found,
        name=found.name,
        namespace=found.namespace,
        importType=found.kind or namespaces.MODEL,
        locationURI=found.location,
    )


def _item(item: ItemDefinition, tag: str) -> Element:
    return element(
        tag,
        item,
        name=item.name,
        isCollection="true" if item.is_collection else "",
        children=(
            *((text("typeRef", item.type),) if item.type else ()),
            *optional(expressions.tests, "allowedValues", item.allowed),
            *optional(expressions.tests, "typeConstraint", item.constraint),
            *(_item(component, "itemComponent") for component in item.components),
            *((_function_item(item.function),) if item.function else ()),
        ),
    )


def _function_item(function: FunctionItem) -> Element:
    return element(
        "functionItem",
        function,
        outputTypeRef=function.result,
        children=tuple(variable("parameters", each) for each in function.parameters),
    )


def _graph_element(found: Named) -> Element:
    match found:
        case InputData():
            own = _own_variable(found.variable)
            return element("inputData", found, name=found.name, children=own)
        case Decision():
            return _decision(found)
        case KnowledgeModel():
            return _knowledge_model(found)
        case DecisionService():
            return _service(found)
        case KnowledgeSource():
            return _source(found)
        case _:
            raise TypeError(type(found))


def _own_variable(found: Variable) -> tuple[Element, ...]:
    return (variable("variable", found),)


def _decision(found: Decision) -> Element:
    return element(
        "decision",
        found,
        name=found.name,
        children=(
            *((text("question", found.question),) if found.question else ()),
            *((text("allowedAnswers", found.answers),) if found.answers else ()),
            *_own_variable(found.variable),
            *_requirements(found.requirements),
            *found.context,
            *expressions.optional_expression(found.logic),
        ),
    )


def _knowledge_model(found: KnowledgeModel) -> Element:
    logic = found.logic
    return element(
        "businessKnowledgeModel",
        found,
        name=found.name,
        children=(
            *_own_variable(found.variable),
            *((expressions.function("encapsulatedLogic", logic),) if logic else ()),
            *_requirements(found.requirements),
        ),
    )


def _service(found: DecisionService) -> Element:
    return element(
        "decisionService",
        found,
        name=found.name,
        children=(
            *_own_variable(found.variable),
            *_references("outputDecision", found.outputs),
            *_references("encapsulatedDecision", found.encapsulated),
            *_references("inputDecision", found.input_decisions),
            *_references("inputData", found.inputs),
        ),
    )


def _source(found: KnowledgeSource) -> Element:
    return element(
        "knowledgeSource",
        found,
        name=found.name,
        locationURI=found.location,
        children=(
            *_requirements(found.requirements),
            *((text("type", found.kind),) if found.kind else ()),
            *(_references("owner", (found.owner,)) if found.owner else ()),
        ),
    )


def _references(tag: str, hrefs: Iterable[str]) -> tuple[Element, ...]:
    return tuple(_reference(tag, href) for href in hrefs)


def _reference(tag: str, href: str) -> Element:
    return Element(namespaces.MODEL_TAG + tag, (("href", href),))


def _requirements(requirements: Iterable[Requirement]) -> tuple[Element, ...]:
    return tuple(
        element(each.need.value, each, children=(_reference(each.role, each.href),))
        for each in in_order(requirements)
    )
