"""What is asked of whoever publishes or prints the map."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import actions, queries
from .models import MapPublication

_PREFIX = "columns-"
_PLACE = re.compile(r"-?\d{1,3}(\.\d{1,8})?")


class PublicationForm(forms.Form):
    """What guests see: the layers, of each the columns, and whom they may turn to."""

    title = forms.CharField(label=_("地图标题"), max_length=60)
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=120,
        required=False,
        help_text=_("对外公布的招商联系人和电话，任何人都能看到"),
    )
    note = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例：以上信息仅供参考，以实地踏勘和合同为准"),
    )

    def __init__(self, data: Any = None, *, found: MapPublication | None = None) -> None:
        """Offer what guests may see at all, with what they see now."""
        shown = found.shown if found else {}
        initial = {name: getattr(found, name) for name in ("title", "contact", "note") if found}
        super().__init__(data, initial=initial)
        for layer in queries.publishable():
            register = queries.register_of(layer)
            columns = layer.guest.columns if layer.guest else ()
            self.fields[f"{_PREFIX}{layer.name}"] = forms.MultipleChoiceField(
                label=str(layer.label),
                choices=[(c, register.by_name[c].label) for c in columns if c in register.by_name],
                required=False,
                initial=shown.get(layer.name, ()),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("勾选对外公开的内容；一项都不勾选，则不公开这个图层"),
            )

    def shown(self) -> actions.Shown:
        """Return what was asked, of a form that is valid."""
        chosen = {
            name.removeprefix(_PREFIX): tuple(columns)
            for name, columns in self.cleaned_data.items()
            if name.startswith(_PREFIX) and columns
        }
        texts = {name: self.cleaned_data[name] for name in ("title", "contact", "note")}
        return actions.Shown(layers=chosen, **texts)


class SheetForm(forms.Form):
    """What is printed: the window, the title, who fills it in."""

    title = forms.CharField(label=_("图名"), max_length=60)
    unit = forms.CharField(label=_("填报单位"), max_length=60, required=False)
    window = forms.CharField(widget=forms.HiddenInput)
    layer = forms.CharField(widget=forms.HiddenInput)
    axis = forms.CharField(widget=forms.HiddenInput, required=False)
    labels = forms.BooleanField(label=_("标注名称"), required=False)
    format = forms.ChoiceField(
        label=_("文件"), choices=[("pdf", _("PDF（A3 横向）")), ("png", _("PNG 图片（A3 横向）"))]
    )

    def clean_window(self) -> tuple[float, float, float, float]:
        """Return the west, south, east and north of what is to be printed."""
        found = window_of(self.cleaned_data["window"])
        if found is None:
            raise forms.ValidationError(_("图幅范围不正确，请从地图页面重新打开打印"))
        return found


def window_of(text: str) -> tuple[float, float, float, float] | None:
    """Return the west, south, east and north of a text, or None where it says none."""
    parts = text.split(",")
    if len(parts) != 4 or not all(_PLACE.fullmatch(part) for part in parts):
        return None
    west, south, east, north = (float(part) for part in parts)
    is_window = -180 <= west < east <= 180 and -85 <= south < north <= 85
    return (west, south, east, north) if is_window else None
