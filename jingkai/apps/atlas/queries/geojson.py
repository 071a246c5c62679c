"""Outlines of a layer as GeoJSON features."""

from typing import Any

from jingkai.apps.registers import queries as registers
from jingkai.apps.registers import spatial
from jingkai.apps.registers.filters import Filters

from .catalogue import Seen

Window = tuple[float, float, float, float]


def features(
    seen: Seen, asked: Filters, *, window: Window | None, after: int
) -> list[dict[str, Any]]:
    """Return the features behind a key, with every column that whoever asks may see."""
    rows = asked.filtered(seen.rows()).filter(**{f"{seen.layer.outline}__isnull": False})
    rows = spatial.within(rows, *window) if window else rows
    keys = list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[: asked.length]
    )
    outline = seen.layer.outline
    shapes = dict(seen.rows().filter(pk__in=keys).values_list("pk", outline))
    columns = [column for column in seen.register.bound if column.name != outline]
    found = registers.values(seen.rows().filter(pk__in=keys).order_by("pk"), columns)
    return [
        {
            "type": "Feature",
            "id": row["pk"],
            "geometry": shapes[row["pk"]].geojson,
            "properties": {column.name: _plain(column, row[column.name]) for column in columns},
        }
        for row in found
    ]


def _plain(column: Any, value: Any) -> Any:
    return None if value is None or value == "" else column.kind.json(value)
