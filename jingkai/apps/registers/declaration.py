"""
What an area declares of one 台账; list, detail, form, template, import and export follow from it.

    VISITS = Register(
        kind="visits",
        name=_("来访外出台账"),
        model=Visit,
        read=Permission.READ_INVESTMENT,
        edit=Permission.EDIT_INVESTMENT,
        order="-visited_on",
        search=("code", "purpose", "investor__name"),
        columns=(
            Column("code"),
            Column("visited_on"),
            Column("investor", listed=False),
            Column("investor__name", label=_("客商")),
            ...
        ),
        rules=(Rule(_("…"), ("people",), lambda row: row["people"] != 0),),
    )
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.roles import Permission
from jingkai.core.identifiers import HIDDEN

from . import kinds
from .models import Record

Text = str | Promise
Row = Mapping[str, Any]


class Secrecy(StrEnum):
    """Who may read a column: who reads the register, or only who may read such values."""

    OPEN = "open"
    PERSONAL = "personal"  # shown as a mask to everybody; revealed with a reason
    CONFIDENTIAL = "confidential"  # shown as it is to those who may, as stars to others


SECRECIES: dict[Secrecy, Promise] = {
    Secrecy.OPEN: _("公开"),
    Secrecy.PERSONAL: _("个人信息"),
    Secrecy.CONFIDENTIAL: _("商业秘密"),
}


@dataclass(frozen=True)
class Column:
    """
    One column.

    A plain ``name`` is a field that can be typed and imported. A path (``investor__name``), an
    ``expression`` (computed by the database; sorted and filtered like a field) or a ``compute``
    (from the paths it ``needs``, in Python; shown and exported) is derived and never typed.
    A ``custom`` column is a field that the zone added: an expression, and typed nevertheless.
    ``may_read``: whether the person who asks may read a column that is not open (``fitting``).
    ``adds`` is False where a sum of the column's numbers means nothing: 亩均, a weight.
    """

    name: str
    label: Text = ""
    kind: kinds.Kind | None = None
    hint: Text = ""
    listed: bool = True
    typed: bool = True
    required: bool = False
    expression: Combinable | None = None
    compute: Callable[[Row], Any] | None = None
    needs: tuple[str, ...] = ()
    secrecy: Secrecy = Secrecy.OPEN
    may_read: bool = True
    custom: bool = False
    adds: bool = True


@dataclass(frozen=True)
class Rule:
    """A condition that every row keeps; ``check`` sees the values by column name."""

    message: Text
    columns: tuple[str, ...]
    check: Callable[[Row], bool]


class Effect(StrEnum):
    """What a zone asks of a column."""

    REQUIRED = "required"
    HIDDEN = "hidden"
    READ_ONLY = "read-only"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """
    What the zone asks of a column, always or where another column has one of the values.

    ``when`` is the name of a choice column, empty for always; ``among`` are its codes.
    """

    column: str
    effect: Effect
    message: Text
    when: str = ""
    among: frozenset[str] = frozenset()

    def applies(self, row: Row) -> bool:
        """Whether the row is one that the zone asks this of."""
        return not self.when or str(row.get(self.when) or "") in self.among


@dataclass(frozen=True, kw_only=True)
class Transition:
    """
    A verb of the area on one record, offered for many at once.

    ``act(record=, values=, permissions=, by=, at=)`` does it, with its own gates and its own
    event, and raises ``kinds.Refused`` where it may not be done. ``columns`` are what is asked
    once for all records; each says its kind and label.
    """

    name: str
    label: Text
    act: Callable[..., Any]
    permission: Permission
    columns: tuple[Column, ...] = ()

    @cached_property
    def bound(self) -> tuple["BoundColumn", ...]:
        """Return what is asked, as the columns of a form."""
        return tuple(_asked(column) for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """
    What closing a record means that a complete official file leaves out; else it is deleted.

    ``act(record=, note=, by=, at=)`` does it by a verb of the area, with its gates, and raises
    ``kinds.Refused``. ``still_open(rows, on)`` leaves the records that it can be done to at all.
    """

    label: Text
    act: Callable[..., Any]
    still_open: Callable[[Any, date], Any]


@dataclass(frozen=True, kw_only=True)
class BoundColumn:
    """
    A column together with what its model field says of it.

    ``held``: the record itself holds the value, as a field or among the zone's own.
    """

    name: str
    label: Text
    hint: Text
    kind: kinds.Kind
    listed: bool
    typed: bool
    required: bool
    expression: Combinable | None
    compute: Callable[[Row], Any] | None
    needs: tuple[str, ...]
    secrecy: Secrecy
    may_read: bool
    held: bool
    adds: bool

    @property
    def adds_up(self) -> bool:
        """Whether the sum of the column's values means something, and may be seen."""
        return self.adds and self.filterable and isinstance(self.kind, kinds.Exact | kinds.Whole)

    @property
    def is_masked(self) -> bool:
        """Whether only a mask of the value is shown."""
        return isinstance(self.kind, kinds.Masked)

    def told(self, value: Any) -> str:
        """Return a value of the trail as whoever asks may see it; one no longer valid as it is."""
        if value is None or value == "":
            return ""
        if self.is_reference:
            return str(value)
        try:
            return self.kind.shown(self.kind.parse(value))
        except kinds.Refused:
            return HIDDEN if self.is_masked else str(value)

    @property
    def is_reference(self) -> bool:
        """Whether the column holds another record."""
        return isinstance(self.kind, kinds.Reference)

    @property
    def path(self) -> str:
        """Return the query path of the value to show: a reference shows its natural key."""
        if isinstance(self.kind, kinds.Reference):
            return f"{self.name}__{self.kind.key}"
        return self.name

    @property
    def sortable(self) -> bool:
        """Whether the database can order by the column, and its order may be seen."""
        return self.compute is None and self.may_read and kinds.bare(self.kind).is_ordered

    @property
    def filterable(self) -> bool:
        """Whether the database can filter by the column, and may tell what is in it."""
        return self.compute is None and self.may_read


