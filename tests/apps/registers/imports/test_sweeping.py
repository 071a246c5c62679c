"""Rows that wait for nobody: forgotten after a month, the file kept."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import actions, jobs
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun, State
from tests.apps.registers.imports.making import GOOD, HEADINGS, book

Import = Callable[..., ImportRun]
DAY = timedelta(days=1)


@pytest.mark.parametrize(("age", "kept"), [(jobs.KEPT, 1), (jobs.KEPT + DAY, 0)])
def test_staged_rows_that_nobody_confirmed_go_after_a_month(
    age: timedelta, kept: int, checked: Import, clock: datetime
) -> None:
    run = checked(book([HEADINGS, GOOD]))

    jobs.sweep(clock + age)

    assert run.rows.count() == kept


def test_the_event_tells_how_many_rows_went_and_a_second_sweep_leaves_none(
    checked: Import, inside: Zone, clock: datetime
) -> None:
    checked(book([HEADINGS, GOOD, ["LF-2", *GOOD[1:]]]))

    jobs.sweep(clock + 31 * DAY)
    event = next(iter(trail.events(inside.code)))
    jobs.sweep(clock + 32 * DAY)

    assert (event.verb, event.actor) == ("registers.visits.discarded", "system")
    assert event.details == {"rows": 2}
    assert trail.head(inside.code).sequence == event.sequence


def test_a_swept_import_can_not_be_confirmed_but_checked_anew(
    checked: Import, visits: Register, clock: datetime
) -> None:
    run = checked(book([HEADINGS, GOOD]))
    jobs.sweep(clock + 31 * DAY)

    with pytest.raises(actions.NotClean):
        actions.import_workbook(register=visits, run=run, by="a", at=clock)

    run.refresh_from_db()
    run = jobs.check(register=visits, run=run, by="a", at=clock)
    assert (run.state, run.report["created"]) == (State.READY, 1)


def test_the_rows_of_an_import_stay_because_it_may_be_undone(
    imported: Import, visits: Register, clock: datetime
) -> None:
    run = imported(book([HEADINGS, GOOD]))

    jobs.sweep(clock + 400 * DAY)

    actions.undo_import(register=visits, run=run, by="a", at=clock)
    assert not visits.model.objects.exists()
