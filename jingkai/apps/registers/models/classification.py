"""
How secret a record is, and the wall that shows no sensitive record without the clearance.

A system of this kind holds no state secrets; the levels are the product's own. A record is as
secret as the most secret one that it leads to: the evidence of a sensitive project is sealed with
it, and what is seen never names what is not.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import ZoneRecord

Row = TypeVar("Row", bound=models.Model)


class Classification(models.TextChoices):
    """Who may see a record: who reads its register, and of a sensitive one who is cleared."""

    OPEN = "open", _("公开")
    INTERNAL = "internal", _("内部")
    SENSITIVE = "sensitive", _("敏感")


_SENSITIVE = Q(classification=Classification.SENSITIVE)


def visible(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return those of the records that are not sealed; for a query that enters no manager."""
    for ground in _grounds(rows.model):
        rows = rows.filter(~ground)
    return rows


def hidden_keys(model: Any) -> "QuerySet[Any] | None":
    """Return the primary keys of the model's records that are sealed; None where none is."""
    grounds = list(_grounds(model))
    if not grounds:
        return None
    return _of_zones(model).filter(_any(grounds)).order_by().values("pk")


def names_seen(records: Iterable[Any]) -> set[str]:
    """Return how the records are called; those that are sealed go unnamed."""
    named = set()
    for record in records:
        rows = type(record).everywhere.filter(pk=record.pk)
        if scope.present_seal() is None or type(record).unsealed(rows).exists():
            named.add(str(record))
        else:
            named.add(gettext("您无权查看的记录"))
    return named


def _grounds(model: Any) -> Iterator[Q]:
    """Yield why a record of the model may be sealed: of its own, or by what it leads to."""
    if not _has_sensitive(model):
        return
    if _is_marked(model):
        yield _SENSITIVE
    for name, other in _leads_to(model):
        keys = hidden_keys(other)
        if keys is not None:
            yield Q(**{f"{name}__in": keys})


def _has_sensitive(model: Any) -> bool:
    """Return whether any record of the model can be sealed; asked once for a request and zone."""
    seal = scope.present_seal()
    if seal is None:
        return False
    marked = (scope.current(), model)
    if marked not in seal.found:
        own = (
            _is_marked(model)
            and _of_zones(model).filter(classification=Classification.SENSITIVE).exists()
        )
        seal.found[marked] = own or any(_has_sensitive(other) for _n, other in _leads_to(model))
    return seal.found[marked]


def _of_zones(model: Any) -> "QuerySet[Any]":
    found: QuerySet[Any] = model.everywhere.filter(zone__in=scope.current())
    return found


def _is_marked(model: Any) -> bool:
    return any(field.name == "classification" for field in model._meta.concrete_fields)


def _leads_to(model: Any) -> Iterator[tuple[str, Any]]:
    """Yield the references to other records."""
    for field in model._meta.concrete_fields:
        other = field.related_model
        if other is not None and other is not model and issubclass(other, ZoneRecord):
            yield field.name, other


def _any(grounds: Iterable[Q]) -> Q:
    found = Q()
    for ground in grounds:
        found |= ground
    return found
