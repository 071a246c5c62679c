"""How many records stand in each class of an axis, and over what area."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from jingkai.apps.registers.kinds import Choice

from ..layers import NOT_APPLICABLE, UNKNOWN, Axis
from .catalogue import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """
    One class of an axis.

    :ivar code: empty for 未登记
    :ivar drawn: how many of the records have an outline
    :ivar area: the sum of the areas on record; None where the layer has none
    """

    code: str
    label: str
    colour: str
    count: int
    drawn: int
    area: Decimal | None = None


def classes(seen: Seen, axis: Axis, rows: QuerySet[Any]) -> list[Class]:
    """Return every class of the axis with its count among the rows; that of 未登记 comes last."""
    area = _area(seen)
    summed = {"area": Sum(area)} if area else {}
    counted = {
        row[axis.column] or "": row
        for row in rows.order_by()
        .values(axis.column)
        .annotate(count=Count("pk"), drawn=Count("west"), **summed)
    }
    return [_class(code, label, colour, counted) for code, label, colour in scheme(seen, axis)]


def scheme(seen: Seen, axis: Axis) -> list[tuple[str, str, str]]:
    """Return code, label and colour of each class of the axis, in the order of the legend."""
    kind = seen.register.by_name[axis.column].kind
    choices = kind.choices if isinstance(kind, Choice) else ()
    colours = axis.colour_of(tuple(code for code, _label in choices))
    known = [(code, str(label), colours[code]) for code, label in choices if code]
    known.sort(key=lambda found: found[0] == NOT_APPLICABLE)
    return [*known, ("", "", UNKNOWN[0])]


def _area(seen: Seen) -> str:
    column = seen.register.by_name.get(seen.layer.area)
    return seen.layer.area if column is not None and column.may_read else ""


def _class(code: str, label: str, colour: str, counted: dict[str, Any]) -> Class:
    row = counted.get(code, {})
    return Class(
        code=code,
        label=label,
        colour=colour,
        count=row.get("count", 0),
        drawn=row.get("drawn", 0),
        area=row.get("area"),
    )
