"""Which registers there are."""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.module_loading import import_string

from ..declaration import Register


@cache
def registers() -> dict[str, Register]:
    """Return every register of the product by kind, as the settings list them."""
    found = [register for path in settings.REGISTERS for register in import_string(path)]
    return {register.kind: register for register in found}


def find(kind: str) -> Register | None:
    """Return the register of that kind."""
    return registers().get(kind)


def of_model(model: type[models.Model]) -> Register | None:
    """Return the register that keeps the model's records."""
    return next((found for found in registers().values() if found.model is model), None)


def origin(register: Register, path: str) -> tuple[Register, str] | None:
    """Return the register and the column that a path such as ``investor__name`` comes from."""
    model: Any = register.model
    *before, last = path.split("__")
    try:
        for step in before:
            model = model._meta.get_field(step).related_model
    except FieldDoesNotExist:
        return None
    found = of_model(model) if model is not None else None
    return (found, last) if found else None
