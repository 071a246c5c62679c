"""The list of a register."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission

from .. import filters, presentation, queries
from ..declaration import Register
from . import loading


def listing(
    request: ZoneRequest, register: Register, rows: QuerySet[Any] | None = None
) -> dict[str, Any]:
    """Return the context of ``registers/_list.html``: the rows given, or all, as asked."""
    asked = filters.read(register, request.GET)
    chosen = queries.rows_of(register)
    if rows is not None:
        chosen = queries.with_expressions(register, rows)
    columns = [column for column in register.bound if column.listed]
    base = reverse(f"{register.kind}-list", args=[request.zone.code])
    page = queries.page(register, asked, chosen, base=base, columns=[c.name for c in columns])
    return {
        "register": register,
        "links": presentation.links(register, request.zone.code, asked.query),
        "asked": asked,
        "columns": [presentation.heading(asked, column) for column in columns],
        "page": page,
        "pages": presentation.pages(asked, page),
        "total_url": "" if page.is_exact or rows is not None else f"{base}total/?{asked.query}",
        "kept": presentation.kept(request.GET),
        "can_edit": loading.can_edit(request, register),
        "can_export": Permission.EXPORT in request.permissions,
        "search": request.GET.get("q", ""),
        "embedded": rows is not None,
    }


def index(request: ZoneRequest, register: Register) -> HttpResponse:
    """Show the list."""
    context = listing(request, register)
    context["widgets"] = filters.widgets(register, request.GET)
    status = 400 if context["asked"].errors else 200
    return render(request, "registers/list.html", context, status=status)


def total(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the exact number of rows that the filters leave."""
    asked = filters.read(register, request.GET)
    number = queries.total(asked, queries.rows_of(register))
    return HttpResponse(f"{number:,}", content_type="text/plain; charset=utf-8")


def suggest(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the records that a reference may mean, as options of a datalist."""
    text = next(iter(request.GET.dict().values()), "")[:40]
    found = queries.suggestions(register, text)
    return render(request, "registers/_suggestions.html", {"found": found})
