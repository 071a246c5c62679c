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

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.roles import Permission

from . import kinds
from .models import Record

Text = str | Promise
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """
    One column.

    A plain ``name`` is a field that can be typed and imported. A path (``investor__name``), an
    ``expression`` (computed by the database; sorted and filtered like a field) or a ``compute``
    (from the paths it ``needs``, in Python; shown and exported) is derived and never typed.
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


@dataclass(frozen=True)
class Rule:
    """A condition that every row keeps; ``check`` sees the values by column name."""

    message: Text
    columns: tuple[str, ...]
    check: Callable[[Row], bool]


@dataclass(frozen=True, kw_only=True)
class BoundColumn:
    """A column together with what its model field says of it."""

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
        """Whether the database can order by the column."""
        return self.compute is None

    @property
    def filterable(self) -> bool:
        """Whether the database can filter by the column."""
        return self.compute is None


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

    @cached_property
    def bound(self) -> tuple[BoundColumn, ...]:
        """Return the columns with kinds, labels and requirements taken from the model."""
        return tuple(_bind(self.model, column) for column in self.columns)

    @cached_property
    def typed(self) -> tuple[BoundColumn, ...]:
        """Return the columns that a person or a workbook fills in."""
        return tuple(column for column in self.bound if column.typed)

    @cached_property
    def by_name(self) -> dict[str, BoundColumn]:
        """Return the columns by name."""
        return {column.name: column for column in self.bound}

    @property
    def is_editable(self) -> bool:
        """Whether rows can be changed and deleted; what a verb has written stands."""
        return self.write is None


def _bind(model: type[Record], column: Column) -> BoundColumn:
    model_field = None if column.expression or column.compute else _field(model, column.name)
    derived = model_field is None or "__" in column.name
    kind = column.kind or (kinds.of_field(model_field) if model_field else kinds.Kind())
    required = bool(model_field and not model_field.blank and not model_field.null)
    return BoundColumn(
        name=column.name,
        label=column.label or _label(column.name, kind, model_field),
        hint=column.hint or (model_field.help_text if model_field else ""),
        kind=kind,
        listed=column.listed,
        typed=column.typed and not derived,
        required=(column.required or required) and not derived,
        expression=column.expression,
        compute=column.compute,
        needs=column.needs,
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
