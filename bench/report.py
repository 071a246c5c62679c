"""The year-end report of 10,000 projects: its document, each of its files, every figure."""

from datetime import date
from functools import partial

from bench.material import database, meters, people, projects
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.reporting import queries
from jingkai.apps.reporting.queries.year_end import files, year_end
from jingkai.web import clock

PROJECTS = 10_000
MOST_SECONDS = 3
YEAR, AS_OF = 2024, date(2024, 12, 31)


def main() -> None:
    """Measure what the report is made of, then the report itself."""
    with database.fresh() as name:
        table = Table(f"Year-end report of {PROJECTS:,} projects, {name}")
        zone = people.zone("report")
        officer = people.officer(zone, Role.SERVICES)
        projects.zone(zone, PROJECTS, served_by=officer)
        database.settle()
        with scope.zones(zone.pk):
            _figures(table)
            _report(table, zone)
        table.show()


def _figures(table: Table) -> None:
    period = queries.to_date(YEAR, AS_OF)
    codes = [indicator.code for indicator in queries.indicators()]
    each = {code: meters.spent(partial(queries.reading, code, period)).cpu_ms for code in codes}
    table.add(f"{len(each)} figures, each alone, in sum", sum(each.values()), "ms CPU")
    for code in sorted(each, key=lambda code: -each[code])[:5]:
        table.add(f"figure {code}", each[code], "ms CPU")


def _report(table: Table, zone: Zone) -> None:
    spent = meters.spent(
        lambda: year_end(zone=zone, year=YEAR, as_of=AS_OF, generated_at=clock.now())
    )
    besides = spent.besides
    table.add("document", spent.cpu_seconds, "s CPU", target=MOST_SECONDS, besides=besides)
    for suffix in files.WRITERS:
        written = meters.spent(partial(files.write, spent.result, suffix))
        size = f"{len(written.result) / 1_024:,.0f} KB"
        table.add(f"written as {suffix}", written.cpu_ms, "ms CPU", besides=size)


if __name__ == "__main__":
    main()
