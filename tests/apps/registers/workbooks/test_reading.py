"""What a person sees in a workbook is what is read, with the row numbers that Excel shows."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.apps.registers import workbooks
from jingkai.apps.registers.sandbox import wire
from jingkai.apps.registers.workbooks import CellError, Merge
from tests.environment import rounds

from .making import OFFICE, cell, packed, parts, sheet, workbook

OLD = Path(__file__).parent / "old.xls"


def written(write) -> bytes:
    """Return a workbook that xlsxwriter makes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    write(book)
    book.close()
    return buffer.getvalue()


def test_rows_keep_their_numbers_below_and_beside_blank_ones():
    content = workbook(sheet(cell("C4") + cell("B7", "2")))

    (found,) = workbooks.read(content, "a.xlsx")

    assert found.rows == [(4, [None, None, 1]), (7, [None, 2, None])]


def test_rows_keep_their_numbers_where_no_cell_has_a_reference():
    rows = '<row><c><v>1</v></c></row><row/><row r="9"><c/><c><v>2</v></c></row>'

    (found,) = workbooks.read(workbook(sheet(rows)), "a.xlsx")

    assert found.rows == [(1, [1, None]), (9, [None, 2])]


MIDNIGHT = datetime(2024, 5, 6)  # noqa: DTZ001 - workbooks know no time zones
MORNING = datetime(2024, 5, 6, 7, 8)  # noqa: DTZ001


def values(book):
    page = book.add_worksheet("甲")
    for column, (value, shape) in enumerate(
        [
            (90.0, None),
            (0.1, None),
            ("00123", None),
            (True, None),
            (MIDNIGHT, "yyyy-mm-dd"),
            (MORNING, "yyyy-mm-dd hh:mm"),
            (time(7, 8), "hh:mm"),
            (timedelta(hours=36), "[h]:mm"),
            (" 前后 ", None),
            ("a\rb\x01_x000D_", None),
        ]
    ):
        look = book.add_format({"num_format": shape}) if shape else None
        if isinstance(value, str):
            page.write_string(0, column, value)
        else:
            page.write(0, column, value, look)


def test_values_arrive_as_what_they_are():
    (found,) = workbooks.read(written(values), "a.xlsx")

    ((_number, cells),) = found.rows
    assert cells == [
        90,
        0.1,
        "00123",
        True,
        date(2024, 5, 6),
        MORNING,
        time(7, 8),
        timedelta(hours=36),
        " 前后 ",
        "a\rb\x01_x000D_",
    ]
    assert type(cells[0]) is int
    assert type(cells[4]) is date


def test_a_number_that_nobody_counts_with_stays_a_float():
    (found,) = workbooks.read(workbook(sheet(cell("A1", "1E+15") + cell("A2", "1E+14"))), "a.xlsx")

    assert [type(cells[0]) for _number, cells in found.rows] == [float, int]


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", "#REF!"])
def test_a_cell_in_error_says_so(code):
    rows = f'<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>{code}</v></c></row>'

    (found,) = workbooks.read(workbook(sheet(rows)), "a.xlsx")

    assert found.rows == [(2, [1, CellError(code)])]


def test_a_formula_that_nobody_worked_out_is_not_taken_for_an_empty_cell():
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v></v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>""</f><v></v></c></row>'
        '<row r="5"><c r="C5"><f>1+1</f></c></row>'
    )

    (found,) = workbooks.read(workbook(sheet(rows)), "a.xlsx")

    assert found.rows == [
        (1, [CellError("#CALC?"), 1]),
        (2, [2, None]),
        (5, [None, None, CellError("#CALC?")]),
    ]


def two_sheets(book):
    book.add_worksheet("甲").write_string("A1", "一")
    hidden = book.add_worksheet("乙")
    hidden.write_string("A2", "二")
    hidden.hide()
    book.add_chartsheet("图")


def test_hidden_sheets_are_flagged_and_charts_are_none():
    with workbooks.opened(written(two_sheets), "a.xlsx") as book:
        heads = [(head.name, head.hidden, head.last_row) for head in book.sheets]

    assert heads == [("甲", False, 1), ("乙", True, 2)]


def test_sheets_are_read_in_any_order_and_left_half_way():
    with workbooks.opened(written(two_sheets), "a.xlsx") as book:
        second = list(book.rows("乙"))
        half = next(iter(book.rows("甲")))
        again = list(book.rows("乙"))

    assert second == again == [(2, ["二"])]
    assert half == (1, ["一"])


