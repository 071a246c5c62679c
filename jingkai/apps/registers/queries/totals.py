"""What the columns of a filtered list add up to, exactly; what is not on record is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import OperationalError
from django.db.models import Count, QuerySet, Sum

from ..declaration import BoundColumn


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column; None where no row has a value. ``missing`` rows have none."""

    value: Decimal | int | None
    missing: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are, and the sums of the columns that add up, by name."""

    count: int
    sums: dict[str, Total]


def measures(columns: Iterable[BoundColumn]) -> dict[str, Any]:
    """Return what the database is asked of a heap of rows: its count, each sum, who has one."""
    asked: dict[str, Any] = {"rows_": Count("pk")}
    for column in columns:
        if column.adds_up:
            asked[f"sum_{column.name}"] = Sum(column.path)
            asked[f"known_{column.name}"] = Count(column.path)
    return asked


def of_row(columns: Iterable[BoundColumn], row: dict[str, Any]) -> Totals:
    """Return the totals of what ``measures`` has brought."""
    count = row["rows_"]
    return Totals(
        count,
        {
            column.name: Total(row[f"sum_{column.name}"], count - row[f"known_{column.name}"])
            for column in columns
            if column.adds_up
        },
    )


def totals(columns: Sequence[BoundColumn], rows: QuerySet[Any]) -> Totals:
    """Return what the rows add up to."""
    rows = rows.order_by()
    try:
        return of_row(columns, rows.aggregate(**measures(columns)))
    except OperationalError:  # SQLite gives up where a sum passes 64 bits; Python does not
        return _counted_here(columns, rows)


def _counted_here(columns: Sequence[BoundColumn], rows: QuerySet[Any]) -> Totals:
    summed = [column for column in columns if column.adds_up]
    records = list(rows.values_list(*(column.path for column in summed)))
    sums = {}
    for at, column in enumerate(summed):
        known = [record[at] for record in records if record[at] is not None]
        sums[column.name] = Total(sum(known) if known else None, len(records) - len(known))
    return Totals(len(records), sums)


def together(parts: Sequence[Totals]) -> Totals:
    """Return what several heaps of the same columns add up to."""
    names = parts[0].sums if parts else {}
    return Totals(sum(part.count for part in parts), {name: _sum(parts, name) for name in names})


def _sum(parts: Sequence[Totals], name: str) -> Total:
    found = [part.sums[name] for part in parts]
    known = [total.value for total in found if total.value is not None]
    return Total(sum(known) if known else None, sum(total.missing for total in found))
