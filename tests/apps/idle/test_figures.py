"""The figures: read from dated steps, each equal to the records behind it."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.apps.idle import actions
from jingkai.apps.idle.indicators import INDICATORS, PARTITIONS
from jingkai.apps.idle.models import IdleCase
from jingkai.apps.idle.models.choices import Result
from jingkai.core.idle_land.procedure import StepCode
from jingkai.core.indicators import Period
from tests.apps.idle.test_disposals import FEE_START, heard

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
MAY, JUNE, JULY = (
    Period(date(2024, month, 1), date(2024, month, last))
    for month, last in ((5, 31), (6, 30), (7, 31))
)


def read(code, period):
    indicator = BY_CODE[code]
    return indicator.measure(indicator.rows(period))


@pytest.fixture
def fee_case(make):
    case = make.determined(make.idle(FEE_START))
    heard(make, case)
    make.approve(make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3)), "示政复〔2024〕8号")
    decision = make.step(case, StepCode.FEE_DECISION, date(2024, 6, 10), amount_wan=Decimal(600))
    make.approve(decision, "示自然资费〔2024〕1号", served_on=date(2024, 6, 12))
    return IdleCase.objects.get(pk=case.pk)


def test_a_case_is_counted_where_it_stood_on_the_day(make, fee_case):
    make.case(make.idle(FEE_START))

    assert read("idle_cases", MAY) == 2
    assert (read("idle_cases_inquired", MAY), read("idle_cases_determined", MAY)) == (1, 1)
    assert (read("idle_cases_determined", JUNE), read("idle_cases_decided", JUNE)) == (0, 1)


@pytest.mark.parametrize("period", [MAY, JUNE, JULY])
def test_the_parts_add_up(make, fee_case, period):
    make.case(make.idle(FEE_START))

    for partition in PARTITIONS:
        assert read(partition.whole, period) == sum(read(p, period) for p in partition.parts)


def test_idle_area_is_what_the_authority_determined(fee_case):
    april = Period(date(2024, 4, 1), date(2024, 4, 30))

    assert read("idle_area", april) is None
    assert (read("idle_parcels", MAY), read("idle_area", MAY)) == (1, Decimal(135))


def test_the_fee_counts_in_the_period_of_its_decision(fee_case):
    assert read("idle_fee_decided", MAY) is None
    assert read("idle_fee_decided", JUNE) == Decimal(600)


def test_a_disposal_counts_once_the_case_is_closed(make, fee_case):
    make.step(fee_case, StepCode.FEE_PAYMENT, date(2024, 7, 1), amount_wan=Decimal(600))
    make.step(fee_case, StepCode.PERFORMANCE, date(2024, 7, 1))
    make.step(fee_case, StepCode.CLOSING, date(2024, 7, 5))

    assert read("idle_area_disposed", JUNE) is None
    assert read("idle_area_disposed", JULY) == Decimal(135)
    assert read("idle_cases", JULY) == 0


def test_a_case_that_was_no_idle_land_is_no_disposal(make):
    case = make.case(make.idle(date(2024, 6, 1)))
    actions.end_case(
        case=case,
        result=Result.NOT_IDLE,
        on=date(2024, 7, 1),
        reason="未到约定动工日期",
        permissions=frozenset(),
        by="maker",
        at=make.at,
    )

    assert read("idle_area_disposed", JULY) is None


def test_a_case_was_overdue_when_its_limit_had_passed_whatever_came_later(make):
    case = make.case(make.idle(FEE_START), date(2024, 5, 3))
    number = {"document_number": "示〔2024〕1号"}
    make.step(case, StepCode.INQUIRY, date(2024, 7, 1), served_on=date(2024, 7, 2), **number)

    assert [read("idle_cases_overdue", period) for period in (MAY, JUNE, JULY)] == [0, 1, 0]


def test_a_case_that_ended_later_was_overdue_then(make):
    case = make.case(make.idle(date(2024, 6, 1)), date(2024, 5, 3))
    actions.end_case(
        case=case,
        result=Result.NOT_IDLE,
        on=date(2024, 7, 10),
        reason="未到约定动工日期",
        permissions=frozenset(),
        by="maker",
        at=make.at,
    )

    assert [read("idle_cases_overdue", period) for period in (JUNE, JULY)] == [1, 0]