@dataclass(frozen=True, kw_only=True)
class Register:
    """
    One 台账.

    ``write`` replaces the generic create-or-update of a row by a verb of the area, called as
    ``write(zone=, values=, by=, at=)`` for a row from a form or a workbook alike; it raises
    ``kinds.Refused``. Rows of such a register are not edited or deleted afterwards.
    ``warn`` returns sentences about a row that are shown but do not block.
    ``panels`` names a template of the detail page, which ``panel_context(record)`` feeds.
    ``page`` names the URL that replaces the generic detail page.
    ``transitions`` are verbs of the area that can be called for many records at once.
    ``conditions`` are what the zone asks besides, ``hidden`` the columns that it does without, and
    ``retired`` the fields that it once had; ``fitting`` puts them in.
    ``area``: the column of the registered area in m², which an outline's own is held against.
    ``closes`` says what becomes of a record that a complete official file leaves out.
    ``retires``: the column of the day on which a record became history: lists, sums and files out
    leave such records out unless they are asked for.
    ``reads``: by column of a reference, what reads for many of the records referred to at once
    what the rules ask of each.
    ``grows``: to more rows than are sorted while one waits, so that each column that it lists of
    its own has an index to be sorted by (``queries.ordering``).
    """

    kind: str
    name: Text
    model: type[Record]
    columns: tuple[Column, ...]
    read: Permission
    edit: Permission
    icon: str = "table"
    key: str = "code"
    order: str = "-id"
    search: tuple[str, ...] = ("code",)
    rules: tuple[Rule, ...] = ()
    write: Callable[..., Record] | None = None
    warn: Callable[[Row], list[str]] | None = None
    panels: str = ""
    panel_context: Callable[[Any], dict[str, Any]] | None = None
    page: str = ""
    hint: Text = ""
    conditions: tuple[Condition, ...] = ()
    hidden: frozenset[str] = frozenset()
    retired: tuple[Column, ...] = ()
    transitions: tuple[Transition, ...] = ()
    closes: Closing | None = None
    retires: str = ""
    reads: Mapping[str, Callable[[Iterable[Any]], None]] = field(default_factory=dict, hash=False)
    grows: bool = False
    area: str = ""

    @cached_property
    def bound(self) -> tuple[BoundColumn, ...]:
        """Return the columns with kinds, labels and requirements taken from the model."""
        return tuple(column for column in self._every if column.name not in self.hidden)

    @cached_property
    def held(self) -> tuple[BoundColumn, ...]:
        """Return the columns that the record itself holds, those that nobody sees included."""
        return tuple(column for column in self._every if column.held)

    @cached_property
    def recorded(self) -> dict[str, BoundColumn]:
        """Return every column that the trail may tell of, those no longer seen included."""
        gone = (_bind(self.model, column) for column in self.retired)
        return {column.name: column for column in (*self._every, *gone)}

    @cached_property
    def _every(self) -> tuple[BoundColumn, ...]:
        return tuple(_bind(self.model, column) for column in self.columns)

    @cached_property
    def typed(self) -> tuple[BoundColumn, ...]:
        """Return the columns that a person or a workbook fills in."""
        return tuple(column for column in self.bound if column.typed)

    @cached_property
    def by_name(self) -> dict[str, BoundColumn]:
        """Return the columns by name."""
        return {column.name: column for column in self.bound}

    @cached_property
    def outline(self) -> str:
        """Return the name of the column that a person or a file fills with a shape, if one."""
        found = (c.name for c in self.typed if isinstance(kinds.bare(c.kind), kinds.Outline))
        return next(found, "")

    @property
    def is_editable(self) -> bool:
        """Whether rows can be changed and deleted; what a verb has written stands."""
        return self.write is None


