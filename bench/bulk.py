"""10,000 records at once: previewed, changed, undone; and a block of 100 rows of the grid."""

from datetime import date

from bench.material import database, meters, people, rows
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission, Role
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Register
from jingkai.web import clock

ROWS = 10_000
BLOCK = 100
MOST_SECONDS = 5
RIGHTS = frozenset(Permission)
VALUES = {"people": 12, "purpose": "测速", "visited_on": date(2024, 5, 6)}


def main() -> None:
    """Measure each step of a batch over three columns, then the grid."""
    with database.fresh() as name:
        table = Table(f"{ROWS:,} visits at once, {name}")
        zone = people.zone("bulk")
        officer = people.officer(zone, Role.INVESTMENT)
        rows.visits(zone, ROWS, to=rows.investors(zone, ROWS // 10), by=officer)
        database.settle()
        with scope.zones(zone.pk):
            _batch(table, queries.registers()["visits"], zone)
            _grid(table, queries.registers()["visits"], zone)
        table.show()


def _batch(table: Table, register: Register, zone: Zone) -> None:
    at = clock.now()
    wanted = actions.WantedOfMany(verb=queries.CHANGE, query="every=1", values=VALUES)
    batch, _count = actions.open_batch(register=register, zone=zone, wanted=wanted, by="a", at=at)
    planned = meters.spent(
        lambda: actions.plan_batch(register=register, batch=batch, permissions=RIGHTS, at=at)
    )
    table.add("preview", planned.cpu_seconds, "s CPU", besides=planned.besides)
    applied = meters.spent(
        lambda: actions.apply_batch(
            register=register, batch=batch, permissions=RIGHTS, by="a", at=at
        )
    )
    table.add("edit", applied.cpu_seconds, "s CPU", target=MOST_SECONDS, besides=applied.besides)
    undone = meters.spent(
        lambda: actions.undo_batch(
            register=register, batch=batch, permissions=RIGHTS, by="a", at=at
        )
    )
    table.add("undo", undone.cpu_seconds, "s CPU", besides=undone.besides)


def _grid(table: Table, register: Register, zone: Zone) -> None:
    found = list(register.model.objects.order_by("pk")[:BLOCK])
    edits = [
        actions.Edit(record.pk, record.version, {"people": number + 1, "purpose": f"{number}"})
        for number, record in enumerate(found)
    ]
    why = actions.Why(verb="grid-changed", by="a", at=clock.now())
    saved = meters.spent(
        lambda: actions.change_records(register=register, zone=zone, edits=edits, why=why)
    )
    table.add(f"{BLOCK} rows of a grid saved", saved.cpu_seconds, "s CPU", besides=saved.besides)


if __name__ == "__main__":
    main()
