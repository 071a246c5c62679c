"""Frozen periods: what was kept, what has changed since, and who may freeze."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.audit import queries as trail
from jingkai.apps.investment.models import Signing, Visit
from jingkai.apps.reporting import actions, queries
from jingkai.apps.reporting.models import Freeze
from jingkai.core.indicators import Period


@pytest.fixture
def frozen(filled, clock, today, year):
    return actions.freeze_period(
        zone=filled, label="2024年度", period=year, by="system", at=clock, today=today
    )


def _since(frozen, code):
    figures = {figure.indicator: figure for figure in queries.frozen_figures(frozen)}
    return queries.difference(figures[code])


def test_a_frozen_figure_is_that_of_the_day(frozen, year):
    now = queries.readings(year, compare=False)

    for figure in queries.frozen_figures(frozen):
        assert figure.value == now[figure.indicator].value
        assert figure.definition["name"] == str(now[figure.indicator].indicator.definition.name)
        assert queries.difference(figure).is_same


@pytest.mark.slow
def test_what_was_frozen_and_the_difference_make_what_is_now(frozen, year):
    day = year.start + timedelta(days=30)
    Visit.objects.filter(visited_on__lt=date(2024, 7, 1)).update(visited_on=day)
    Visit.objects.filter(visited_on__gt=date(2024, 10, 1)).update(visited_on=date(2025, 1, 1))
    Signing.objects.filter(planned_wan__isnull=False).update(
        planned_wan=Decimal("123.5"), fixed_investment_wan=None
    )

    for figure in queries.frozen_figures(frozen):
        if queries.is_additive(queries.find(figure.indicator)):
            since = queries.difference(figure)
            assert (figure.value or 0) + since.difference.delta == (since.value or 0)


def test_the_difference_names_every_record_that_came_went_or_changed(frozen, filled, clock, year):
    gone = Visit.objects.filter(direction="inbound", visited_on__gte=year.start).order_by("pk")[0]
    Visit.objects.filter(pk=gone.pk).update(visited_on=date(2020, 1, 1))
    new = Visit.everywhere.create(
        zone=filled,
        code="补录1",
        direction="inbound",
        visited_on=year.start,
        delegation="补录团组（示范）",
        recorded_at=clock,
        changed_at=clock,
    )

    since = _since(frozen, "visits")

    assert [(row.way, row.pk) for row in since.moved] == [
        ("added", str(new.pk)),
        ("removed", str(gone.pk)),
    ]
    assert since.delta == 0
    assert not since.is_same


def test_a_changed_amount_is_told_with_both_amounts(frozen, year):
    signing = next(row for row in queries.find("signings").rows(year) if row.planned_wan)
    Signing.objects.filter(pk=signing.pk).update(planned_wan=signing.planned_wan + 1)

    since = _since(frozen, "signed_planned_wan")

    assert [(row.way, row.now - row.frozen) for row in since.moved] == [("changed", Decimal(1))]
    assert since.delta == 1


def test_freezing_leaves_an_event_with_the_figures(frozen, filled):
    event = trail.events(filled.code)[0]

    assert event.verb == "reporting.period.frozen"
    assert event.target_id == str(frozen.pk)
    assert event.details["figures"]["signings"] == str(
        queries.reading("signings", queries.period_of(frozen)).value
    )


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (1, False)])
def test_only_a_period_that_is_over_is_frozen(filled, clock, today, days, allowed):
    period = Period(date(2024, 12, 1), today + timedelta(days=days))

    def freeze():
        actions.freeze_period(
            zone=filled, label="12月", period=period, by="system", at=clock, today=today
        )

    if allowed:
        freeze()
    else:
        with pytest.raises(actions.NotOver, match="2025-01-01"):
            freeze()

    assert Freeze.objects.exists() is allowed
