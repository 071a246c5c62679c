"""100,000 rows out as Excel, as officials file them and as CSV; added up; in groups."""

from collections.abc import Callable
from typing import Any

from bench.material import database, meters, people, rows
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import exports, queries, workbooks
from jingkai.apps.registers.declaration import Register

ROWS = 100_000
MOST_EXPORT_SECONDS = 3
MOST_TOTALS_MS = 500


def main() -> None:
    """Measure each shape, then the row of totals and a page of groups."""
    with database.fresh() as name:
        table = Table(f"{ROWS:,} visits out, {name}")
        zone = people.zone("out")
        officer = people.officer(zone, Role.INVESTMENT)
        rows.visits(zone, ROWS, by=officer)
        register = queries.registers()["visits"]
        with scope.zones(zone.pk):
            _export(table, register)
            _summarise(table, register)
        table.show()


def _export(table: Table, register: Register) -> None:
    found = queries.rows_of(register).order_by(register.order, "-pk")
    columns = [column for column in register.bound if column.compute is None]
    paper = workbooks.Paper(title=str(register.name))
    shapes: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: exports.write(register, found, "xlsx"),
        "xlsx as officials file it": lambda: exports.official(columns, found, paper),
        "csv": lambda: exports.write(register, found, "csv"),
    }
    for name, write in shapes.items():
        spent = meters.spent(write)
        besides = f"{spent.besides}, file {len(spent.result) / 1_048_576:.1f} MB"
        figure = f"export to {name}, {len(columns)} columns"
        table.add(figure, spent.cpu_seconds, "s CPU", target=MOST_EXPORT_SECONDS, besides=besides)


def _summarise(table: Table, register: Register) -> None:
    found = queries.rows_of(register)
    by = [level for level in queries.levels(register) if level.code in _GROUPS]
    asked: dict[str, Callable[[], Any]] = {
        "totals": lambda: queries.totals(register.bound, found),
        "groups of one level": lambda: queries.groups(found, by[:1], register.bound),
        "groups of two levels": lambda: queries.groups(found, by, register.bound),
    }
    for name, ask in asked.items():
        spent = meters.spent(ask)
        table.add(name, spent.cpu_seconds * 1000, "ms CPU", target=MOST_TOTALS_MS)


_GROUPS = ("direction", "visited_on:month")

if __name__ == "__main__":
    main()
