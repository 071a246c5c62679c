"""
Boxed expressions of DMN 1.5 (chapter 10.2), as frozen records with their FEEL parsed.

Two records are equal when they say the same, whatever lines they stood on. What other tools
wrote beside it (extension elements, attributes of other namespaces) is kept as it was.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal as Choice

from jingkai.core.rules.feel.known import NOTHING, Known
from jingkai.core.rules.feel.nodes import Node

from .trees import Element, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What every element of DMN may have."""

    id: str = ""
    label: str = ""
    description: str = ""
    extensions: tuple[Element, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feel:
    """
    A text in FEEL: as written, and parsed.

    ``node`` is None where the text is empty, or wrong: then ``fault`` says what and where.
    ``known`` are the names that the text could use, ``element`` is the way to it, for people.
    """

    text: str
    node: Node | None = field(default=None, compare=False, repr=False)
    fault: Fault | None = field(default=None, compare=False, repr=False)
    known: Known = field(default=NOTHING, compare=False, repr=False)
    element: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Described):
    """A name with the type of its value; an empty type is any."""

    name: str
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed(Described):
    """An expression; one of the classes below. An empty ``type`` is any."""

    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Boxed):
    """An expression in FEEL; ``language`` is empty for FEEL, any other is not computed."""

    feel: Feel
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Described):
    """A named value of a context; without a variable, the context's result."""

    variable: Variable | None
    value: Boxed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Boxed):
    """Entries in order; later ones see earlier ones."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf(Boxed):
    """A list of expressions, or a row of a relation."""

    items: tuple[Boxed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Boxed):
    """Rows of expressions under named columns: a list of contexts."""

    columns: tuple[Variable, ...]
    rows: tuple[ListOf, ...]


class FunctionKind(StrEnum):
    """In what a function is written; only FEEL is computed."""

    FEEL = "FEEL"
    JAVA = "Java"
    PMML = "PMML"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Boxed):
    """Formal parameters and a body."""

    kind: FunctionKind = FunctionKind.FEEL
    parameters: tuple[Variable, ...] = ()
    body: Boxed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A parameter by name, and the expression for it."""

    parameter: Variable
    value: Boxed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation(Boxed):
    """A call with named arguments."""

    function: Boxed | None
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Boxed):
    """If, then, else."""

    test: Boxed | None
    yes: Boxed | None
    no: Boxed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Boxed):
    """The items of a list that match."""

    source: Boxed | None
    match: Boxed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class For(Boxed):
    """One result for each item of a list."""

    variable: str
    source: Boxed | None
    body: Boxed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified(Boxed):
    """Whether some or every item of a list satisfies a test."""

    kind: Choice["some", "every"]
    variable: str
    source: Boxed | None
    test: Boxed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests(Described):
    """Unary tests: a cell of a table, or the values that are allowed."""

    feel: Feel
    language: str = ""


class HitPolicy(StrEnum):
    """Which of the rules that match give the result (8.2.10)."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    FIRST = "FIRST"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """How COLLECT makes one number of the outputs: ``+ < > #``."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(Described):
    """A column of conditions."""

    expression: Literal
    values: Tests | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output(Described):
    """A column of results; the order of ``values`` is their priority."""

    name: str = ""
    type: str = ""
    values: Tests | None = None
    default: Literal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Described):
    """A row: one test an input, one expression an output, one text an annotation column."""

    tests: tuple[Tests, ...]
    outputs: tuple[Literal, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable(Boxed):
    """Rules over inputs; ``annotations`` are the names of the annotation columns."""

    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    annotations: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    orientation: str = ""
    output_label: str = ""
