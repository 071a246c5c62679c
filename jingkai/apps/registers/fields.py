"""Exact decimal columns, stored as integers: SQLite keeps a DecimalField as a binary float."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


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
