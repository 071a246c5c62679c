"""The forms of the calendar: a notice's text, a limit to be counted, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jingkai.core.calendar import Limit, Unit, reading

from . import queries

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
MOST = 3_000
LONGEST = 20_000


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """The notice as it was issued; number and day are read of the text where it has them."""

    text = forms.CharField(
        label=_("通知正文"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("从中国政府网复制全文粘贴，标题、文号、落款一并带上"),
    )
    document_number = forms.CharField(
        label=_("文号"),
        max_length=60,
        required=False,
        help_text=_("例如“国办发明电〔2025〕7号”；留空则从正文读取"),
    )
    issued_on = forms.DateField(
        label=_("印发日期"), required=False, widget=_day(), help_text=_("留空则从正文落款读取")
    )
    source = forms.CharField(
        label=_("来源"), max_length=300, required=False, help_text=_("网址或收文编号")
    )

    def reading(self) -> reading.Reading:
        """Return what the text says."""
        return reading.read(self.cleaned_data.get("text", ""))

    def clean(self) -> dict[str, Any]:
        """Take number and day of the text where they were left empty; without them it is none."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("text"):
            return said
        found = reading.read(said["text"])
        said["document_number"] = said.get("document_number") or found.document_number
        said["issued_on"] = said.get("issued_on") or found.issued_on
        if not said["document_number"]:
            self.add_error("document_number", _("正文中没有读到文号，请填写"))
        if not said["issued_on"] and "issued_on" not in self.errors:
            self.add_error("issued_on", _("正文中没有读到印发日期，请填写"))
        return said


class LimitForm(forms.Form):
    """From which day a limit of so many units runs."""

    start = forms.DateField(
        label=_("起算日（当日不计入）"),
        widget=_day(),
    )
    count = forms.IntegerField(label=_("期限长度"), min_value=1, max_value=MOST)
    unit = forms.ChoiceField(label=_("单位"), choices=queries.unit_choices)
    roll = forms.BooleanField(
        label=_("末日为休息日时顺延"), required=False, help_text=_("依《民法典》第二百零三条")
    )

    def clean_start(self) -> date:
        """Refuse a day that the calendar has nothing to say of."""
        found: date = self.cleaned_data["start"]
        if not EARLIEST <= found <= LATEST:
            raise forms.ValidationError(_("起算日须在 1990 年至 2100 年之间"))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse years that would lead out of the calendar."""
        said: dict[str, Any] = super().clean() or {}
        unit, count = said.get("unit"), said.get("count", 0)
        most = {Unit.MONTH.value: 1_200, Unit.YEAR.value: 100}.get(str(unit), MOST)
        if count > most:
            self.add_error("count", _("期限过长：最多 100 年"))
        return said

    def limit(self) -> Limit:
        """Return the limit that is asked for."""
        said = self.cleaned_data
        return Limit(count=said["count"], unit=Unit(said["unit"]), rolls=said["roll"])


class WithdrawalForm(forms.Form):
    """Why a notice is taken out of the calendar."""

    reason = forms.CharField(label=_("撤回原因"), max_length=200)


def asked_year(given: str | None, *, today: date) -> int:
    """Return the year of the page: the one asked for, else the present one."""
    year = int(given) if given and given.isdecimal() and len(given) == 4 else today.year
    return min(max(year, EARLIEST.year), LATEST.year)
