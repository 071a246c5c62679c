"""What a zone made of a register, as its page shows it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ..declaration import SECRECIES, BoundColumn, Register, Secrecy
from ..kinds.custom import TYPES, type_of
from ..models import CustomField, FieldRule


def make(
    register: Register, fields: Iterable[CustomField], rules: Iterable[FieldRule]
) -> dict[str, Any]:
    """Return what the page of a register's fields shows."""
    return {
        "fields": [(field, TYPES[type_of(field.code)]) for field in fields],
        "rules": [_rule(register.recorded, rule) for rule in rules],
        "secret": [
            (column.label, SECRECIES[column.secrecy])
            for column in register.recorded.values()
            if column.secrecy is not Secrecy.OPEN
        ],
    }


def _rule(columns: dict[str, BoundColumn], rule: FieldRule) -> dict[str, Any]:
    column, when = columns.get(rule.column), columns.get(rule.when)
    words = [when.kind.shown(c) if when else c for c in rule.among]
    return {
        "pk": rule.pk,
        "column": column.label if column else rule.column,
        "effect": rule.get_effect_display(),
        "when": when.label if when else rule.when,
        "among": _("、").join(words),
    }
