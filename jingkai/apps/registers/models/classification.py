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
MOST_LISTED = 300  # sealed records that a query names one by one


def visible(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return those of the records that are not sealed; for a query that enters no manager."""
    for ground in _grounds(rows.model):
        rows = rows.filter(~ground)
    return rows


def hidden_keys(model: Any) -> "QuerySet[Any] | list[int] | None":
    """
    Return the primary keys of the model's records that are sealed; None where none is.

    They are listed while they are few, once for a request: a query that names them is made and
    run in a tenth of the time of one that nests how they are found.
    """
    seal = scope.present_seal()
    if seal is None:
        return None
    asked = ("keys", scope.current(), model)
    if asked not in seal.found:
        seal.found[asked] = _find_keys(model)
    found: QuerySet[Any] | list[int] | None = seal.found[asked]
    return found


def _find_keys(model: Any) -> "QuerySet[Any] | list[int] | None":
    grounds = list(_references(model))
    if _is_marked(model):
        grounds.append(_SENSITIVE)
    found: set[int] = set()
    for ground in grounds:
        rows = _of_zones(model).filter(ground).order_by().values_list("pk", flat=True)
        found.update(rows[: MOST_LISTED + 1])
        if len(found) > MOST_LISTED:
            return _of_zones(model).filter(_any(grounds)).order_by().values("pk")
    return sorted(found) or None


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
    if scope.present_seal() is None:
        return
    if _has_sensitive(model):
        yield _SENSITIVE
    yield from _references(model)


def _references(model: Any) -> Iterator[Q]:
    """Yield which of the model's references lead to sealed records."""
    for name, other in _leads_to(model):
        keys = hidden_keys(other)
        if keys is not None:
            yield Q(**{f"{name}__in": keys})


def _has_sensitive(model: Any) -> bool:
    """Return whether any record of the model is marked; asked once for a request and zone."""
    seal = scope.present_seal()
    if seal is None or not _is_marked(model):
        return False
    asked = ("marked", scope.current(), model)
    if asked not in seal.found:
        seal.found[asked] = _of_zones(model).filter(_SENSITIVE).exists()
    return bool(seal.found[asked])


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
