"""A decision table as boxes: one axis for each different input, one box for each row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from jingkai.core.rules.dmn.boxed import DecisionTable, Input, Tests
from jingkai.core.rules.feel.scopes import Value

from . import axes, conditions
from .axes import Axis, Kind
from .boxes import Box, TooLarge
from .conditions import Condition

MOST_ROWS = 1_000
MOST_COLUMNS = 100
MOST_VALUES = 20_000  # that cells name


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """
    What a model says of an input: its kind of values, and lists of allowed ones.

    Where it is no ``is_single`` value on a line (a list, a context, a moment), its cells can't
    be judged.
    """

    kind: Kind | None = None
    is_single: bool = True
    allowed: tuple[Tests, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row by its number from 1.

    ``box`` is where it matches, or at most may match where a cell of it can't be judged.
    """

    number: int
    box: Box
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its row from 1, None for the allowed values of the column, and its column from 0."""

    row: int | None
    column: int


@dataclass(frozen=True, kw_only=True)
class Grid:
    """
    A table cut into pieces.

    ``possible`` is what inputs may be, also missing; ``expected`` for what there should be a
    row: a missing fact only in columns that ask for it. ``unjudged`` cells are those that are
    no comparisons with fixed values.
    """

    table: DecisionTable
    axes: tuple[Axis, ...]
    columns: tuple[int, ...]  # the axis of each column
    rows: tuple[Row, ...]
    possible: Box
    expected: Box
    unjudged: tuple[Place, ...]

    @cached_property
    def exact(self) -> tuple[Row, ...]:
        """The rows of which all is known."""
        return tuple(row for row in self.rows if row.is_exact)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the columns are called, by axis."""
        return tuple(
            label(self.table.inputs[self.columns.index(place)]) for place in range(len(self.axes))
        )

    def witness(self, box: Box) -> tuple[Value, ...]:
        """Return values of the columns inside a box: on record wherever that is possible."""
        sides = (side & ~axis.missing or side for axis, side in zip(self.axes, box, strict=True))
        found = [next(axis.examples(side)) for axis, side in zip(self.axes, sides, strict=True)]
        return tuple(found[place] for place in self.columns)


def label(column: Input) -> str:
    """Return what a column is called in its sheet."""
    return column.label or " ".join(column.expression.feel.text.split())


def is_whole(table: DecisionTable) -> bool:
    """Return whether all cells are there and can be read: else the table gives nothing at all."""
    return all(
        len(rule.tests) == len(table.inputs)
        and len(rule.outputs) == len(table.outputs)
        and all(cell.feel.fault is None for cell in rule.tests)
        for rule in table.rules
    )


def grid_of(table: DecisionTable, declared: Callable[[Input], Declared]) -> Grid:
    """
    Return a whole table as boxes.

    :raises TooLarge: if there is too much of it to even begin
    """
    if len(table.rules) > MOST_ROWS or len(table.inputs) > MOST_COLUMNS:
        raise TooLarge
    return _Cutting(table, declared).grid()


class _Cutting:
    def __init__(self, table: DecisionTable, declared: Callable[[Input], Declared]) -> None:
        self._table = table
        self._declared = [declared(column) for column in table.inputs]
        self._columns = _columns(table)
        self._cells = [
            [self._condition(at, rule.tests[at]) for rule in table.rules]
            for at in range(len(table.inputs))
        ]
        self._allowed = [
            [self._condition(at, tests) for tests in self._tests(at)]
            for at in range(len(table.inputs))
        ]
        if sum(1 for _ in self._values()) > MOST_VALUES:
            raise TooLarge
        self._axes = tuple(self._axis(place) for place in range(self._count))

    @property
    def _count(self) -> int:
        return max(self._columns, default=-1) + 1

    def grid(self) -> Grid:
        possible = tuple(self._possible(place) for place in range(self._count))
        return Grid(
            table=self._table,
            axes=self._axes,
            columns=self._columns,
            rows=tuple(self._row(at, possible) for at in range(len(self._table.rules))),
            possible=possible,
            expected=tuple(map(self._expected, range(self._count), possible)),
            unjudged=tuple(self._unjudged()),
        )

    def _condition(self, at: int, cell: Tests) -> Condition | None:
        found = conditions.of_cell(cell.feel.node)
        return found if self._declared[at].is_single or found == conditions.ANYTHING else None

    def _values(self) -> Iterator[object]:
        for column in (*self._cells, *self._allowed):
            for condition in column:
                yield from () if condition is None else conditions.values(condition)

    def _tests(self, at: int) -> list[Tests]:
        """Return all that restricts the values of a column."""
        own = self._table.inputs[at].values
        return [*self._declared[at].allowed, *([] if own is None else [own])]

    def _on(self, place: int) -> Iterator[int]:
        return (at for at, each in enumerate(self._columns) if each == place)

    def _axis(self, place: int) -> Axis:
        named: list[Condition] = []
        kinds: list[Kind] = []
        for at in self._on(place):
            named += [each for each in (*self._cells[at], *self._allowed[at]) if each is not None]
            kind = self._declared[at].kind
            kinds += [] if kind is None else [kind]
        return axes.axis_over(named, kinds[0] if kinds else None)

    def _possible(self, place: int) -> int:
        """Return the pieces that the input may be; a missing fact is let through everywhere."""
        axis = self._axes[place]
        side = axis.everything
        for at in self._on(place):
            for each in self._allowed[at]:
                if each is not None:
                    side &= axis.passing(each) | axis.missing
        return side

    def _expected(self, place: int, possible: int) -> int:
        cells = [each for at in self._on(place) for each in self._cells[at] if each is not None]
        rest = 0 if conditions.names_null(cells) else self._axes[place].missing
        return possible & ~rest

    def _row(self, row: int, possible: Box) -> Row:
        sides = list(possible)
        is_exact = True
        for at, place in enumerate(self._columns):
            condition = self._cells[at][row]
            if condition is None:
                is_exact = False
            else:
                sides[place] &= self._axes[place].passing(condition)
        return Row(row + 1, tuple(sides), is_exact)

    def _unjudged(self) -> Iterator[Place]:
        for at, cells in enumerate(self._cells):
            if None in self._allowed[at]:
                yield Place(None, at)
            yield from (Place(row, at) for row, each in enumerate(cells, start=1) if each is None)


def _columns(table: DecisionTable) -> tuple[int, ...]:
    """Return the axis of each column: columns over one expression share theirs."""
    seen: list[object] = []
    places = []
    for column in table.inputs:
        node = column.expression.feel.node
        if node is None or node not in seen:
            seen.append(node)
        places.append(len(seen) - 1 if node is None else seen.index(node))
    return tuple(places)
