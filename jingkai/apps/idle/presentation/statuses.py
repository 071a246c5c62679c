"""The page of statuses and the board of cases, as the records that components take."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.core import units
from jingkai.web import figures
from jingkai.web.parts import Pages, Stat

from .. import queries
from ..models import IdleCase, IdleStatus
from ..models.choices import Option, Outcome
from .determinations import TONES, shows_prices

LENGTH = 50
STAGES: Mapping[str, Promise] = {
    "suspected": gettext_lazy("发现涉嫌闲置"),
    "inquiry": gettext_lazy("调查"),
    "determined": gettext_lazy("认定与公开"),
    "disposal": gettext_lazy("拟定处置"),
    "performance": gettext_lazy("履行"),
}


def filtered(asked: Mapping[str, Any], *, on: date) -> QuerySet[IdleStatus]:
    """Return the statuses that are asked for."""
    found = queries.without_case() if asked.get("case") == "none" else queries.statuses()
    for name in ("outcome", "disposal", "cause"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("due"):
        until = on + timedelta(days=int(asked["due"]))
        found = found.filter(next_on__gt=on, next_on__lte=until)
    if asked.get("case") == "open":
        cases = IdleCase.objects.filter(closed_on=None, parcel=OuterRef("parcel"))
        found = found.filter(Exists(cases))
    text = asked.get("q", "")
    if text:
        found = found.filter(
            Q(parcel__name__icontains=text)
            | Q(parcel__code__icontains=text)
            | Q(parcel__holder_name__icontains=text)
        )
    return found


def page(
    asked: Mapping[str, Any], number: int, request: ZoneRequest, *, on: date
) -> dict[str, Any]:
    """Return a page of the statuses, the longest idle first."""
    found = filtered(asked, on=on)
    total = found.count()
    first = max(0, min(number - 1, (total - 1) // LENGTH)) * LENGTH
    order = (F("idle_days").desc(nulls_last=True), F("next_on").asc(nulls_last=True), "pk")
    keys = list(found.order_by(*order).values_list("pk", flat=True)[first : first + LENGTH])
    rows = {row.pk: row for row in queries.statuses().filter(pk__in=keys)}
    soon = queries.rules(request.zone.pk).soon_days
    return {
        "rows": [_row(rows[pk], request.zone.code, soon, on) for pk in keys if pk in rows],
        "pages": _pages(asked, first, len(keys), total, request),
        "total": total,
        "stats": _stats(request),
        "shows_prices": shows_prices(request),
        "mark": queries.mark(request.zone.pk),
    }


def board(columns: list[queries.Column], zone: str, *, on: date) -> list[dict[str, Any]]:
    """Return the columns of the board of cases."""
    return [
        {
            "label": str(STAGES[column.stage]),
            "column": column,
            "note": _("超期 %(count)s 件") % {"count": column.overdue} if column.overdue else "",
            "cards": [_card(case, zone, on=on) for case in column.cases],
        }
        for column in columns
    ]


def _row(status: IdleStatus, zone: str, soon: int, on: date) -> dict[str, Any]:
    left = (status.next_on - on).days if status.next_on else None
    return {
        "status": status,
        "url": reverse("parcels-detail", args=[zone, status.parcel_id]),
        "tone": TONES[status.outcome],
        "options": [str(Option(code).label) for code in status.options],
        "missing": [queries.missing_words(name) for name in status.missing],
        "limit": queries.limit_words(status.next_limit) if status.next_limit else "",
        "left": left,
        "is_soon": left is not None and left <= soon,
    }


def _stats(request: ZoneRequest) -> list[Stat]:
    """Return how many parcels there are of each outcome, each leading to them."""
    here = reverse("idle", args=[request.zone.code])
    counted = queries.counts(queries.statuses(), "outcome")
    totals = queries.totals(queries.statuses())
    found = [
        Stat(
            label=str(outcome.label),
            value=str(counted.get(outcome.value, 0)),
            unit=_("宗"),
            url=f"{here}?outcome={outcome.value}",
            tone=TONES[outcome.value],
        )
        for outcome in Outcome
    ]
    area, fee = totals["area_m2"], totals["fee_wan"]
    found.append(
        Stat(
            label=_("是或可以认定为闲置的面积"),
            value=None if area is None else figures.number(units.mu_from_m2(area), 0),  # type: ignore[arg-type]
            unit=_("亩"),
        )
    )
    if shows_prices(request):
        wan = None if fee is None else figures.number(fee)  # type: ignore[arg-type]
        found.append(Stat(label=_("应征闲置费"), value=wan, unit=_("万元")))
    return found


def _pages(
    asked: Mapping[str, Any], first: int, length: int, total: int, request: ZoneRequest
) -> Pages:
    kept = {name: value for name, value in asked.items() if value}
    here = reverse("idle", args=[request.zone.code])

    def url(page: int) -> str:
        return f"{here}?{urlencode({**kept, 'page': page})}"

    number, last = first // LENGTH + 1, max((total - 1) // LENGTH + 1, 1)
    return Pages(
        first=first + 1 if length else 0,
        last=first + length,
        total=total,
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < last else "",
        first_url=url(1) if number > 1 else "",
        last_url=url(last) if number < last else "",
    )


def _card(case: IdleCase, zone: str, *, on: date) -> dict[str, Any]:
    is_over = case.due_on is not None and case.due_on < on
    left = (case.due_on - on).days if case.due_on else None
    tone = "red" if is_over else "amber" if left is not None and left <= 7 else "green"
    word = _("超期 %(days)s 天") % {"days": -left} if is_over and left is not None else ""
    if not word and left is not None:
        word = _("还有 %(days)s 天") % {"days": left}
    return {
        "case": case,
        "url": reverse("idle-case", args=[zone, case.pk]),
        "tone": tone if case.due_on else "",
        "word": word or _("无在途期限"),
    }
