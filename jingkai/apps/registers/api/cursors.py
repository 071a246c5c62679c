"""Where a program goes on reading: the row at a page's edge, as a text that only we make."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from jingkai.web.answers import Problem

from .. import filters, queries

LONGEST = 2_000
_SALT = "registers.cursor"
_READ: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "Decimal": Decimal,
}


def written(asked: filters.Filters, edge: queries.Edge) -> str:
    """Return the cursor of an edge; it goes with the register and the order it was made in."""
    said = [asked.register.kind, asked.order, *_told(edge.value), edge.pk]
    return signing.dumps(said, salt=_SALT)


def read(asked: filters.Filters, text: str) -> queries.Edge:
    """
    Return the edge that a cursor stands for.

    :raises Problem: 422, where it is none, or one of another register or another order
    """
    try:
        kind, order, name, value, pk = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        raise _refused(_("不是有效的游标，请从第一页重新读取")) from None
    if (kind, order) != (asked.register.kind, asked.order):
        raise _refused(_("游标属于另一种排序，请从第一页重新读取"))
    return queries.Edge(_READ[name](value) if name else value, pk)


def _told(value: Any) -> tuple[str, Any]:
    """Return the name of a type that JSON lacks, or none, and the value."""
    name = type(value).__name__
    return (name, str(value)) if name in _READ else ("", value)


def _refused(message: str) -> Problem:
    return Problem(422, fields={"cursor": message})
