"""A decision model of DMN 1.5 (chapter 6), as frozen records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from .boxed import Boxed, Described, Function, Tests, Variable
from .trees import Element, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Described):
    """Another model whose elements are named ``name.element`` here."""

    name: str
    namespace: str
    kind: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionItem(Described):
    """The type of a function."""

    parameters: tuple[Variable, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDefinition(Described):
    """
    A named type: another type, components, or a function; all of it perhaps in a list.

    ``allowed`` restricts a value (an item of the list, where it is one), ``constraint`` the
    whole.
    """

    name: str
    type: str = ""
    allowed: Tests | None = None
    constraint: Tests | None = None
    components: tuple["ItemDefinition", ...] = ()
    function: FunctionItem | None = None
    is_collection: bool = False


class Need(StrEnum):
    """The three kinds of requirement, by what they are called in DMN, in its order."""

    INFORMATION = "informationRequirement"
    KNOWLEDGE = "knowledgeRequirement"
    AUTHORITY = "authorityRequirement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Described):
    """What an element needs: ``role`` is DMN's word for it, as ``requiredDecision``."""

    need: Need
    role: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Described):
    """An element of the requirements graph."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InputData(Named):
    """A fact that is handed in."""

    variable: Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Named):
    """A result with its logic; without logic its value is handed in like a fact."""

    variable: Variable
    question: str = ""
    answers: str = ""
    requirements: tuple[Requirement, ...] = ()
    logic: Boxed | None = None
    context: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeModel(Named):
    """A business knowledge model: a function that decisions call by its name."""

    variable: Variable
    requirements: tuple[Requirement, ...] = ()
    logic: Function | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionService(Named):
    """Decisions that are called as one function; members are references."""

    variable: Variable
    outputs: tuple[str, ...] = ()
    encapsulated: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeSource(Named):
    """An authority: a law, a document, a person."""

    kind: str = ""
    location: str = ""
    owner: str = ""
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Model(Described):
    """
    A model; ``faults`` are what its reader found wrong, ``imported`` the models it imports.

    ``others`` are text annotations, associations, groups, the organisation and the drawing
    (DMNDI), kept as they were written.
    """

    name: str
    namespace: str
    language: str = ""
    exporter: str = ""
    exporter_version: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()
    imports: tuple[Import, ...] = ()
    items: tuple[ItemDefinition, ...] = ()
    elements: tuple[Named, ...] = ()
    others: tuple[Element, ...] = ()
    version: str = field(default="1.5", compare=False)
    faults: tuple[Fault, ...] = field(default=(), compare=False, repr=False)
    imported: Mapping[str, "Model"] = field(default_factory=dict, compare=False, repr=False)
    field_names: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions, in the order of the file."""
        return tuple(found for found in self.elements if isinstance(found, Decision))

    @cached_property
    def _by_name(self) -> dict[str, Named]:
        return {found.name: found for found in reversed(self.elements)}

    @cached_property
    def _by_identity(self) -> dict[str, Named]:
        return {found.id: found for found in reversed(self.elements) if found.id}

    def named(self, name: str) -> Named | None:
        """Return the decision, input, knowledge model or service of that name."""
        return self._by_name.get(name)

    def at(self, href: str) -> "tuple[Model, Named] | None":
        """Return the element that a reference means, and the model that holds it."""
        base, _, identity = href.rpartition("#")
        if base not in {"", self.namespace}:
            model = self.imported.get(base)
            return None if model is None else model.at(f"#{identity}")
        found = self._by_identity.get(identity)
        return None if found is None else (self, found)

    def name_of(self, namespace: str) -> str | None:
        """Return the name under which a model is imported; None where it is not."""
        return next((e.name for e in self.imports if e.namespace == namespace), None)


def in_order(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return requirements in the order of the schema: by kind."""
    kinds = list(Need)
    return tuple(sorted(requirements, key=lambda each: kinds.index(each.need)))


def required(model: Model, element: Named) -> "Iterable[tuple[Requirement, Model, Named]]":
    """Yield what an element needs to be computed, in order; broken references are left out."""
    if not isinstance(element, Decision | KnowledgeModel):
        return
    for requirement in element.requirements:
        found = None if requirement.need is Need.AUTHORITY else model.at(requirement.href)
        if found is not None:
            yield requirement, *found
