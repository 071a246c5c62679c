"""Workbooks in: what is created, updated, refused, and where exactly."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import actions, exports, imports, queries, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun

HEADINGS = ["编号*", "方向*", "日期*", "团组名称*", "人数"]
GOOD = ["LF-1", "来访", "2024-03-01", "考察团", "3"]


def book(rows: list[list[Any]], *, skip: int = 0) -> bytes:
    """Return a workbook whose first row stands below ``skip`` empty ones."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("来访")
    for number, row in enumerate(rows, skip):
        for index, value in enumerate(row):
            sheet.write(number, index, value)
    workbook.close()
    return buffer.getvalue()


def plan(register: Register, zone: Zone, content: bytes) -> imports.Plan:
    return imports.check(register, zone, workbooks.read(content, "a.xlsx"), {})


def take_in(register: Register, zone: Zone, content: bytes, at: datetime) -> ImportRun:
    run, _plan = actions.check_workbook(
        register=register, zone=zone, content=content, file_name="a.xlsx", by="a", at=at
    )
    return actions.import_workbook(register=register, run=run, by="a", at=at)


def test_rows_are_created_in_one_event_with_a_change_each(
    visits: Register, inside: Zone, clock: datetime
) -> None:
    second = ["LF-2", *GOOD[1:]]

    run = take_in(visits, inside, book([HEADINGS, GOOD, second]), clock)

    event = next(iter(trail.events(inside.code)))
    assert run.report["created"] == 2
    assert event.verb == "registers.visits.imported"
    assert len(trail.changes(event)) == 2


def test_the_same_file_again_changes_nothing(
    visits: Register, inside: Zone, clock: datetime
) -> None:
    content = book([HEADINGS, GOOD])
    take_in(visits, inside, content, clock)

    again = take_in(visits, inside, content, clock)

    assert (again.report["created"], again.report["updated"]) == (0, 0)
    assert again.report["unchanged"] == 1


def test_confirming_twice_imports_once(visits: Register, inside: Zone, clock: datetime) -> None:
    run = take_in(visits, inside, book([HEADINGS, GOOD]), clock)
    head = trail.head(inside.code)

    actions.import_workbook(register=visits, run=run, by="a", at=clock)

    assert visits.model.objects.count() == 1
    assert trail.head(inside.code) == head


def test_a_row_with_a_known_number_updates_its_record(
    visits: Register, inside: Zone, clock: datetime
) -> None:
    take_in(visits, inside, book([HEADINGS, GOOD]), clock)

    run = take_in(visits, inside, book([HEADINGS, [*GOOD[:4], "7"]]), clock)

    (record,) = visits.model.objects.all()
    assert run.report["updated"] == 1
    assert (record.people, record.version) == (7, 2)


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
    column: str, value: str, word: str, visits: Register, inside: Zone
) -> None:
    index = [heading.rstrip("*") for heading in HEADINGS].index(column)
    bad = [*GOOD[:index], value, *GOOD[index + 1 :]]

    found = plan(visits, inside, book([HEADINGS, ["LF-0", *GOOD[1:]], bad], skip=4))

    (error,) = found.errors
    assert (error.sheet, error.row, error.column, error.value) == ("来访", 7, column, value)
    assert word in error.rule


def test_one_bad_row_keeps_all_rows_out(visits: Register, inside: Zone, clock: datetime) -> None:
    content = book([HEADINGS, GOOD, ["LF-2", "路过", *GOOD[2:]]])

    with pytest.raises(actions.NotClean):
        take_in(visits, inside, content, clock)

    assert not visits.model.objects.exists()


def test_a_number_twice_in_one_file_is_refused_with_the_first_row(
    visits: Register, inside: Zone
) -> None:
    found = plan(visits, inside, book([HEADINGS, GOOD, GOOD]))

    (error,) = found.errors
    assert error.row == 3
    assert "2" in error.rule


def test_a_reference_to_nothing_is_refused(visits: Register, inside: Zone) -> None:
    heading = str(visits.by_name["investor"].label)

    found = plan(visits, inside, book([[*HEADINGS, heading], [*GOOD, "KS-404"]]))

    (error,) = found.errors
    assert (error.column, error.value) == (heading, "KS-404")


def test_headings_below_a_title_and_in_english_are_found(visits: Register, inside: Zone) -> None:
    rows = [["来访台账"], [], ["code", "direction", "visited_on", "delegation"], GOOD[:4]]

    found = plan(visits, inside, book(rows, skip=2))

    assert found.is_clean
    assert found.lines[0].row == 6


def test_a_file_without_headings_says_what_it_needs(visits: Register, inside: Zone) -> None:
    found = plan(visits, inside, book([["a", "b"], ["c", "d"]]))

    assert "编号" in found.errors[0].rule


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"hello", "a.xlsx"), (b"PK\x03\x04rubbish", "a.xlsx"), (b"\xff\xfe\x00", "a.csv")],
)
def test_a_file_that_is_no_workbook_is_refused_with_advice(content: bytes, name: str) -> None:
    with pytest.raises(workbooks.Unreadable):
        workbooks.read(content, name)


def test_a_far_cell_is_refused_before_anything_parses_it() -> None:
    content = moved_far(book([[1], [2]]))

    with pytest.raises(workbooks.Unreadable, match="XFD1048576"):
        workbooks.read(content, "a.xlsx")


def moved_far(content: bytes) -> bytes:
    """Return the workbook with its cell A2 in the last corner of the sheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b'<c r="A2"', b'<c r="XFD1048576"')
            new.writestr(name, text)
    return buffer.getvalue()


def test_csv_is_read_in_both_encodings_of_chinese_offices(visits: Register, inside: Zone) -> None:
    text = "\n".join(",".join(row) for row in (HEADINGS, GOOD))

    for encoding in ("utf-8-sig", "gb18030"):
        sheets = workbooks.read(text.encode(encoding), "a.csv")

        assert imports.check(visits, inside, sheets, {}).is_clean, encoding


TEXTS = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_what_is_exported_imports_as_unchanged(
    suffix: str, texts: list[str], visits: Register, inside: Zone, clock: datetime
) -> None:
    visits.model.everywhere.all().delete()
    for number, text in enumerate(texts):
        visits.model.everywhere.create(
            zone=inside,
            code=f"LF-{number}",
            direction="inbound",
            visited_on=date(2024, 1, 1),
            delegation=text,
            purpose=f"={text}"[:200],
            recorded_at=clock,
            recorded_by="a",
            changed_at=clock,
            changed_by="a",
        )

    content = exports.write(visits, queries.rows_of(visits).order_by("pk"), suffix)
    sheets = workbooks.read(content, f"a.{suffix}")
    found = imports.check(visits, inside, sheets, {})

    assert found.errors == []
    assert found.unchanged == len(texts)


def test_a_row_that_breaks_a_law_of_the_database_is_named_before_anything_is_written(
    visits: Register, inside: Zone, clock: datetime
) -> None:
    rows = [HEADINGS, GOOD, ["LF-2", *GOOD[1:4], "0"]]

    run, found = actions.check_workbook(
        register=visits, zone=inside, content=book(rows), file_name="a.xlsx", by="a", at=clock
    )

    assert [error.row for error in found.errors] == [3]
    assert run.report["created"] == 0
    assert not visits.model.objects.exists()
