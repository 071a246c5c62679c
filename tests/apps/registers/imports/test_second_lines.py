"""A line of units or remarks right under the headings is told and left, a record never."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User
from jingkai.apps.registers import jobs
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun, State
from tests.apps.registers.imports.making import GOOD, HEADINGS, book

Import = Callable[..., ImportRun]
SECOND = ["LF-2", *GOOD[1:]]


@pytest.mark.parametrize(
    "line",
    [
        ["", "", "", "", "（人）"],
        ["", "", "", "", "人"],
        ["（必填）", "（来访或外出）", "（年-月-日）", "", "(人)"],
        ["【唯一】", "", "[如 2024-03-01]", "", ""],
    ],
)
def test_a_line_of_units_or_remarks_is_left_and_told(line: list[str], imported: Import) -> None:
    run = imported(book([HEADINGS, line, GOOD]))

    (left,) = run.report["aside"]
    assert (left["row"], left["reason"]) == (2, "单位或说明行")
    assert (run.state, run.report["created"]) == (State.IMPORTED, 1)


@pytest.mark.parametrize(
    "line",
    [
        ["LF-9", "来访", "2024-03-01", "（考察团）", "（人）"],  # a record with a wrong number
        ["", "", "", "考察团", "（人）"],  # a name is no remark
        ["", "", "", "", "（人）3"],
        ["", "", "", "", "（人"],
    ],
)
def test_a_line_with_anything_else_is_a_row_that_is_refused(
    line: list[str], checked: Import
) -> None:
    run = checked(book([HEADINGS, line, GOOD]))

    assert run.report["aside"] == []
    assert (run.state, run.report["errors"][0]["row"]) == (State.REFUSED, 2)


def test_only_the_line_right_under_the_headings_may_be_one_of_units(checked: Import) -> None:
    run = checked(book([HEADINGS, GOOD, ["", "", "", "", "（人）"], SECOND]))

    assert run.report["aside"] == []
    assert (run.state, run.report["errors"][0]["row"]) == (State.REFUSED, 3)


def test_a_record_whose_texts_all_stand_in_brackets_stays_one(
    imported: Import, visits: Register
) -> None:
    imported(book([HEADINGS, ["（一）", "来访", "2024-03-01", "（考察团）"]]))

    record: Any = visits.model.objects.get()
    assert (record.code, record.delegation) == ("（一）", "（考察团）")


def test_units_are_no_samples_of_a_foreign_column(checked: Import) -> None:
    foreign = ["登记号", "类别", "时间", "团组", "规模"]

    run = checked(book([foreign, ["", "", "", "", "（人）"], GOOD]))

    assert run.state == State.UNMAPPED
    assert [column["samples"] for column in run.report["look"]["columns"]][-1] == ["3"]


def test_the_preview_shows_the_line_that_was_left(
    checked: Import, client: Client, officer: User
) -> None:
    run = checked(book([HEADINGS, ["", "", "", "", "（人）"], GOOD]))
    ImportRun.objects.filter(pk=run.pk).update(by=officer.username)
    client.force_login(officer)

    text = client.get(jobs.address(run)).content.decode()

    assert "来访 第 2 行，单位或说明行：（人）" in text


@pytest.mark.parametrize("cell", ["20240229", 20240229, "2024年2月29日", "2024.2.29"])
def test_a_day_is_read_as_people_and_systems_write_it(cell: object, checked: Import) -> None:
    run = checked(book([HEADINGS, [*GOOD[:2], cell, *GOOD[3:]]]))

    assert run.state == State.READY
    assert run.rows.get().values["visited_on"] == "2024-02-29"


@pytest.mark.parametrize("cell", ["24-03-01", "24.3.1", "1/2/24", "124-03-01", "24年3月1日"])
def test_a_year_of_two_digits_is_not_guessed(cell: str, checked: Import) -> None:
    run = checked(book([HEADINGS, [*GOOD[:2], cell, *GOOD[3:]]]))

    (error,) = run.report["errors"]
    assert (error["column"], run.state) == ("日期", State.REFUSED)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("45575", "2024-10-10"), (45575, "2024-10-10"), ("45575.5", "2024-10-10")],
)
def test_the_number_of_a_day_is_refused_and_told_as_the_day_that_it_may_be(
    cell: object, day: str, checked: Import
) -> None:
    run = checked(book([HEADINGS, [*GOOD[:2], cell, *GOOD[3:]]]))

    (error,) = run.report["errors"]
    assert (error["column"], run.state) == ("日期", State.REFUSED)
    assert f"像是 Excel 的日期序号，即 {day}" in error["rule"]
    assert f"写成 {day}" in error["rule"]


@pytest.mark.parametrize(
    "cell", ["19999", "80000", "4557", "455750", "2024", "20241310", "18991010", "x45575"]
)
def test_other_numbers_are_said_to_be_no_date(cell: str, checked: Import) -> None:
    run = checked(book([HEADINGS, [*GOOD[:2], cell, *GOOD[3:]]]))

    (error,) = run.report["errors"]
    assert error["rule"] == "不是有效日期，应写成 2024-03-01"
