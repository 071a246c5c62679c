"""What stands beside sealed records is sealed with them: notes, files, notices."""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ..models import hidden_keys
from .catalogue import registers


def beside(
    rows: QuerySet[Any], *columns: str, kinds: Collection[str] | None = None
) -> QuerySet[Any]:
    """
    Return the rows that stand beside no sealed record; ``accounts.models.beside_unsealed`` asks.

    :param columns: those that hold the record's kind and id, or one that holds ``kind:id``
    :param kinds: the only kinds of record that the rows stand beside, where that is known
    """
    for register in registers().values():
        if kinds is not None and register.kind not in kinds:
            continue
        hidden = hidden_keys(register.model)
        if hidden is None:
            continue
        if len(columns) == 1:
            rows = rows.exclude(**{f"{columns[0]}__in": _named(hidden, f"{register.kind}:")})
        else:
            pairs = {columns[0]: register.kind, f"{columns[1]}__in": _named(hidden, "")}
            rows = rows.exclude(Q(**pairs))
    return rows


def _named(hidden: "QuerySet[Any] | list[int]", before: str) -> "QuerySet[Any] | list[str]":
    """Return the keys as texts, each after the same beginning."""
    if isinstance(hidden, list):
        return [f"{before}{key}" for key in hidden]
    key = Cast("pk", CharField())
    return hidden.annotate(named=Concat(Value(before), key, output_field=CharField())).values(
        "named"
    )
