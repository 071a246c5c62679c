"""增存挂钩, and the figures of the year: each is its rows."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jingkai.apps.land.models import GrantContract, LandApproval, Parcel
from jingkai.apps.reuse import actions, queries
from jingkai.apps.reuse.indicators import INDICATORS
from jingkai.apps.reuse.models import StockTarget
from jingkai.core.indicators import year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LogIn = Callable[[Any], Client]
BASE, END = date(2023, 12, 31), date(2024, 12, 31)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}


def _target(make: Any, kind: str, **values: Any) -> StockTarget:
    usual = {"year": 2024, "kind": kind, "base_on": BASE, "target_percent": Decimal(15)}
    return make.row(StockTarget, **usual | values)


def _taken(make: Any, kind: str, **values: Any) -> StockTarget:
    target = _target(make, kind, **values)
    actions.take_stock(target=target, again=False, by="officer", at=make.at)
    return target


def _idle(make: Any, area_m2: int, **values: Any) -> Parcel:
    usual = {
        "statutory": "idle_by_government",
        "statutory_document": "认〔2023〕1号",
        "monitoring_number": "JC-1",
        "registered_in_monitoring_on": date(2023, 6, 1),
    }
    return make.transferable(area_m2=Decimal(area_m2), **usual | values)


def _value(code: str, number: int = 2024) -> Any:
    indicator = BY_CODE[code]
    return indicator.measure(indicator.rows(year(number)))


def test_the_rate_of_idle_land_is_what_was_disposed_of_over_the_stock(make: Any) -> None:
    gone, _left = _idle(make, 15_000), _idle(make, 85_000)
    make.parcel(statutory="not_idle")
    target = _taken(make, "idle")

    before = queries.linkage(target, on=END).rate.share
    make.finished(parcel=gone, area_m2=Decimal(15_000))
    found = queries.linkage(target, on=END)

    assert before == 0
    assert found.rate.share == Fraction(15, 100)
    assert found.is_reached is True
    assert [found.gone_on.get(str(row.pk)) for row in queries.stock_items(target)] == [
        date(2024, 9, 1),
        None,
    ]


def test_unsupplied_land_is_what_no_contract_had_taken_by_the_base_date(make: Any) -> None:
    approval = make.row(
        LandApproval,
        document_number="鲁政土〔2022〕1号",
        approved_on=date(2022, 5, 1),
        area_m2=Decimal(90_000),
    )
    earlier, later = (
        make.parcel(approval=approval, area_m2=Decimal(area), supply="supplied_unused")
        for area in (30_000, 20_000)
    )
    make.row(GrantContract, parcel=earlier, signed_on=date(2023, 12, 31))
    make.row(GrantContract, parcel=later, signed_on=date(2024, 3, 1))
    make.row(
        LandApproval,
        document_number="鲁政土〔2024〕9号",
        approved_on=date(2024, 1, 1),
        area_m2=Decimal(9),
    )
    target = _taken(make, "unsupplied")

    found = queries.linkage(target, on=END)

    assert [row.area_m2 for row in queries.stock_items(target)] == [Decimal(60_000)]
    assert found.rate.disposed_area_m2 == Decimal(20_000)
    assert found.rate.share == Fraction(1, 3)
    assert queries.linkage(target, on=date(2024, 2, 29)).rate.share == 0


def test_a_parcel_of_the_stock_that_is_supplied_and_disposed_of_counts_once(make: Any) -> None:
    parcel = make.parcel(supply="approved_unsupplied", area_m2=Decimal(10_000), obstacle="none")
    target = _taken(make, "unsupplied")
    make.row(GrantContract, parcel=parcel, signed_on=date(2024, 3, 1))
    signed = queries.linkage(target, on=END).rate.disposed_area_m2
    make.finished(parcel=parcel, measure="supply", area_m2=Decimal(10_000))

    found = queries.linkage(target, on=END)

    assert signed == found.rate.disposed_area_m2 == Decimal(10_000)
    assert set(found.gone_on.values()) == {date(2024, 3, 1)}


def test_a_parcel_of_an_approval_that_is_supplied_by_a_disposal_counts_once(make: Any) -> None:
    area = {"area_m2": Decimal(90_000)}
    approval = make.row(
        LandApproval, document_number="鲁政土〔2022〕1号", approved_on=date(2022, 5, 1), **area
    )
    parcel = make.parcel(
        approval=approval, supply="approved_unsupplied", area_m2=Decimal(10_000), obstacle="none"
    )
    target = _taken(make, "unsupplied")
    make.row(GrantContract, parcel=parcel, signed_on=date(2024, 3, 1))
    signed = queries.linkage(target, on=END).rate.disposed_area_m2
    make.finished(parcel=parcel, measure="supply", area_m2=Decimal(10_000))

    found = queries.linkage(target, on=END)

    assert signed == found.rate.disposed_area_m2 == Decimal(10_000)


def test_a_stock_with_an_unknown_area_has_no_rate_and_says_why(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    make.parcel(supply="approved_unsupplied", area_m2=None)
    target = _taken(make, "unsupplied")

    page = log_in(officer).get(reverse("stock-target", args=["home", target.pk]))

    assert queries.linkage(target, on=END).rate.share is None
    assert "1 项没有登记面积" in page.content.decode()


def test_stock_is_taken_after_its_base_date_and_again_only_on_purpose(make: Any) -> None:
    target = _taken(make, "idle")
    _idle(make, 10_000)
    actions.take_stock(target=target, again=True, by="officer", at=make.at)

    with pytest.raises(actions.NotTaken, match="已取数"):
        actions.take_stock(target=target, again=False, by="officer", at=make.at)
    with pytest.raises(actions.NotTaken, match="还没有到"):
        actions.take_stock(
            target=_target(make, "idle", year=2025, base_on=date(2025, 1, 1)),
            again=False,
            by="officer",
            at=make.at,
        )
    assert target.items.count() == 1


def test_the_pages_of_the_stock_for_three_persons(
    make: Any, officer: Any, colleague: Any, stranger: Any, log_in: LogIn
) -> None:
    parcel = _idle(make, 15_000)
    target = _target(make, "idle")
    take = reverse("stock-take", args=["home", target.pk])

    answers = [log_in(who).post(take).status_code for who in (officer, colleague, stranger)]
    listed = log_in(colleague).get(reverse("stock", args=["home"])).content.decode()
    page = log_in(colleague).get(reverse("stock-target", args=["home", target.pk]))

    assert answers == [302, 403, 404]
    assert "22.5" in listed
    assert "目标待确认" in listed
    assert parcel.name in page.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"target_percent": Decimal("100.01")},
        {"target_percent": Decimal(-1)},
        {"is_confirmed": True},
    ],
)
def test_the_table_of_targets_keeps_its_laws(make: Any, values: dict[str, Any]) -> None:
    target = _target(make, "idle")

    with pytest.raises(IntegrityError), transaction.atomic():
        StockTarget.objects.filter(pk=target.pk).update(**values)


def test_the_figures_of_the_year_are_their_rows(make: Any) -> None:
    land = make.finished(parcel=make.transferable(), area_m2=Decimal(20_000))
    plant = make.finished(plant=make.plant(), area_m2=Decimal(5_000), on=date(2024, 12, 31))
    make.money(land)
    make.money(land, on=date(2025, 1, 1))
    make.money(land, state="planned")
    make.money(plant, category="output", payer="", payee="", amount_wan=700)
    make.plan(parcel=make.parcel())

    assert _value("reused_land") == Decimal(30)
    assert _value("reused_plant_area") == Decimal(5_000)
    assert _value("reused_plants") == 1
    assert _value("finished_disposals") == 2
    assert _value("open_disposals") == 1
    assert _value("open_disposals", 2023) == 0
    assert _value("regained_rent") == Decimal(30)
    assert _value("regained_output") == Decimal(700)
    assert _value("reused_land", 2023) is None


def test_what_is_withdrawn_was_open_until_then_and_brought_nothing(make: Any) -> None:
    disposal = make.plan(parcel=make.parcel(), planned_on=date(2023, 5, 1))
    make.money(disposal)

    actions.withdraw_disposal(disposal=disposal, reason="企业放弃", by="officer", at=make.at)

    assert _value("open_disposals", 2023) == 1
    assert _value("open_disposals") == 0
    assert _value("regained_rent") is None


def test_the_rates_are_figures_too(make: Any) -> None:
    gone = _idle(make, 1_000)
    _idle(make, 2_000)
    _taken(make, "idle")
    make.finished(parcel=gone, area_m2=Decimal(1_000))

    assert _value("idle_disposal_rate") == Decimal("33.3")
    assert _value("unsupplied_disposal_rate") is None


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.code)
def test_every_figure_reads_an_empty_zone(make: Any, indicator: Any) -> None:
    assert indicator.measure(indicator.rows(year(2024))) in (0, None)
