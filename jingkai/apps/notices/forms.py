"""How a person wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries
from .models import Preference, Way

_HOURS = [(hour, f"{hour}:00") for hour in range(24)]


class PreferenceForm(forms.Form):
    """Address, quiet hours, and a way for each kind of notice."""

    email = forms.EmailField(
        label=_("接收邮箱"), required=False, help_text=_("邮件摘要和即时邮件发到这里")
    )
    workdays_only = forms.BooleanField(
        label=_("只在工作日发邮件（按法定节假日和调休安排）"), required=False
    )
    quiet_from = forms.TypedChoiceField(
        label=_("免打扰开始"), choices=_HOURS, coerce=int, help_text=_("其间的邮件顺延到结束后")
    )
    quiet_until = forms.TypedChoiceField(
        label=_("免打扰结束"), choices=_HOURS, coerce=int, help_text=_("每日摘要在这时发出")
    )

    def __init__(self, preference: Preference, data: Any = None) -> None:
        """Show what is chosen now."""
        names = ("email", "workdays_only", "quiet_from", "quiet_until")
        initial = {name: getattr(preference, name) for name in names}
        super().__init__(data, initial=initial)
        for kind in queries.KINDS:
            self.fields[f"way-{kind}"] = forms.ChoiceField(
                label=queries.kind_label(kind),
                choices=Way.choices,
                initial=queries.way_of(preference, kind),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a way by mail to nowhere."""
        values: dict[str, Any] = super().clean() or {}
        mailed = {Way.MAIL.value, Way.DAILY.value, Way.WEEKLY.value} & set(values.values())
        if mailed and not values.get("email") and "email" not in self.errors:
            self.add_error("email", _("选择了邮件提醒，请填写接收邮箱"))
        return values

    def values(self) -> dict[str, Any]:
        """Return what the preference keeps."""
        said = self.cleaned_data
        ways = {kind: said[f"way-{kind}"] for kind in queries.KINDS}
        plain = {name: value for name, value in said.items() if not name.startswith("way-")}
        return plain | {"ways": ways}
