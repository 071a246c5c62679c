"""The year-end report as a page and as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import exports
from jingkai.documents import html
from jingkai.documents.model import Document
from jingkai.web import clock

from .. import forms, queries
from ..queries.year_end import files
from ..queries.year_end import year_end as written


@access.page(Permission.READ_FIGURES)
def year_end(request: ZoneRequest, year: int) -> HttpResponse:
    """Show the report; another year chosen on the page has an address of its own."""
    chosen = request.GET.get("year", "")
    if chosen.isdecimal() and chosen != str(year):
        return redirect("year-end", zone=request.zone.code, year=chosen)
    today = clock.today()
    asked = _asked(request, year)
    document = _document(request, asked)
    context = {
        "chosen": asked,
        "today": today,
        "years": queries.years(today),
        "document": document,
        "content": mark_safe(html.render(document)),  # noqa: S308 - the writer escapes
        "files": [
            (label, _file_url(request, asked, suffix), icon) for suffix, label, icon in FORMATS
        ],
    }
    return render(request, "reporting/year_end.html", context)


@access.page(Permission.READ_FIGURES)
def year_end_file(request: ZoneRequest, year: int, suffix: str) -> HttpResponse:
    """Download the report."""
    if suffix not in files.WRITERS:
        raise Http404
    document = _document(request, _asked(request, year), request.build_absolute_uri("/"))
    name = f"{document.title}.{suffix}"
    return exports.download(files.write(document, suffix), name)


FORMATS = (
    ("docx", "Word", "file-type-docx"),
    ("pdf", "PDF", "file-type-pdf"),
    ("xlsx", "Excel", "file-type-xls"),
    ("json", "JSON", "code"),
)


def _file_url(request: ZoneRequest, asked: forms.Asked, suffix: str) -> str:
    path = reverse("year-end-file", args=[request.zone.code, asked.year, suffix])
    return f"{path}?as_of={asked.as_of.isoformat()}"


def _asked(request: ZoneRequest, year: int) -> forms.Asked:
    data = request.GET.copy()
    data["year"] = str(year)
    found = forms.asked(data, today=clock.today())
    if found.errors and found.year != year:
        raise Http404
    return found


def _document(request: ZoneRequest, asked: forms.Asked, base_url: str = "") -> Document:
    return written(
        zone=request.zone,
        year=asked.year,
        as_of=asked.as_of,
        generated_at=clock.now(),
        base_url=base_url.rstrip("/"),
    )
