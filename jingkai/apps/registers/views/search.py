"""One box for every register that the person may read: the page, and what shows while typing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.search import bigrams

from .. import fitting, presentation, queries
from ..filters import MOST_TEXT

ON_PAGE = 5
WHILE_TYPING = 2
MOST_KINDS = 5  # registers shown while typing


@access.page()
def search(request: ZoneRequest) -> HttpResponse:
    """Show what every register has, the fullest first."""
    context = _found(request, ON_PAGE)
    status = 400 if context["error"] else 200
    return render(request, "registers/search.html", context, status=status)


@access.page()
def search_while_typing(request: ZoneRequest) -> HttpResponse:
    """Answer the first findings for the box above every page."""
    return render(request, "registers/_search_quick.html", _found(request, WHILE_TYPING))


def _found(request: ZoneRequest, most: int) -> dict[str, Any]:
    query = request.GET.get("q", "").strip()
    if len(query) > MOST_TEXT or "\0" in query:
        return {"query": "", "error": _("查找内容过长，或含有不能识别的字符"), "heaps": []}
    words = bigrams.words(query)
    readable = [
        register
        for register in queries.registers().values()
        if register.read in request.permissions
    ]
    counts = queries.holders(readable, words) if words else {}
    kinds = sorted(counts, key=lambda kind: -counts[kind])
    if most == WHILE_TYPING:
        kinds = kinds[:MOST_KINDS]
    registers = [fitting.of(request, queries.registers()[kind]) for kind in kinds]
    heaps = [
        queries.newest(register, words, counts[register.kind], most) for register in registers
    ]
    return {
        "query": query,
        "error": "",
        "total": sum(counts.values()),
        "heaps": presentation.found(heaps, request.zone.code, query, words),
    }
