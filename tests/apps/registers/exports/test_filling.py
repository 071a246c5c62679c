"""A superior's own workbook, filled in with a list."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from jingkai.apps.registers import queries, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.kinds import Refused

FACTS = {"填报单位": "港城经开区", "填报人": "张三", "填报时间": "2024年12月31日"}


@pytest.fixture
def signings() -> Register:
    """Return the register of signings: it has money and areas."""
    found = queries.find("signings")
    assert found is not None
    return found


def form(**more: Any) -> bytes:
    """Return a superior's form: a merged title, two heading rows, one row to repeat, sums."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附件1"
    rows = [
        ["附件1"],
        ["全市签约项目统计表"],
        ["序号", "项目", None, "计划总投资（万元）", "占比"],
        [None, "编号", "名称"],
        ["{{序号}}", "{{编号}}", "{{签约项目}}", "{{计划总投资}}", "=D5/D6"],
        ["合计", "共 {{条数}} 个", None, "=SUM(D5:D5)", None],
        ["核对", None, None, "{{合计:计划总投资}}"],
        ["单位：{{填报单位}}　填报人：{{填报人}}　时间：{{填报时间}}"],
    ]
    for row in rows:
        sheet.append(row)
    for reference in ("A2:E2", "A3:A4", "B3:C3", "D3:D4", "E3:E4", "A8:E8"):
        sheet.merge_cells(reference)
    for cell in sheet[5]:
        cell.font = Font(name="仿宋_GB2312", size=14)
        cell.border = Border(left=Side(style="thin"), bottom=Side(style="double"))
        cell.alignment = Alignment(horizontal="center")
    sheet["D5"].number_format = "0.00"
    sheet["A6"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["C"].width = 33
    sheet.row_dimensions[5].height = 40
    sheet.print_title_rows = "3:4"
    for reference, value in more.items():
        sheet[reference] = value
    to = io.BytesIO()
    book.save(to)
    return to.getvalue()


def fill(register: Register, content: bytes, rows: list[dict[str, Any]]) -> Any:
    columns = workbooks.form_columns(register, content)
    nothing = dict.fromkeys(column.name for column in columns)
    filling = workbooks.Filling(
        register=register, columns=columns, rows=[nothing | row for row in rows], facts=FACTS
    )
    to = io.BytesIO()
    workbooks.fill(content, filling, to)
    assert zipfile.ZipFile(io.BytesIO(to.getvalue())).testzip() is None
    return openpyxl.load_workbook(io.BytesIO(to.getvalue())).active


ROWS = [
    {"code": "QY-1", "name": "=cmd()", "planned_wan": Decimal("1234.5")},
    {"code": "QY-2", "name": "轴承", "planned_wan": None},
    {"code": "QY-3", "name": "<b>&", "planned_wan": Decimal("0.000001")},
]


def test_the_marked_row_repeats_and_what_stands_below_moves(signings: Register) -> None:
    sheet = fill(signings, form(), ROWS)

    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[4] == [1, "QY-1", "=cmd()", 1234.5, "=D5/D8"]
    assert values[5] == [2, "QY-2", "轴承", None, "=D6/D8"]
    assert values[6] == [3, "QY-3", "<b>&", 0.000001, "=D7/D8"]
    assert values[7][:4] == ["合计", "共 3 个", None, "=SUM(D5:D7)"]
    assert values[8][3] == 1234.500001
    assert values[9][0] == "单位：港城经开区　填报人：张三　时间：2024年12月31日"


def test_a_text_stays_a_text_where_a_formula_of_the_form_stays_a_formula(
    signings: Register,
) -> None:
    sheet = fill(signings, form(), ROWS)

    assert sheet["C5"].data_type != "f"
    assert sheet["E5"].data_type == "f"


def test_styles_widths_heights_and_merges_stay(signings: Register) -> None:
    sheet = fill(signings, form(), ROWS)

    for row in (5, 6, 7):
        assert sheet.cell(row, 2).font.name == "仿宋_GB2312"
        assert sheet.cell(row, 2).border.bottom.style == "double"
        assert sheet.row_dimensions[row].height == 40
    assert sheet["D6"].number_format == "0.00"
    assert sheet["A8"].fill.fgColor.rgb == "00FFFF00"
    assert sheet.column_dimensions["C"].width == pytest.approx(33)
    merged = sorted(str(found) for found in sheet.merged_cells.ranges)
    assert merged == ["A10:E10", "A2:E2", "A3:A4", "B3:C3", "D3:D4", "E3:E4"]


def test_cells_merged_within_the_row_are_merged_in_every_copy(signings: Register) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(C5=None)))
    book.active.merge_cells("B5:C5")
    to = io.BytesIO()
    book.save(to)

    sheet = fill(signings, to.getvalue(), ROWS)

    merged = {str(found) for found in sheet.merged_cells.ranges}
    assert {"B5:C5", "B6:C6", "B7:C7"} <= merged


def test_without_records_one_empty_row_is_left(signings: Register) -> None:
    sheet = fill(signings, form(), [])

    assert [cell.value for cell in sheet[5]][:4] == [None] * 4
    assert sheet["B6"].value == "共 0 个"
    assert sheet["D7"].value is None


def test_an_unknown_placeholder_is_named_with_its_cell(signings: Register) -> None:
    with pytest.raises(Refused, match=r"E7.*投资总额"):
        workbooks.check_form(signings, form(E7="{{投资总额}}"))


def test_a_sum_of_a_column_that_has_none_is_refused(signings: Register) -> None:
    with pytest.raises(Refused, match="合计:编号"):
        workbooks.check_form(signings, form(E7="{{合计:编号}}"))


def test_two_rows_that_would_repeat_are_refused(signings: Register) -> None:
    with pytest.raises(Refused, match="第 5 行与第 7 行"):
        workbooks.check_form(signings, form(E7="{{编号}}"))


def test_a_form_without_placeholders_is_refused(signings: Register) -> None:
    book = openpyxl.Workbook()
    to = io.BytesIO()
    book.save(to)

    with pytest.raises(Refused, match="没有占位符"):
        workbooks.check_form(signings, to.getvalue())


def test_a_good_form_passes_and_names_its_columns(signings: Register) -> None:
    workbooks.check_form(signings, form())

    names = [column.name for column in workbooks.form_columns(signings, form())]
    assert names == ["code", "name", "planned_wan"]


def test_a_date_is_written_as_a_date(signings: Register) -> None:
    content = form(B5="{{签约日期}}")
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.active["B5"].number_format = "yyyy/m/d"
    to = io.BytesIO()
    book.save(to)

    sheet = fill(signings, to.getvalue(), [{"signed_on": date(2024, 3, 1)}])

    assert sheet["B5"].value.date() == date(2024, 3, 1)


def test_more_rows_than_a_form_should_have_are_refused(
    signings: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks.filling, "MOST_FILLED", 2)

    fill(signings, form(), ROWS[:2])
    with pytest.raises(workbooks.Unwritable, match="缩小筛选"):
        fill(signings, form(), ROWS)


def test_a_chinese_form_is_filled_in_for_a_reader_of_english_as_well(signings: Register) -> None:
    with translation.override("en"):
        sheet = fill(signings, form(), ROWS)

    assert sheet["B5"].value == "QY-1"
    assert sheet["D9"].value == 1234.500001
