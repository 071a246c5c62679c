"""What readers of DMN share: where they stand, what FEEL may name there, what was wrong so far."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict

from jingkai.core.rules.feel.errors import FeelSyntaxError
from jingkai.core.rules.feel.known import Known
from jingkai.core.rules.feel.nodes import Node
from jingkai.core.rules.feel.parsing import parse_expression, parse_unary_tests

from . import namespaces
from .boxed import Feel, Variable
from .trees import Element, Fault

_SPACE = re.compile(r"\s+")
# What the reader takes up itself, or drops: the place of a schema of another version.
_OWN = frozenset({"id", "label", "name", "typeRef"})
_DROPPED = f"{{{namespaces.SCHEMA_INSTANCE}}}schemaLocation"


class Common(TypedDict):
    """What ``Described`` takes."""

    id: str
    label: str
    description: str
    extensions: tuple[Element, ...]
    attributes: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the file: its path for people, the names in scope, and the list of faults."""

    path: str
    known: Known
    faults: list[Fault]
    prefixes: tuple[tuple[str, str], ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)  # by namespace; "" is this one

    def step(self, name: str) -> "Place":
        """Return the place one step further in."""
        return replace(self, path=f"{self.path} › {name}")

    def knowing(self, names: Iterable[str]) -> "Place":
        """Return the same place, where FEEL may use these names too."""
        return replace(self, known=Known(self.known.names | frozenset(names), self.known.fields))

    def fault(self, line: int, sentence: str) -> Fault:
        """Take down that something is wrong here, and return it."""
        found = Fault(line, self.path, sentence)
        self.faults.append(found)
        return found


def normal(name: str) -> str:
    """Return a name with one space between its parts."""
    return _SPACE.sub(" ", name).strip()


def common(element: Element, *own: str) -> Common:
    """Return what every element may have; ``own`` are attributes that the caller reads."""
    description = element.first("description")
    extensions = element.first("extensionElements")
    taken = _OWN.union(own)
    rest = [pair for pair in element.attributes if pair[0] not in taken]
    return Common(
        id=element.get("id"),
        label=element.get("label"),
        description="" if description is None else description.text,
        extensions=() if extensions is None else extensions.elements,
        attributes=tuple(pair for pair in rest if pair[0] != _DROPPED),
        line=element.line,
    )


def type_name(written: str, place: Place) -> str:
    """Return a type as DMN 1.5 names it: DMN 1.1 wrote qualified names, as ``feel:string``."""
    prefix, colon, local = written.strip().partition(":")
    if not colon:
        return normal(written)
    uri = dict(place.prefixes).get(prefix, "")
    if uri == namespaces.FEEL or prefix == "feel":
        return normal(local)
    if uri not in place.models:
        return normal(written)
    name = place.models[uri]
    return f"{name}.{normal(local)}" if name else normal(local)


def variable(element: Element, place: Place, otherwise: str = "") -> Variable:
    """Return a variable, parameter or column; ``otherwise`` is its name where it has none."""
    name = normal(element.get("name")) or otherwise
    return Variable(name=name, type=type_name(element.get("typeRef"), place), **common(element))


def text_of(element: Element | None, name: str = "text") -> str:
    """Return the text of an element inside, empty where it is absent."""
    inside = None if element is None else element.first(name)
    return "" if inside is None else inside.text


def feel(element: Element, place: Place, *, tests: bool = False) -> Feel:
    """Return the element's text, parsed where it is FEEL; an error is a fault of this place."""
    inside = element.first("text")
    text = "" if inside is None else inside.text
    line = element.line if inside is None else inside.line
    language = element.get("expressionLanguage")
    node, fault = None, None
    if not namespaces.is_feel(language):
        fault = place.fault(line, f"表达式语言为 {language}，只能计算 FEEL；请改写为 FEEL。")
    else:
        try:
            node = _parsed(text, place.known, tests=tests)
        except FeelSyntaxError as error:
            said = f"FEEL 第 {error.column} 字处{error.message}"
            fault = place.fault(line + error.line - 1, said)
    return Feel(
        text=text, node=node, fault=fault, known=place.known, element=place.path, line=line
    )


def _parsed(text: str, known: Known, *, tests: bool) -> Node | None:
    if tests:
        return parse_unary_tests(text if text.strip() else "-", known=known)
    return parse_expression(text, known=known) if text.strip() else None
