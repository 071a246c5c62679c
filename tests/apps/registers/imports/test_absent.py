"""Records that a complete official file leaves out: closed, deleted, kept, and taken back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.investment.models import Investor, Lead, Signing
from jingkai.apps.notes import actions as notes
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.registers.models import ImportRun, Outcome
from tests.apps.registers.imports.making import GOOD, HEADINGS, book

Import = Callable[..., ImportRun]
COMPLETE = Reading(is_complete=True)
LEADS = ["编号", "线索名称", "客商编号", "线索来源", "获得日期"]


@pytest.fixture
def leads() -> Register:
    """Return a register that says what closing means."""
    return queries.registers()["leads"]


@pytest.fixture
def stamp(clock: datetime) -> dict[str, Any]:
    """Return who recorded a row, and when."""
    return {"recorded_at": clock, "recorded_by": "a", "changed_at": clock, "changed_by": "a"}


@pytest.fixture
def file(inside: Zone, stamp: dict[str, Any]) -> Callable[..., bytes]:
    """Return a function that writes a file of leads of one investor."""
    Investor.everywhere.create(zone=inside, code="KS-1", name="客商（示范）", **stamp)

    def written(*codes: str) -> bytes:
        rows = [[code, f"线索{code}", "KS-1", "来访", "2024-06-01"] for code in codes]
        return book([LEADS, *rows])

    return written


def _absent(run: ImportRun) -> dict[str, bool]:
    rows = run.rows.filter(outcome=Outcome.ABSENT)
    return dict(rows.values_list("key", "chosen"))


def test_records_that_a_complete_file_leaves_out_go_where_nobody_has_worked_on_them(
    imported: Import,
    checked: Import,
    visits: Register,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    later = clock + timedelta(hours=1)
    imported(book([HEADINGS, GOOD, ["LF-2", *GOOD[1:]], ["LF-3", *GOOD[1:]]]))
    touched = visits.model.objects.get(code="LF-3")
    actions.change_record(
        register=visits,
        record=touched,
        values=values("LF-3", people=5),
        version=1,
        by="b",
        at=later,
    )

    run = checked(book([HEADINGS, GOOD]), reading=Reading(is_complete=True), at=later)
    absent = run.rows.filter(outcome=Outcome.ABSENT).order_by("key")
    actions.import_workbook(register=visits, run=run, by="a", at=later)

    assert [(row.key, row.chosen) for row in absent] == [("LF-2", True), ("LF-3", False)]
    assert set(visits.model.objects.values_list("code", flat=True)) == {"LF-1", "LF-3"}


def test_who_is_asked_decides_which_absent_records_go(
    imported: Import, checked: Import, visits: Register, clock: datetime
) -> None:
    imported(book([HEADINGS, GOOD, ["LF-2", *GOOD[1:]]]))
    run = checked(book([HEADINGS, GOOD]), reading=Reading(is_complete=True))
    shown = run.rows.filter(outcome=Outcome.ABSENT).values_list("pk", flat=True)

    actions.choose_absent(run=run, shown=shown, chosen=[], by="a", at=clock)
    actions.import_workbook(register=visits, run=run, by="a", at=clock)

    assert visits.model.objects.count() == 2


def test_what_a_complete_file_deleted_is_put_in_again_when_the_import_is_undone(
    imported: Import, visits: Register, clock: datetime
) -> None:
    imported(book([HEADINGS, GOOD, ["LF-2", *GOOD[1:]]]))
    before = list(visits.model.objects.order_by("pk").values("pk", "code", "people"))
    run = imported(book([HEADINGS, GOOD]), reading=COMPLETE)
    left = visits.model.objects.count()

    actions.undo_import(register=visits, run=run, by="a", at=clock)

    assert left == 1
    assert list(visits.model.objects.order_by("pk").values("pk", "code", "people")) == before


def test_a_lead_that_a_complete_file_leaves_out_is_lost_and_not_deleted(
    imported: Import, leads: Register, file: Callable[..., bytes], inside: Zone
) -> None:
    imported(file("XS-1", "XS-2"), register=leads)

    run = imported(file("XS-1"), register=leads, reading=COMPLETE, name="八月.xlsx")

    closed = Lead.objects.get(code="XS-2")
    event = next(iter(trail.events(inside.code)))
    assert (closed.lost_on, closed.lost_reason) == (date(2024, 12, 31), "other")
    assert "八月.xlsx" in closed.lost_note
    assert (event.verb, event.details["closed"]) == ("registers.leads.imported", 1)
    assert [change.label for change in trail.changes(event)] == [str(closed)]
    assert run.report["closed"] == 1


def test_undoing_such_an_import_opens_the_lead_again(
    imported: Import, leads: Register, file: Callable[..., bytes], clock: datetime
) -> None:
    imported(file("XS-1", "XS-2"), register=leads)
    run = imported(file("XS-1"), register=leads, reading=COMPLETE)

    actions.undo_import(register=leads, run=run, by="a", at=clock)

    again = Lead.objects.get(code="XS-2")
    assert (again.lost_on, again.lost_reason, again.lost_note) == (None, "", "")


def test_a_closed_lead_that_somebody_worked_on_since_stays_closed(
    imported: Import, leads: Register, file: Callable[..., bytes], clock: datetime
) -> None:
    imported(file("XS-1", "XS-2"), register=leads)
    run = imported(file("XS-1"), register=leads, reading=COMPLETE)
    closed = Lead.objects.get(code="XS-2")
    actions.change_record(
        register=leads,
        record=closed,
        values={"lost_note": "已核实"},
        version=closed.version,
        by="b",
        at=clock,
    )

    with pytest.raises(Refused, match="XS-2"):
        actions.undo_import(register=leads, run=run, by="a", at=clock)

    assert Lead.objects.get(code="XS-2").lost_note == "已核实"


def test_of_a_lead_that_somebody_wrote_about_it_is_asked(
    imported: Import,
    checked: Import,
    leads: Register,
    file: Callable[..., bytes],
    inside: Zone,
    clock: datetime,
) -> None:
    imported(file("XS-1", "XS-2", "XS-3"), register=leads)
    lead = Lead.objects.get(code="XS-3")
    about = notes.About(
        zone=inside,
        kind="leads",
        object_id=str(lead.pk),
        label=str(lead),
        permission=Permission.READ_INVESTMENT,
        url="/",
    )
    notes.add_comment(about=about, text="下周再谈", by="b", at=clock)

    run = checked(file("XS-1"), register=leads, reading=COMPLETE)

    assert _absent(run) == {"XS-2": True, "XS-3": False}


def test_a_lead_that_is_closed_already_is_not_asked_about(
    imported: Import,
    checked: Import,
    leads: Register,
    file: Callable[..., bytes],
    stamp: dict[str, Any],
) -> None:
    imported(file("XS-1", "XS-2", "XS-3"), register=leads)
    lead = Lead.objects.get(code="XS-3")
    told = {"name": "签约", "kind": "formal", "signed_on": date(2024, 8, 1)}
    Signing.everywhere.create(
        zone=lead.zone, code="QY-1", lead=lead, investor=lead.investor, **told, **stamp
    )

    run = checked(file("XS-1"), register=leads, reading=COMPLETE)

    assert _absent(run) == {"XS-2": True}
