"""Downloads of a register: the filtered list in one of several shapes, the errors of an import."""

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from . import actions, filters, queries, workbooks
from .declaration import BoundColumn, Register
from .filters import Filters
from .kinds import Refused
from .models import ImportRun

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "gpkg": "application/geopackage+sqlite3",
    "zip": "application/zip",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
}
MAPS = {"gpkg": "gpkg", "shp": "zip", "geojson": "geojson", "kml": "kml"}  # and their endings
FILLED_BY = ("unit", "person", "reviewer", "phone")  # 填报单位 填报人 审核人 联系电话
MOST_WORDS = 100


def answer(
    request: ZoneRequest,
    register: Register,
    rows: QuerySet[Any] | None = None,
    *,
    reason: str = "",
) -> HttpResponse:
    """
    Answer exactly the rows that the query string leaves, in its order; the trail notes it.

    Of the ``rows`` given; without any, of all as the list shows them.

    ``format``: ``official`` (as officials file it), ``form`` (a superior's own workbook),
    ``csv``, one of ``MAPS``, or the plain workbook that the import reads. ``reason``: why
    personal data go out.
    """
    asked = filters.read(register, request.GET, as_listed=rows is None)
    rows = queries.rows_of(register) if rows is None else rows
    try:
        if asked.errors:
            raise Refused(asked.errors[0])  # noqa: TRY301 - one answer to whatever is refused
        content, name = _made(request, asked, asked.apply(rows))
    except (Refused, workbooks.Unwritable) as refusal:
        back = reverse(f"{register.kind}-export-options", args=[request.zone.code])
        told = {"register": register, "reason": refusal, "back": f"{back}?{asked.query}"}
        return render(request, "registers/export_refused.html", told, status=400)
    now = clock.now()
    actions.note_export(
        register=register,
        zone=request.zone,
        query=queries.view_query(register, request.GET),
        shape=request.GET.get("format", "xlsx")[:10],
        by=request.user.username,
        at=now,
        reason=reason,
    )
    return download(content, name.replace("*", f"{now:%Y%m%d}"))


def _made(request: ZoneRequest, asked: Filters, rows: QuerySet[Any]) -> tuple[bytes, str]:
    """Return the file and its name, with ``*`` for the day."""
    register, data = asked.register, request.GET
    chosen = queries.chosen_columns(register, data)
    match data.get("format"):
        case "official":
            title = _words(data.get("title", "")) or str(register.name)
            size = data.get("paper") if data.get("paper") in workbooks.PAPERS else ""
            by = filled_by([data.get(name, "") for name in FILLED_BY])
            paper = workbooks.Paper(
                title=title, size=size or workbooks.PAPERS[0], filled_by=tuple(by.items())
            )
            return official(chosen.columns, rows, paper), f"{title}-*.xlsx"
        case "form":
            form = _form(request, register)
            facts = filled_by([data.get(name, "") for name in FILLED_BY])
            return filled(register, rows, form.content, facts), f"{form.name}-*.xlsx"
        case "csv" | "gpkg" | "shp" | "geojson" | "kml" as shape:
            columns = chosen.columns if chosen.is_own else None
            ending = MAPS.get(shape, shape)
            return write(register, rows, ending, columns), f"{register.name}-*.{ending}"
        case _:
            return write(register, rows, "xlsx"), f"{register.name}-*.xlsx"


def _form(request: ZoneRequest, register: Register) -> Any:
    asked = request.GET.get("form", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len(str(10**9)) else 0
    form = queries.filed_form(register, request.zone, pk)
    if form is None:
        raise Refused(_("没有这份表样，可能已被删除"), "form")
    return form


def _words(text: str) -> str:
    return text.strip()[:MOST_WORDS]


def filled_by(words: Sequence[str]) -> dict[str, str]:
    """Return who fills a form in, as label and text: unit, person, reviewer, phone; and when."""
    labels = (_("填报单位（盖章）"), _("填报人"), _("审核人"), _("联系电话"))
    told = dict(zip(labels, (_words(word) for word in words), strict=True))
    return told | {_("填报时间"): date_format(clock.today(), "DATE_FORMAT")}


def write(
    register: Register,
    rows: QuerySet[Any],
    suffix: str,
    columns: Sequence[BoundColumn] | None = None,
) -> bytes:
    """Return the rows as a file for the import to read; without columns, in all it reads."""
    usual = [column for column in register.bound if column.typed or column.compute is None]
    shown = list(columns or usual)
    if suffix in MAPS.values():
        outline = workbooks.outline_of(register)
        wanted = shown if outline in shown else [*shown, outline]
        return workbooks.write_map(register, shown, queries.values(rows, wanted), suffix)
    buffer = io.BytesIO()
    records = queries.values(rows, shown)
    if suffix == "csv":
        workbooks.write_csv(shown, records, buffer)
    else:
        workbooks.write_xlsx(register, shown, records, buffer)
    return buffer.getvalue()


def official(columns: Sequence[BoundColumn], rows: QuerySet[Any], paper: workbooks.Paper) -> bytes:
    """Return the rows as officials file them."""
    buffer = io.BytesIO()
    workbooks.write_official(list(columns), queries.values(rows, columns), paper, buffer)
    return buffer.getvalue()


def filled(
    register: Register, rows: QuerySet[Any], content: bytes, facts: dict[str, str]
) -> bytes:
    """Return a superior's workbook with the rows filled in."""
    columns = workbooks.form_columns(register, content)
    most = workbooks.MOST_FILLED + 1
    filling = workbooks.Filling(
        columns=columns,
        register=register,
        rows=list(queries.values(rows[:most], columns)),
        facts=_facts(register, facts),
    )
    buffer = io.BytesIO()
    workbooks.fill(content, filling, buffer)
    return buffer.getvalue()


def _facts(register: Register, filled_by: dict[str, str]) -> dict[str, str]:
    """Return the words by the names that placeholders have, whatever the language."""
    unit, person, reviewer, phone, day = filled_by.values()
    words = {"填报单位": unit, "填报人": person, "审核人": reviewer, "联系电话": phone}
    return words | {"填报时间": day, "台账": str(register.name)}


def error_report(run: ImportRun) -> HttpResponse:
    """Answer the errors of a checked workbook as a workbook: sheet, row, column, value, rule."""
    headings = [_("工作表"), _("行号"), _("列"), _("填写内容"), _("问题与处理办法")]
    rows = [
        [error["sheet"], error["row"], error["column"], error["value"], error["rule"]]
        for error in run.report["errors"]
    ]
    name = _("导入问题清单")
    return download(workbooks.table(name, headings, rows), f"{name}-{run.pk}.xlsx")


def download(content: bytes, name: str) -> HttpResponse:
    """Answer the content as an attachment with a Chinese file name."""
    response = HttpResponse(
        content, content_type=TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    )
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
