"""What stands beside sealed records is sealed with them: notes, files, notices."""

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ..models import hidden_keys
from .catalogue import registers


def beside(rows: QuerySet[Any], *columns: str) -> QuerySet[Any]:
    """
    Return the rows that stand beside no sealed record; ``accounts.models.beside_unsealed`` asks.

    :param columns: those that hold the record's kind and id, or one that holds ``kind:id``
    """
    for register in registers().values():
        hidden = hidden_keys(register.model)
        if hidden is None:
            continue
        key = Cast("pk", CharField())
        if len(columns) == 1:
            about = Concat(Value(f"{register.kind}:"), key, output_field=CharField())
            named = hidden.annotate(named=about).values("named")
            rows = rows.exclude(**{f"{columns[0]}__in": named})
        else:
            named = hidden.annotate(named=key).values("named")
            rows = rows.exclude(Q(**{columns[0]: register.kind, f"{columns[1]}__in": named}))
    return rows
