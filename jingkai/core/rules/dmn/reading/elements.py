"""The requirements graph out of XML: decisions, inputs, knowledge models, services, sources."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .. import parts
from ..boxed import Variable
from ..model import (
    Decision,
    DecisionService,
    FunctionItem,
    Import,
    InputData,
    KnowledgeModel,
    KnowledgeSource,
    Model,
    Named,
    Need,
    Requirement,
    in_order,
)
from ..parts import Place, common, normal, text_of, type_name
from ..trees import Element
from .expressions import expression_in, function

_CONTEXT = (
    *("supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner"),
    *("usingProcess", "usingTask"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Graph:
    """What a reference may mean: names by identity here, and the models imported."""

    namespace: str
    names: Mapping[str, str]
    imports: tuple[Import, ...]
    imported: Mapping[str, Model]

    def name_in_scope(self, href: str) -> str | None:
        """Return the name under which FEEL knows the element; None where there is none."""
        base, _, identity = href.rpartition("#")
        if base in {"", self.namespace}:
            return self.names.get(identity)
        model = self.imported.get(base)
        found = None if model is None else model.at(f"#{identity}")
        if found is None:
            return None
        name = next((e.name for e in self.imports if e.namespace == base), "")
        return name or found[1].name


def elements(
    root: Element, place: Place, imports: tuple[Import, ...], imported: Mapping[str, Model]
) -> tuple[Named, ...]:
    """Return the elements of the graph in the order of the file."""
    found = root.all(*_READERS)
    names: dict[str, str] = {}
    for element in found:
        identity, name = element.get("id"), normal(element.get("name"))
        inside = place.step(f"{element.name} {name}")
        if not name:
            inside.fault(element.line, "没有名称，请写明 name。")
        if identity and identity in names:
            inside.fault(element.line, f"id {identity} 重复，请改为唯一的 id。")
        names.setdefault(identity, name)
    graph = _Graph(
        namespace=root.get("namespace"), names=names, imports=imports, imported=imported
    )
    return tuple(
        _READERS[e.name](e, place.step(f"{e.name} {normal(e.get('name'))}"), graph) for e in found
    )


def function_item(element: Element, place: Place) -> FunctionItem:
    """Return the type of a function."""
    return FunctionItem(
        parameters=tuple(parts.variable(e, place) for e in element.all("parameters")),
        result=type_name(element.get("outputTypeRef"), place),
        **common(element, "outputTypeRef"),
    )


def _requirements(element: Element, place: Place, graph: _Graph) -> tuple[Requirement, ...]:
    return in_order(
        _requirement(child, place, graph) for child in element.all(*(need.value for need in Need))
    )


def _requirement(element: Element, place: Place, graph: _Graph) -> Requirement:
    roles = [e for e in element.elements if e.name.startswith("required")]
    role = roles[0] if roles else Element("requiredDecision", line=element.line)
    href = role.get("href").strip()
    if graph.name_in_scope(href) is None:
        place.fault(element.line, f"引用的元素 {href or '（空）'} 不存在，请删去或改正。")
    return Requirement(need=Need(element.name), role=role.name, href=href, **common(element))


def _names(requirements: Iterable[Requirement], graph: _Graph) -> set[str]:
    scoped = (e for e in requirements if e.need is not Need.AUTHORITY)
    return {name for e in scoped if (name := graph.name_in_scope(e.href))}


def _variable(element: Element, place: Place) -> Variable:
    name = normal(element.get("name"))
    inside = element.first("variable")
    found = (
        Variable(name=name) if inside is None else parts.variable(inside, place, otherwise=name)
    )
    if found.name != name:
        place.fault(found.line, f"变量名“{found.name}”与名称“{name}”不同，请改为一致。")
    return found


def _input_data(element: Element, place: Place, _graph: _Graph) -> InputData:
    return InputData(
        name=normal(element.get("name")), variable=_variable(element, place), **common(element)
    )


def _decision(element: Element, place: Place, graph: _Graph) -> Decision:
    requirements = _requirements(element, place, graph)
    return Decision(
        name=normal(element.get("name")),
        variable=_variable(element, place),
        question=text_of(element, "question"),
        answers=text_of(element, "allowedAnswers"),
        requirements=requirements,
        logic=expression_in(element, place.knowing(_names(requirements, graph))),
        context=element.all(*_CONTEXT),
        **common(element),
    )


def _knowledge_model(element: Element, place: Place, graph: _Graph) -> KnowledgeModel:
    requirements = _requirements(element, place, graph)
    name = normal(element.get("name"))
    logic = element.first("encapsulatedLogic")
    inside = place.knowing({*_names(requirements, graph), name})
    return KnowledgeModel(
        name=name,
        variable=_variable(element, place),
        requirements=requirements,
        logic=None if logic is None else function(logic, inside),
        **common(element),
    )


def _service(element: Element, place: Place, graph: _Graph) -> DecisionService:
    members = {
        role: tuple(child.get("href").strip() for child in element.all(role))
        for role in ("outputDecision", "encapsulatedDecision", "inputDecision", "inputData")
    }
    for role, hrefs in members.items():
        for href in hrefs:
            if graph.name_in_scope(href) is None:
                place.fault(element.line, f"{role} 引用的元素 {href} 不存在，请删去或改正。")
    if not members["outputDecision"]:
        place.fault(element.line, "决策服务没有输出决策，请至少写一个 outputDecision。")
    return DecisionService(
        name=normal(element.get("name")),
        variable=_variable(element, place),
        outputs=members["outputDecision"],
        encapsulated=members["encapsulatedDecision"],
        input_decisions=members["inputDecision"],
        inputs=members["inputData"],
        **common(element),
    )


def _source(element: Element, place: Place, graph: _Graph) -> KnowledgeSource:
    owner = element.first("owner")
    return KnowledgeSource(
        name=normal(element.get("name")),
        kind=text_of(element, "type"),
        location=element.get("locationURI"),
        owner="" if owner is None else owner.get("href"),
        requirements=_requirements(element, place, graph),
        **common(element, "locationURI"),
    )


_READERS: dict[str, Callable[[Element, Place, _Graph], Named]] = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge_model,
    "decisionService": _service,
    "knowledgeSource": _source,
}
