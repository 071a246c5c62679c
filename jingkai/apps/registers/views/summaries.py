"""What a filtered list adds up to: its totals, its groups."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jingkai.apps.accounts.access import ZoneRequest

from .. import filters, presentation, queries
from ..declaration import Register
from . import loading


def totals(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the last row of the list: the sums of what is filtered."""
    asked = filters.read(register, request.GET, as_listed=True)
    columns = queries.chosen_columns(register, request.GET).columns
    found = queries.totals(columns, asked.apply(queries.rows_of(register)))
    cells = presentation.total_cells(columns, found)
    context = {"cells": cells, "count": found.count}
    context["is_selectable"] = loading.may_do_many(request, register)
    return render(request, "registers/_totals.html", context)


def grouped(request: ZoneRequest, register: Register) -> HttpResponse:
    """Show the filtered list in groups, each figure with its way to the rows behind it."""
    asked = filters.read(register, request.GET, as_listed=True)
    by = _levels(request, register)
    base = reverse(f"{register.kind}-list", args=[request.zone.code])
    context: dict[str, Any] = {
        "register": register,
        "asked": asked,
        "choices": queries.levels(register),
        "by": by,
        "kept": [pair for pair in presentation.kept(request.GET) if pair[0] not in _OURS],
        "list_url": f"{base}?{asked.without(*_OURS)}",
        "search": request.GET.get("q", ""),
    }
    if by:
        rows = asked.apply(queries.rows_of(register))
        summed = [column for column in register.bound if column.adds_up]
        found, is_all = queries.groups(rows, by, summed)
        links = presentation.group_links(base, asked, by)
        context |= presentation.grouped(found, summed, links) | {"is_all": is_all}
    return render(request, "registers/grouped.html", context, status=400 if asked.errors else 200)


_OURS = ("group", "then", "page", "view")


def _levels(request: ZoneRequest, register: Register) -> list[queries.Level]:
    asked = [request.GET.get(name, "") for name in ("group", "then")]
    found = [queries.level(register, code) for code in dict.fromkeys(asked) if code]
    return [level for level in found if level is not None]
