"""The kind that a model field implies."""

from typing import Any

from django.db import models

from ..fields import ScaledDecimalField, ShapeField
from .choices import Choice, Yes
from .days import Day
from .numbers import Exact, Whole
from .outline import Outline
from .references import Person, Reference
from .texts import Kind, LongText


def of_field(model_field: models.Field) -> Kind:
    """Return the kind that a model field implies."""
    if model_field.choices:
        return Choice(choices=tuple((str(code), label) for code, label in model_field.flatchoices))
    if isinstance(model_field, ScaledDecimalField):
        return Exact(places=model_field.places)
    if isinstance(model_field, models.ForeignKey):
        target: Any = model_field.related_model
        is_person = target._meta.label == "accounts.User"
        return Person(to=target) if is_person else Reference(to=target)
    simple: tuple[tuple[type[models.Field], Kind], ...] = (
        (ShapeField, Outline()),
        (models.TextField, LongText()),
        (models.DateField, Day()),
        (models.BooleanField, Yes()),
        (models.IntegerField, Whole()),
    )
    for field_class, kind in simple:
        if isinstance(model_field, field_class):
            return kind
    return Kind(max_length=model_field.max_length)
