"""The form of one record, made from its register's columns; the import's upload form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Zone

from . import imports, queries
from .declaration import BoundColumn, Register
from .kinds import Choice, Day, LongText, Person, Reference, Refused, Yes, plain
from .models import Record


class RecordForm(forms.Form):
    """Reads each field as the import reads its cell: one rule on both ways in."""

    def __init__(
        self,
        register: Register,
        zone: Zone,
        data: QueryDict | None = None,
        record: Record | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Draw the register's typed columns, filled from the record."""
        self.register = register
        self.zone = zone
        shown = dict(initial or {})
        if record is not None:
            shown = {column.name: _shown(column, record) for column in register.typed}
        super().__init__(data, initial=shown)
        for column in register.typed:
            self.fields[column.name] = _form_field(column, zone)
            if record is not None and column.name == register.key:
                self.fields[column.name].widget.attrs["readonly"] = True

    def clean(self) -> dict[str, Any]:
        """Return the values by column name; each error stands at its field."""
        texts = {column.name: plain(self.data.get(column.name)) for column in self.register.typed}
        keys = {name: {text} for name, text in texts.items()}
        found = imports.resolve(self.zone, self.register.typed, keys)
        values: dict[str, Any] = {}
        for column in self.register.typed:
            if column.name in self.errors:
                continue
            try:
                values[column.name] = imports.value_of(column, texts[column.name], found)
            except Refused as reason:
                self.add_error(column.name, str(reason))
        return values


class UploadForm(forms.Form):
    """A workbook to check."""

    file = forms.FileField(
        label=_("工作簿（.xlsx、.xls、.csv，50 MB 以内）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


def _shown(column: BoundColumn, record: Record) -> str:
    value = imports.stored(record, column.name)
    if value is not None and column.is_reference:
        return str(getattr(value, column.kind.key))  # type: ignore[attr-defined]
    if isinstance(column.kind, Choice):
        return str(value or "")
    return column.kind.text(value)


class ReferenceInput(forms.TextInput):
    """A natural key, with suggestions from the register it belongs to while one types."""

    template_name = "registers/_reference.html"


def _form_field(column: BoundColumn, zone: Zone) -> forms.Field:
    return forms.CharField(
        label=str(column.label),
        required=column.required,
        widget=_widget(column, zone),
        help_text=str(column.hint),
    )


def _widget(column: BoundColumn, zone: Zone) -> forms.Widget:
    match column.kind:
        case Person():
            people = accounts.everybody_of(zone)
            return forms.Select(choices=[("", "—"), *((p.username, p.name) for p in people)])
        case Reference() as kind:
            return _reference(kind, column.name, zone)
        case Choice(choices=choices):
            return forms.Select(choices=[("", "—"), *choices])
        case Yes():
            return forms.Select(choices=[("", _("未登记")), ("是", _("是")), ("否", _("否"))])
    return _input(column)


def _input(column: BoundColumn) -> forms.Widget:
    if isinstance(column.kind, Day):
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if isinstance(column.kind, LongText):
        return forms.Textarea(attrs={"rows": 3})
    numeric = {"inputmode": "decimal"} if column.kind.align == "is-numeric" else {}
    return forms.TextInput(attrs={"autocomplete": "off"} | numeric)


def _reference(kind: Reference, name: str, zone: Zone) -> forms.Widget:
    register = queries.of_model(kind.to)
    if register is None:
        return forms.TextInput()
    return ReferenceInput(
        attrs={
            "autocomplete": "off",
            "list": f"{name}-suggestions",
            "hx-get": reverse(f"{register.kind}-suggest", args=[zone.code]),
            "hx-trigger": "focus once, input changed delay:250ms",
            "hx-target": f"#{name}-suggestions",
        }
    )
