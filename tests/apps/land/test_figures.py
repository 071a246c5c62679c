"""Each figure is its rows; the parts add up; to-dos follow from the records."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.land import queries
from jingkai.apps.land.indicators import INDICATORS
from jingkai.apps.land.queries import Task
from jingkai.core.indicators.periods import year

YEAR = year(2024)
FIGURES = {indicator.code: indicator for indicator in INDICATORS}


@pytest.fixture
def read():
    """Return what reads a figure at the end of 2024: its value and how many records it has."""

    def found(code):
        rows = FIGURES[code].rows(YEAR)
        return FIGURES[code].measure(rows), rows.count()

    return found


def test_areas_are_counted_in_mu(make, read):
    make.parcel(supply="supplied_unused", area_m2=Decimal(2_000))
    make.parcel(supply="supplied_unused", area_m2=None)
    make.parcel(supply="in_use", area_m2=Decimal(4_000))
    make.parcel(area_m2=Decimal(6_000))
    gone = {"supply": "in_use", "area_m2": Decimal(8_000)}
    make.parcel(**gone, retired_on=date(2024, 12, 31))
    make.parcel(**gone, retired_on=date(2025, 1, 1))

    assert read("land_supplied_unused") == (Decimal(3), 2)
    assert read("land_area") == (Decimal(30), 5)


def test_what_is_not_on_record_is_no_zero(make, read):
    assert read("idle_plant_days") == (None, 0)
    assert read("land_partly_used") == (0, 0)

    make.parcel(supply="partly_used", area_m2=None)

    assert read("land_partly_used") == (None, 1)


def test_approved_and_not_supplied_counts_what_was_approved_by_then(make, read):
    approval = make.approval(area_m2=Decimal(6_000))
    make.parcel(approval=approval, supply="in_use", area_m2=Decimal(2_000))
    make.approval(area_m2=Decimal(6_000), approved_on=date(2025, 1, 1))

    assert read("approved_unsupplied_area") == (Decimal(6), 1)


def test_idle_plants_are_counted_measured_and_timed(make, read):
    make.plant(occupancy="vacant", idle_area_m2=Decimal(500), idle_since=date(2024, 12, 21))
    make.plant(occupancy="partly", idle_area_m2=Decimal(100), idle_since=date(2024, 12, 30))
    make.plant(occupancy="vacant")
    make.plant(occupancy="let")

    assert read("idle_plants") == (3, 3)
    assert read("idle_plant_area")[0] == Decimal(600)
    assert read("idle_plant_days") == (Decimal("5.5"), 2)


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_the_shares_of_the_records_add_up_to_the_figure(code, make, read):
    make.approval()
    make.parcel(supply="in_use", area_m2=Decimal("1234.56"))
    make.parcel(area_m2=Decimal("7.89"))
    make.plant(occupancy="vacant", idle_area_m2=Decimal(5), idle_since=date(2024, 1, 1))
    indicator = FIGURES[code]
    rows = indicator.rows(YEAR)

    if indicator.contribution:
        shares = [share for share in rows.values_list(indicator.contribution, flat=True) if share]
        assert sum(shares) == (indicator.measure(rows) or 0)


@pytest.fixture
def asked(officer, clock):
    """Return what the officer has to do, by kind."""

    def found():
        todos = queries.todos(user=officer, on=clock.date())
        return sorted((todo.kind, todo.due_on) for todo in todos)

    return found


def test_a_start_that_nears_asks_its_officer_or_everybody(make, officer, stranger, asked, clock):
    soon, later = clock.date() + timedelta(days=90), clock.date() + timedelta(days=91)
    make.contract(make.parcel(officer=officer), agreed_start_on=soon)
    make.contract(make.parcel(), agreed_start_on=later)
    make.contract(make.parcel(officer=stranger), agreed_start_on=soon)

    assert asked() == [(Task.URGE_START, soon)]


def test_a_start_that_was_made_or_put_off_asks_nobody(make, asked, clock):
    soon = clock.date() + timedelta(days=10)
    begun, put_off = make.parcel(), make.parcel()
    make.contract(begun, agreed_start_on=soon)
    make.works(begun, commenced_on=date(2024, 10, 1))
    first = make.contract(put_off, agreed_start_on=soon)
    make.contract(put_off, supersedes=first, agreed_start_on=soon + timedelta(days=365))

    assert asked() == []


def test_a_lease_that_ends_and_a_promise_that_is_due_ask(make, asked, clock):
    make.lease(make.plant(), until_on=clock.date() + timedelta(days=90))
    make.lease(make.plant(), until_on=clock.date() + timedelta(days=91))
    make.obligation(make.parcel(), due_on=clock.date() - timedelta(days=1))

    assert asked() == [
        (Task.CHECK_STANDARD, date(2024, 12, 30)),
        (Task.RENEW_LEASE, date(2025, 3, 31)),
    ]


def test_a_vacant_plant_of_mine_that_nobody_measured_asks_me(make, officer, asked):
    make.plant(occupancy="vacant", officer=officer)
    make.plant(occupancy="vacant")
    make.plant(occupancy="let", officer=officer)

    assert asked() == [(Task.MEASURE_PLANT, None)]


def test_somebody_who_only_reads_is_asked_nothing(make, colleague, clock):
    make.obligation(make.parcel(), due_on=date(2024, 1, 1))

    assert queries.todos(user=colleague, on=clock.date()) == []
