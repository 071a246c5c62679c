"""Searching 100,000 rows: the index built, a list by two characters, the box for all, counts."""

from functools import partial

from bench.material import database, meters, people, rows
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.search import bigrams, index
from jingkai.apps.search import queries as search

ROWS = 100_000
MOST_MS = 20
PAGES = (
    ("two characters, many rows", "visits/?q=%E8%A3%85%E5%A4%87", MOST_MS),
    ("two characters, no row", "visits/?q=%E6%B2%A1%E6%9C%89", MOST_MS),
    ("one character", "visits/?q=%E8%A3%85", None),
    ("a code's tail", "visits/?q=99123", MOST_MS),
    ("two words", "visits/?q=%E8%A3%85%E5%A4%87+991", MOST_MS),
    ("the box for all, two characters", "search/?q=%E8%A3%85%E5%A4%87", None),
    ("the box for all, a code's tail", "search/quick/?q=99123", MOST_MS),
    ("a reference while one types", "investors/suggest/?investor=%E5%85%AC%E5%8F%B8", MOST_MS),
    ("counts of the filters", "visits/counts/", None),
)


def main() -> None:
    """Build the index, then ask it."""
    with database.fresh() as name:
        table = Table(f"Search in {ROWS:,} visits, {name}")
        zone = people.zone("search")
        officer = people.officer(zone, Role.INVESTMENT)
        rows.visits(zone, ROWS, to=rows.investors(zone, ROWS // 10), by=officer)
        database.settle()
        built = meters.spent(partial(index.rebuild, zone))
        table.add("index built", built.cpu_seconds, "s CPU", besides=built.besides)
        database.settle()
        _ask(table, zone, officer)
        table.show()


def _ask(table: Table, zone: Zone, officer: User) -> None:
    with scope.zones(zone.pk):
        asked = partial(search.counts, [zone.pk], bigrams.words("装备"), ["visits"])
        pace = meters.pace(asked)
        table.add("the index alone, two characters", pace.cpu_ms, "ms CPU", besides=pace.besides)
    browser = Browser(officer)
    for name, page, target in PAGES:
        pace = meters.pace(partial(browser.get, f"/z/{zone.code}/{page}"))
        table.add(name, pace.cpu_ms, "ms CPU", target=target, besides=pace.besides)


if __name__ == "__main__":
    main()
