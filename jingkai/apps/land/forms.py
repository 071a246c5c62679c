"""The forms of splitting a parcel and of merging parcels."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.kinds import Exact, Kind, Outline, Refused
from jingkai.apps.registers.models import Record
from jingkai.core.geometry import overlaps
from jingkai.core.geometry.shapes import Kind as ShapeKind
from jingkai.core.geometry.shapes import Shape
from jingkai.web import figures

from . import queries
from .actions import Part
from .models import Parcel
from .register.codes import ParcelCode

MOST_PARTS = 12
FEWEST_PARTS = 2
STAYS = "0"  # with the parcel that is split, as its history


class ChangeForm(forms.Form):
    """What a split and a merger are both asked."""

    on = forms.DateField(
        label=_("变更日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.CharField(label=_("依据文号"), max_length=120, required=False)
    reason = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        help_text=_("面积合计与变更前不一致，或有面积未登记时必填"),
    )

    def said(self) -> dict[str, Any]:
        """Return what the verbs take of these."""
        return {name: self.cleaned_data[name] for name in ("on", "document", "reason")}


class SplitForm(ChangeForm):
    """How many parts there are, what each is, and which takes what the parcel has."""

    def __init__(self, data: Any, *, parcel: Parcel, parts: int, today: date) -> None:
        """Draw so many parts, and a choice for each contract, statement, delay, plant, promise."""
        super().__init__(data, initial={"on": today})
        self.parcel = parcel
        self.parts = min(max(parts, FEWEST_PARTS), MOST_PARTS)
        self.belongings: Sequence[Record] = queries.belongings(parcel)
        for number in range(1, self.parts + 1):
            _draw_part(self, f"part{number}_", parcel, number)
        choices = [
            ("", "—"),
            *((str(n), gettext("第 %(n)s 宗") % {"n": n}) for n in range(1, self.parts + 1)),
            (STAYS, gettext("留在原宗地")),
        ]
        for place, record in enumerate(self.belongings):
            self.fields[f"goes{place}"] = forms.ChoiceField(
                label=f"{record._meta.verbose_name} · {record}", choices=choices
            )

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield the fields of each part under its name."""
        for number in range(1, self.parts + 1):
            names = (name for name in self.fields if name.startswith(f"part{number}_"))
            yield gettext("第 %(n)s 宗") % {"n": number}, [self[name] for name in names]

    def given(self) -> list[forms.BoundField]:
        """Return the fields that give what the parcel has to its parts."""
        return [self[f"goes{place}"] for place in range(len(self.belongings))]

    def whole(self) -> list[forms.BoundField]:
        """Return the fields that are about the change itself."""
        return [self[name] for name in ("on", "document", "reason")]

    def clean(self) -> dict[str, Any]:
        """Read each part as its register reads it."""
        values = super().clean() or {}
        for number in range(1, self.parts + 1):
            _read_part(self, f"part{number}_")
        self._refuse_overlaps(values)
        return values

    def _refuse_overlaps(self, values: dict[str, Any]) -> None:
        """Refuse parts that are drawn over one another."""
        names = [f"part{number}_outline" for number in range(1, self.parts + 1)]
        drawn = [name for name in names if values.get(name) is not None]
        for pair in overlaps.find([values[name] for name in drawn]):
            said = {
                "n": names.index(drawn[pair.first]) + 1,
                "area": figures.number(pair.shared_m2),
            }
            self.add_error(
                drawn[pair.second],
                gettext("与第 %(n)s 宗的图形重叠 %(area)s 平方米，请改正") % said,
            )

    def wanted(self) -> list[Part]:
        """Return the parts."""
        return [self._part(number) for number in range(1, self.parts + 1)]

    def _part(self, number: int) -> Part:
        goes = [
            record
            for place, record in enumerate(self.belongings)
            if self.cleaned_data[f"goes{place}"] == str(number)
        ]
        return Part(**_values(self, f"part{number}_"), belongings=goes)