def test_a_long_sheet_left_half_way_does_not_run_into_the_next():
    rows = "".join(cell(f"A{number}", str(number)) for number in range(1, 5_001))

    with workbooks.opened(workbook(sheet(rows)), "a.xlsx") as book:
        next(iter(book.rows("台账")))
        whole = list(book.rows("台账"))

    assert whole == [(number, [number]) for number in range(1, 5_001)]


def test_merged_areas_are_told():
    merges = '<mergeCells><mergeCell ref="B2:C2"/><mergeCell ref="A2:A3"/></mergeCells>'
    content = workbook(sheet(cell("A2"), after=merges))

    (found,) = workbooks.read(content, "a.xlsx")

    assert found.merges == (Merge(2, 2, 2, 3), Merge(2, 1, 3, 1))


def test_headings_of_two_lines_are_joined():
    rows = [
        (2, ["编号", "投资", None, "备注", None]),
        (3, [None, "计划总投资", "到位\n资金", None, "备 注"]),
    ]
    merges = [Merge(2, 1, 3, 1), Merge(2, 2, 2, 3)]

    found = workbooks.headings(rows, merges)

    assert found == ["编号", "投资/计划总投资", "投资/到位 资金", "备注", "备 注"]


def test_headings_of_one_line_are_themselves():
    found = workbooks.headings([(1, ["编号", None, CellError("#N/A")])], [Merge(1, 1, 1, 2)])

    assert found == ["编号", "编号", ""]


def test_an_old_workbook_is_read_alike():
    first, second = workbooks.read(OLD, "old.xls")

    assert first.rows[-1] == (5, [None, "00123", 90, date(2024, 5, 6)])
    assert workbooks.headings(first.rows[:2], first.merges)[1:] == [
        "编号",
        "投资/计划总投资",
        "投资/到位日期",
    ]
    assert (second.name, second.hidden) == ("底稿", True)


def test_the_name_of_a_file_does_not_decide_what_it_is():
    (found,) = workbooks.read(workbook(sheet(cell("A1"))), "a.csv")
    (old, _hidden) = workbooks.read(OLD, "old.xlsx")

    assert found.rows == [(1, [1])]
    assert old.name == "台账"


def test_a_workbook_with_macros_is_read_and_its_macros_are_not():
    content = packed(parts(sheet(cell("A1"))) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    (found,) = workbooks.read(content, "a.xlsm")

    assert found.rows == [(1, [1])]


def test_a_strict_workbook_is_read():
    strict = {
        name: text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, text in parts(sheet(cell("A1"))).items()
    }

    (found,) = workbooks.read(packed(strict), "a.xlsx")

    assert found.rows == [(1, [1])]


def test_a_sheet_is_utf_8_whatever_it_declares():
    content = workbook('<?xml version="1.0" encoding="GBK"?>' + sheet(cell("A1")))

    (found,) = workbooks.read(content, "a.xlsx")

    assert found.rows == [(1, [1])]


def test_paths_with_backslashes_are_understood():
    members = {name.replace("/", "\\"): text for name, text in parts(sheet(cell("A1"))).items()}

    (found,) = workbooks.read(packed(members), "a.xlsx")

    assert found.rows == [(1, [1])]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False),
    st.text(st.characters(blacklist_categories=("Cs",))),
    st.dates(),
    st.datetimes(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.times(),
    st.timedeltas(timedelta(-1_000), timedelta(1_000)),
    st.sampled_from(["#N/A", "#REF!"]).map(CellError),
)


@given(st.lists(st.tuples(st.integers(1), st.lists(VALUES))))
def test_what_a_child_says_is_what_the_parent_hears(rows):
    heard = wire.message(wire.line({"batch": rows}))["batch"]

    assert [(number, cells) for number, cells in heard] == rows


PLAIN = st.one_of(
    st.none(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**6), 10**6, places=2).map(float),
    st.text(st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc")), min_size=1).filter(
        lambda text: "\ufffe" not in text and "\uffff" not in text
    ),
)


@given(st.dictionaries(st.tuples(st.integers(0, 60), st.integers(0, 12)), PLAIN, min_size=1))
@settings(max_examples=rounds(15, 500))
def test_every_cell_is_read_where_it_was_written(places):
    def write(book):
        page = book.add_worksheet()
        for (row, column), value in places.items():
            if isinstance(value, str):
                page.write_string(row, column, value)
            elif value is not None:
                page.write_number(row, column, value)

    (found,) = workbooks.read(written(write), "a.xlsx")

    read = {
        (number - 1, index): value
        for number, cells in found.rows
        for index, value in enumerate(cells)
        if value is not None
    }
    assert read == {place: value for place, value in places.items() if value is not None}
    assert all(type(value) is not float or value % 1 for value in read.values())
