"""The form of one record, made from its register's columns; the import's upload form."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Zone

from . import checking, queries
from .declaration import SECRECIES, BoundColumn, Effect, Register, Secrecy
from .fitting import Asked, OwnField, may_tighten
from .kinds import Choice, Day, LongText, Outline, Person, Reference, Refused, Yes, custom, plain
from .models import CustomField, Record

CLEAR = "-"  # typed into a field whose value is masked: take the value out

MOST_FORM_BYTES = 5 * 1024 * 1024


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
        self.record = record
        shown = dict(initial or {})
        if record is not None:
            shown = {c.name: _shown(c, record) for c in register.typed if not c.is_masked}
        super().__init__(data, initial=shown)
        for column in register.typed:
            self.fields[column.name] = _form_field(column, zone)
            if record is not None and column.name == register.key:
                self.fields[column.name].widget.attrs["readonly"] = True
            if record is not None and column.is_masked:
                _veil(self.fields[column.name], column, record)

    def clean(self) -> dict[str, Any]:
        """Return the values by column name; each error stands at its field."""
        texts = {column.name: plain(self.data.get(column.name)) for column in self.register.typed}
        keys = {name: {text} for name, text in texts.items()}
        found = checking.resolve(self.zone, self.register.typed, keys)
        values: dict[str, Any] = {}
        for column in self.register.typed:
            text = texts[column.name]
            if column.name in self.errors or (self._keeps(column) and not text):
                continue
            try:
                given = "" if self._keeps(column) and text == CLEAR else text
                values[column.name] = checking.value_of(column, given, found)
            except Refused as reason:
                self.add_error(column.name, str(reason))
        return self._without_left_out(values)

    def _keeps(self, column: BoundColumn) -> bool:
        """Whether an empty field leaves what is on record: its value was not shown."""
        return self.record is not None and column.is_masked

    @property
    def base(self) -> str:
        """Return the texts that the form was opened with, as JSON; it comes back with the form."""
        opened = {name: str(text) for name, text in self.initial.items()}
        return str(self.data.get("base", "{}")) if self.is_bound else json.dumps(opened)

    def _without_left_out(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values less those that the zone does without in such a row."""
        row = checking.of_record(self.register, self.record) | values
        left_out = checking.left_out(self.register, row)
        if self.record is not None:
            return {name: value for name, value in values.items() if name not in left_out}
        return values | dict.fromkeys(left_out & set(values))

    @property
    def conditions(self) -> str:
        """Return what the zone asks of the fields, as JSON for the page's script."""
        return json.dumps(
            [
                {"column": c.column, "effect": c.effect, "when": c.when, "among": sorted(c.among)}
                for c in self.register.conditions
            ]
        )


