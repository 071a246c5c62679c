"""
Columns that Django has not: exact decimals, and shapes with what follows from them.

Decimals are stored as integers: SQLite keeps a DecimalField as a binary float.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from jingkai.core.geometry.shapes import Shape


class ScaledDecimalField(models.BigIntegerField):
    """A Decimal with a fixed number of places, stored as an integer of its last place."""

    places: int

    def get_prep_value(self, value: Any) -> int | None:
        """Return the integer to store; refuse a number finer than the last place."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            message = _("最多保留 %(places)s 位小数，收到 %(value)s")
            raise ValidationError(message, params={"places": self.places, "value": value})
        return int(scaled)

    def from_db_value(self, value: Any, *_context: Any) -> Decimal | None:
        """Return the Decimal; sums over the column come here too."""
        if value is None:
            return None
        return Decimal(int(value)).scaleb(-self.places)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the Decimal of a text or number."""
        return None if value is None else Decimal(value)


class PlacedField(ScaledDecimalField):
    """A Decimal with as many places as the expression that it types says."""

    def __init__(self, places: int) -> None:
        """Keep the places."""
        self.places = places
        super().__init__()


class WanField(ScaledDecimalField):
    """Money in 万元, exact to the 分."""

    places = 6


class MuField(ScaledDecimalField):
    """Area in 亩, to a ten-thousandth: 0.0667 m²."""

    places = 4


class HundredthField(ScaledDecimalField):
    """A measured quantity to two places: m, t, kN/m², 元/m²·月."""

    places = 2


class M2Field(HundredthField):
    """Area in m², to a hundredth."""


class ShareField(ScaledDecimalField):
    """A share of a whole: 0.3333; 1 is all of it."""

    places = 4


class OutlineDescriptor(DeferredAttribute):
    """An outline on its record: once another is put in its place, what follows from it is open."""

    def __set__(self, record: Any, value: Any) -> None:
        """Keep the shape."""
        held = record.__dict__
        held[self.field.attname] = value
        for name in ShapeField.follows(type(record)):
            held[name] = ...


class FollowingDescriptor(DeferredAttribute):
    """A column that follows from the outline: worked out when it is read, if it is open."""

    def __get__(self, record: Any, owner: Any = None) -> Any:
        """Return what is on record, or what follows from the outline."""
        value = super().__get__(record, owner)
        if value is ...:
            shape = record.outline
            following = cast("FollowingField", self.field)
            value = None if shape is None else following.of(shape)
            record.__dict__[self.field.attname] = value
        return value

    def __set__(self, record: Any, value: Any) -> None:
        """Keep what the database says; nothing leaves the column open."""
        record.__dict__[self.field.attname] = ... if value is None else value


class ShapeField(models.BinaryField):
    """
    A shape in CGCS2000, kept as well-known binary; in Python a ``core.geometry.shapes.Shape``.

    Who sets it sets the columns that follow from it too: whatever writes a record by its fields
    writes them, and whoever names the columns to be written takes ``written_with`` besides.
    """

    descriptor_class = OutlineDescriptor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the label; a shape may be typed, unlike other bytes."""
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    @staticmethod
    def follows(model: type[models.Model]) -> tuple[str, ...]:
        """Return the names of the columns of the model that follow from its outline."""
        return tuple(f.name for f in model._meta.concrete_fields if isinstance(f, FollowingField))

    def get_prep_value(self, value: Any) -> Any:
        """Return the bytes to store."""
        return value.wkb if isinstance(value, Shape) else value

    def from_db_value(self, value: Any, *_context: Any) -> Shape | None:
        """Return the shape."""
        return None if value is None else Shape(bytes(value))

    def to_python(self, value: Any) -> Shape | None:
        """Return the shape of a text."""
        return Shape.of_wkt(value) if isinstance(value, str) and value else value or None

    def value_to_string(self, obj: Any) -> str:
        """Return the shape as well-known text."""
        shape: Any = self.value_from_object(obj)
        return "" if shape is None else shape.wkt


class FollowingField(models.Field):
    """What follows from the outline of the record, kept so that the database can ask for it."""

    descriptor_class = FollowingDescriptor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the label; nobody types it."""
        kwargs |= {"null": True, "editable": False}
        super().__init__(*args, **kwargs)

    def of(self, shape: Shape) -> Any:
        """Return what follows from the shape."""
        raise NotImplementedError


class EdgeField(FollowingField, models.FloatField):
    """One edge of the window in which the outline lies: west, south, east or north, in degrees."""

    EDGES = ("west", "south", "east", "north")

    def of(self, shape: Shape) -> float:
        """Return the edge that the column is named for."""
        return shape.bounds[self.EDGES.index(self.name)]


class ComputedAreaField(FollowingField, ScaledDecimalField):
    """The area of the outline in m², measured in its 3-degree zone; the registered one governs."""

    places = 2

    def of(self, shape: Shape) -> Decimal | None:
        """Return the area."""
        return shape.area_m2


def is_shape(field: Any) -> bool:
    """Return whether a column holds an outline."""
    return isinstance(field, ShapeField)


def following(model: type[models.Model], shape: Shape | None) -> dict[str, Any]:
    """Return what follows from an outline, by the model's columns."""
    fields = [f for f in model._meta.concrete_fields if isinstance(f, FollowingField)]
    return {field.name: None if shape is None else field.of(shape) for field in fields}


def written_with(model: type[models.Model], names: Iterable[str]) -> set[str]:
    """Return the columns with those that follow from them, for a write that names its columns."""
    found = set(names)
    outlines = {f.name for f in model._meta.concrete_fields if is_shape(f)}
    return found | set(ShapeField.follows(model)) if found & outlines else found
