"""A column that depends on the day on which the list is read."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Expression
from django.db.models.expressions import Combinable

from jingkai.web import clock


class Today(Expression):
    """An expression that is built anew, for the day on which the list is read."""

    def __init__(self, build: Callable[[date], Combinable]) -> None:
        """Keep how to build it."""
        super().__init__()
        self.build = build

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Return the expression of today."""
        return self.build(clock.today()).resolve_expression(*args, **kwargs)  # type: ignore[attr-defined]
