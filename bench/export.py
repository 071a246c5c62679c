"""100,000 rows out as Excel and CSV, and in again."""

from bench.material import database, meters, people, rows
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, exports, queries
from jingkai.apps.registers.declaration import Register
from jingkai.web import clock

ROWS = 100_000
MOST_EXPORT_SECONDS = 3
MOST_IMPORT_SECONDS = 30
MOST_MB = 500


def main() -> None:
    """Measure both formats, then the workbook's way back into another zone."""
    with database.fresh() as name:
        table = Table(f"{ROWS:,} visits out and in, {name}")
        zone, elsewhere = people.zone("out"), people.zone("in")
        officer = people.officer(zone, Role.INVESTMENT)
        rows.visits(zone, ROWS, by=officer)
        register = queries.registers()["visits"]
        with scope.zones(zone.pk):
            content = _export(table, register, "xlsx")
            _export(table, register, "csv")
        with scope.zones(elsewhere.pk):
            people.take_on(officer, elsewhere, Role.INVESTMENT)
            _import(table, register, elsewhere, officer, content)
        table.show()


def _export(table: Table, register: Register, suffix: str) -> bytes:
    found = queries.rows_of(register).order_by(register.order, "-pk")
    spent = meters.spent(lambda: exports.write(register, found, suffix))
    content: bytes = spent.result
    besides = f"{spent.besides}, file {len(content) / 1_048_576:.1f} MB"
    name = f"export to {suffix}"
    table.add(name, spent.cpu_seconds, "s CPU", target=MOST_EXPORT_SECONDS, besides=besides)
    return content


def _import(table: Table, register: Register, zone: Zone, officer: User, content: bytes) -> None:
    checked = meters.spent(
        lambda: actions.check_workbook(
            register=register,
            zone=zone,
            content=content,
            file_name="visits.xlsx",
            by=officer.username,
            at=clock.now(),
        )
    )
    run, plan = checked.result
    if not plan.is_clean:
        raise RuntimeError(plan.errors[:3])
    checked.result = plan = None  # a browser's second request does not hold the first one's rows
    imported = meters.spent(
        lambda: actions.import_workbook(
            register=register, run=run, by=officer.username, at=clock.now()
        )
    )
    table.add("import, checking", checked.cpu_seconds, "s CPU", besides=checked.besides)
    table.add("import, confirming", imported.cpu_seconds, "s CPU", besides=imported.besides)
    both = checked.cpu_seconds + imported.cpu_seconds
    table.add("import, both", both, "s CPU", target=MOST_IMPORT_SECONDS)
    peak = max(checked.peak_mb, imported.peak_mb)
    table.add("import, peak memory", peak, "MB", target=MOST_MB)


if __name__ == "__main__":
    main()
