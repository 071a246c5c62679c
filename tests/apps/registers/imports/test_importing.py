"""Workbooks in: what is created, updated, refused, and where exactly."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import actions, jobs
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.models import ImportRun, Outcome, StagedRow, State
from tests.apps.registers.imports.making import GOOD, HEADINGS, book

Import = Callable[..., ImportRun]


def test_rows_are_created_in_one_event_with_a_change_each(imported: Import, inside: Zone) -> None:
    second = ["LF-2", *GOOD[1:]]

    run = imported(book([HEADINGS, GOOD, second]))

    event = next(iter(trail.events(inside.code)))
    assert run.report["created"] == 2
    assert event.verb == "registers.visits.imported"
    assert len(trail.changes(event)) == 2


def test_checking_writes_no_record(checked: Import, visits: Register) -> None:
    run = checked(book([HEADINGS, GOOD]))

    assert run.state == State.READY
    assert not visits.model.objects.exists()


def test_confirming_twice_imports_once(
    imported: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    run = imported(book([HEADINGS, GOOD]))
    head = trail.head(inside.code)

    actions.import_workbook(register=visits, run=run, by="a", at=clock)

    assert visits.model.objects.count() == 1
    assert trail.head(inside.code) == head


def test_the_same_file_again_is_the_import_that_has_been(
    imported: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    content = book([HEADINGS, GOOD])
    run = imported(content)

    again, was_imported = jobs.receive(
        register=visits, zone=inside, content=content, file_name="b.xlsx", by="b", at=clock
    )

    assert was_imported
    assert again.pk == run.pk


def test_the_same_file_read_in_another_way_is_another_import(
    imported: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    content = book([HEADINGS, GOOD])
    imported(content)

    _run, was_imported = jobs.receive(
        register=visits,
        zone=inside,
        content=content,
        file_name="a.xlsx",
        reading=Reading(clears=True),
        by="a",
        at=clock,
    )

    assert not was_imported


def test_a_row_with_a_known_number_updates_its_record(imported: Import, visits: Register) -> None:
    imported(book([HEADINGS, GOOD]))

    run = imported(book([HEADINGS, [*GOOD[:4], "7"]]))

    (record,) = visits.model.objects.all()
    (row,) = run.rows.all()
    assert run.report["updated"] == 1
    assert (record.people, record.version) == (7, 2)  # type: ignore[attr-defined]
    assert (row.outcome, row.before, row.values) == (
        Outcome.CHANGED,
        {"people": 3},
        {"people": 7},
    )


@pytest.mark.parametrize(("clears", "people"), [(False, 3), (True, None)])
def test_an_empty_cell_keeps_the_value_or_clears_it_as_asked(
    clears: bool,
    people: int | None,
    imported: Import,
    visits: Register,
) -> None:
    imported(book([HEADINGS, GOOD]))

    imported(book([HEADINGS, [*GOOD[:4], None]]), reading=Reading(clears=clears))

    assert visits.model.objects.get().people == people  # type: ignore[attr-defined]


def test_a_few_columns_are_enough_to_update_what_is_on_record(
    imported: Import, visits: Register
) -> None:
    imported(book([HEADINGS, GOOD]))

    run = imported(book([["编号", "人数"], ["LF-1", 9]]))

    assert run.report["updated"] == 1
    assert visits.model.objects.get().people == 9  # type: ignore[attr-defined]


def test_a_new_row_without_a_required_column_is_refused(checked: Import) -> None:
    run = checked(book([["编号", "人数"], ["LF-1", 9]]))

    assert run.state == State.REFUSED
    assert {error["column"] for error in run.report["errors"]} == {"方向", "日期", "团组名称"}


@pytest.mark.parametrize(
    ("column", "value", "word"),
    [
        ("方向", "路过", "来访"),
        ("日期", "2024-02-30", "日期"),
        ("人数", "三", "数字"),
        ("人数", "2.5", "整数"),
        ("团组名称", "", "必填"),
        ("编号", "", "必填"),
        ("团组名称", "长" * 121, "120"),
    ],
)
def test_a_bad_cell_is_named_by_sheet_row_column_and_value(
    column: str, value: str, word: str, checked: Import
) -> None:
    index = [heading.rstrip("*") for heading in HEADINGS].index(column)
    bad = [*GOOD[:index], value, *GOOD[index + 1 :]]

    found = checked(book([HEADINGS, ["LF-0", *GOOD[1:]], bad], skip=4))

    (error,) = found.report["errors"]
    place = (error["sheet"], error["row"], error["column"], error["value"])
    assert place == ("来访", 7, column, value)
    assert word in error["rule"]


def test_one_bad_row_keeps_all_rows_out(imported: Import, visits: Register) -> None:
    content = book([HEADINGS, GOOD, ["LF-2", "路过", *GOOD[2:]]])

    with pytest.raises(actions.NotClean):
        imported(content)

    assert not visits.model.objects.exists()


def test_a_number_twice_in_one_file_is_refused_with_the_first_row(checked: Import) -> None:
    found = checked(book([HEADINGS, GOOD, GOOD]))

    (error,) = found.report["errors"]
    assert error["row"] == 3
    assert "2" in error["rule"]


def test_a_number_twice_in_two_sheets_is_refused_with_the_first_sheet(checked: Import) -> None:
    found = checked(book([HEADINGS, GOOD], [HEADINGS, GOOD]))

    (error,) = found.report["errors"]
    assert (error["sheet"], error["row"]) == ("二", 2)
    assert "来访" in error["rule"]


def test_a_reference_to_nothing_is_refused(checked: Import, visits: Register) -> None:
    heading = str(visits.by_name["investor"].label)

    found = checked(book([[*HEADINGS, heading], [*GOOD, "KS-404"]]))

    (error,) = found.report["errors"]
    assert (error["column"], error["value"]) == (heading, "KS-404")


def test_headings_below_a_title_and_in_english_are_found(checked: Import) -> None:
    rows = [["来访台账"], [], ["code", "direction", "visited_on", "delegation"], GOOD[:4]]

    found = checked(book(rows, skip=2))

    assert found.state == State.READY
    assert [row.row for row in found.rows.all()] == [6]


def test_a_file_without_the_headings_asks_for_the_mapping(checked: Import) -> None:
    found = checked(book([["a", "b"], ["c", "d"]]))

    assert found.state == State.UNMAPPED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_is_read_in_both_encodings_of_chinese_offices(encoding: str, checked: Import) -> None:
    text = "\n".join(",".join(row) for row in (HEADINGS, GOOD))

    found = checked(text.encode(encoding), name="a.csv")

    assert found.state == State.READY


def test_a_row_that_breaks_a_law_of_the_database_is_named_before_anything_is_written(
    checked: Import, visits: Register
) -> None:
    run = checked(book([HEADINGS, GOOD, ["LF-2", *GOOD[1:4], "0"]]))

    assert [error["row"] for error in run.report["errors"]] == [3]
    assert run.report["created"] == 0
    assert not visits.model.objects.exists()


def test_what_somebody_changed_after_the_check_is_not_overwritten(
    checked: Import,
    imported: Import,
    visits: Register,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    imported(book([HEADINGS, GOOD]))
    run = checked(book([HEADINGS, [*GOOD[:4], "7"]]))
    record = visits.model.objects.get()
    actions.change_record(
        register=visits, record=record, values=values(people=5), version=1, by="b", at=clock
    )

    with pytest.raises(actions.Outdated, match="LF-1"):
        actions.import_workbook(register=visits, run=run, by="a", at=clock)

    assert visits.model.objects.get().people == 5  # type: ignore[attr-defined]


def test_a_number_taken_after_the_check_stops_the_import(
    checked: Import,
    visits: Register,
    inside: Zone,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    run = checked(book([HEADINGS, GOOD]))
    actions.create_record(register=visits, zone=inside, values=values(), by="b", at=clock)

    with pytest.raises(actions.Outdated, match="LF-1"):
        actions.import_workbook(register=visits, run=run, by="a", at=clock)

    again = actions.recheck_workbook(run=run, by="a", at=clock)
    again = jobs.check(register=visits, run=again, by="a", at=clock)
    assert again.report["updated"] == 1


def test_totals_signatures_and_repeated_headings_are_left_and_said(checked: Import) -> None:
    rows = [
        ["来访外出台账"],
        ["单位：批次"],
        ["序号", *HEADINGS],
        ["1", "2", "3", "4", "5", "6"],
        ["1", *GOOD],
        ["序号", *HEADINGS],
        ["2", "LF-2", *GOOD[1:]],
        ["合计", None, None, None, None, 6],
        ["注：示范数据"],
        ["填报单位（盖章）：示范", None, "填报人：张"],
    ]

    run = checked(book(rows))

    assert run.report["errors"] == []
    assert [row.row for row in run.rows.order_by("position")] == [5, 7]
    assert [left["row"] for left in run.report["aside"]] == [4, 6, 8, 9, 10]
    assert run.report["unknown_columns"] == []


def test_a_record_whose_number_is_given_is_never_taken_for_a_total(checked: Import) -> None:
    run = checked(book([HEADINGS, GOOD, ["LF-2", "来访", "2024-03-02", "合计", "2"]]))

    assert run.report["rows"] == 2
    assert run.report["aside"] == []


def test_each_visible_sheet_with_the_headings_is_read_and_the_others_are_named(
    checked: Import,
) -> None:
    second = [HEADINGS, ["LF-2", *GOOD[1:]]]

    run = checked(book([HEADINGS, GOOD], second, [["说明"], ["不是台账"]]))

    assert run.report["sheets"] == ["来访", "二"]
    assert run.report["unread_sheets"] == ["三"]
    assert run.report["created"] == 2


def test_only_the_chosen_sheets_are_read(checked: Import) -> None:
    second = [HEADINGS, ["LF-2", *GOOD[1:]]]

    run = checked(book([HEADINGS, GOOD], second), reading=Reading(sheets=("二",)))

    assert [row.key for row in run.rows.all()] == ["LF-2"]


def test_a_check_goes_on_where_it_was_interrupted(
    visits: Register, inside: Zone, clock: datetime
) -> None:
    rows = [[f"LF-{number}", *GOOD[1:]] for number in range(2_500)]
    run, _was = jobs.receive(
        register=visits,
        zone=inside,
        content=book([HEADINGS, *rows, ["LF-7", *GOOD[1:]]]),
        file_name="a.xlsx",
        by="a",
        at=clock,
    )

    with pytest.raises(KeyboardInterrupt):
        jobs.check(register=visits, run=run, by="a", at=clock, tell=_kill_after(2_000))
    staged = run.rows.count()
    run = jobs.check(register=visits, run=run, by="a", at=clock)

    assert staged == 1_000  # the batch in which it was killed is not there
    assert StagedRow.objects.filter(run=run).count() == 2_501
    assert [error["row"] for error in run.report["errors"]] == [2_502]


def _kill_after(most: int) -> Callable[[int, int | None], None]:
    def tell(done: int, _total: int | None) -> None:
        if done >= most:
            raise KeyboardInterrupt

    return tell


def test_what_a_workbook_leaves_unsaid_is_filled_by_the_constants(
    imported: Import, visits: Register
) -> None:
    reading = Reading(constants={"source": "市商务局月报", "direction": "来访"})
    rows = [["编号", "日期", "团组名称"], ["LF-1", "2024-03-01", "团"]]

    imported(book(rows), reading=reading)

    assert visits.model.objects.get().source == "市商务局月报"
