"""
Decision models out of XML: DMN 1.1 to 1.6.

A file that is no model raises :class:`DmnError`; whatever is wrong inside one is a fault of the
model, so that its other decisions can still be read, shown and computed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jingkai.core.rules.feel.known import Known

from .. import namespaces, parts, trees
from ..model import Import, ItemDefinition, Model
from ..parts import Place, common, normal
from ..trees import DmnError, Document, Element, Fault
from . import elements
from .tables import tests_in

_WORD = re.compile(r"\w+")
_KEY = re.compile(r"""[{,]\s{0,20}"?([^\W\d][^{}\[\]",:()<>=]{0,100}?)"?\s{0,20}:""")
_TEXT = namespaces.MODEL_TAG + "text"
_OTHERS = (
    ("textAnnotation", "association", "group"),
    ("elementCollection",),
    ("performanceIndicator", "organizationUnit"),
)


def read(xml: bytes, *, imported: Mapping[str, Model] | None = None) -> Model:
    """
    Return the model of a file; ``imported`` holds the models it imports, by namespace.

    :raises DmnError: if the file is no DMN model, or one that must not be read
    """
    return _model(trees.parse(xml), imported or {})


def read_together(files: Mapping[str, bytes]) -> dict[str, Model]:
    """
    Return the model of each file, by its name, with imports among the files resolved.

    :raises DmnError: if a file is no model, two have one namespace, or imports form a circle
    """
    documents = {name: trees.parse(xml) for name, xml in files.items()}
    owners: dict[str, str] = {}
    for name, document in documents.items():
        namespace = document.root.get("namespace")
        other = owners.setdefault(namespace, name)
        if other != name:
            raise DmnError(
                Fault(0, name, f"与 {other} 的命名空间相同（{namespace}），请改其中一个。")
            )
    models: dict[str, Model] = {}
    for name in _by_imports(documents, owners):
        known = {model.namespace: model for model in models.values()}
        models[name] = _model(documents[name], known)
    return {name: models[name] for name in files}


def _by_imports(documents: Mapping[str, Document], owners: Mapping[str, str]) -> list[str]:
    """Return the names of the files, each after those it imports."""
    waiting = {
        name: {
            owners[each.get("namespace")]
            for each in document.root.all("import")
            if each.get("namespace") in owners
        }
        for name, document in documents.items()
    }
    order: list[str] = []
    while waiting:
        free = [name for name, needs in waiting.items() if needs <= set(order)]
        if not free:
            circle = "、".join(sorted(waiting))
            raise DmnError(Fault(0, circle, "这些模型互相引用成环，请拆开其中的 import。"))
        order += free
        waiting = {name: needs for name, needs in waiting.items() if name not in free}
    return order


def _model(document: Document, available: Mapping[str, Model]) -> Model:
    root = document.root
    name = normal(root.get("name"))
    faults: list[Fault] = []
    place = Place(path=name, known=Known(), faults=faults, prefixes=document.prefixes)
    imports = tuple(_import(element, place, available) for element in root.all("import"))
    imported = _reachable(imports, available)
    names = _field_names(root).union(*(model.field_names for model in imported.values()))
    place = replace(
        place,
        known=Known(fields=names),
        models={**{e.namespace: e.name for e in imports}, root.get("namespace"): ""},
    )
    return Model(
        name=name,
        namespace=root.get("namespace"),
        language=_other_language(root, place),
        exporter=root.get("exporter"),
        exporter_version=root.get("exporterVersion"),
        prefixes=document.prefixes,
        imports=imports,
        items=tuple(_item(child, place) for child in root.all("itemDefinition")),
        elements=elements.elements(root, place, imports, imported),
        others=_others(root),
        version=document.version,
        faults=tuple(faults),
        imported=imported,
        field_names=names,
        **common(
            root,
            *("namespace", "expressionLanguage", "typeLanguage", "exporter", "exporterVersion"),
        ),
    )


def _other_language(root: Element, place: Place) -> str:
    language = root.get("expressionLanguage")
    if namespaces.is_feel(language):
        return ""
    place.fault(root.line, f"模型的表达式语言为 {language}，将按 FEEL 读取；请核对各表达式。")
    return language


def _import(element: Element, place: Place, available: Mapping[str, Model]) -> Import:
    found = Import(
        name=normal(element.get("name")),
        namespace=element.get("namespace"),
        kind=namespaces.raised(element.get("importType")),
        location=element.get("locationURI"),
        **common(element, "namespace", "importType", "locationURI"),
    )
    is_model = found.kind == namespaces.MODEL
    if is_model and found.namespace not in available:
        place.step(f"import {found.name}").fault(
            element.line, f"未找到命名空间为 {found.namespace} 的模型，请一并提供该文件。"
        )
    return found


def _reachable(imports: Iterable[Import], available: Mapping[str, Model]) -> dict[str, Model]:
    return {e.namespace: available[e.namespace] for e in imports if e.namespace in available}


def _field_names(root: Element) -> frozenset[str]:
    """
    Return the names that may follow a dot: of elements, and of what looks like a key in a text.

    Only those of several words or signs: one of a single word needs no scope to be read.
    """
    found: set[str] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found.add(normal(element.get("name")))
        if element.tag == _TEXT:
            found.update(map(normal, _KEY.findall(element.text)))
        waiting.extend(element.elements)
    return frozenset(name for name in found if name and not _WORD.fullmatch(name))


def _item(element: Element, place: Place) -> ItemDefinition:
    name = normal(element.get("name"))
    inside = place.step(f"itemDefinition {name}")
    function = element.first("functionItem")
    return ItemDefinition(
        name=name,
        type=parts.type_name(parts.text_of(element, "typeRef"), place),
        allowed=tests_in(element, "allowedValues", inside),
        constraint=tests_in(element, "typeConstraint", inside),
        components=tuple(_item(child, inside) for child in element.all("itemComponent")),
        function=None if function is None else elements.function_item(function, inside),
        is_collection=element.get("isCollection") in {"true", "1"},
        **common(element, "typeLanguage", "isCollection"),
    )


def _others(root: Element) -> tuple[Element, ...]:
    drawings = [e for e in root.elements if e.tag.startswith(f"{{{namespaces.DIAGRAMS}}}")]
    return (*(e for names in _OTHERS for e in root.all(*names)), *drawings)
