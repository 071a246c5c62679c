"""Figures: each is its list, as of any day, and nothing on record is no zero."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jingkai.apps.investment.models import (
    Lead,
    LeadAssessment,
    Negotiation,
    Obligation,
    Signing,
    Visit,
)
from jingkai.apps.projects.models import (
    STAGE_DATES,
    FundsReceipt,
    Project,
    Stage,
    Transition,
)
from jingkai.apps.reporting import facts, queries
from jingkai.apps.reporting.queries import land
from jingkai.core.indicators import year as whole_year
from tests.apps.reporting import ground, world
from tests.environment import rounds

CODES = [indicator.code for indicator in queries.indicators()]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(rounds(2, 40)))
def test_every_figure_is_the_number_of_its_list(inside, clock, year, seed):
    world.fill(inside, size=30, seed=seed, at=clock)

    found = queries.readings(year)

    for code, standing in found.items():
        indicator = standing.indicator
        records = list(indicator.rows(year))
        assert standing.reading.records == len(records), code
        if indicator.contribution:
            shares = [share for _label, share in facts.contributions(indicator, year).values()]
            known = [share for share in shares if share is not None]
            assert standing.value == (sum(known) if known or not records else None), code
        elif queries.is_additive(indicator):
            assert standing.value == len(records), code
        else:
            assert standing.value == indicator.measure(indicator.rows(year)), code


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(rounds(2, 40)))
def test_a_figure_as_of_a_day_is_that_without_later_facts(inside, clock, seed):
    world.fill(inside, size=30, seed=seed, at=clock)
    day = date(2024, 6, 30)
    period = queries.to_date(2024, day)
    before = {code: one.value for code, one in queries.readings(period, compare=False).items()}

    _forget_after(day)

    after = {code: one.value for code, one in queries.readings(period, compare=False).items()}
    assert after == before


def test_nothing_on_record_is_no_zero(inside, year):
    found = queries.readings(year)

    assert {standing.value for standing in found.values()} == {None}
    assert all(standing.reading.freshness is None for standing in found.values())


def test_before_the_first_record_there_is_no_data_and_after_it_a_zero(inside, clock):
    Visit.everywhere.create(
        zone=inside,
        code="V1",
        direction="inbound",
        visited_on=date(2023, 3, 1),
        delegation="示范考察团",
        recorded_at=clock,
        changed_at=clock,
    )

    values = {
        year: queries.reading("visits", whole_year(year)).value for year in (2022, 2023, 2024)
    }

    assert values == {2022: None, 2023: 1, 2024: 0}


def test_amounts_that_nobody_recorded_are_unknown(filled, year):
    Signing.objects.update(fixed_investment_wan=None)

    assert queries.reading("signed_fixed_wan", year).value is None
    assert queries.reading("signings", year).value


def test_a_figure_is_compared_with_the_same_days_of_last_year(filled):
    day = date(2024, 6, 30)
    found = queries.reading("visits", queries.to_date(2024, day))

    base = queries.reading("visits", queries.to_date(2023, date(2023, 6, 30))).value

    assert found.year_on_year is not None
    assert found.year_on_year.base == base


def test_completeness_counts_the_records_that_lack_a_needed_field(filled, year):
    found = queries.reading("signings", year)
    indicator = found.indicator

    lacking = queries.incomplete(indicator, year).count()

    assert lacking > 0
    assert found.reading.completeness.total - found.reading.completeness.known == lacking


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(rounds(2, 40)))
def test_signings_are_those_started_and_those_to_start(inside, clock, year, seed):
    world.fill(inside, size=30, seed=seed, at=clock)

    found = queries.readings(year)

    assert [gap for _partition, gap in queries.discrepancies(found) if gap.difference] == []
    assert found["signings"].value == (
        found["signed_and_started"].value + found["signed_to_start"].value
    )


def test_parts_that_do_not_add_up_are_told(filled, year):
    found = queries.readings(year)
    signings = found["signings"]
    reading = replace(signings.reading, value=signings.reading.value + 1)

    told = queries.discrepancies(found | {"signings": replace(signings, reading=reading)})

    gaps = {partition.whole: gap.difference for partition, gap in told if gap.difference}
    assert gaps == {"signings": 1}


CUT = [
    *("signings", "land_area", "idle_area", "idle_plants", "idle_plant_area", "idle_cases"),
    *("finished_disposals", "reused_land", "reused_plant_area", "regained_rent"),
]


@pytest.mark.parametrize("code", CUT)
def test_the_parts_of_a_figure_make_it_up_and_open_to_its_records(filled, year, code):
    figure, whole = queries.find(code), queries.reading(code, year)

    for dimension in queries.dimensions(figure).values():
        parts = queries.parts(figure, dimension, year)

        assert sum(part.value or 0 for part in parts) == (whole.value or 0)
        assert sum(part.records for part in parts) == whole.reading.records
        assert sum(part.share or 0 for part in parts) == (1 if whole.value else 0)
        for part in parts:
            rows = queries.restrict(figure.rows(year), dimension, part.key, year)
            assert rows.count() == part.records
            path = figure.contribution or dimension.beside
            amounts = (
                [n for n in rows.values_list(path, flat=True) if n is not None] if path else []
            )
            assert part.amount == (sum(amounts, Decimal(0)) if amounts else None)


def test_every_axis_of_land_cuts_its_area_and_has_no_past(filled, year):
    cuts = queries.dimensions(queries.find("land_area"))
    known = {*cuts} - {"use"}

    assert known == {
        *("supply", "stage", "occupancy", "statutory"),
        *("follow_up", "measure", "obstacle", "obstacle_owner"),
    }
    for cut in cuts.values():
        parts = queries.parts(queries.find("land_area"), cut, year)
        assert {part.before for part in parts} == {None}
        assert parts[-1].label == "未登记"


def test_a_median_or_a_rate_has_no_parts():
    assert queries.dimensions(queries.find("idle_plant_days")) == {}


def test_a_case_stands_where_it_stood_on_that_day(filled):
    cases = queries.find("idle_cases")
    step = queries.dimensions(cases)["step"]
    days = [queries.to_date(2024, date(2024, month, 15)) for month in (3, 6, 9, 12)]

    for period in days:
        steps = {part.key: part.records for part in queries.parts(cases, step, period)}
        decided = queries.reading("idle_cases_decided", period).value
        inquired = queries.reading("idle_cases_inquired", period).value

        assert steps["fee_decision"] == decided
        assert steps.get("unknown", 0) == inquired


@pytest.mark.parametrize(
    ("planned_wan", "band"),
    [
        ("9999.999999", "below_1"),
        ("10000", "1_to_5"),
        ("49999.999999", "1_to_5"),
        ("50000", "5_to_10"),
        ("100000", "from_10"),
        (None, "unknown"),
    ],
)
def test_a_signing_belongs_to_one_band_of_scale(filled, year, planned_wan, band):
    signings = queries.find("signings")
    amount = None if planned_wan is None else Decimal(planned_wan)
    Signing.objects.update(fixed_investment_wan=None, planned_wan=amount)

    parts = queries.parts(signings, queries.dimensions(signings)["scale"], year)

    assert {part.key for part in parts if part.records} == {band}


def test_a_figure_without_a_past_is_compared_with_nothing(filled, year):
    lasting = queries.find("visits")
    present = replace(lasting, has_past=False)

    months = dict(queries.monthly(present, year))

    assert [day.month for day, value in months.items() if value is not None] == [12]
    assert months == {
        day: value if day.month == 12 else None for day, value in queries.monthly(lasting, year)
    }


def test_the_cases_of_idle_land_are_those_of_its_phases(filled, year):
    found = queries.readings(year)

    [parts] = [one.parts for one in queries.partitions() if one.whole == "idle_cases"]

    assert found["idle_cases"].value == sum(found[part].value for part in parts)
    assert tuple(land.BY_STEP) == parts


def test_months_add_up_to_the_year(filled, year):
    signings = queries.find("signings")

    months = queries.monthly(signings, year)

    assert len(months) == 12
    assert sum(value for _day, value in months) == queries.reading("signings", year).value


def test_there_is_no_indicator_of_an_unknown_code():
    with pytest.raises(queries.UnknownIndicator, match="typed_in"):
        queries.find("typed_in")


def test_codes_are_unique():
    assert len(CODES) == len(set(CODES))


def _forget_after(day):
    ground.forget_after(day)
    FundsReceipt.objects.filter(received_on__gt=day).delete()
    Transition.objects.filter(moved_on__gt=day).delete()
    for project in Project.objects.all():
        _take_back(project, day)
    Transition.objects.filter(project__entered_on__gt=day).delete()
    FundsReceipt.objects.filter(project__entered_on__gt=day).delete()
    Project.objects.filter(entered_on__gt=day).delete()
    Obligation.objects.filter(signing__signed_on__gt=day).delete()
    Obligation.objects.filter(kept_on__gt=day).update(kept_on=None)
    Project.objects.filter(signing__signed_on__gt=day).update(signing=None)
    Signing.objects.filter(signed_on__gt=day).delete()
    LeadAssessment.objects.filter(assessed_on__gt=day).delete()
    LeadAssessment.objects.filter(lead__found_on__gt=day).delete()
    Lead.objects.filter(entered_library_on__gt=day).update(entered_library_on=None)
    Lead.objects.filter(found_on__gt=day, signings=None).delete()
    Visit.objects.filter(visited_on__gt=day).delete()
    Negotiation.objects.filter(negotiated_on__gt=day).delete()


def _take_back(project, day):
    dates = {name: getattr(project, name) for name in STAGE_DATES.values()}
    kept = {name: on if on is not None and on <= day else None for name, on in dates.items()}
    stages = [stage for stage, name in STAGE_DATES.items() if kept[name]]
    project.stage = stages[-1] if stages else Stage.IN_LIBRARY
    for name, on in kept.items():
        setattr(project, name, on)
    for name in ("settled_on", "completed_on"):
        on = getattr(project, name)
        setattr(project, name, on if on is not None and on <= day else None)
    project.save()
