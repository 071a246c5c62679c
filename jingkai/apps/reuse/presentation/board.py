"""The board: each figure opens the records that it counts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jingkai.core.indicators import Period
from jingkai.web import figures
from jingkai.web.parts import Link, Stat, Tone

from .. import queries
from ..models import OPEN, Disposal, Status
from ..queries import Heap
from .areas import measure_name, mu

STATUSES: dict[str, Tone] = {
    Status.PLANNED: "blue",
    Status.UNDER_WAY: "amber",
    Status.FINISHED: "green",
    Status.WITHDRAWN: "grey",
}


def status_names() -> list[str]:
    """Return the names of how far a disposal may be, in their order."""
    return [str(status.label) for status in Status]


def heap(label: str, found: Heap, unit: str, url: str, tone: Tone | None = None) -> Stat:
    """Return so many records with their area as one figure."""
    area = mu(found.area_m2)
    return Stat(
        label=label,
        value=figures.number(found.count),
        unit=unit,
        url=url if found.count else "",
        note="" if area is None else _("%(area)s 亩") % {"area": area},
        tone=(tone or "") if found.count else "",
    )


def survey_stats(board: queries.Board, zone: str) -> list[Stat]:
    """Return what there is to dispose of: each figure opens the records that it counts."""
    parcels, plants = reverse("parcels-list", args=[zone]), reverse("plants-list", args=[zone])
    standing = ("retired_on__empty", "1")
    unknown = urlencode([("supply__empty", "1"), standing])
    unused = urlencode([*(("supply", code.value) for code in queries.UNUSED), standing])
    idle = urlencode([*(("statutory", code.value) for code in queries.IDLE), standing])
    plots = _("宗")
    vacant = board.vacant_plants
    area = vacant.area_m2
    return [
        heap(_("利用状态未登记"), board.unverified, plots, f"{parcels}?{unknown}"),
        heap(_("未充分利用"), board.unused, plots, f"{parcels}?{unused}", "amber"),
        heap(_("已认定闲置"), board.idle, plots, f"{parcels}?{idle}", "red"),
        Stat(
            label=_("空置厂房"),
            value=figures.number(vacant.count),
            unit=_("处"),
            url=f"{plants}?idle_area_m2__from=0.01" if vacant.count else "",
            note=""
            if area is None
            else _("空置 %(area)s 平方米") % {"area": figures.number(area)},
            tone="amber",
        ),
    ]


def map_links(zone: str) -> list[Link]:
    """Return the map of what there is to dispose of, filtered as the figures are."""
    path, parcels = reverse("map", args=[zone]), ("layer", "parcels")
    unused = [parcels, ("axis", "supply"), *(("supply", one.value) for one in queries.UNUSED)]
    idle = [parcels, ("axis", "statutory"), *(("statutory", one.value) for one in queries.IDLE)]
    asked = (
        (_("利用状态未登记"), [parcels, ("axis", "stage"), ("supply__empty", "1")]),
        (_("未充分利用"), unused),
        (_("已认定闲置"), idle),
        (
            _("空置厂房"),
            [("layer", "plants"), ("axis", "occupancy"), ("idle_area_m2__from", "0.01")],
        ),
    )
    return [Link(label=label, url=f"{path}?{urlencode(pairs)}") for label, pairs in asked]


def result_stats(board: queries.Board, period: Period, zone: str) -> list[Stat]:
    """Return what disposals brought in the period."""
    disposals = reverse("disposals-list", args=[zone])
    start, end = period.start.isoformat(), period.end.isoformat()
    money = reverse("disposal-money-list", args=[zone])
    days = urlencode({"finished_on__from": start, "finished_on__to": end})
    lines = urlencode({"state": "actual", "on__from": start, "on__to": end})
    return [
        heap(
            _("在办处置"),
            board.open,
            _("件"),
            f"{disposals}?{urlencode([('status', code.value) for code in OPEN])}",
            "blue",
        ),
        Stat(
            label=_("盘活土地"),
            value=mu(board.reused.area_m2),
            unit=_("亩"),
            url=f"{disposals}?subject=land&{days}" if board.reused.count else "",
            note=_("办结 %(count)s 件") % {"count": board.reused.count},
            tone="green",
        ),
        Stat(
            label=_("盘活厂房"),
            value=str(board.reused_plants),
            unit=_("处"),
            url=f"{disposals}?subject=plant&{days}" if board.reused_plants else "",
            tone="green",
        ),
        _money(_("实收租金"), board.rent_wan, f"{money}?category=rent&{lines}"),
        _money(_("恢复产值"), board.output_wan, f"{money}?category=output&{lines}"),
        _money(_("财政支出"), board.paid_wan, f"{money}?payer=public&{lines}"),
        _money(_("财政收入"), board.received_wan, f"{money}?payee=public&{lines}"),
    ]


def group_rows(board: queries.Board, zone: str) -> list[dict[str, Any]]:
    """Return each measure with its disposals by status, as links to their list."""
    listed = reverse("disposals-list", args=[zone])
    return [
        {
            "name": measure_name(group.measure),
            "count": group.count,
            "url": f"{listed}?measure={group.measure}",
            "cells": [_cell(group, status, listed) for status in Status],
        }
        for group in board.groups
    ]


def disposal_rows(found: Iterable[Disposal], zone: str, *, on: date) -> list[dict[str, Any]]:
    """Return disposals as rows of a table, with how late each is."""
    return [
        {
            "row": row,
            "url": reverse("disposal", args=[zone, row.pk]),
            "subject": row.plant or row.parcel,
            "tone": STATUSES[row.status],
            "late": (on - row.due_on).days if row.due_on and row.due_on < on else None,
        }
        for row in found
    ]


def _cell(group: queries.Group, status: Status, listed: str) -> dict[str, Any]:
    found = group.by_status.get(status)
    if found is None:
        return {"count": 0, "area": None, "url": ""}
    url = f"{listed}?measure={group.measure}&status={status.value}"
    return {"count": found.count, "area": mu(found.area_m2), "url": url}


def _money(label: str, amount_wan: Decimal | None, url: str) -> Stat:
    value = None if amount_wan is None else figures.wan(amount_wan)
    return Stat(label=label, value=value, url=url if value else "")
