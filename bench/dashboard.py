"""The pages over 10,000 projects: dashboard, workbench, board, and the list of projects."""

from functools import partial

from bench.material import database, meters, people, projects
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.reporting.queries import kept

PROJECTS = 10_000
MOST_WARM_MS = 150
ROUNDS = 10
PAGES = (
    ("dashboard", "dashboard/", MOST_WARM_MS),
    ("workbench", "", None),
    ("board", "board/", None),
    ("board, red lights", "board/?light=red", None),
    ("六未", "stalls/", None),
    ("projects, first page", "projects/", None),
    ("projects, red lights", "projects/?light=red", None),
    ("all figures", "figures/", None),
    ("one figure with its records", "figures/signings/", None),
)


def main() -> None:
    """Measure the pages as a leader and as a service officer see them."""
    with database.fresh() as name:
        table = Table(f"Pages over {PROJECTS:,} projects, {name}")
        zone = people.zone("pages")
        officer = people.officer(zone, Role.LEADER, Role.SERVICES, Role.INVESTMENT)
        projects.zone(zone, PROJECTS, served_by=officer)
        database.settle()
        _measure(table, zone, officer)
        table.show()


def _measure(table: Table, zone: Zone, officer: User) -> None:
    browser = Browser(officer)
    browser.get(f"/z/{zone.code}/roles/")
    for name, page, target in PAGES:
        call = partial(browser.get, f"/z/{zone.code}/{page}")
        kept.forget()
        cold, pace = meters.spent(call), meters.pace(call, ROUNDS)
        besides = f"{pace.besides}; {cold.cpu_ms:,.0f} ms CPU after a change"
        table.add(name, pace.cpu_ms, "ms CPU", target=target, besides=besides)


if __name__ == "__main__":
    main()
