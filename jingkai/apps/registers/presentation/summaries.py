"""Totals and groups as the cells of a table."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ..declaration import BoundColumn
from ..filters import Filters
from ..kinds import Kind, Refused
from ..queries import Group, Level, Total, Totals, together

Condition = tuple[tuple[str, str], ...]
Link = Callable[[Condition], str]


def total_cells(columns: Sequence[BoundColumn], found: Totals) -> list[dict[str, Any]]:
    """Return the cells of the last row: a sum and what it leaves out, or nothing."""
    first, *others = columns
    return [{"label": _("合计"), "column": first}] + [
        _cell(column, found.sums.get(column.name)) for column in others
    ]


def _cell(column: BoundColumn, total: Total | None) -> dict[str, Any]:
    if total is None:
        return {"column": column}
    shown = column.kind.html(total.value)
    return {"column": column, "sum": shown, "missing": total.missing}


def group_links(base: str, asked: Filters, by: Sequence[Level]) -> Link:
    """Return what leads from a group's conditions to its list, the filters kept."""
    kinds = {level.column.name: level.column.kind for level in by}

    def link(condition: Condition) -> str:
        wanted = dict(condition)  # of two periods of one column the inner one
        for name, value in wanted.items():
            column, _mark, end = name.rpartition("__")
            if end in {"from", "to"}:
                wanted[name] = _narrower(asked, name, value, kinds[column])
        kept = asked.without("group", "then", "page", "view", *wanted)
        return f"{base}?{'&'.join(part for part in (kept, urlencode(wanted)) if part)}"

    return link


def _narrower(asked: Filters, name: str, value: str, kind: Kind) -> str:
    """Return the end of a period, or of the filter in force where that lets less through."""
    try:
        given = kind.text(kind.parse(asked.data.get(name, "")))
    except Refused:
        return value
    if not given:
        return value
    return max(given, value) if name.endswith("__from") else min(given, value)


def grouped(found: Sequence[Group], summed: Sequence[BoundColumn], link: Link) -> dict[str, Any]:
    """Return the rows of the table of groups, and the row that adds them up."""
    rows = []
    for group in found:
        rows.append(_row(group, summed, link(group.condition), depth=0))
        for inner in group.inside:
            url = link(group.condition + inner.condition)
            rows.append(_row(inner, summed, url, depth=1))
    return {"rows": rows, "summed": summed, "total": _all(found, summed)}


def _row(group: Group, summed: Iterable[BoundColumn], url: str, *, depth: int) -> dict[str, Any]:
    return {
        "label": group.label,
        "url": url,
        "depth": depth,
        "count": group.totals.count,
        "cells": [_cell(column, group.totals.sums[column.name]) for column in summed],
    }


def _all(found: Sequence[Group], summed: Sequence[BoundColumn]) -> dict[str, Any]:
    sums = together([group.totals for group in found])
    cells = [_cell(column, sums.sums.get(column.name)) for column in summed]
    return {"count": sums.count, "cells": cells}
