"""Downloads of a register: the filtered list, and the errors of an import."""

import io
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from . import actions, filters, queries, workbooks
from .declaration import Register
from .models import ImportRun

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


def answer(request: ZoneRequest, register: Register, rows: QuerySet[Any]) -> HttpResponse:
    """Answer exactly the rows that the query string leaves, in its order; the trail notes it."""
    asked = filters.read(register, request.GET)
    suffix = "csv" if request.GET.get("format") == "csv" else "xlsx"
    content = write(register, asked.apply(rows), suffix)
    now = clock.now()
    actions.note_export(
        register=register,
        zone=request.zone,
        query=asked.query,
        by=request.user.username,
        at=now,
    )
    return download(content, f"{register.name}-{now:%Y%m%d}.{suffix}")


def write(register: Register, rows: QuerySet[Any], suffix: str) -> bytes:
    """Return the rows as an xlsx or csv file, in the columns that the import reads."""
    columns = [column for column in register.bound if column.typed or column.compute is None]
    buffer = io.BytesIO()
    records = queries.values(rows, columns)
    if suffix == "csv":
        workbooks.write_csv(columns, records, buffer)
    else:
        workbooks.write_xlsx(register, columns, records, buffer)
    return buffer.getvalue()


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