class MergeForm(ChangeForm):
    """With which parcels one is merged, and what the new one is."""

    others = forms.CharField(
        label=_("与哪些宗地合并"),
        help_text=_("填宗地编号，多宗用顿号、逗号或空格隔开"),
        max_length=400,
    )
    takes_all = forms.BooleanField(
        label=_("合同、进度、延误、厂房、标准地承诺转入新宗地"),
        required=False,
        initial=True,
        help_text=_("不勾选：留在原宗地，只作历史"),
    )
    joins_outlines = forms.BooleanField(
        label=_("新宗地的图形由各宗的图形合成"),
        required=False,
        help_text=_("不勾选：用下面填写的图形；没有填写的，合并后没有图形"),
    )

    def __init__(self, data: Any, *, parcel: Parcel, today: date) -> None:
        """Draw the new parcel."""
        has_outline = parcel.outline is not None
        initial = {"on": today, "takes_all": True, "joins_outlines": has_outline}
        super().__init__(data, initial=initial)
        self.parcel = parcel
        beside = [f"{one.code}（{one}）" for one in queries.beside(parcel)]
        if beside:
            said = {"parcels": gettext("、").join(beside)}
            hint = gettext("填宗地编号，多宗用顿号、逗号或空格隔开；相邻的有：%(parcels)s")
            self.fields["others"].help_text = hint % said
        _draw_part(self, "part_", parcel)
        parts = [f"part_{name}" for name, *_more in _KINDS if name != "outline"]
        self.order_fields(["others", "takes_all", *parts, "joins_outlines", "part_outline"])

    def clean(self) -> dict[str, Any]:
        """Read the new parcel as its register does, and find the others."""
        values = super().clean() or {}
        _read_part(self, "part_")
        codes = _codes(values.get("others") or "")
        found = {one.code: one for one in queries.parcels_called(codes, self.parcel.zone)}
        lost = [code for code in codes if code not in found]
        if lost:
            self.add_error(
                "others", gettext("没有找到宗地：%(codes)s") % {"codes": "、".join(lost)}
            )
        values["parcels"] = [self.parcel, *(p for p in found.values() if p != self.parcel)]
        if values.get("joins_outlines") and not lost:
            self._join(values)
        return values

    def _join(self, values: dict[str, Any]) -> None:
        """Put the outlines of all parcels together, where each has one."""
        if values.get("part_outline") is not None:
            self.add_error("joins_outlines", gettext("已填写图形；请取消勾选，或清空填写的图形"))
            return
        without = [str(one) for one in values["parcels"] if not _is_area(one.outline)]
        if without:
            said = {"names": gettext("、").join(without)}
            self.add_error(
                "joins_outlines",
                gettext("没有面状图形，不能合成：%(names)s；请先补登图形，或取消勾选") % said,
            )
            return
        together = overlaps.merged([one.outline for one in values["parcels"]])
        parts = len(together.geojson["coordinates"])
        if parts > 1 and not values.get("reason"):
            self.add_error(
                "joins_outlines",
                gettext("各宗的图形不相连，合成后为 %(parts)s 块；请核对，确需合并的请写明说明")
                % {"parts": parts},
            )
        values["part_outline"] = together

    def wanted(self) -> Part:
        """Return the new parcel."""
        parcels: list[Parcel] = self.cleaned_data["parcels"]
        goes = [b for parcel in parcels for b in queries.belongings(parcel)]
        takes = goes if self.cleaned_data["takes_all"] else []
        source = gettext("由合并前各宗图形合成") if self.cleaned_data["joins_outlines"] else ""
        return Part(**_values(self, "part_"), outline_source=source, belongings=takes)


class UndoForm(forms.Form):
    """Why a split or merger is taken back."""

    reason = forms.CharField(label=_("撤销理由"), max_length=200)


_KINDS: tuple[tuple[str, Any, Kind, bool], ...] = (
    ("code", _("编号"), Kind(max_length=40), True),
    ("name", _("宗地名称"), Kind(max_length=120), True),
    ("parcel_code", _("宗地代码"), ParcelCode(), False),
    ("area_m2", _("登记面积（平方米）"), Exact(places=2), False),
    ("outline", _("图形"), Outline(), False),
)


def _draw_part(form: forms.Form, prefix: str, parcel: Parcel, number: int = 0) -> None:
    hints = {
        "outline": _("可留空；WKT、GeoJSON，或每行一个点：经度,纬度"),
        "area_m2": _("不知道时留空，并在说明中写明"),
    }
    first = {"code": f"{parcel.code}-{number}", "name": f"{parcel}-{number}"} if number else {}
    for name, label, _kind, required in _KINDS:
        widget = forms.Textarea(attrs={"rows": 2}) if name == "outline" else forms.TextInput()
        form.fields[f"{prefix}{name}"] = forms.CharField(
            label=label,
            required=required,
            initial=first.get(name, ""),
            help_text=hints.get(name, ""),
            widget=widget,
        )


def _read_part(form: forms.Form, prefix: str) -> None:
    for name, _label, kind, _required in _KINDS:
        field = f"{prefix}{name}"
        if field in form.errors:
            continue
        try:
            form.cleaned_data[field] = kind.parse(form.cleaned_data.get(field))
        except Refused as reason:
            form.add_error(field, str(reason))
    area: Decimal | None = form.cleaned_data.get(f"{prefix}area_m2")
    if area is not None and area <= 0:
        form.add_error(f"{prefix}area_m2", gettext("登记面积应大于 0；不知道时留空"))


def _values(form: forms.Form, prefix: str) -> dict[str, Any]:
    values = {name: form.cleaned_data[f"{prefix}{name}"] for name, *_more in _KINDS}
    return values | {"parcel_code": values["parcel_code"] or ""}


def _is_area(outline: Shape | None) -> bool:
    return outline is not None and outline.kind is ShapeKind.AREA


def _codes(text: str) -> list[str]:
    for mark in "、,，；;\n\t":
        text = text.replace(mark, " ")
    return list(dict.fromkeys(text.split()))
