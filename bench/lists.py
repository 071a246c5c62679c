"""A page of a list costs the same over 1,000 and over 100,000 rows."""

from functools import partial

from bench.material import database, meters, people, rows
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment.models import Investor, Visit
from jingkai.apps.registers.filters import LENGTHS
from jingkai.apps.registers.models import Classification
from jingkai.apps.search import index

MOST_MS = 12
MOST_QUERIES = 25
SENSITIVE = 50
SIZES = (1_000, 10_000, 100_000)
PAGES = (
    ("first page", "", MOST_MS),
    ("filter by direction", "direction=outbound", MOST_MS),
    ("filter by days", "visited_on__from=2024-01-01&visited_on__to=2024-06-30", MOST_MS),
    ("sort by number", "sort=-code", MOST_MS),
    ("sort by people", "sort=-people", MOST_MS),
    ("sort by direction, upwards", "sort=direction", MOST_MS),
    ("filter by direction, sort by people", "direction=outbound&sort=people", MOST_MS),
    ("sort by the investor's name, offered to 5,000 rows", "sort=investor__name", None),
    ("last page", "page=last", MOST_MS),
    ("search for a word", "q=%E8%A3%85%E5%A4%87", None),
)
FAR = (2, 20, 200, 2_000)


def main() -> None:
    """Measure the list of visits at three sizes, each in a zone of its own."""
    with database.fresh() as name:
        table = Table(f"List of visits, 50 rows a page, {name}")
        for size in SIZES:
            _measure(table, size)
        table.show()


def _measure(table: Table, size: int) -> None:
    zone = people.zone(f"lists-{size}")
    officer = people.officer(zone, Role.INVESTMENT)
    investors = rows.investors(zone, size // 10)
    rows.visits(zone, size, to=investors, by=officer)
    index.rebuild(zone)
    database.settle()
    browser = Browser(officer)
    most = 0
    for name, query, target in (*PAGES, *_far_pages(zone, size)):
        pace = meters.pace(partial(browser.get, f"/z/{zone.code}/visits/?{query}"))
        label = f"{size:,} rows, {name}"
        table.add(label, pace.cpu_ms, "ms CPU", target=target, besides=pace.besides)
        most = max(most, pace.queries)
    pace = _sealed(zone, [investor.pk for investor in investors[:SENSITIVE]])
    label = f"{size:,} rows, first page for who is not cleared, {SENSITIVE} investors sensitive"
    table.add(label, pace.cpu_ms, "ms CPU", target=MOST_MS, besides=pace.besides)
    most = max(most, pace.queries)
    table.add(f"{size:,} rows, most queries of a page", most, "queries", target=MOST_QUERIES)


def _sealed(zone: Zone, sensitive: list[int]) -> meters.Pace:
    """Return the pace of the list for somebody who may not see some investors and their visits."""
    Investor.everywhere.filter(pk__in=sensitive).update(classification=Classification.SENSITIVE)
    browser = Browser(people.officer(zone, Role.SERVICES, called="uncleared"))
    return meters.pace(partial(browser.get, f"/z/{zone.code}/visits/?"))


def _far_pages(zone: Zone, size: int) -> list[tuple[str, str, float]]:
    """Return the pages as the link of the page before leads to them."""
    keys = Visit.everywhere.filter(zone=zone).order_by("-visited_on", "-pk")
    ends = {number: (number - 1) * LENGTHS[0] for number in FAR}
    return [
        (
            f"page {number:,}",
            f"page=after-{end}-{keys.values_list('pk', flat=True)[end - 1]}",
            MOST_MS,
        )
        for number, end in ends.items()
        if end < size
    ]


if __name__ == "__main__":
    main()
