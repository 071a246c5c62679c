"""
What the index of ``search`` holds of each register, within one zone.

The natural key, the paths that a list is searched by, and the texts that it shows, as somebody
without any further right sees them: what is personal or confidential is never indexed. A path over
what is no register, such as a person's name, is not indexed either, since no event of the zone
tells of its change; ``filters`` looks there itself.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from jingkai.apps.accounts.models import Zone

from . import fitting, queries
from .declaration import BoundColumn, Register, Secrecy
from .kinds import Person
from .models import Fitting

_NOBODY = frozenset[Any]()


def make(zone: Zone) -> str:
    """Return another text whenever the zone or the product changes what is indexed."""
    made = Fitting.everywhere.filter(zone=zone).order_by("kind").values_list("kind", "stamp")
    declared = [(kind, _declared(found)) for kind, found in queries.registers().items()]
    return hashlib.sha256(repr((list(made), declared)).encode()).hexdigest()


def kinds() -> Collection[str]:
    """Return the registers."""
    return queries.registers().keys()


def paths(zone: Zone, kind: str) -> Collection[str]:
    """Return the query paths that are indexed."""
    register = _fitted(zone, kind)
    shown = (column.path for column in register.bound if _is_shown_text(column))
    every = dict.fromkeys((register.key, *register.search, *shown))
    return [path for path in every if _is_followed(register, path)]


def pks(zone: Zone, kind: str, above: int, most: int) -> Sequence[int]:
    """Return the next records, in order."""
    rows = _rows(zone, queries.registers()[kind]).filter(pk__gt=above).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def texts(zone: Zone, kind: str, pks: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """Return the texts of those of the records that there are."""
    register = _fitted(zone, kind)
    rows = queries.with_expressions(register, _rows(zone, register)).filter(pk__in=pks)
    found = rows.order_by("pk").values_list("pk", *paths(zone, kind))
    return {pk: [str(value) for value in values if value is not None] for pk, *values in found}


def leaning(zone: Zone, kind: str, pks: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the records whose texts are taken from these records."""
    model = queries.registers()[kind].model
    for other in queries.registers().values():
        for step in _steps(other, model, paths(zone, other.kind)):
            for at in range(0, len(pks), 500):
                rows = _rows(zone, other).filter(**{f"{step}__in": pks[at : at + 500]})
                yield from ((other.kind, pk) for pk in rows.values_list("pk", flat=True))


def _steps(register: Register, model: Any, indexed: Iterable[str]) -> set[str]:
    """Return the ways from the register to the model's records, along what is indexed."""
    found = set()
    for path in indexed:
        *before, _last = path.split("__")
        for length in range(1, len(before) + 1):
            if _reached(register, before[:length]) is model:
                found.add("__".join(before[:length]))
    return found


def _reached(register: Register, steps: Sequence[str]) -> Any:
    model: Any = register.model
    try:
        for step in steps:
            model = model._meta.get_field(step).related_model
    except FieldDoesNotExist:  # an expression's name
        return None
    return model


def _is_followed(register: Register, path: str) -> bool:
    """Whether the zone's trail tells of every change of what the path leads to."""
    *before, _last = path.split("__")
    models = [_reached(register, before[:length]) for length in range(1, len(before) + 1)]
    return all(model is not None and queries.of_model(model) is not None for model in models)


def _is_shown_text(column: BoundColumn) -> bool:
    return (
        column.listed
        and column.secrecy is Secrecy.OPEN
        and column.compute is None
        and column.kind.filter == "text"
        and not isinstance(column.kind, Person)
    )


def _declared(register: Register) -> list[Any]:
    columns = [(c.name, c.listed, c.secrecy) for c in register.columns]
    return [register.key, register.search, columns]


def _fitted(zone: Zone, kind: str) -> Register:
    return fitting.fit(queries.registers()[kind], zone, _NOBODY)


def _rows(zone: Zone, register: Register) -> QuerySet[Any]:
    return register.model.everywhere.filter(zone=zone)
