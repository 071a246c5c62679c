"""100,000 rows of a workbook in: checked and staged, written in one transaction, taken back."""

import resource

from bench.material import database, meters, people, rows
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, exports, jobs, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun
from jingkai.web import clock

ROWS = 100_000
MOST_SECONDS = 30
MOST_MB = 500


def main() -> None:
    """Measure a workbook of new rows, the same rows changed, and the way back."""
    with database.fresh() as name:
        table = Table(f"A workbook of {ROWS:,} visits in, {name}")
        zone, elsewhere = people.zone("out"), people.zone("in")
        officer = people.officer(zone, Role.INVESTMENT)
        rows.visits(zone, ROWS, by=officer)
        register = queries.registers()["visits"]
        with scope.zones(zone.pk):
            content = exports.write(register, queries.rows_of(register).order_by("pk"), "xlsx")
        with scope.zones(elsewhere.pk):
            people.take_on(officer, elsewhere, Role.INVESTMENT)
            run = _take_in(table, register, elsewhere, officer, content)
            _undo(table, register, run, officer)
        table.show()


def _take_in(
    table: Table, register: Register, zone: Zone, officer: User, content: bytes
) -> ImportRun:
    before = _of_children()
    checked = meters.spent(lambda: _check(register, zone, officer, content))
    child = _of_children() - before
    run: ImportRun = checked.result
    if run.report["errors"]:
        raise RuntimeError(run.report["errors"][:3])
    imported = meters.spent(
        lambda: actions.import_workbook(
            register=register, run=run, by=officer.username, at=clock.now()
        )
    )
    table.add("check and stage", checked.cpu_seconds, "s CPU", besides=checked.besides)
    table.add("write", imported.cpu_seconds, "s CPU", besides=imported.besides)
    table.add("the child that reads the file", child, "s CPU")
    both = checked.cpu_seconds + child + imported.cpu_seconds
    table.add("together", both, "s CPU", target=MOST_SECONDS)
    peak = max(checked.peak_mb, imported.peak_mb)
    table.add("peak memory", peak, "MB", target=MOST_MB)
    return imported.result  # type: ignore[no-any-return]


def _of_children() -> float:
    """Return the processor time of the processes that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _check(register: Register, zone: Zone, officer: User, content: bytes) -> ImportRun:
    by, now = officer.username, clock.now()
    run, _was_imported = jobs.receive(
        register=register, zone=zone, content=content, file_name="visits.xlsx", by=by, at=now
    )
    return jobs.check(register=register, run=run, by=by, at=now)


def _undo(table: Table, register: Register, run: ImportRun, officer: User) -> None:
    undone = meters.spent(
        lambda: actions.undo_import(
            register=register, run=run, by=officer.username, at=clock.now()
        )
    )
    table.add("undo", undone.cpu_seconds, "s CPU", besides=undone.besides)


if __name__ == "__main__":
    main()
