"""
The fields that a zone adds itself: kept as JSON beside the record, typed by their code.

A code such as ``x3_day`` says the field's number, which is never given twice, and its type, which
never changes: so a value is understood wherever its code stands, in the record, in the trail, or
in a query. Dates are kept as ISO text, decimals as the whole number of their last place: a
JSON number with a point is a binary float.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..fields import PlacedField, WanField
from .choices import Choice, Yes
from .days import Day
from .numbers import Exact, Whole
from .texts import CreditCode, Kind, LongText

MOST_PLACES = 6
MOST_TEXT = 500
_CODE = re.compile(r"x(\d{1,4})_(text|long|whole|exact[1-6]|wan|day|yes|choice|credit)")


class Type(StrEnum):
    """What a field of a zone may hold; a decimal's code says its places too."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    EXACT = "exact"
    WAN = "wan"
    DAY = "day"
    YES = "yes"
    CHOICE = "choice"
    CREDIT = "credit"


TYPES: dict[Type, Promise] = {
    Type.TEXT: _("文字"),
    Type.LONG: _("多行文字"),
    Type.WHOLE: _("整数"),
    Type.EXACT: _("小数"),
    Type.WAN: _("金额（万元）"),
    Type.DAY: _("日期"),
    Type.YES: _("是或否"),
    Type.CHOICE: _("选择项"),
    Type.CREDIT: _("统一社会信用代码"),
}


def code(number: int, of: Type, places: int = 2) -> str:
    """Return the code of a zone's field of that number and type."""
    return f"x{number}_{of}{places if of is Type.EXACT else ''}"


def is_code(name: str) -> bool:
    """Whether a column is a zone's own field."""
    return name[:1] == "x" and _CODE.fullmatch(name) is not None


def type_of(name: str) -> Type:
    """Return the type that the code says."""
    return _type(name)[0]


def kind_of(name: str, options: tuple[str, ...] = ()) -> Kind:
    """Return the kind that the code says; ``options`` are the words of a choice."""
    of, places = _type(name)
    match of:
        case Type.EXACT | Type.WAN:
            return Exact(places=places, signed=of is Type.EXACT)
        case Type.CHOICE:
            return Choice(choices=tuple((word, word) for word in options))
        case Type.WHOLE:
            return Whole(least=-2_000_000_000)
    plain: dict[Type, Kind] = {
        Type.LONG: LongText(max_length=5_000),
        Type.DAY: Day(),
        Type.YES: Yes(),
        Type.CREDIT: CreditCode(),
    }
    return plain.get(of, Kind(max_length=MOST_TEXT))


def taken(custom: dict[str, Any], name: str) -> Any:
    """Return the field's value out of a record's JSON, None where it is not on record."""
    value = custom.get(name)
    of, places = _type(name)
    if value is None or value == "":
        return None
    if of is Type.DAY:
        return date.fromisoformat(value)
    return Decimal(value).scaleb(-places) if of in {Type.EXACT, Type.WAN} else value


def put(custom: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """Return a record's JSON with the field's value in it; None leaves no trace."""
    rest = {other: kept for other, kept in custom.items() if other != name}
    of, places = _type(name)
    if value is None or value == "":
        return rest
    if of is Type.DAY:
        return rest | {name: value.isoformat()}
    if of in {Type.EXACT, Type.WAN}:
        return rest | {name: int(Decimal(value).scaleb(places))}
    return rest | {name: value}


def expression(name: str) -> Combinable:
    """Return what the database sorts, filters and adds up: numbers as numbers, days as days."""
    of, places = _type(name)
    if of is Type.YES:
        path = f"custom__{name}"
        said = [When(**{path: word}, then=Value(word)) for word in (True, False)]
        return Case(*said, default=None, output_field=models.BooleanField(null=True))
    fields: dict[Type, models.Field[Any, Any]] = {
        Type.EXACT: PlacedField(places),
        Type.WAN: WanField(),
        Type.WHOLE: models.BigIntegerField(),
        Type.DAY: models.DateField(),
    }
    return Cast(KT(f"custom__{name}"), output_field=fields.get(of, models.TextField()))


def _type(name: str) -> tuple[Type, int]:
    """Return the type and the places that a code says."""
    found = _CODE.fullmatch(name)
    if found is None:
        raise ValueError(name)
    word = found[2]
    if word.startswith(Type.EXACT):
        return Type.EXACT, int(word.removeprefix(Type.EXACT))
    return Type(word), MOST_PLACES
