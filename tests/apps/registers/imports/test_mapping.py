"""Foreign workbooks: other headings, other words, two-line headings, remembered by source."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, jobs, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading, looking, mapping
from jingkai.apps.registers.models import ImportRun, State
from tests.apps.registers.imports.making import book

Import = Callable[..., ImportRun]
FOREIGN = ["记录编号", "来访/外出", "来访日期", "来访团组", "来了几人"]
ROW = ["LF-1", "来访", "2024-12-03", "装备制造考察团", 6]
READING = Reading(
    columns={
        "记录编号": "code",
        "来访/外出": "direction",
        "来访日期": "visited_on",
        "来访团组": "delegation",
        "来了几人": "people",
    }
)


def test_a_foreign_workbook_waits_for_its_mapping(checked: Import) -> None:
    run = checked(book([FOREIGN, ROW]))

    assert run.state == State.UNMAPPED


def test_headings_are_guessed_by_likeness_and_by_the_words_below_them(visits: Register) -> None:
    with workbooks.opened(book([FOREIGN, ROW]), "a.xlsx") as opened:
        look = looking.look(visits, Reading(), opened)

    found = mapping.guess(visits, {column.heading: column.samples for column in look.columns})

    wanted = {name: READING.columns[name] for name in FOREIGN[:4]}
    assert {heading: found.get(heading) for heading in wanted} == wanted


def test_a_mapped_workbook_is_imported_and_its_source_remembered(
    checked: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    run = checked(book([FOREIGN, ROW]))
    run = actions.map_workbook(run=run, reading=READING, by="a", at=clock)
    run = jobs.check(register=visits, run=run, by="a", at=clock)
    actions.import_workbook(register=visits, run=run, by="a", at=clock)

    later = checked(book([list(reversed(FOREIGN)), ["9", "另一团", "2024-12-09", "来访", "LF-2"]]))

    assert visits.model.objects.get().people == 6  # type: ignore[attr-defined]
    assert later.state == State.READY
    assert later.report["created"] == 1


def test_another_words_for_a_choice_are_given_their_meaning(imported: Import) -> None:
    reading = Reading(columns=READING.columns, words={"direction": {"外出招商": "outbound"}})
    row = [ROW[0], "外出招商", *ROW[2:]]

    run = imported(book([FOREIGN, row]), reading=reading)

    assert run.rows.get().values["direction"] == "outbound"


def test_a_heading_that_is_left_out_is_not_read_even_where_its_name_is_known(
    imported: Import, visits: Register
) -> None:
    rows = [["编号", "方向", "日期", "团组名称", "人数"], ROW]

    imported(book(rows), reading=Reading(columns={"人数": ""}))

    assert visits.model.objects.get().people is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "data",
    [{"记录编号": "code"}, {"columns": {"记录编号": "code"}}],
)
def test_a_mapping_file_gives_headings_alone_or_everything(data: dict[str, object]) -> None:
    assert Reading.of(data).columns == {"记录编号": "code"}


def test_a_mapping_file_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="mapping"):
        Reading.of({"columns": ["code"]})


TEXT = st.text(min_size=1, max_size=8)


@given(
    st.builds(
        Reading,
        columns=st.dictionaries(TEXT, TEXT),
        constants=st.dictionaries(TEXT, TEXT),
        words=st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT)),
        sheets=st.lists(TEXT).map(tuple),
        clears=st.booleans(),
        is_complete=st.booleans(),
    )
)
def test_a_reading_kept_as_plain_data_is_the_same_reading(reading: Reading) -> None:
    assert Reading.of(reading.data()) == reading


def test_the_source_is_the_same_whatever_the_order_and_spacing_of_headings() -> None:
    assert mapping.source(["编号", "日 期"]) == mapping.source(["日期*", "编号"])
    assert mapping.source(["编号", "日期"]) != mapping.source(["编号", "人数"])
