"""What a page of figures is asked for: a year, a day, a part; and the freezing of a period."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.core import indicators as core
from jingkai.core.indicators import Period

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A year and a day within it; ``errors`` says what of the query string was not understood."""

    year: int
    as_of: date
    month: int | None
    errors: tuple[str, ...]

    @property
    def period(self) -> Period:
        """Return the year up to the day, or the month asked for."""
        whole = core.month(self.year, self.month) if self.month else core.year(self.year)
        return Period(whole.start, min(whole.end, max(self.as_of, whole.start)))


class AskedForm(forms.Form):
    """The year and the day of a page of figures."""

    year = forms.IntegerField(
        label=_("年度"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    as_of = forms.DateField(label=_("数据截至"), required=False)
    month = forms.IntegerField(label=_("月份"), min_value=1, max_value=12, required=False)

    def clean_as_of(self) -> date | None:
        """Refuse a day outside the years that have figures, as the year itself is."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("应在 %(first)s 年至 %(last)s 年之间"),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return day


def asked(data: QueryDict, *, today: date) -> Asked:
    """
    Return the year and the day that a query string asks for.

    Without a year it is that of the day, or this one; without a day it is today or the year's
    last. A day outside the year is brought into it; no figure is of a day to come.
    """
    form = AskedForm(data)
    form.is_valid()
    known: dict[str, Any] = {name: form.cleaned_data.get(name) for name in form.fields}
    day: date | None = known["as_of"]
    year: int = known["year"] or (day or today).year
    whole = core.year(year)
    last = max(whole.start, min(day or today, today, whole.end))
    errors = tuple(
        f"{form.fields[name].label}: {problem}"
        for name, problems in form.errors.items()
        for problem in problems
    )
    return Asked(year=year, as_of=last, month=known["month"], errors=errors)


class FreezeForm(forms.Form):
    """The period to freeze: a year, half of it, a quarter or a month."""

    starts_on = forms.DateField(
        label=_("期间起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("期间止"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    label = forms.CharField(label=_("名称"), max_length=60, help_text=_("例如：2024年度"))
    note = forms.CharField(
        label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        found: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on:
            try:
                found["period"] = Period(starts_on, ends_on)
            except core.BadPeriod:
                self.add_error("ends_on", _("期间止不能早于期间起"))
        return found


def year_before(today: date) -> dict[str, Any]:
    """Return what the form proposes: the last whole year."""
    whole = core.year(today.year - 1)
    if (today.month, today.day) == (12, 31):
        whole = core.year(today.year)
    label = gettext("%(year)s年度") % {"year": whole.start.year}
    return {"starts_on": whole.start, "ends_on": whole.end, "label": label}
