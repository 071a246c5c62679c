"""Which layers there are, and a layer as somebody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import fitting
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.kinds import Choice

from ..layers import Axis, Layer

NOBODY: frozenset[Any] = frozenset()  # the permissions of a guest


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    A layer as somebody may see it.

    :ivar register: fitted to who asks; a column that they may not read is none of ``columns``
    :ivar zones: the codes of the zones whose records it shows
    :ivar is_public: a guest's, who sees what the layer says that guests may see
    """

    layer: Layer
    register: Register
    zones: tuple[str, ...]
    columns: tuple[str, ...]
    is_public: bool = False

    @property
    def axes(self) -> tuple[Axis, ...]:
        """Return the axes that the layer can be coloured by."""
        return tuple(
            axis
            for axis in self.layer.axes
            if axis.column in self.columns
            and isinstance(self.register.by_name[axis.column].kind, Choice)
        )

    @property
    def title(self) -> str:
        """Return the column that names a record; empty where whoever asks may see no name."""
        return self.layer.title if self.layer.title in self.columns else ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the columns of a record's card."""
        known = self.register.by_name
        wanted = self.columns if self.is_public else self.layer.facts
        return tuple(name for name in wanted if name in known)

    def axis(self, column: str) -> Axis | None:
        """Return the axis of that column, or the first."""
        return next((a for a in self.axes if a.column == column), next(iter(self.axes), None))

    def rows(self) -> QuerySet[Any]:
        """Return the records that are on the map for whoever asks, in no order."""
        rows = registers.rows_of(self.register)
        if self.layer.present:
            rows = self.layer.present(rows)
        if self.is_public and self.layer.guest:
            rows = self.layer.guest.records(rows)
        return rows.order_by()


@cache
def layers() -> dict[str, Layer]:
    """Return every layer of the product by name, as the settings list them."""
    found = [layer for path in settings.LAYERS for layer in import_string(path)]
    return {layer.name: layer for layer in found}


def register_of(layer: Layer) -> Register:
    """Return the register whose records the layer shows."""
    return registers.registers()[layer.kind]


def seen(request: ZoneRequest, layer: Layer) -> Seen:
    """Return the layer as who asks may see it."""
    register = fitting.of(request, register_of(layer))
    return Seen(
        layer=layer,
        register=register,
        zones=_codes(request.zone),
        columns=_readable(register, layer.columns),
    )


def readable(request: ZoneRequest) -> list[Seen]:
    """Return the layers that who asks may see."""
    return [
        seen(request, layer)
        for layer in layers().values()
        if register_of(layer).read in request.permissions
    ]


def seen_by_guest(zone: Zone, layer: Layer, columns: Iterable[str]) -> Seen | None:
    """Return the layer as everybody may see it: those of the columns that may be shown at all."""
    if layer.guest is None:
        return None
    register = fitting.fit(register_of(layer), zone, NOBODY)
    wanted = [name for name in layer.guest.columns if name in set(columns)]
    return Seen(
        layer=layer,
        register=register,
        zones=(zone.code,),
        columns=_readable(register, wanted),
        is_public=True,
    )


def _readable(register: Register, columns: Iterable[str]) -> tuple[str, ...]:
    known = register.by_name
    return tuple(
        name
        for name in columns
        if name in known and known[name].may_read and not known[name].is_masked
    )


def _codes(zone: Zone) -> tuple[str, ...]:
    inside = [zone] if accounts.is_leaf(zone) else accounts.zones_below(zone)
    return tuple(found.code for found in inside)
