"""The measures of disposal: what the law asks of each, and in which order they are done."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.idle_land import STATUTES
from jingkai.core.land.axes import Measure, Right, Statutory
from jingkai.core.land.measures import (
    ROUTES,
    ConditionCode,
    Facts,
    StepCode,
    assess,
    conditions,
    routes_for,
    weigh,
)

C = ConditionCode
TRANSFERABLE = Facts(
    is_supplied=True,
    right=Right.GRANT,
    price_wan=Decimal(8000),
    price_paid_wan=Decimal(8000),
    has_certificate=True,
    total_investment_wan=Decimal(20000),
    invested_wan=Decimal(5000),
    is_seized=False,
    is_disputed=False,
    is_frozen=False,
    statutory=Statutory.NOT_IDLE,
)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def _codes(conditions):
    return [condition.code for condition in conditions]


def test_every_measure_but_not_applicable_has_its_route():
    assert set(ROUTES) == set(Measure) - {Measure.NOT_APPLICABLE}


@pytest.mark.parametrize("route", ROUTES.values(), ids=lambda route: route.measure)
def test_a_route_has_each_step_once_and_ends_with_a_proof(route):
    codes = [step.code for step in route.steps]

    assert len(codes) == len(set(codes))
    assert route.proofs
    assert route.for_parcel or route.for_plant


def test_what_meets_article_39_may_be_transferred():
    found = assess(Measure.TRANSFER, TRANSFERABLE)

    assert found.is_possible is True
    assert found.unmet == found.unknown == ()


@pytest.mark.parametrize(
    ("change", "code", "article"),
    [
        ({"price_paid_wan": Decimal("7999.99")}, C.PRICE_PAID, "第三十九条第一款第一项"),
        ({"invested_wan": Decimal("4999.99")}, C.QUARTER_INVESTED, "第三十九条第一款第二项"),
        ({"is_seized": True}, C.NOT_SEIZED, "第三十八条第二项"),
        ({"is_disputed": True}, C.NOT_DISPUTED, "第三十八条第五项"),
        ({"statutory": Statutory.RECOVERED}, C.NOT_RECOVERED, "第三十八条第三项"),
        ({"right": Right.ALLOCATION}, C.GRANTED, "第三十九条、第四十条"),
    ],
)
def test_a_transfer_is_ruled_out_by_its_article(change, code, article):
    found = assess(Measure.TRANSFER, replace(TRANSFERABLE, **change))

    assert found.is_possible is False
    assert _codes(found.unmet) == [code]
    assert article in found.unmet[0].article


def test_a_fact_that_is_missing_is_named_and_is_no_refusal():
    found = assess(Measure.TRANSFER, replace(TRANSFERABLE, invested_wan=None))

    assert found.is_possible is None
    assert found.missing == ("invested_wan",)


def test_a_total_of_nothing_is_asked_again():
    found = assess(Measure.TRANSFER, replace(TRANSFERABLE, total_investment_wan=Decimal(0)))

    assert found.missing == ("total_investment_wan", "invested_wan")


def test_what_is_ruled_out_stays_so_whatever_else_is_unknown():
    found = assess(Measure.TRANSFER, Facts(right=Right.ALLOCATION))

    assert found.is_possible is False


@pytest.mark.parametrize(
    ("measure", "step", "within", "beyond"),
    [
        (Measure.EXTENSION, StepCode.AGREEMENT, date(2025, 3, 10), date(2025, 3, 11)),
        (Measure.TEMPORARY_USE, StepCode.AGREEMENT, date(2026, 3, 10), date(2026, 3, 11)),
        (Measure.LEASE, StepCode.AGREEMENT, date(2044, 3, 10), date(2044, 3, 11)),
    ],
)
def test_the_terms_end_where_the_law_says(measure, step, within, beyond):
    facts = Facts(
        from_on=date(2024, 3, 10), statutory=Statutory.NOT_IDLE, is_frozen=False, is_plant=True
    )
    conditions = ROUTES[measure].step(step).conditions

    kept = weigh(conditions, replace(facts, until_on=within))
    broken = weigh(conditions, replace(facts, until_on=beyond))

    assert kept.is_possible is True
    assert broken.is_possible is False


def test_a_year_from_29_february_ends_with_the_month():
    facts = Facts(from_on=date(2024, 2, 29), statutory=Statutory.NOT_IDLE)
    conditions = ROUTES[Measure.EXTENSION].step(StepCode.AGREEMENT).conditions

    assert weigh(conditions, replace(facts, until_on=date(2025, 3, 1))).is_possible is True
    assert weigh(conditions, replace(facts, until_on=date(2025, 3, 2))).is_possible is False


def test_the_limits_are_those_of_the_measure_on_idle_land():
    numbers = STATUTES[-1].thresholds

    assert numbers.max_extension_years == conditions.MAX_EXTENSION_YEARS
    assert numbers.max_temporary_use_years == conditions.MAX_TEMPORARY_YEARS


@pytest.mark.parametrize(
    ("measure", "step"),
    [
        (Measure.RECLAIM_BY_AGREEMENT, StepCode.AGREEMENT),
        (Measure.RECLAIM_WITHOUT_COMPENSATION, StepCode.DECIDE),
        (Measure.TRANSFER, StepCode.AGREEMENT),
        (Measure.LEASE, StepCode.AGREEMENT),
        (Measure.SWAP, StepCode.AGREEMENT),
        (Measure.COOPERATION, StepCode.AGREEMENT),
        (Measure.TEMPORARY_USE, StepCode.AGREEMENT),
        (Measure.BOND_PURCHASE, StepCode.AGREEMENT),
        (Measure.EXTENSION, StepCode.AGREEMENT),
    ],
)
def test_what_was_unknown_at_the_plan_is_asked_at_the_step_that_binds(measure, step):
    route = ROUTES[measure]
    told_by_the_plan = {C.SUPPLIED, C.NOT_RECOVERED}

    asked = {condition.code for condition in route.step(step).conditions}

    assert {one.code for one in route.conditions} - told_by_the_plan <= asked


@pytest.mark.parametrize(
    "measure",
    [Measure.EXTENSION, Measure.TEMPORARY_USE, Measure.SWAP, Measure.RECLAIM_BY_AGREEMENT],
)
def test_idle_land_that_is_not_registered_takes_no_option_of_article_12(measure):
    facts = Facts(
        is_supplied=True,
        price_wan=Decimal(1),
        price_paid_wan=Decimal(1),
        are_funds_in_place=True,
        is_idle_by_plan=True,
        statutory=Statutory.IDLE_BY_GOVERNMENT,
        is_registered_in_monitoring=False,
    )

    found = assess(measure, facts)

    assert _codes(found.unmet) == [C.MONITORED]
    assert "第二十五条" in found.unmet[0].article
    assert assess(measure, replace(facts, is_registered_in_monitoring=True)).is_possible is True


@pytest.mark.parametrize(
    ("statutory", "is_commenced", "taken_back", "extended"),
    [
        (Statutory.IDLE_BY_HOLDER, False, True, False),
        (Statutory.FEE_DECIDED, False, True, False),
        (Statutory.IDLE_BY_HOLDER, True, False, True),
        (Statutory.IDLE_BY_HOLDER, None, None, None),
        (Statutory.IDLE_BY_GOVERNMENT, False, False, True),
        (None, True, False, None),
    ],
)
def test_the_two_tracks_are_kept_apart(statutory, is_commenced, taken_back, extended):
    facts = Facts(
        is_supplied=True,
        statutory=statutory,
        is_commenced=is_commenced,
        is_left_two_years=True,
        is_registered_in_monitoring=True,
    )

    assert assess(Measure.RECLAIM_WITHOUT_COMPENSATION, facts).is_possible is taken_back
    assert assess(Measure.EXTENSION, facts).is_possible is extended


@pytest.mark.parametrize("is_left", [True, False, None])
def test_land_is_taken_back_without_compensation_after_two_full_years_alone(is_left):
    facts = Facts(
        is_supplied=True,
        statutory=Statutory.FEE_DECIDED,
        is_commenced=False,
        is_left_two_years=is_left,
    )

    found = assess(Measure.RECLAIM_WITHOUT_COMPENSATION, facts)

    assert found.is_possible is is_left
    assert _codes((*found.unmet, *found.unknown)) == ([] if is_left else [C.LEFT_TWO_YEARS])


def test_land_not_developed_as_agreed_is_not_let_but_a_building_is():
    land = Facts(is_frozen=False, statutory=Statutory.NOT_IDLE, is_developed_as_agreed=False)

    assert assess(Measure.LEASE, land).is_possible is False
    assert assess(Measure.LEASE, replace(land, is_plant=True)).is_possible is True


def test_a_plant_is_let_with_a_safety_agreement_before_it_is_handed_over():
    route = ROUTES[Measure.LEASE]

    before = [step.code for step in route.before(StepCode.HAND_OVER)]

    assert StepCode.SAFETY_AGREEMENT in before
    assert route.step(StepCode.SAFETY_AGREEMENT).needs_document
    assert "第四十九条" in route.step(StepCode.SAFETY_AGREEMENT).article


def test_a_plant_is_neither_supplied_nor_swapped():
    measures = {route.measure for route in routes_for(is_plant=True)}

    assert Measure.LEASE in measures
    assert not {Measure.SUPPLY, Measure.SWAP, Measure.EXTENSION} & measures


@given(measure=st.sampled_from(sorted(ROUTES)), known=st.booleans(), from_on=DAYS)
def test_to_learn_a_fact_never_makes_the_certain_uncertain(measure, known, from_on):
    some = Facts(is_supplied=True, right=Right.GRANT, statutory=Statutory.NOT_IDLE)
    more = replace(some, is_seized=known, is_disputed=known, is_frozen=known, from_on=from_on)

    before, after = assess(measure, some).is_possible, assess(measure, more).is_possible

    assert before is None or after is before or after is False


@given(measure=st.sampled_from(sorted(ROUTES)))
def test_of_nothing_on_record_nothing_is_ruled_out_or_allowed(measure):
    assert assess(measure, Facts()).is_possible is None


@given(from_on=DAYS, days=st.integers(1, 9000))
def test_a_longer_term_never_becomes_lawful(from_on, days):
    conditions = ROUTES[Measure.LEASE].step(StepCode.AGREEMENT).conditions
    term = Facts(from_on=from_on, until_on=from_on + timedelta(days))
    longer = replace(term, until_on=from_on + timedelta(days + 1))

    if weigh(conditions, longer).is_possible:
        assert weigh(conditions, term).is_possible
