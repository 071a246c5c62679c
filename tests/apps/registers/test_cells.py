"""What officials and foreign systems write into a cell: read exactly, or refused with a reason."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jingkai.apps.registers.imports.mapping import number
from jingkai.apps.registers.kinds import CreditCode, Day, Exact, Industry, Kind, Refused, Whole

AREA = Exact(places=2)
TEXT = Kind(max_length=40)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,234.5", "1234.5"),
        ("1，234，567", "1234567"),
        ("１，２３４．５０", "1234.5"),
        ("５０", "50"),
        (" 5 ", "5"),
        ("5\N{NO-BREAK SPACE}", "5"),
        ("\N{ZERO WIDTH SPACE}5\N{ZERO WIDTH NO-BREAK SPACE}", "5"),
        ("5.", "5"),
        ("-0", "0"),
        (0.1 + 0.2, "0.3"),
        (1e9, "1000000000"),
        (Decimal("1E+2"), "100"),
    ],
)
def test_a_number_is_read_as_it_is_written(written: object, number: str) -> None:
    found = AREA.parse(written)

    assert found == Decimal(number)
    assert not str(found).startswith("-")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1.234,5", "分不清逗号和点"),
        ("1,5", "分不清逗号和点"),
        ("12,3456", "分不清逗号和点"),
        ("50%", "百分数"),
        ("50‰", "百分数"),
        ("1e3", "科学计数法"),
        ("1.23E+05", "科学计数法"),
        ("12万", "不带单位"),
        ("约30亩", "不带单位"),
        ("30亩", "不带单位"),
        ("3-5", "不带单位"),
        ("1_000", "不是数字"),
        ("٣", "不是数字"),
        ("5²", "不是数字"),
        ("NaN", "不是数字"),
        ("Infinity", "不是数字"),
        (float("nan"), "不是数字"),
        (float("inf"), "不是数字"),
        (True, "不是数字"),
        (date(2024, 3, 1), "不是数字"),
        (time(10, 30), "不是数字"),
        ("1.005", "最多保留 2 位小数"),
        ("\N{MINUS SIGN}3", "不能小于 0"),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_refused_with_its_reason(
    written: object, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        AREA.parse(written)


@pytest.mark.parametrize(
    ("cell", "number", "told"),
    [
        (12.35, "12.35", ""),
        (12.345, "12.35", "12.345"),
        (2.665, "2.67", "2.665"),  # as Excel rounds, not to the even digit
        (12.349999999999998, "12.35", ""),  # what Excel shows as 12.35
    ],
)
def test_whoever_brings_a_cell_that_is_rounded_is_told(
    cell: float, number: str, told: str
) -> None:
    found = AREA.parse(cell)

    assert found == Decimal(number)
    assert (told in AREA.remark(cell, found)) if told else AREA.remark(cell, found) == ""


def test_a_count_with_a_unit_or_a_fraction_is_no_count() -> None:
    for cell in ("3个", "12.5", 12.5, "1,5", "3-5"):
        with pytest.raises(Refused):
            Whole().parse(cell)


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("121°30'", 121.5),
        ("121°30′36″", 121.51),
        ("121°30'36''", 121.51),
        ("31.25", 31.25),
        ("3,456,789.5", 3_456_789.5),
        ("121°75'", None),
        ("121,5", None),
        ("121°30'1.2.3\"", None),
        ("1_000", None),
        ("nan", None),
        (float("inf"), None),
    ],
)
def test_a_coordinate_is_read_or_none(written: object, degrees: float | None) -> None:
    assert number(written) == (pytest.approx(degrees) if degrees is not None else None)


@pytest.mark.parametrize("cell", [1.10101e17, "1.10101E+17", 1_234_567_890_123_456.0])
def test_a_code_whose_last_digits_excel_has_lost_is_refused(cell: object) -> None:
    with pytest.raises(Refused, match="文本格式"):
        TEXT.parse(cell)


@pytest.mark.parametrize(
    ("cell", "text", "told"),
    [
        (13_800_000_000.0, "13800000000", ""),
        (110_101_199_001_011_234, "110101199001011234", ""),  # a whole number keeps its digits
        (0.1 + 0.2, "0.3", ""),
        ("13800000000.0", "13800000000.0", ".0"),
        ("\u202a13800000000\u202c", "13800000000", ""),
        ("\ufeff钢城", "钢城", ""),
        ("钢\u200b城", "钢\u200b城", "看不见"),
        ("坏\ufffd字", "坏\ufffd字", "编码"),
        (datetime.fromisoformat("2024-03-05"), "2024-03-05", "3-5"),
        (time(10, 30), "10:30:00", "日期或时间"),
        (timedelta(hours=26), "26:00:00", "日期或时间"),
    ],
)
def test_a_cell_that_is_no_plain_text_is_told_where_it_is_taken_for_one(
    cell: object, text: str, told: str
) -> None:
    found = TEXT.parse(cell)

    remark = TEXT.remark(cell, found)

    assert found == text
    assert (told in remark) if told else remark == ""


@pytest.mark.parametrize(
    "written",
    [
        "2024-3-1",
        "2024/03/01",
        "2024.3.1",
        "20240301",
        "2024年3月1日",
        "2024 年 3 月 1 日",
        "２０２４－０３－０１",
        "2024-03-01 00:00:00",
        "2024-03-01T00:00",
        20240301,
        datetime.fromisoformat("2024-03-01"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    found = Day().parse(written)

    assert found == date(2024, 3, 1)
    assert Day().remark(written, found) == ""


@pytest.mark.parametrize(
    "written", ["2024-03-01 16:05:00", datetime.fromisoformat("2024-03-01 16:05")]
)
def test_a_time_of_day_that_is_left_out_is_told(written: object) -> None:
    found = Day().parse(written)

    assert found == date(2024, 3, 1)
    assert "16:05:00" in Day().remark(written, found)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-01 至 2025-03-01",
        "2024-03-01（暂定）",
        "2024-03-01T16:00:00Z",  # the second of March in Beijing
        "2024年3月",
        "2024.3",
        "24-03-01",
        "0024-03-01",
        "2024-02-30",
        45352.5,
        datetime.fromisoformat("1899-12-31"),  # an empty cell in a column of dates
        datetime.fromisoformat("1900-01-01"),
        time(1, 0),
        True,
    ],
)
def test_what_is_no_single_day_is_refused(written: object) -> None:
    with pytest.raises(Refused):
        Day().parse(written)


@pytest.mark.parametrize(
    ("cell", "code"), [("3484", "3484"), (3484, "3484"), ("0111", "0111"), ("Ｃ", "C")]
)
def test_an_industry_is_read_by_its_code(cell: Any, code: str) -> None:
    assert Industry().parse(cell) == code


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (111, "0111"),  # the class 0111 as a number: 111 is another industry
        (15, "015"),
        ("35 农业", "名称不符"),
    ],
)
def test_an_industry_that_may_be_another_is_refused(cell: Any, why: str) -> None:
    with pytest.raises(Refused, match=why):
        Industry().parse(cell)


def test_a_credit_code_in_full_width_is_the_same_code() -> None:
    assert CreditCode().parse("９１３１００００６３１６９６３８２ｃ") == "91310000631696382C"
