"""How many rows each choice of a filter would leave, given the filters of the other columns."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from ..declaration import BoundColumn
from ..filters import Filters
from ..kinds import Choice, Yes

MOST_COUNTED = 100_000  # rows looked at; with more, a count may be short and says so


def choice_counts(asked: Filters, rows: QuerySet[Any]) -> dict[str, list[int]]:
    """
    Return the counts of each column's choices, in their order, by the column's name.

    Columns without a filter of their own are counted in one query, each other in one more.
    A count above MOST_COUNTED means at least as many.
    """
    columns = [
        c for c in asked.register.bound if c.filterable and isinstance(c.kind, Choice | Yes)
    ]
    free = [column for column in columns if column.name not in asked.by_column]
    found = _counted(asked.filtered(rows), free) if free else {}
    for column in columns:
        if column.name in asked.by_column:
            found |= _counted(asked.filtered(rows, besides=column.name), [column])
    return {column.name: found[column.name] for column in columns}


def _counted(rows: QuerySet[Any], columns: Sequence[BoundColumn]) -> dict[str, list[int]]:
    wanted = {
        f"n{at}_{place}": Count("pk", filter=Q(**{column.name: value}))
        for at, column in enumerate(columns)
        for place, value in enumerate(_values(column))
    }
    counts = rows[: MOST_COUNTED + 1].aggregate(**wanted)
    return {
        column.name: [counts[f"n{at}_{place}"] for place, _value in enumerate(_values(column))]
        for at, column in enumerate(columns)
    }


def _values(column: BoundColumn) -> list[Any]:
    if isinstance(column.kind, Choice):
        return [code for code, _label in column.kind.choices]
    return [True, False]
