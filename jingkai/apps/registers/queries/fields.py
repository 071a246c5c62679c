"""What a zone has made of its registers: its own fields, its rules, its stricter secrecy."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..declaration import Register
from ..models import ColumnSecrecy, CustomField, FieldRule
from .catalogue import registers


@dataclass(frozen=True, slots=True)
class Make:
    """How much of a register a zone has made itself."""

    register: Register
    fields: int
    rules: int
    secrecies: int


def makes() -> list[Make]:
    """Return every register that a zone can make its own, and how much of it the zone did."""
    fields = list(CustomField.objects.filter(retired_at=None).values_list("kind", flat=True))
    rules = list(FieldRule.objects.values_list("kind", flat=True))
    secrecies = list(ColumnSecrecy.objects.values_list("kind", flat=True))
    return [
        Make(found, *(kinds.count(found.kind) for kinds in (fields, rules, secrecies)))
        for found in registers().values()
        if found.is_editable
    ]


def own_fields(kind: str) -> QuerySet[CustomField]:
    """Return the fields that the zone in scope added to the register, retired ones last."""
    found = CustomField.objects.filter(kind=kind).select_related("zone")
    return found.order_by("retired_at", "position", "pk")


def field_rules(kind: str) -> QuerySet[FieldRule]:
    """Return what the zone in scope asks of the register's columns."""
    return FieldRule.objects.filter(kind=kind).select_related("zone").order_by("pk")


def secrecies(kind: str) -> QuerySet[ColumnSecrecy]:
    """Return the columns that the zone in scope keeps stricter than the product does."""
    return ColumnSecrecy.objects.filter(kind=kind).order_by("column")
