"""Workbooks to import."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

HEADINGS = ["编号*", "方向*", "日期*", "团组名称*", "人数"]
GOOD = ["LF-1", "来访", "2024-03-01", "考察团", "3"]
Rows = list[list[Any]]


def book(*sheets: Rows, skip: int = 0, names: tuple[str, ...] = ("来访", "二", "三")) -> bytes:
    """Return a workbook whose sheets begin below ``skip`` empty rows."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - the same bytes
    for name, rows in zip(names, sheets, strict=False):
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows, skip):
            for index, value in enumerate(row):
                sheet.write(number, index, value)
    workbook.close()
    return buffer.getvalue()
