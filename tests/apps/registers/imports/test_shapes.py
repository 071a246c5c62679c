"""What officials' workbooks look like: headings over two lines, cells in error."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun, State

Import = Callable[..., ImportRun]


def _written(build: Callable[[Any], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        build(workbook.add_worksheet("来访"))
    return buffer.getvalue()


def _two_lines(page: Any) -> None:
    """Write a title, and headings of which some span two lines and one spans two columns."""
    page.merge_range("A1:F1", "来访外出情况表")
    page.merge_range("A2:A3", "序号")
    page.merge_range("B2:B3", "编号")
    page.merge_range("C2:D2", "基本情况")
    page.write_row("C3", ["方向", "日期"])
    page.merge_range("E2:F2", "团组")
    page.write_row("E3", ["团组名称", "人数"])
    page.write_row("A4", [1, "LF-1", "来访", "2024-03-01", "考察团", 3])


def test_headings_over_two_lines_are_read_by_their_lower_line(
    imported: Import, visits: Register
) -> None:
    run = imported(_written(_two_lines))

    (row,) = run.rows.all()
    record: Any = visits.model.objects.get()
    assert (row.row, run.report["unknown_columns"]) == (4, [])
    assert (record.code, record.visited_on, record.people) == ("LF-1", date(2024, 3, 1), 3)


def test_two_columns_of_one_name_are_told_apart_by_the_line_above(checked: Import) -> None:
    def build(page: Any) -> None:
        page.merge_range("A1:A2", "编号")
        page.merge_range("B1:C1", "来访")
        page.write_row("B2", ["日期", "单位"])
        page.merge_range("D1:E1", "陪同")
        page.write_row("D2", ["日期", "单位"])
        page.write_row("A3", ["LF-1", "2024-03-01", "甲", "2024-03-02", "乙"])

    run = checked(_written(build))

    headings = [column["heading"] for column in run.report["look"]["columns"]]
    assert run.state == State.UNMAPPED
    assert headings == ["编号", "来访/日期", "来访/单位", "陪同/日期", "陪同/单位"]


@pytest.mark.parametrize("is_tall", [True, False])
def test_foreign_headings_over_two_lines_are_told_by_their_merged_cells(
    is_tall: bool, checked: Import
) -> None:
    def build(page: Any) -> None:
        page.merge_range("A1:D1", "客商接待摸排")
        page.write_row("A2", ["线号", None, None, "去向"])
        page.merge_range("B2:C2", "客人")
        page.write_row("B3", ["谁", "几位"])
        if is_tall:
            page.merge_range("A2:A3", "线号")
            page.merge_range("D2:D3", "去向")
        page.write_row("A4", ["LF-1", "考察团", 3, "来访"])

    run = checked(_written(build))

    columns = run.report["look"]["columns"]
    assert [column["heading"] for column in columns] == ["线号", "客人/谁", "客人/几位", "去向"]
    assert [column["samples"] for column in columns] == [["LF-1"], ["考察团"], ["3"], ["来访"]]


@pytest.mark.parametrize("code", ["#REF!", "#DIV/0!"])
@pytest.mark.parametrize(("place", "column"), [("A3", "编号"), ("E3", "人数")])
def test_a_cell_in_error_is_named_by_row_and_column_and_what_it_shows(
    code: str, place: str, column: str, checked: Import
) -> None:
    def build(page: Any) -> None:
        page.write_row("A1", ["编号", "方向", "日期", "团组名称", "人数"])
        page.write_row("A2", ["LF-1", "来访", "2024-03-01", "考察团", 3])
        page.write_row("A3", ["LF-2", "来访", "2024-03-01", "考察团", 3])
        page.write_formula(place, "=1/0", None, code)

    run = checked(_written(build))

    (error,) = run.report["errors"]
    assert run.state == State.REFUSED
    assert (error["row"], error["column"], error["value"]) == (3, column, code)
    assert f"错误值 {code}" in error["rule"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_words_of_a_choice_are_read_in_the_language_of_the_workbook_not_of_the_reader(
    language: str, imported: Import, visits: Register
) -> None:
    def build(page: Any) -> None:
        page.write_row("A1", ["编号", "方向", "日期", "团组名称"])
        page.write_row("A2", ["LF-1", "来访", "2024-03-01", "考察团"])
        page.write_row("A3", ["LF-2", "Inbound visit", "2024-03-01", "考察团"])
        page.write_row("A4", ["LF-3", "outbound", "2024-03-01", "考察团"])

    with translation.override(language):
        imported(_written(build))

    rows = visits.model.objects.order_by("code").values_list("direction", flat=True)
    assert list(rows) == ["inbound", "inbound", "outbound"]
