"""What an officer sees in a workbook is what is read, or it is said where it is not."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from jingkai.apps.land.models import Parcel
from jingkai.apps.registers import queries
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.models import ImportRun, State
from tests.apps.registers.imports.making import book

pytestmark = pytest.mark.django_db

Check = Callable[..., ImportRun]
Write = Callable[[Any, Any], None]
AREA, PRICE, CODE, NAME = "登记面积（平方米）", "出让或划拨价款（万元）", "编号*", "宗地名称*"


@pytest.fixture
def read(checked: Check) -> Callable[..., ImportRun]:
    """Return a function that checks a workbook of parcels, written cell by cell."""

    def made(
        fill: Write, *, headings: tuple[str, ...] = (), reading: Reading | None = None
    ) -> ImportRun:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            sheet = book.add_worksheet("宗地")
            sheet.write_row(0, 0, [CODE, NAME, AREA, PRICE, *headings])
            fill(book, sheet)
        parcels = queries.find("parcels")
        return checked(buffer.getvalue(), register=parcels, reading=reading)

    return made


def row(run: ImportRun, key: str = "P-1") -> Any:
    """Return the staged row of a key."""
    return run.rows.get(key=key)


def rules(run: ImportRun, key: str = "P-1") -> str:
    """Return all that is said of a row: errors and findings."""
    found = row(run, key)
    return " ".join(told["rule"] for told in (*found.errors, *found.findings))


@pytest.mark.parametrize(
    ("number", "form", "area"),
    [
        (30, '0"亩"', "20000"),
        (1.5, '0.0"公顷"', "15000"),
        (1234.5, '#,##0.0"平方米"', "1234.5"),
        (1234.5, "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "1234.5"),
        (1234.5, "[$¥-804]#,##0.00", "1234.5"),
    ],
)
def test_a_unit_that_only_the_format_shows_is_read(
    read: Callable[..., ImportRun], number: float, form: str, area: str
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲地块"])
        sheet.write_number(1, 2, number, book.add_format({"num_format": form}))

    run = read(fill)

    assert row(run).values["area_m2"] == area, rules(run)
    assert ("带有单位" in rules(run)) is ("亩" in form or "公顷" in form or "平方米" in form)


@pytest.mark.parametrize(
    ("number", "form", "why"),
    [
        (0.5, "0%", "百分数"),
        (12_345_678, "0!.0,", "与实际的值不同"),
        (12_345_678, "0.00,", "与实际的值不同"),
        (30, '0"吨"', "不是数字"),
        (5_000, "[$$-409]#,##0", "不是数字"),
    ],
)
def test_a_number_that_looks_like_another_is_refused(
    read: Callable[..., ImportRun], number: float, form: str, why: str
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲地块"])
        sheet.write_number(1, 2, number, book.add_format({"num_format": form}))

    run = read(fill)

    assert run.state == State.REFUSED
    assert why in rules(run)
    assert row(run).errors[0]["column"] == AREA


def test_a_code_keeps_the_zeros_that_its_format_shows(read: Callable[..., ImportRun]) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number(1, 0, 12, book.add_format({"num_format": "00000"}))
        sheet.write_string(1, 1, "甲地块")

    run = read(fill)

    assert row(run, "00012").outcome == "created"


@pytest.mark.parametrize(
    ("text", "wan"), [("500万元", "500"), ("1.2亿元", "12000"), ("35000元", "3.5"), ("500", "500")]
)
def test_a_sum_with_its_unit_is_read_in_it(
    read: Callable[..., ImportRun], text: str, wan: str
) -> None:
    run = read(lambda _book, sheet: sheet.write_row(1, 0, ["P-1", "甲", None, text]))

    assert row(run).values["price_wan"] == wan, rules(run)


def test_a_column_of_sums_in_another_unit_is_converted(read: Callable[..., ImportRun]) -> None:
    reading = Reading(columns={"价款（亿元）": "price_wan"}, units={"price_wan": "yi"})

    def fill(_book: Any, sheet: Any) -> None:
        sheet.write(0, 3, "价款（亿元）")
        sheet.write_row(1, 0, ["P-1", "甲", None, 1.25])

    run = read(fill, reading=reading)

    assert row(run).values["price_wan"] == "12500", rules(run)


def test_what_is_merged_over_rows_stands_in_each_and_a_number_in_none(
    read: Callable[..., ImportRun],
) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for number, code in enumerate(("P-1", "P-2", "P-3"), 1):
            sheet.write_string(number, 0, code)
        sheet.merge_range(1, 1, 2, 1, "甲地块")
        sheet.merge_range(1, 2, 2, 2, 900)
        sheet.write_row(3, 1, ["乙地块", 100])

    run = read(fill)

    assert [row(run, key).values["name"] for key in ("P-1", "P-2", "P-3")] == [
        "甲地块",
        "甲地块",
        "乙地块",
    ]
    assert "取消合并" in rules(run, "P-1")
    assert "第 2 行合并" in rules(run, "P-2")
    assert rules(run, "P-3") == ""


def test_two_headings_of_one_column_are_told_and_the_first_is_read(
    read: Callable[..., ImportRun],
) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲", 100, None, "乙", 200])

    run = read(fill, headings=("name", "权属/登记面积（平方米）"))

    assert row(run).values["name"] == "甲"
    assert row(run).values["area_m2"] == "100"
    assert len(run.report["unknown_columns"]) == 2
    assert "同一列" in run.report["unknown_columns"][0]


def test_hidden_rows_columns_and_sheets_are_told(
    read: Callable[..., ImportRun],
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲"])
        sheet.write_row(2, 0, ["P-2", "乙"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        book.add_worksheet("旧数据").hide()

    run = read(fill)

    about = run.report["look"]["about"]
    assert about["hidden_rows"] == about["hidden_columns"] == "1"
    assert about["hidden_sheets"] == "旧数据"
    assert run.report["rows"] == 2


def test_a_result_that_nothing_has_worked_out_is_no_zero(read: Callable[..., ImportRun]) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲"])
        sheet.write_formula(1, 2, "=500+500")  # by a program that writes 0 and leaves it to Excel

    run = read(fill)

    assert "错误值" in rules(run)


def test_codes_that_only_look_different_are_told(
    read: Callable[..., ImportRun],
) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲"])
        sheet.write_row(2, 0, ["Ｐ－１", "乙"])
        sheet.write_row(3, 0, ["p-1", "丙"])
        sheet.write_row(4, 0, ["P-11", "丁"])

    run = read(fill)

    assert "P-1" in rules(run, "Ｐ－１")
    assert "P-1" in rules(run, "p-1")
    assert rules(run, "P-11") == ""
    assert not Parcel.objects.exists()


@pytest.mark.parametrize(
    ("text", "outcome", "told"),
    [
        ("01/03/24", "created", "2024-03-01"),
        ("01/03/98", "refused", "日期"),
        ("01/03/1998", "created", ""),
    ],
)
def test_a_year_of_two_digits_is_told_or_refused(
    read: Callable[..., ImportRun], text: str, outcome: str, told: str
) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲", None, None, text])

    run = read(fill, headings=("使用期限起",), reading=Reading(dates="dmy"))

    assert row(run).outcome == outcome
    assert told in rules(run)


def test_a_second_table_below_is_told_and_its_heading_is_no_record(
    read: Callable[..., ImportRun],
) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲"])
        sheet.write_row(3, 0, ["编号", "企业"])
        sheet.write_row(4, 0, ["P-2", "乙"])

    run = read(fill)

    assert {one.key for one in run.rows.all()} == {"P-1", "P-2"}
    assert [(left["row"], "另一个表头" in left["reason"]) for left in run.report["aside"]] == [
        (4, True)
    ]


@pytest.mark.parametrize(
    ("line", "said"), [("单位：亿元、人", "亿元"), ("单位：钢城管委会", None)]
)
def test_a_unit_over_the_headings_is_told(checked: Check, line: str, said: str | None) -> None:
    content = book([[line], [CODE, NAME], ["P-1", "甲"]])

    run = checked(content, register=queries.find("parcels"))

    assert run.report["look"]["about"].get("unit") == said


def test_what_is_said_of_a_secret_cell_does_not_tell_it(read: Callable[..., ImportRun]) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(1, 0, ["P-1", "甲", None, "1.2亿元"])
        sheet.write_row(2, 0, ["P-2", "乙"])
        sheet.write_number(2, 3, 12_345_678, book.add_format({"num_format": "0!.0,"}))

    run = read(fill)

    for key in ("P-1", "P-2"):
        (told,) = (*row(run, key).errors, *row(run, key).findings)
        assert told["column"] == PRICE
        assert not any(digits in str(told) for digits in ("12000", "1.2", "12345678"))
