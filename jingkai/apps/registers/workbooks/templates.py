"""Empty workbooks that the import reads."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from ..declaration import BoundColumn, Register
from ..kinds import Choice

REQUIRED = "*"


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
