from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import lifecycle
from jingkai.core.lifecycle import Stage

STEPS = (Stage.SIGNED, Stage.TO_START, Stage.STARTED)
JANUARY = date(2024, 1, 1)


def after(days: int) -> date:
    return JANUARY + timedelta(days=days)


CASES = [
    {Stage.SIGNED: after(0), Stage.TO_START: after(10), Stage.STARTED: after(100)},
    {Stage.SIGNED: after(0), Stage.TO_START: after(31)},
    {Stage.SIGNED: after(5), Stage.STARTED: after(60)},  # skipped a stage
    {Stage.SIGNED: after(5)},
]
REACHED = st.lists(
    st.dictionaries(st.sampled_from(STEPS), st.dates(JANUARY, date(2026, 1, 1))), max_size=8
)


def test_a_funnel_tells_how_many_came_how_far_and_how_fast():
    signed, to_start, started = lifecycle.cohort(CASES, steps=STEPS, on=date(2024, 12, 31))

    assert (signed.reached, to_start.reached, started.reached) == (4, 3, 2)
    assert (signed.of_previous, to_start.of_previous) == (None, Fraction(3, 4))
    assert (started.of_previous, started.of_first) == (Fraction(2, 3), Fraction(1, 2))
    assert (to_start.timed, to_start.median_days, to_start.slow_days) == (2, Fraction(41, 2), 31)
    assert (started.timed, started.median_days) == (1, 90)


def test_what_had_not_happened_by_the_day_does_not_count():
    signed, to_start, started = lifecycle.cohort(CASES, steps=STEPS, on=after(10))

    assert (signed.reached, to_start.reached, started.reached) == (4, 1, 0)
    assert (to_start.median_days, started.median_days, started.slow_days) == (10, None, None)


def test_a_cohort_without_a_case_has_no_shares():
    (step, *_rest) = lifecycle.cohort([], steps=STEPS, on=JANUARY)

    assert (step.reached, step.of_first, step.of_previous, step.median_days) == (
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("days", "share", "result"),
    [
        ([], Fraction(9, 10), None),
        ([7], Fraction(9, 10), 7),
        ([7], Fraction(0), 7),
        (range(1, 11), Fraction(9, 10), 9),
        (range(1, 11), Fraction(91, 100), 10),
        ([3, 1, 2], Fraction(1), 3),
    ],
)
def test_a_percentile_is_a_day_that_happened(days, share, result):
    assert lifecycle.percentile_days(days, share) == result


@given(REACHED, st.dates(JANUARY, date(2026, 1, 1)))
def test_a_funnel_never_widens(cases, day):
    steps = lifecycle.cohort(cases, steps=STEPS, on=day)

    reached = [step.reached for step in steps]
    assert reached == sorted(reached, reverse=True)
    assert all(step.timed <= step.reached for step in steps)
