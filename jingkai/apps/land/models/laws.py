"""The laws that several tables of the area share, as constraints of the database."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F, Q


def in_order(table: str, earlier: str, later: str, message: Any) -> models.CheckConstraint:
    """Return the law that the later value is not less than the earlier, where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__gte": F(earlier)})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": True}),
        name=f"{table}_{later}_not_below_{earlier}",
        violation_error_message=message,
    )


def within(table: str, part: str, whole: str, message: Any) -> models.CheckConstraint:
    """Return the law that a part is no more than its whole, where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{part}__lte": F(whole)})
        | Q(**{f"{part}__isnull": True})
        | Q(**{f"{whole}__isnull": True}),
        name=f"{table}_{part}_in_{whole}",
        violation_error_message=message,
    )


def not_negative(table: str, columns: Sequence[str], message: Any) -> models.CheckConstraint:
    """Return the law that none of the numbers is below zero."""
    condition = Q()
    for column in columns:
        condition &= Q(**{f"{column}__gte": 0}) | Q(**{f"{column}__isnull": True})
    return models.CheckConstraint(
        condition=condition, name=f"{table}_not_negative", violation_error_message=message
    )


def dated(table: str, what: str, on: str, message: Any) -> models.CheckConstraint:
    """Return the law that a text is on record exactly when its day is."""
    return models.CheckConstraint(
        condition=Q(**{what: "", f"{on}__isnull": True})
        | ~Q(**{what: ""}) & Q(**{f"{on}__isnull": False}),
        name=f"{table}_{what}_and_when",
        violation_error_message=message,
    )