class FieldForm(forms.Form):
    """A field of the zone's own; the type is chosen once, when the field is added."""

    label = forms.CharField(label=_("字段名称"), max_length=40)
    label_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    type = forms.ChoiceField(
        label=_("类型"),
        choices=list(custom.TYPES.items()),
        help_text=_("登记后不能更改；需要另一种类型时，停用后另加一个字段"),
    )
    places = forms.IntegerField(
        label=_("小数位数"), initial=2, min_value=1, max_value=6, required=False
    )
    unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    options = forms.CharField(
        label=_("可选项"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一项，仅用于选择项"),
    )
    hint = forms.CharField(label=_("填写说明"), max_length=200, required=False)
    position = forms.IntegerField(label=_("排序"), initial=0, min_value=0, max_value=999)
    is_required = forms.BooleanField(label=_("必填"), required=False)
    is_searchable = forms.BooleanField(label=_("可搜索"), required=False)
    is_listed = forms.BooleanField(label=_("列表中显示"), required=False)

    def __init__(self, data: QueryDict | None = None, field: CustomField | None = None) -> None:
        """Fill in the field there is; its type and its places stay."""
        super().__init__(data, initial=_said_of(field) if field else None)
        if field is not None:
            del self.fields["type"], self.fields["places"]

    def of(self) -> dict[str, Any]:
        """Return the new field whole, as the action takes it."""
        said = self.cleaned_data
        places = said["places"] or 2
        return {"of": custom.Type(said["type"]), "places": places, "said": self.said()}

    def said(self) -> OwnField:
        """Return what is said of the field."""
        said = {n: v for n, v in self.cleaned_data.items() if n not in {"type", "places"}}
        return OwnField(**said | {"options": tuple(said["options"].splitlines())})


class RuleForm(forms.Form):
    """What the zone asks of a column; the values of the condition carry their column's name."""

    column = forms.ChoiceField(label=_("字段"))
    effect = forms.ChoiceField(
        label=_("要求"),
        choices=[
            (Effect.REQUIRED, _("必填")),
            (Effect.HIDDEN, _("不显示")),
            (Effect.READ_ONLY, _("只读")),
        ],
    )
    among = forms.MultipleChoiceField(
        label=_("仅在下列情况下（不选则始终适用）"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, register: Register, data: QueryDict | None = None) -> None:
        """Offer the register's columns, and the values of its choices."""
        super().__init__(data)
        column: Any = self.fields["column"]
        among: Any = self.fields["among"]
        typed = [c for c in register.typed if c.name != register.key]
        column.choices = [(c.name, str(c.label)) for c in typed]
        among.choices = [
            (f"{c.name}:{code}", f"{c.label}：{label}")
            for c in register.held
            if isinstance(c.kind, Choice)
            for code, label in c.kind.choices
        ]

    def clean_among(self) -> list[str]:
        """Refuse values of two columns: a rule depends on one."""
        among: list[str] = self.cleaned_data["among"]
        if len({value.partition(":")[0] for value in among}) > 1:
            raise forms.ValidationError(_("一条规则只能依据一个字段的取值"))
        return among

    def asked(self) -> Asked:
        """Return what is asked."""
        said = self.cleaned_data
        pairs = [value.partition(":") for value in said["among"]]
        return Asked(
            column=said["column"],
            effect=Effect(said["effect"]),
            when=pairs[0][0] if pairs else "",
            among=tuple(code for _when, _colon, code in pairs),
        )


class SecrecyForm(forms.Form):
    """Who may read a column."""

    column = forms.ChoiceField(label=_("字段"))
    secrecy = forms.TypedChoiceField(
        label=_("密级"), choices=list(SECRECIES.items()), coerce=Secrecy
    )

    def __init__(self, register: Register, data: QueryDict | None = None) -> None:
        """Offer the columns that a zone may keep stricter."""
        super().__init__(data)
        column: Any = self.fields["column"]
        offered = [c for c in register.bound if c.held and may_tighten(register, c.name)]
        column.choices = [(c.name, str(c.label)) for c in offered]


class ReasonForm(forms.Form):
    """Why somebody wants personal data as it is."""

    reason = forms.CharField(label=_("查看理由"), min_length=2, max_length=200)


class ManyForm(forms.Form):
    """What to do to many records: a verb, and its values read as the record's form reads them."""

    reason = forms.CharField(label=_("理由"), required=False, max_length=200)
    is_whole = forms.BooleanField(
        label=_("全部成功才执行"),
        required=False,
        help_text=_("不勾选：能变更的先变更，其余留下并说明原因"),
    )

    def __init__(
        self, columns: Iterable[BoundColumn], zone: Zone, data: QueryDict, *, chosen: set[str]
    ) -> None:
        """Draw the columns; ``chosen`` are those whose values count, empty for "not on record"."""
        super().__init__(data or None)
        self.columns = list(columns)
        self.zone = zone
        self.chosen = chosen
        for column in self.columns:
            self.fields[column.name] = _form_field(column, zone)
            self.fields[column.name].required = False

    def clean(self) -> dict[str, Any]:
        """Return the chosen values, and the reason and the way to do it beside them."""
        wanted = [column for column in self.columns if column.name in self.chosen]
        texts = {column.name: plain(self.data.get(column.name)) for column in wanted}
        found = checking.resolve(self.zone, wanted, {name: {t} for name, t in texts.items()})
        self.values: dict[str, Any] = {}
        for column in wanted:
            try:
                self.values[column.name] = checking.value_of(column, texts[column.name], found)
            except Refused as reason:
                self.add_error(column.name, str(reason))
        return self.cleaned_data


class UploadForm(forms.Form):
    """A workbook to check, or a spatial file where the register has outlines."""

    file = forms.FileField(
        label=_("工作簿（.xlsx、.xls、.csv，50 MB 以内）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )

    def __init__(self, *args: Any, has_outlines: bool = False) -> None:
        """Take spatial files too where there are outlines to come in."""
        super().__init__(*args)
        if has_outlines:
            file = self.fields["file"]
            file.label = _("工作簿或空间数据文件（50 MB 以内）")
            file.help_text = _(
                ".xlsx、.xls、.csv，或 GeoPackage、Shapefile（同名文件压缩成一个 .zip）、"
                "GeoJSON、KML、DXF"
            )
            file.widget.attrs["accept"] = (
                ".xlsx,.xls,.csv,.gpkg,.zip,.geojson,.json,.kml,.kmz,.dxf"
            )


def _said_of(field: CustomField) -> dict[str, Any]:
    names = (name for name in FieldForm.base_fields if hasattr(field, name))
    return {name: getattr(field, name) for name in names} | {"options": "\n".join(field.options)}


def _shown(column: BoundColumn, record: Record) -> str:
    value = checking.stored(record, column.name)
    if value is not None and column.is_reference:
        return str(getattr(value, column.kind.key))  # type: ignore[attr-defined]
    if isinstance(column.kind, Choice):
        return str(value or "")
    return column.kind.text(value)


def _veil(field: forms.Field, column: BoundColumn, record: Record) -> None:
    """Show the mask in the empty field; what is typed replaces the value."""
    field.required = False
    field.widget.attrs["placeholder"] = column.kind.shown(checking.stored(record, column.name))
    field.help_text = _("留空则保持不变；填减号“-”则清空")


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
    if isinstance(column.kind, LongText | Outline):
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


class FiledFormUpload(forms.Form):
    """A superior's own workbook, to be filled in with lists of the register."""

    name = forms.CharField(label=_("表样名称"), max_length=60)
    file = forms.FileField(
        label=_("表样文件（.xlsx，5 MB 以内）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> Any:
        """Return the file, unless it is larger than a form ever is."""
        file = self.cleaned_data["file"]
        if file.size > MOST_FORM_BYTES:
            raise forms.ValidationError(_("表样超过 5 MB，请删去其中的图片或明细"))
        return file
