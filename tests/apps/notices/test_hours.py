"""When a letter may leave."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.notices.models import Preference, Way
from jingkai.apps.notices.queries import hours
from jingkai.core.calendar import shipped

CALENDAR = shipped.calendar()
BEIJING = ZoneInfo("Asia/Shanghai")
USUAL = Preference()
ALWAYS = Preference(quiet_from=0, quiet_until=0, workdays_only=False)

INSTANTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(BEIJING),
)
PREFERENCES = st.builds(
    Preference,
    quiet_from=st.integers(0, 23),
    quiet_until=st.integers(0, 23),
    workdays_only=st.booleans(),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2024-12-31 08:00", "2024-12-31 08:00"),  # Tuesday, the quiet hours have just ended
        ("2024-12-31 19:59", "2024-12-31 19:59"),
        ("2024-12-30 20:00", "2024-12-31 08:00"),
        ("2024-12-31 20:00", "2025-01-02 08:00"),  # over New Year's Day
        ("2024-12-31 07:59", "2024-12-31 08:00"),
        ("2025-01-03 20:00", "2025-01-06 08:00"),  # Friday evening waits until Monday
        ("2025-01-04 10:00", "2025-01-06 08:00"),
        ("2025-01-25 20:00", "2025-01-26 08:00"),  # Sunday is worked before the Spring Festival
        ("2025-01-27 20:00", "2025-02-05 08:00"),  # which has eight days
        ("2025-02-08 09:00", "2025-02-08 09:00"),  # Saturday is worked after it
    ],
)
def test_a_letter_waits_until_the_quiet_hours_and_the_free_days_are_over(at, leaves):
    assert hours.mail_at(Way.MAIL, USUAL, moment(at), CALENDAR) == moment(leaves)


@pytest.mark.parametrize(
    ("way", "at", "leaves"),
    [
        (Way.DAILY, "2024-12-31 07:00", "2024-12-31 08:00"),
        (Way.DAILY, "2024-12-31 08:00", "2025-01-02 08:00"),
        (Way.DAILY, "2025-01-03 09:00", "2025-01-06 08:00"),
        (Way.WEEKLY, "2024-12-31 09:00", "2025-01-06 08:00"),
        (Way.WEEKLY, "2025-01-06 07:59", "2025-01-06 08:00"),
        (Way.WEEKLY, "2025-01-06 08:00", "2025-01-13 08:00"),
        (Way.WEEKLY, "2025-01-26 09:00", "2025-01-27 08:00"),
        (Way.WEEKLY, "2025-01-28 09:00", "2025-02-05 08:00"),  # Monday is free: on Wednesday
        (Way.PRODUCT, "2024-12-31 09:00", None),
        (Way.OFF, "2024-12-31 09:00", None),
    ],
)
def test_a_digest_leaves_when_the_next_day_or_week_begins(way, at, leaves):
    found = hours.mail_at(way, USUAL, moment(at), CALENDAR)

    assert found == (leaves and moment(leaves))


def test_equal_hours_mean_that_nothing_is_quiet():
    at = moment("2025-01-04 03:00")

    assert hours.mail_at(Way.MAIL, ALWAYS, at, CALENDAR) == at


@given(preference=PREFERENCES, at=INSTANTS, way=st.sampled_from([Way.MAIL, Way.DAILY, Way.WEEKLY]))
def test_a_letter_leaves_within_a_week_and_a_holiday_and_never_in_the_quiet_hours(
    preference, at, way
):
    found = hours.mail_at(way, preference, at, CALENDAR)

    assert at <= found <= at + timedelta(days=8 + 10)
    assert hours.is_open(preference, found, CALENDAR)


@given(preference=PREFERENCES, at=INSTANTS)
def test_a_letter_leaves_at_the_first_minute_that_is_open(preference, at):
    found = hours.mail_at(Way.MAIL, preference, at, CALENDAR)

    waited = int((found - at) / timedelta(minutes=30))
    asked = (at + timedelta(minutes=30 * step) for step in range(waited))
    assert not any(hours.is_open(preference, each, CALENDAR) for each in asked if each < found)
