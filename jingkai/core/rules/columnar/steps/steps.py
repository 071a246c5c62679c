"""
A plan as steps over columns: what engines of expressions run, Polars and SQL alike.

A step is a whole number for each enterprise, made of the table's fields and of earlier steps. Only
a field may be null, and whoever reads one asks first whether it is there; so no engine's own ways
with null, with booleans or with division are ever relied on. Steps of one level read only those
below it: a level is a ``with_columns`` or a subquery.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..plans.ir import TextTest

Sign = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the table; null where nothing is on record."""

    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """An earlier step; never null."""

    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """A small whole number: a truth, a distance, a code."""

    value: int


@dataclass(frozen=True, slots=True)
class Wide:
    """A whole number of 64 bits, as the columns are."""

    value: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of its parts."""

    parts: tuple["Number", ...]


@dataclass(frozen=True, slots=True)
class Times:
    """A whole factor times a part."""

    factor: int
    part: "Number"


@dataclass(frozen=True, slots=True)
class Least:
    """The least of its parts."""

    parts: tuple["Number", ...]


@dataclass(frozen=True, slots=True)
class Greatest:
    """The greatest of its parts."""

    parts: tuple["Number", ...]


@dataclass(frozen=True, slots=True)
class When:
    """The number of the first case whose test is true, else ``otherwise``."""

    cases: tuple[tuple["Test", "Number"], ...]
    otherwise: "Number"


@dataclass(frozen=True, slots=True)
class Missing:
    """The field is null."""

    field: Field


@dataclass(frozen=True, slots=True)
class IsTrue:
    """The field, which is there, is true."""

    field: Field


@dataclass(frozen=True, slots=True)
class Passes:
    """The text of the test's column, which is there, passes it; none of its texts is empty."""

    test: TextTest


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers compared."""

    sign: Sign
    left: "Number"
    right: "Number"


@dataclass(frozen=True, slots=True)
class Both:
    """All parts are true."""

    parts: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts is true."""

    parts: tuple["Test", ...]


Number = Field | Step | Count | Wide | Sum | Times | Least | Greatest | When
Test = Missing | IsTrue | Passes | Compared | Both | Either


def read_by(one: Number | Test) -> Iterator[Field | Step]:
    """Yield the fields and steps that a number or a test reads, repeated ones too."""
    match one:
        case Field() | Step():
            yield one
        case Missing(field=own) | IsTrue(field=own):
            yield own
        case Passes(test=test):
            yield Field(test.column)
        case _:
            for part in _parts(one):
                yield from read_by(part)


def _parts(one: Number | Test) -> Iterator[Number | Test]:
    match one:
        case Sum(parts) | Least(parts) | Greatest(parts) | Both(parts) | Either(parts):
            yield from parts
        case Times(part=part):
            yield part
        case Compared(left=left, right=right):
            yield from (left, right)
        case When(cases, otherwise):
            for test, number in cases:
                yield from (test, number)
            yield otherwise


@dataclass(frozen=True, slots=True)
class Stage:
    """One level: what is handed on as it is, by name, and what is computed."""

    kept: tuple[str, ...]
    made: Mapping[str, Number]


@dataclass(slots=True)
class Steps:
    """Steps in the making; equal ones are one."""

    named: dict[Number, Step] = field(default_factory=dict)
    levels: list[dict[str, Number]] = field(default_factory=list)
    level_of: dict[str, int] = field(default_factory=dict)

    def let(self, number: Number) -> Number:
        """Return the number as a step, so that it is computed once."""
        if isinstance(number, Step | Count | Wide):
            return number
        if number not in self.named:
            step = Step(f"s{len(self.named)}")
            below = (one.name for one in read_by(number) if isinstance(one, Step))
            level = 1 + max((self.level_of[name] for name in below), default=-1)
            if level == len(self.levels):
                self.levels.append({})
            self.levels[level][step.name] = number
            self.level_of[step.name] = level
            self.named[number] = step
        return self.named[number]

    def stages(self, row: str, outputs: Mapping[str, Number]) -> tuple[Stage, ...]:
        """Return the levels in their order, the last one of the outputs beside the row."""
        wanted = {one.name for number in outputs.values() for one in read_by(number)}
        found = [Stage((row,), outputs)]
        for level in reversed(self.levels):
            made = {name: number for name, number in level.items() if name in wanted}
            kept = (row, *sorted(wanted - made.keys()))
            found.append(Stage(kept, made))
            read = {one.name for number in made.values() for one in read_by(number)}
            wanted = (wanted - made.keys()) | read
        return tuple(reversed(found))
