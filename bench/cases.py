"""The pages over the idle land of a city: 2,000 open cases, each with its clocks."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from bench.material import database, meters, parcels, people, rows
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.idle import jobs
from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.land.models import GrantContract, Parcel
from jingkai.apps.reporting.queries import kept
from jingkai.core.idle_land.procedure import StepCode
from jingkai.web import clock

CASES = 2_000
ROUNDS = 5
AGREED_START = date(2021, 6, 1)
# How far a case came, in turn: inquired, answered, investigated, determined, published.
STEPS = (
    (StepCode.INQUIRY, date(2024, 3, 20)),
    (StepCode.ANSWER, date(2024, 4, 10)),
    (StepCode.INVESTIGATION, date(2024, 4, 20)),
    (StepCode.DETERMINATION, date(2024, 5, 6)),
    (StepCode.PUBLICATION, date(2024, 5, 10)),
)
PAGES = (
    ("dashboard", "dashboard/"),
    ("idle land", "idle/"),
    ("board of cases", "idle/board/"),
    ("list of cases", "idle-cases/"),
    ("all figures", "figures/"),
    ("figure of overdue cases", "figures/idle_cases_overdue/"),
    ("year-end report", "report/2024/"),
)


def main() -> None:
    """Measure the pages as a land officer and as a leader at once would see them."""
    with database.fresh() as name:
        table = Table(f"Pages over {CASES:,} cases of idle land, {name}")
        zone = people.zone("cases")
        officer = people.officer(zone, Role.LEADER, Role.LAND)
        with scope.zones(zone.pk):
            _stored(zone)
            told = meters.spent(partial(jobs.catch_up, zone, clock.now()))
        database.settle()
        table.add("every parcel determined", told.cpu_seconds, "s CPU", besides=told.besides)
        _measure(table, zone, officer)
        table.show()


def _stored(zone: Zone) -> None:
    land = parcels.stored(zone, CASES)
    rows.stored(zone, GrantContract, map(_contract, land))
    cases = rows.stored(zone, IdleCase, map(_case, land))
    rows.stored(zone, CaseStep, (step for case in enumerate(cases) for step in _steps(*case)))


def _contract(parcel: Parcel) -> dict[str, Any]:
    return {"code": f"HT-{parcel.code}", "parcel": parcel, "agreed_start_on": AGREED_START}


def _case(parcel: Parcel) -> dict[str, Any]:
    return {"code": f"AJ-{parcel.code}", "parcel": parcel, "opened_on": date(2024, 3, 1)}


def _steps(number: int, case: IdleCase) -> Iterator[dict[str, Any]]:
    for step, done_on in STEPS[: number % (len(STEPS) + 1)]:
        yield {
            "code": f"BZ-{case.code}-{step}",
            "case": case,
            "step": step.value,
            "done_on": done_on,
            "served_on": done_on,
        }


def _measure(table: Table, zone: Zone, officer: User) -> None:
    browser = Browser(officer)
    browser.get(f"/z/{zone.code}/roles/")
    for name, page in PAGES:
        call = partial(browser.get, f"/z/{zone.code}/{page}")
        kept.forget()
        cold, pace = meters.spent(call), meters.pace(call, ROUNDS)
        besides = f"{pace.besides}; {cold.cpu_ms:,.0f} ms CPU after a change"
        table.add(name, pace.cpu_ms, "ms CPU", besides=besides)


if __name__ == "__main__":
    main()