def _bind(model: type[Record], column: Column) -> BoundColumn:
    model_field = None if column.expression or column.compute else _field(model, column.name)
    held = column.custom or (model_field is not None and "__" not in column.name)
    kind = column.kind or (kinds.of_field(model_field) if model_field else kinds.Kind())
    required = bool(model_field and not model_field.blank and not model_field.null)
    return BoundColumn(
        name=column.name,
        label=column.label or _label(column.name, kind, model_field),
        hint=column.hint or (model_field.help_text if model_field else ""),
        kind=kind,
        listed=column.listed,
        typed=column.typed and held,
        required=(column.required or required) and held,
        expression=column.expression,
        compute=column.compute,
        needs=column.needs,
        adds=column.adds,
        secrecy=column.secrecy,
        may_read=column.may_read,
        held=held,
    )


def _asked(column: Column) -> BoundColumn:
    return BoundColumn(
        name=column.name,
        label=column.label,
        hint=column.hint,
        kind=column.kind or kinds.Kind(),
        listed=False,
        typed=True,
        required=column.required,
        expression=None,
        compute=None,
        needs=(),
        secrecy=column.secrecy,
        may_read=True,
        held=False,
        adds=False,
    )


def _label(name: str, kind: kinds.Kind, model_field: "models.Field[Any, Any] | None") -> Text:
    """Return the field's own name; a reference says what it is written as."""
    if model_field is None:
        return name
    if isinstance(kind, kinds.Person):
        return format_lazy(_("{name}登录名"), name=model_field.verbose_name)
    if isinstance(kind, kinds.Reference):
        return format_lazy(_("{name}编号"), name=model_field.verbose_name)
    return model_field.verbose_name


def _field(model: type[models.Model], path: str) -> models.Field:
    owner: Any = model
    *before, last = path.split("__")
    for step in before:
        owner = owner._meta.get_field(step).related_model
    found: models.Field = owner._meta.get_field(last)
    return found
