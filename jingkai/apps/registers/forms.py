"""The form of one record, made from its register's columns; the import's upload form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import Zone

from . import imports
from .declaration import BoundColumn, Register
from .kinds import Choice, Day, LongText, Refused, Yes, plain
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
            self.fields[column.name] = _form_field(column)
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


def _form_field(column: BoundColumn) -> forms.Field:
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if isinstance(column.kind, Choice):
        widget = forms.Select(choices=[("", "—"), *column.kind.choices])
    elif isinstance(column.kind, Yes):
        widget = forms.Select(choices=[("", _("未登记")), ("是", _("是")), ("否", _("否"))])
    elif isinstance(column.kind, Day):
        widget = forms.DateInput(attrs={"type": "date"})
    elif isinstance(column.kind, LongText):
        widget = forms.Textarea(attrs={"rows": 3})
    if column.kind.align == "is-numeric" and not isinstance(column.kind, Day):
        widget.attrs["inputmode"] = "decimal"
    return forms.CharField(
        label=str(column.label),
        required=column.required,
        widget=widget,
        help_text=str(column.hint),
    )
