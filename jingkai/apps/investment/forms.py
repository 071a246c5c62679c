"""The small forms on a lead's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Lead


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AssignForm(forms.Form):
    """Who follows the lead, and until when nobody else may."""

    to: Any = forms.ModelChoiceField(label=_("跟进人"), queryset=None, empty_label="—")
    protected_until = _day(_("保护期至（不含）"), required=False)
    reason = forms.CharField(
        label=_("改派理由"),
        required=False,
        max_length=200,
        help_text=_("客商在他人保护期内的，必须填写"),
    )

    def __init__(self, people: Any, data: Any = None) -> None:
        """Offer the people who work in the zone."""
        super().__init__(data, prefix="assign")
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class LoseForm(forms.Form):
    """When and why the lead was lost."""

    on = _day(_("流失日期"))
    reason = forms.ChoiceField(label=_("流失原因"), choices=Lead.LostReason)
    note = forms.CharField(label=_("流失说明"), required=False, max_length=300)

    def __init__(self, data: Any = None) -> None:
        """Keep its fields apart from those of the other forms on the page."""
        super().__init__(data, prefix="lose")


class ReviveForm(forms.Form):
    """When and why a lost lead is followed again."""

    on = _day(_("唤醒日期"))
    note = forms.CharField(label=_("唤醒说明"), max_length=300)

    def __init__(self, data: Any = None) -> None:
        """Keep its fields apart from those of the other forms on the page."""
        super().__init__(data, prefix="revive")


class FunnelForm(forms.Form):
    """The year whose cohorts are asked for."""

    year = forms.IntegerField(min_value=1984, max_value=9998)
