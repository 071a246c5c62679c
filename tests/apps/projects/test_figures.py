"""The figures of projects: numbers and lists agree, parts make the whole, the past stays."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from jingkai.apps.investment import indicators as investment
from jingkai.apps.projects import indicators, queries
from jingkai.apps.projects.models import Stage
from jingkai.core.indicators import Period, to_date, year

pytestmark = pytest.mark.django_db

YEAR = year(2024)
FIGURES = {one.code: one for one in (*investment.INDICATORS, *indicators.INDICATORS)}


def _value(code: str, period: Period = YEAR) -> Any:
    figure = FIGURES[code]
    return figure.measure(figure.rows(period))


def _started(make: Any, signed: date, started: date | None, **values: Any) -> Any:
    project = make.ready_project(entered_on=signed, **values)
    make.move(project, Stage.SIGNED, signed)
    if started:
        make.move(project, Stage.STARTED, started)
    return project


def test_signings_are_those_started_and_those_to_start(make: Any) -> None:
    _started(make, date(2024, 2, 1), date(2024, 12, 31))
    _started(make, date(2024, 3, 1), None)
    _started(make, date(2023, 6, 1), date(2024, 5, 1))
    make.signing(kind="framework")

    values = [_value(code) for code in ("signings", "signed_and_started", "signed_to_start")]

    assert values == [2, 1, 1]
    assert _value("started_projects") == 2
    assert _value("started_earlier_signings") == 1
    assert _value("signings_started_share") == Decimal("50.0")
    assert _value("days_signing_to_start") == 334


def test_a_signing_started_a_day_later_is_still_to_start(make: Any) -> None:
    _started(make, date(2024, 2, 1), date(2024, 6, 1))

    assert _value("signed_to_start", to_date(date(2024, 5, 31))) == 1
    assert _value("signed_and_started", to_date(date(2024, 6, 1))) == 1


def test_a_start_taken_back_is_no_start_from_that_day_on(make: Any) -> None:
    project = _started(make, date(2024, 2, 1), date(2024, 6, 1))
    make.move(project, Stage.SIGNED, date(2024, 8, 1), reason="施工许可被撤销")

    assert _value("started_projects", to_date(date(2024, 7, 31))) == 1
    assert _value("started_projects", to_date(date(2024, 8, 1))) == 0
    assert _value("signed_to_start", to_date(date(2024, 8, 1))) == 1


@pytest.mark.slow
def test_parts_make_the_whole_at_every_month(make: Any) -> None:
    random = Random(3)
    for _number in range(30):
        signed = date(2024, 1, 10) + timedelta(days=random.randint(0, 200))
        project = _started(
            make, signed, random.choice([None, signed + timedelta(days=random.randint(0, 140))])
        )
        make.receipt(project, signed, random.randint(1, 9), random.choice(["domestic", "foreign"]))
        if random.random() < 0.3:
            make.move(project, Stage.IN_LIBRARY, date(2024, 12, 20), reason="解约")

    for month in range(1, 13):
        period = to_date(date(2024, month, 28))
        values = {code: _value(code, period) or 0 for code in FIGURES}
        for partition in indicators.PARTITIONS:
            assert partition.check(values) is None
        table = {f"projects_{r.stage.value}": r.count for r in queries.stage_table(on=period.end)}
        assert table == {code: values[code] for code in table}


@pytest.mark.parametrize("code", [one.code for one in indicators.INDICATORS])
def test_every_figure_reads_of_an_empty_zone(make: Any, code: str) -> None:
    value = _value(code)

    assert value in (0, None)


def test_funds_are_summed_by_the_day_they_arrived(make: Any) -> None:
    project = make.project()
    make.receipt(project, date(2024, 1, 1), 100)
    make.receipt(project, date(2024, 12, 31), 50, "foreign")
    make.receipt(project, date(2023, 12, 31), 7)

    found = [_value(f"funds_{part}") for part in ("in_place", "domestic", "foreign")]

    assert found == [150, 100, 50]


def test_the_cohort_of_a_quarter_tells_how_far_it_came(make: Any) -> None:
    _started(make, date(2024, 2, 1), date(2024, 3, 2))
    _started(make, date(2024, 2, 1), None)

    quarters, whole = queries.cohort_table(2024, on=date(2024, 12, 31))

    steps = {step.step.value: step for step in quarters[0].steps}
    assert (steps["signed"].reached, steps["started"].reached) == (2, 1)
    assert quarters[1].steps[0].reached == 0
    assert whole.steps[0].reached == 2
