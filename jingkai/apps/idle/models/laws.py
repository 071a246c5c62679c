"""The law that several tables of the area share, as a constraint of the database."""

from django.db import models
from django.db.models import Q


def both(table: str, who: str, when: str) -> models.CheckConstraint:
    """Return the law that a person is on record exactly when the instant is."""
    return models.CheckConstraint(
        condition=Q(**{who: "", f"{when}__isnull": True})
        | ~Q(**{who: ""}) & Q(**{f"{when}__isnull": False}),
        name=f"{table}_{who}_and_when",
    )
