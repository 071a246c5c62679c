"""The list as officials file it, read back as Excel would show it."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from jingkai.apps.registers import kinds, workbooks
from jingkai.apps.registers.workbooks import official

from .test_texts import Named

COLUMNS: Any = [
    Named("code", "编号", kinds.Kind()),
    Named("signed_on", "签约日期", kinds.Day()),
    Named("planned_wan", "计划总投资（万元）", kinds.Exact(places=6), adds_up=True),
    Named("land_mu", "用地（亩）", kinds.Exact(places=4), adds_up=True),
    Named("people", "人数", kinds.Whole(), adds_up=True),
]
FILLED_BY = (("填报单位（盖章）", "港城经开区"), ("填报人", "张三"), ("审核人", ""))


def _row(code: str, **others: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(column.name for column in COLUMNS)
    return nothing | {"code": code} | others


def _sheet(rows: list[dict[str, Any]], **paper: Any) -> Any:
    to = io.BytesIO()
    told = {"title": "签约项目台账", "filled_by": FILLED_BY} | paper
    official.write(COLUMNS, rows, official.Paper(**told), to)
    return openpyxl.load_workbook(io.BytesIO(to.getvalue())).active


ROWS = [
    _row("A", signed_on=date(2024, 3, 1), planned_wan=Decimal("1234.5"), people=3),
    _row("B", planned_wan=Decimal("0.000001"), land_mu=Decimal("66.6667"), people=0),
    _row("C", signed_on=date(1899, 12, 31)),
]


def test_the_file_has_the_lines_that_officials_expect() -> None:
    sheet = _sheet(ROWS)

    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][0] == "签约项目台账"
    assert lines[1][0] == "单位：万元、亩"
    assert lines[2] == ["序号", "编号", "签约日期", "计划总投资（万元）", "用地（亩）", "人数"]
    assert [line[:2] for line in lines[3:6]] == [[1, "A"], [2, "B"], [3, "C"]]
    assert lines[6][0] == "合计"
    assert lines[-1][0].startswith("填报单位（盖章）：港城经开区　　填报人：张三　　审核人：")


def test_the_sums_are_exact_and_say_what_they_leave_out() -> None:
    sheet = _sheet(ROWS)

    total = [cell.value for cell in sheet[7]]
    assert total == ["合计", None, None, 1234.500001, 66.6667, 3]
    notes = [sheet.cell(row, 1).value for row in (8, 9, 10)]
    assert notes == [
        "注：计划总投资（万元）有 1 条未登记，未计入合计。",
        "注：用地（亩）有 2 条未登记，未计入合计。",
        "注：人数有 1 条未登记，未计入合计。",
    ]


def test_a_sum_of_nothing_is_empty_and_a_sum_of_zeros_is_zero() -> None:
    sheet = _sheet([_row("A", people=0), _row("B", people=0)])

    assert [cell.value for cell in sheet[6]] == ["合计", None, None, None, None, 0]


def test_a_list_without_rows_is_filed_as_such() -> None:
    sheet = _sheet([])

    assert [cell.value for cell in sheet[4]] == ["合计", None, None, None, None, None]
    assert sheet.cell(5, 1).value.startswith("填报单位")


@pytest.mark.parametrize(("size", "code"), [("A4", 9), ("A3", 8)])
def test_it_prints_on_landscape_paper_with_its_headings_on_every_page(
    size: str, code: int
) -> None:
    sheet = _sheet(ROWS, size=size)

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (code, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.freeze_panes == "C4"


def test_what_spans_the_sheet_is_merged() -> None:
    sheet = _sheet([_row("A", people=1, planned_wan=1, land_mu=1)])

    assert sorted(str(merged) for merged in sheet.merged_cells.ranges) == [
        "A1:F1",
        "A2:F2",
        "A6:F6",
    ]


def test_figures_stand_below_each_other_and_dates_are_dates() -> None:
    sheet = _sheet(ROWS)

    assert sheet["D4"].number_format == "#,##0.000000"
    assert sheet["F4"].number_format == "#,##0"
    assert sheet["C4"].number_format == "yyyy-mm-dd"
    assert sheet["C4"].value.date() == date(2024, 3, 1)
    assert sheet["C6"].value == "1899-12-31"  # Excel has no such day


def test_what_a_float_would_lose_stays_text() -> None:
    sheet = _sheet([_row("A", planned_wan=Decimal("999999999999.123456"))])

    assert sheet["D4"].value == "999999999999.123456"


def test_the_import_reads_the_same_rows_from_it() -> None:
    to = io.BytesIO()
    official.write(COLUMNS, ROWS, official.Paper(title="台账", filled_by=FILLED_BY), to)

    (sheet,) = workbooks.read(to.getvalue(), "a.xlsx")
    rows = dict(sheet.rows)

    assert rows[4][1:4] == ["A", date(2024, 3, 1), 1234.5]
    assert rows[7][0] == "合计"
    assert str(rows[11][0]).startswith("填报单位")
