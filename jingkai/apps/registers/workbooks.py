"""Workbooks in and out: rows with their true numbers from Excel or CSV, templates and exports."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import python_calamine
import rustpy_xlsxwriter
import xlsxwriter
from django.utils.translation import gettext as _

from .declaration import BoundColumn, Register
from .kinds import Choice

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_RATIO = 100
MOST_MEMBERS = 2_000
MOST_COLUMNS = 400
MOST_ROWS = 200_100
HEADER_WITHIN = 20
REQUIRED = "*"
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\0")


class Unreadable(ValueError):
    """The file is no workbook that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its rows with the numbers that the person sees in Excel, from 1."""

    name: str
    rows: list[tuple[int, list[Any]]]


def read(content: bytes, file_name: str) -> list[Sheet]:
    """
    Return the sheets of an xlsx, xls or csv file (UTF-8 or GB18030).

    :raises Unreadable: when the file is too large, damaged, a bomb, or of another type
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(_("文件超过 50 MB，请拆分后导入"))
    if file_name.lower().endswith(".csv"):
        return [_read_csv(content)]
    if content[:2] == b"PK":
        _guard(content)
    elif content[:4] != b"\xd0\xcf\x11\xe0":
        raise Unreadable(_("不是 Excel 或 CSV 文件，请另存为 .xlsx 后重试"))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_read_sheet(book, name) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as reason:
        raise Unreadable(_("工作簿已损坏，无法读取：%(reason)s") % {"reason": reason}) from None


def _read_sheet(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    start_row, start_column = sheet.start or (0, 0)
    rows = [
        (
            start_row + index + 1,
            [None] * start_column + [value if value != "" else None for value in row],
        )
        for index, row in enumerate(sheet.to_python(skip_empty_area=True))
    ]
    return Sheet(name, rows)


def _read_csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise Unreadable(_("CSV 的编码既不是 UTF-8 也不是 GB18030")) from None
    rows = csv.reader(io.StringIO(text, newline=""))
    read_rows = [
        (index, [_unquoted(value) or None for value in row]) for index, row in enumerate(rows, 1)
    ]
    return Sheet("CSV", read_rows)


def _guard(content: bytes) -> None:
    """
    Refuse an archive that would exhaust the machine before anything parses it.

    Two cells at A1 and XFD1048576 make the parser reserve the rectangle between them and abort.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise Unreadable(_("工作簿已损坏，无法解压")) from None
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Unreadable(_("工作簿解压后过大，请拆分后导入"))
    if unpacked > MOST_RATIO * max(len(content), 100_000):
        raise Unreadable(_("工作簿的压缩比异常，已拒绝"))
    for member in members:
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            with archive.open(member) as file:
                _refuse_far_cells(file)


def _refuse_far_cells(file: Any) -> None:
    rest = b""
    while chunk := file.read(1 << 20):
        text = rest + chunk
        for letters, digits in _CELL.findall(text):
            if int(digits) > MOST_ROWS or _column_number(letters) > MOST_COLUMNS:
                cell = (letters + digits).decode()
                raise Unreadable(_("单元格 %(cell)s 太远，请清除多余的行列") % {"cell": cell})
        rest = text[-200:] if b"<" in text[-200:] else b""
        rest = rest[rest.rfind(b"<") :] if rest else b""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def template(register: Register) -> bytes:
    """Return an empty workbook that the import reads: headings, hints, drop-down lists."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(str(register.name)[:31])
    title = book.add_format({"bold": True, "font_size": 14})
    note = book.add_format({"font_color": "#5f6b7a", "text_wrap": True, "valign": "top"})
    must = book.add_format({"bold": True, "bg_color": "#fde8e4", "border": 1, "text_wrap": True})
    may = book.add_format({"bold": True, "bg_color": "#e9eef5", "border": 1, "text_wrap": True})
    sheet.write_string(0, 0, _("%(name)s（导入模板）") % {"name": register.name}, title)
    sheet.write_string(
        1,
        0,
        _("带 * 的列必填；编号相同的行更新原记录，编号不同的行新增；请从第 4 行起填写。"),
        note,
    )
    for index, column in enumerate(register.typed):
        sheet.write_string(2, index, heading(column), must if column.required else may)
        sheet.set_column(index, index, column.kind.width)
        if column.hint:
            sheet.write_comment(2, index, str(column.hint))
        if isinstance(column.kind, Choice):
            labels = [str(label) for _code, label in column.kind.choices]
            if sum(map(len, labels)) + len(labels) < 250:
                sheet.data_validation(
                    3, index, 2_000, index, {"validate": "list", "source": labels}
                )
    sheet.freeze_panes(3, 1)
    book.close()
    return buffer.getvalue()


def heading(column: BoundColumn) -> str:
    """Return the column's heading as the template writes it."""
    return f"{column.label}{REQUIRED}" if column.required else str(column.label)


def write_xlsx(
    register: Register, columns: list[BoundColumn], rows: Iterable[dict[str, Any]], to: BinaryIO
) -> None:
    """Write the rows as a workbook; text that starts with = stays text."""
    heads = [heading(column) for column in columns]
    records = (
        dict(zip(heads, (c.kind.cell(row[c.name]) for c in columns), strict=True)) for row in rows
    )
    first = next(iter_records := iter(records), None)
    if first is None:
        to.write(template(register))
        return
    rustpy_xlsxwriter.write_worksheet(
        _chain(first, iter_records),
        to,
        sheet_name=str(register.name)[:31],
        freeze_row=1,
        freeze_col=1,
        bold_headers=True,
        autofilter=True,
        column_width=16,
        datetime_format="yyyy-mm-dd",
    )


def _chain(first: dict[str, Any], others: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from others


def write_csv(columns: list[BoundColumn], rows: Iterable[dict[str, Any]], to: BinaryIO) -> None:
    """Write the rows as UTF-8 CSV that Excel opens; a leading = + - @ is quoted."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([heading(column) for column in columns])
    for row in rows:
        writer.writerow([_quoted(_csv_text(column, row[column.name])) for column in columns])
    text.detach()


def _csv_text(column: BoundColumn, value: Any) -> str:
    if isinstance(column.kind, Choice):
        return column.kind.shown(value)
    return column.kind.text(value)


def _quoted(text: str) -> str:
    return f"'{text}" if text.startswith((*_FORMULA_START, "'")) else text


def _unquoted(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:2] in {*_FORMULA_START, "'"} else text


def table(name: str, headings: list[str], rows: list[list[Any]]) -> bytes:
    """Return a plain table as a workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True, "bg_color": "#e9eef5", "border": 1})
    for index, heading_text in enumerate(headings):
        sheet.write_string(0, index, heading_text, bold)
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, index, value)
            else:
                sheet.write_string(number, index, str(value))
    sheet.set_column(0, len(headings) - 1, 24)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()
