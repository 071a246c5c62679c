"""The copy that goes back to an officer: the wrong cells are red and say why."""

import io

import openpyxl
import pytest
import xlsxwriter

from jingkai.apps.registers import workbooks
from jingkai.apps.registers.workbooks import Problem

from .making import cell, packed, parts, sheet, workbook

RED = "FFFFC7CE"
PROBLEMS = [
    Problem("台账", 2, 2, "面积", "-1", "不能为负"),
    Problem("台账", 2, 2, "面积", "-1", "请填数字"),
    Problem("台账", 3, None, "", "", "编号重复"),
    Problem("台账", 9, 3, "=列", "=值", "缺少“日期”"),
]


@pytest.fixture
def uploaded() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("台账")
    page.write_row(0, 0, ["编号", "面积"], book.add_format({"bold": True}))
    page.write_row(1, 0, ["00123", -1])
    page.write_string(2, 0, "=1+1")
    page.write_formula(2, 1, "=B2*2", None, -2)
    page.merge_range(4, 0, 4, 3, "合并")
    page.write_comment(1, 1, "原有批注")
    page.set_column(1, 1, 33)
    book.close()
    return buffer.getvalue()


def annotated(content: bytes, name: str = "a.xlsx", problems=PROBLEMS):
    return openpyxl.load_workbook(io.BytesIO(workbooks.annotate(content, name, problems)))


def is_red(cell) -> bool:
    return cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == RED


def test_wrong_cells_are_red_and_say_why(uploaded):
    page = annotated(uploaded)["台账"]

    assert is_red(page["B2"])
    assert page["B2"].comment.text == "原有批注\n不能为负\n请填数字"
    assert is_red(page["A3"])
    assert page["A3"].comment.text == "编号重复"
    assert is_red(page["C9"])
    assert not is_red(page["A2"])


def test_the_rest_of_the_workbook_stays_what_it_was(uploaded):
    page = annotated(uploaded)["台账"]

    assert page["A2"].value == "00123"
    assert (page["A3"].value, page["A3"].data_type) == ("=1+1", "s")
    assert (page["B3"].value, page["B3"].data_type) == ("=B2*2", "f")
    assert page["A1"].font.bold
    assert page.column_dimensions["B"].width == pytest.approx(33, abs=1)
    assert [str(area) for area in page.merged_cells.ranges] == ["A5:D5"]


def test_every_problem_is_listed_and_leads_to_its_cell(uploaded):
    page = annotated(uploaded)["问题清单"]

    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["工作表", "行号", "列", "填写内容", "问题与处理办法"]
    assert rows[1] == ["台账", 2, "面积", "-1", "不能为负"]
    assert rows[4] == ["台账", 9, "=列", "=值", "缺少“日期”"]
    assert page["C5"].data_type == page["D5"].data_type == "s"
    assert page["B2"].hyperlink.location == "'台账'!B2"


def test_a_mark_inside_a_merged_area_goes_to_its_first_cell(uploaded):
    page = annotated(uploaded, problems=[Problem("台账", 5, 3, "", "", "不对")])["台账"]

    assert is_red(page["A5"])
    assert page["A5"].comment.text == "不对"


def test_a_copy_that_comes_back_loses_its_old_marks(uploaded):
    first = workbooks.annotate(uploaded, "a.xlsx", PROBLEMS[2:])

    book = annotated(first, problems=PROBLEMS[:1])

    assert book.sheetnames == ["台账", "问题清单"]
    assert not is_red(book["台账"]["A3"])
    assert book["台账"]["A3"].comment is None
    assert is_red(book["台账"]["B2"])
    assert book["问题清单"].max_row == 2


def test_a_csv_file_comes_back_as_a_workbook():
    content = "编号,面积\nA-1,-1\n,\n'=1+1,0012\n".encode()

    page = annotated(content, "a.csv", [Problem("CSV", 2, 2, "面积", "-1", "不能为负")])["CSV"]

    assert is_red(page["B2"])
    assert page["B2"].comment.text == "不能为负"
    assert (page["A4"].value, page["A4"].data_type) == ("=1+1", "s")
    assert page["B4"].value == "0012"


def test_blank_cells_are_marked_in_a_copy_of_values():
    problems = [Problem("CSV", row, 3, "", "", "缺少") for row in (2, 3, 9)]

    page = annotated(b"a,b,c\n1,2,\n\n4,5,6\n", "a.csv", problems)["CSV"]

    assert [is_red(page.cell(row, 3)) for row in (2, 3, 4, 9)] == [True, True, False, True]


def test_a_workbook_with_macros_comes_back_without_them(uploaded):
    content = packed(parts(sheet(cell("B2"))) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    copy = workbooks.annotate(content, "a.xlsm", PROBLEMS)

    assert b"vbaProject" not in copy
    assert is_red(openpyxl.load_workbook(io.BytesIO(copy))["台账"]["B2"])


def test_what_openpyxl_would_choke_on_comes_back_as_values():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("台账")
    page.write_formula(1, 1, "=1+1", None, 2)
    page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()

    copy = annotated(buffer.getvalue())["台账"]

    assert is_red(copy["B2"])
    assert copy["B2"].value == 2
    assert copy.max_row < 10


def test_a_bomb_is_not_annotated():
    with pytest.raises(workbooks.Unreadable, match="XFD1048576"):
        workbooks.annotate(workbook(sheet(cell("XFD1048576"))), "a.xlsx", PROBLEMS)
