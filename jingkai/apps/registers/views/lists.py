"""The list of a register."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web.parts import Link

from .. import filters, presentation, queries
from ..declaration import BoundColumn, Register
from . import loading, saved


def listing(
    request: ZoneRequest, register: Register, rows: QuerySet[Any] | None = None
) -> dict[str, Any]:
    """Return the context of ``registers/_list.html``: the rows given, or all, as asked."""
    asked = filters.read(register, request.GET, as_listed=rows is None)
    columns = queries.chosen_columns(register, request.GET).columns
    base = reverse(f"{register.kind}-list", args=[request.zone.code])
    page = queries.page(register, asked, rows, base=base, columns=[c.name for c in columns])
    sorts = queries.sorting(register, columns, page)
    is_selectable = rows is None and loading.may_do_many(request, register)
    return {
        "register": register,
        "links": presentation.links(register, request.zone.code, asked.query),
        "asked": asked,
        "columns": [presentation.heading(asked, column, sorts) for column in columns],
        "page": page,
        "pages": presentation.pages(asked, page),
        "total_url": "" if page.is_exact or rows is not None else f"{base}total/?{asked.query}",
        "totals_url": _totals_url(base, asked, columns) if rows is None else "",
        "kept": presentation.kept(request.GET),
        "can_edit": loading.can_edit(request, register),
        "can_export": Permission.EXPORT in request.permissions,
        "can_export_personal": loading.may_reveal(request, register),
        "search": request.GET.get("q", ""),
        "embedded": rows is not None,
        "is_selectable": is_selectable,
        "body": presentation.body(page, is_selectable=is_selectable),
    }


def _totals_url(base: str, asked: filters.Filters, columns: Iterable[BoundColumn]) -> str:
    return f"{base}totals/?{asked.query}" if any(c.adds_up for c in columns) else ""


def index(request: ZoneRequest, register: Register) -> HttpResponse:
    """Show the list: without any query string in the view that the person has chosen for it."""
    views = saved.saved_views(request, register)
    if not request.GET and views and (opened := saved.by_default(request, register, views)):
        return redirect(f"{request.path}?{presentation.link_of(opened)}")
    context = listing(request, register)
    person = request.user.username
    context |= presentation.saved_views(register, request.GET, views, person)
    asked = context["asked"]
    context["dialogs"] = presentation.dialogs(register, request.zone.code, asked.query)
    context["beside"] = _beside(asked, request)
    status = 400 if asked.errors else 200
    return render(request, "registers/list.html", context, status=status)


def _beside(asked: filters.Filters, request: ZoneRequest) -> list[Link]:
    """Return the ways from the list that higher areas offer."""
    offered = (import_string(path)(asked, request) for path in settings.BESIDE_LISTS)
    return [link for link in offered if link is not None]


def total(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the exact number of rows that the filters leave."""
    asked = filters.read(register, request.GET, as_listed=True)
    number = queries.total(asked, queries.rows_of(register))
    return HttpResponse(f"{number:,}", content_type="text/plain; charset=utf-8")


def counts(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer how many rows each choice of the filters would leave."""
    asked = filters.read(register, request.GET, as_listed=True)
    found = queries.choice_counts(asked, queries.rows_of(register))
    context = {"counts": presentation.choice_counts(found)}
    return render(request, "registers/_filter_counts.html", context)


def suggest(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the records that a reference may mean, as options of a datalist."""
    text = next(iter(request.GET.dict().values()), "")[:40]
    found = queries.suggestions(register, text)
    return render(request, "registers/_suggestions.html", {"found": found})
