"""The filters of the trail's page."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jingkai.apps.audit.queries import Filters


class TrailFilters(forms.Form):
    """Who, what, when, and a text; each may stay empty."""

    person = forms.ChoiceField(label=_("人员"), required=False)
    verb = forms.ChoiceField(label=_("操作"), required=False)
    since = forms.DateField(
        label=_("起始日期"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("截止日期"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    text = forms.CharField(
        label=_("查找"), required=False, max_length=100, help_text=_("对象、编号、理由或请求编号")
    )

    def __init__(
        self,
        data: Any,
        *,
        people: Sequence[tuple[str, str]],
        acts: Sequence[tuple[str, str]],
    ) -> None:
        """Offer the people and the acts that the chain has."""
        super().__init__(data)
        for name, choices in (("person", people), ("verb", acts)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [("", _("全部")), *choices]

    def filters(self) -> Filters:
        """Return what is asked for, as far as it could be understood; days are Beijing days."""
        self.is_valid()
        asked = self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        return Filters(
            person=asked.get("person", ""),
            verb=asked.get("verb", ""),
            since=_start(since) if since else None,
            until=_start(until + timedelta(days=1)) if until else None,
            text=asked.get("text", "").strip(),
        )

    def shown(self) -> list[tuple[str, str, str]]:
        """Return the filters in force, as parameter, label and value."""
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                field = self.fields[name]
                words = dict(getattr(field, "choices", ()))
                found.append((name, str(field.label), str(words.get(value, value))))
        return found


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
