"""Where a promise stands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.investment.facts import Promise, Standing, standing

ON = date(2024, 12, 31)
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("due_on", "kept_on", "expected"),
    [
        (None, None, Standing.UNKNOWN),
        (date(2024, 12, 30), None, Standing.OVERDUE),
        (ON, None, Standing.DUE_SOON),  # the due day itself is in time
        (date(2025, 1, 30), None, Standing.DUE_SOON),  # thirty days ahead
        (date(2025, 1, 31), None, Standing.RUNNING),
        (date(2024, 6, 1), date(2024, 6, 1), Standing.KEPT),
        (date(2024, 6, 1), date(2024, 6, 2), Standing.KEPT_LATE),
        (None, date(2024, 6, 2), Standing.KEPT),
        (date(2024, 6, 1), date(2025, 1, 1), Standing.OVERDUE),  # kept, but not by this day
    ],
)
def test_a_promise_of_a_date(due_on, kept_on, expected):
    promise = Promise(due_on=due_on, kept_on=kept_on)

    assert standing(promise, on=ON) is expected


@pytest.mark.parametrize(
    ("kept_value", "expected"),
    [
        (None, Standing.UNKNOWN),
        ("349.9999", Standing.OVERDUE),
        ("350", Standing.KEPT),
        ("350.0001", Standing.KEPT),
    ],
)
def test_a_promise_of_a_number_is_kept_by_a_number_that_reaches_it(kept_value, expected):
    promise = Promise(
        due_on=date(2024, 6, 1),
        promised=Decimal(350),
        kept_on=date(2024, 6, 1),
        kept_value=None if kept_value is None else Decimal(kept_value),
    )

    assert standing(promise, on=ON) is expected


@given(due_on=st.none() | DAYS, kept_on=DAYS, on=DAYS, later=st.integers(0, 1000))
def test_a_promise_once_kept_stays_kept(due_on, kept_on, on, later):
    promise = Promise(due_on=due_on, kept_on=kept_on)
    before = standing(promise, on=on)

    if before in {Standing.KEPT, Standing.KEPT_LATE}:
        assert standing(promise, on=on + timedelta(days=later)) is before
