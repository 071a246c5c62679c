"""
A policy as a rule: header, conditions with their place in the text, verdict tree, amount.

A policy is written as a DMN model; ``reading.policy_from`` makes these records of it. They hold
parsed expressions, never text to be parsed again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from jingkai.core.rules.feel.nodes import Node, UnaryTests

from .logic import Atom, Cell, Logic, atom, cell, logic
from .references import Reference, references


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a condition stands in the law or document."""

    document: str
    article: str = ""
    quotation: str = ""

    def __str__(self) -> str:
        """Return document and article, without the quotation."""
        return f"{self.document}{self.article}"


class HitPolicy(StrEnum):
    """How the rows of a table that apply make one result."""

    UNIQUE = "U"  # at most one row applies
    ANY = "A"  # rows that apply agree
    FIRST = "F"  # the first that applies
    SUM = "C+"  # the outputs of all that apply, added
    LARGEST = "C>"
    SMALLEST = "C<"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule of a table: one cell for each input, and the output."""

    cells: tuple[UnaryTests, ...]
    output: Node


@dataclass(frozen=True, kw_only=True)
class Table:
    """
    A decision table with one output.

    ``default`` is the output where no row applies; without it a condition is then unmet and an
    amount is not on record.
    """

    inputs: tuple[Node, ...]
    rows: tuple[Row, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    default: Node | None = None

    def __post_init__(self) -> None:
        """Refuse a row whose cells don't fit the inputs."""
        if any(len(row.cells) != len(self.inputs) for row in self.rows):
            raise ValueError("a row has more or fewer cells than the table has inputs")

    @cached_property
    def questions(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells of each row, each with the facts it refers to."""
        return tuple(
            tuple(cell(given, tests) for given, tests in zip(self.inputs, row.cells, strict=True))
            for row in self.rows
        )

    @cached_property
    def outputs(self) -> tuple[Atom, ...]:
        """Return the output of each row, with the facts it refers to."""
        return tuple(atom(row.output) for row in self.rows)

    @cached_property
    def otherwise(self) -> Atom | None:
        """Return the default output, with the facts it refers to."""
        return None if self.default is None else atom(self.default)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """
    One condition of a policy.

    ``test`` is a boolean expression or table; None is for a person to judge (人工审核).
    ``applies`` is a boolean expression: where it is false, the condition drops out.
    """

    name: str
    test: Node | Table | None
    text: str = ""
    applies: Node | None = None
    anchor: Anchor | None = None

    @cached_property
    def logic(self) -> Logic | None:
        """Return the structure of the expression, None for a table or a manual condition."""
        return logic(self.test) if isinstance(self.test, Node) else None

    @cached_property
    def applies_logic(self) -> Logic | None:
        """Return the structure of ``applies``."""
        return None if self.applies is None else logic(self.applies)

    @cached_property
    def facts(self) -> tuple[Reference, ...]:
        """Return the facts the condition refers to, each once."""
        nodes = tuple(expressions(self.test)) + tuple(expressions(self.applies))
        return tuple(dict.fromkeys(fact for node in nodes for fact in references(node)))


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition, by its name."""

    condition: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part that applies."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part that applies."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not be met."""

    part: "Tree"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the parts that apply; where fewer apply, all of those."""

    count: int
    parts: tuple["Tree", ...]


Tree = Leaf | All | AnyOf | Not | AtLeast


def leaves(tree: Tree) -> Iterator[str]:
    """Yield the names of the conditions of a tree, in order, repeated where they are."""
    match tree:
        case Leaf(condition=name):
            yield name
        case Not(part=part):
            yield from leaves(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from leaves(part)


class MoneyUnit(StrEnum):
    """The unit an amount is computed in; the value is how it is written."""

    YUAN = "元"
    WAN = "万元"


class Rounding(StrEnum):
    """What becomes of the part finer than the step."""

    DOWN = "down"  # 舍去
    HALF_UP = "half_up"  # 四舍五入
    UP = "up"  # 进位


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """
    What an eligible enterprise receives.

    ``cap`` is in ``unit``; ``step_fen`` is what the amount is rounded to: 1 for 分, 100 for 元,
    1,000,000 for 万元.
    """

    value: Node | Table
    unit: MoneyUnit
    text: str = ""
    cap: Decimal | None = None
    rounding: Rounding = Rounding.HALF_UP
    step_fen: int = 1
    anchor: Anchor | None = None


class Mark(StrEnum):
    """Whether somebody has compared the rule with the official text."""

    VERIFIED = "verified"
    SECONDARY = "secondary"  # only with a text that quotes it
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What somebody has to confirm before the policy may be published, and who."""

    what: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackingCap:
    """Policies of one group together give an enterprise at most this much (in 分)."""

    group: str
    cap_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is said about a policy besides its conditions. ``None`` and "" mean not on record."""

    code: str
    title: str
    document_no: str = ""  # 文号
    issuer: str = ""
    level: str = ""  # 国家 / 省 / 市 / 区县 / 园区
    region: str = ""
    published_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None  # exclusive
    window_from: date | None = None
    window_to: date | None = None  # exclusive
    object_class: str = ""
    benefit_kind: str = ""
    channel: str = ""
    materials: tuple[str, ...] = ()
    exclusive_group: str = ""  # 不得重复享受: one policy of the group
    stacking: StackingCap | None = None
    without_application: bool = False  # 免申即享
    fair_competition_review: str = ""
    legality_review: str = ""
    replaces: tuple[str, ...] = ()
    mark: Mark = Mark.UNVERIFIED
    source: str = ""
    confirmations: tuple[Confirmation, ...] = ()


class BadPolicy(ValueError):
    """The parts of a policy don't fit together."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A policy: every leaf of the tree is one of the conditions."""

    header: Header
    conditions: tuple[Condition, ...]
    tree: Tree
    amount: Amount | None = None

    def __post_init__(self) -> None:
        """Refuse a tree that names a condition the policy lacks, or counts to more than it has."""
        names = [condition.name for condition in self.conditions]
        if len(set(names)) != len(names):
            raise BadPolicy(f"政策“{self.header.title}”有两项条件同名，请改名")
        for name in leaves(self.tree):
            if name not in names:
                raise BadPolicy(f"政策“{self.header.title}”的结论引用了不存在的条件“{name}”")
        _check_counts(self.tree)

    @cached_property
    def by_name(self) -> dict[str, Condition]:
        """Return the conditions by their names."""
        return {condition.name: condition for condition in self.conditions}


def expressions(test: Node | Table | None) -> Iterator[Node]:
    """Yield the expressions of a condition or amount; a table's are its inputs, cells, outputs."""
    if isinstance(test, Node):
        yield test
    elif isinstance(test, Table):
        yield from test.inputs
        for row in test.rows:
            yield from (*row.cells, row.output)
        if test.default is not None:
            yield test.default


def _check_counts(tree: Tree) -> None:
    match tree:
        case AtLeast(count=count, parts=parts) if not 1 <= count <= len(parts):
            raise BadPolicy(
                f"“至少 {count} 项”与所列的 {len(parts)} 项不符，请改为 1 至 {len(parts)}"
            )
        case Not(part=part):
            _check_counts(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            if not parts:
                raise BadPolicy("结论中的“全部”“任一”不能为空")
            for part in parts:
                _check_counts(part)
