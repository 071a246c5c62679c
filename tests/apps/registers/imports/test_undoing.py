"""An import taken back: while nobody has worked on its rows, and not after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun, State
from tests.apps.registers.imports.making import GOOD, HEADINGS, book

Import = Callable[..., ImportRun]
SECOND = ["LF-2", *GOOD[1:]]


def test_undoing_takes_out_the_new_and_puts_back_the_old_in_one_event(
    imported: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    imported(book([HEADINGS, GOOD]))
    later = clock + timedelta(minutes=5)
    run = imported(book([HEADINGS, [*GOOD[:4], "7"], SECOND]), at=later)

    run = actions.undo_import(register=visits, run=run, by="a", at=later)

    (left,) = visits.model.objects.all()
    event = next(iter(trail.events(inside.code)))
    assert run.state == State.UNDONE
    assert (left.code, left.people) == ("LF-1", 3)  # type: ignore[attr-defined]
    assert (event.verb, event.change_count) == ("registers.visits.import-undone", 2)


def test_undoing_twice_is_undoing_once(
    imported: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    run = imported(book([HEADINGS, GOOD]))
    actions.undo_import(register=visits, run=run, by="a", at=clock)
    head = trail.head(inside.code)

    actions.undo_import(register=visits, run=run, by="a", at=clock)

    assert trail.head(inside.code) == head


def test_an_import_on_whose_rows_somebody_has_worked_stays_and_they_are_named(
    imported: Import,
    visits: Register,
    clock: datetime,
    values: Callable[..., dict[str, Any]],
) -> None:
    run = imported(book([HEADINGS, GOOD, SECOND]))
    record = visits.model.objects.get(code="LF-2")
    wanted = values("LF-2", people=5)
    actions.change_record(
        register=visits, record=record, values=wanted, version=1, by="b", at=clock
    )

    with pytest.raises(actions.WorkedOn, match="LF-2"):
        actions.undo_import(register=visits, run=run, by="a", at=clock)

    assert visits.model.objects.count() == 2


def test_a_file_or_comment_on_a_row_counts_as_work(
    imported: Import, visits: Register, inside: Zone, clock: datetime
) -> None:
    run = imported(book([HEADINGS, GOOD]))
    record = visits.model.objects.get()
    audit.record(
        verb="files.attached",
        actor="b",
        target_kind="visits",
        target_id=str(record.pk),
        target_label=str(record),
        zone_code=inside.code,
        at=clock + timedelta(minutes=1),
    )

    with pytest.raises(actions.WorkedOn, match="LF-1"):
        actions.undo_import(register=visits, run=run, by="a", at=clock)


def test_the_file_of_an_undone_import_may_be_imported_again(
    imported: Import, visits: Register, clock: datetime
) -> None:
    content = book([HEADINGS, GOOD])
    run = imported(content)
    actions.undo_import(register=visits, run=run, by="a", at=clock)

    again = imported(content)

    assert again.pk != run.pk
    assert visits.model.objects.count() == 1
