"""Texts of dates, times and durations: read, refused, written and read again."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import temporal
from tests.core.rules import feel_values
from tests.environment import rounds


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-02-29", "2024-02-29"),
        ("-0001-12-31", "-0001-12-31"),
        ("0000-02-29", "0000-02-29"),  # the year zero is a leap year
        ("999999999-12-31", "999999999-12-31"),
        ("-999999999-01-01", "-999999999-01-01"),
        ("09:30:00", "09:30:00"),
        ("09:30:00.500", "09:30:00.5"),
        ("09:30:00z", "09:30:00Z"),
        ("09:30:00-00:00", "09:30:00Z"),
        ("09:30:00+14:00", "09:30:00+14:00"),
        ("09:30:00-02:45:55", "09:30:00-02:45:55"),
        ("09:30:00@Asia/Shanghai", "09:30:00@Asia/Shanghai"),
        ("09:30:59.99999999999999999999", "09:30:59.999999999"),  # cut, not rounded to 60
        ("24:00:00", "00:00:00"),
        ("2024-12-31T09:30:00+08:00", "2024-12-31T09:30:00+08:00"),
        ("2024-12-31T09:30:00@Asia/Shanghai", "2024-12-31T09:30:00@Asia/Shanghai"),
        ("2024-12-31T24:00:00", "2025-01-01T00:00:00"),
        ("-2021-01-01T10:10:10.000000001", "-2021-01-01T10:10:10.000000001"),
        ("P1Y14M", "P2Y2M"),
        ("-P26M", "-P2Y2M"),
        ("P0Y", "P0M"),
        ("-P0D", "PT0S"),
        ("PT0.S", "PT0S"),
        ("PT36H", "P1DT12H"),
        ("PT0.00000000051S", "PT0.000000001S"),
        ("-PT61M", "-PT1H1M"),
        ("P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"),
    ],
)
def test_a_text_is_read_and_written_in_one_form(text, written):
    value = temporal.parse_at(text)

    assert temporal.string(value) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-2-9",
        "2023-02-29",
        "1900-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-01-32",
        "+2024-01-01",
        "02024-01-01",
        "-0000-01-01",
        "1000000000-01-01",
        "2024-01-01Z",
        "2024-01-01 ",
        "2024-01-01\n",
        "２０２４-01-01",
        "9:30:00",
        "09:30",
        "09:60:00",
        "09:30:60",
        "25:00:00",
        "24:00:01",
        "24:01:00",
        "09:30:00.",
        "09:30:00+8:00",
        "09:30:00+0800",
        "09:30:00+14:01",
        "09:30:00+01:60",
        "09:30:00@",
        "09:30:00@Mars/Olympus",
        "09:30:00@asia/shanghai/../shanghai",
        "09:30:00@../../etc/passwd",
        "09:30:00@/etc/localtime",
        "09:30:00@localtime",
        "09:30:00@right/UTC",
        "09:30:00+08:00@Asia/Shanghai",
        "2024-01-01T",
        "2024-01-01T09:30:00T",
        "2024-01-01t09:30:00",
        "999999999-12-31T24:00:00",
        "P",
        "PT",
        "P1DT",
        "P1",
        "1D",
        "P1H",
        "P1S",
        "P-1D",
        "P1M1Y",
        "P1Y1D",
        "PT.5S",
        "PT1.5H",
        "P9999999999999999999D",
        "P99999999999Y",
    ],
)
def test_what_is_no_date_time_or_duration_is_null(text):
    assert temporal.parse_at(text) is None


def test_a_date_alone_is_midnight_where_a_moment_is_meant():
    moment = temporal.parse_date_time("2024-12-31")

    assert moment == temporal.parse_date_time("2024-12-31T00:00:00")
    assert temporal.parse_at("2024-12-31") == temporal.parse_date("2024-12-31")


@given(feel_values.values())
@settings(max_examples=rounds(300, 3_000))
def test_every_value_is_read_again_from_its_text(value):
    text = temporal.string(value)

    assert temporal.parse_at(text) == value


@given(st.text(max_size=40) | st.from_regex(r"[-+PT0-9:.YMDHSZ@]{0,40}"))
@settings(max_examples=rounds(300, 3_000))
def test_any_text_gives_a_value_or_null(text):
    value = temporal.parse_at(text)

    assert value is None or temporal.parse_at(temporal.string(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "9" * 1_000_000,
        "P" + "9" * 1_000_000 + "D",
        "PT0." + "9" * 1_000_000 + "S",
        "09:30:00." + "9" * 1_000_000,
        "09:30:00@" + "a/" * 500_000,
        "2024-01-01T" * 100_000,
    ],
)
def test_a_gigantic_text_is_refused_at_once(text):
    started = time.perf_counter()

    value = temporal.parse_at(text)

    assert value is None
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("2018-12-10", "year", 2018),
        ("-0044-03-15", "year", -44),
        ("0000-03-15T10:00:00", "year", 0),
        ("2018-12-10", "weekday", 1),
        ("2018-12-16", "weekday", 7),
        ("-999999999-01-01", "weekday", 1),
        ("2018-12-10T10:30:01", "day", 10),
        ("2018-12-10", "hour", None),
        ("2018-12-10T10:30:01.5", "second", Decimal("1.5")),
        ("2018-12-10T10:30:00@Etc/UTC", "timezone", "Etc/UTC"),
        ("2018-12-10T10:30:00+05:00", "timezone", None),
        ("2018-12-10T10:30:00", "time offset", None),
        ("10:30:00", "hour", 10),
        ("10:30:00", "year", None),
        ("P1Y2M", "years", 1),
        ("-P1Y2M", "months", -2),
        ("P1Y", "days", None),
        ("P2DT3H4M5.5S", "days", 2),
        ("P2DT3H4M5.5S", "hours", 3),
        ("P2DT3H4M5.5S", "minutes", 4),
        ("-P2DT3H4M5.5S", "seconds", Decimal("-5.5")),
        ("P1D", "years", None),
        ("P1D", "colour", None),
    ],
)
def test_a_value_has_the_parts_of_its_kind(text, name, expected):
    assert temporal.part(temporal.parse_at(text), name) == expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2018-12-10T10:30:00+05:00", "PT5H"),
        ("2018-12-10T10:30:00Z", "PT0S"),
        ("2018-01-10T10:30:00@Europe/Paris", "PT1H"),
        ("2018-07-10T10:30:00@Europe/Paris", "PT2H"),
        ("2018-01-10T10:30:00@Australia/Melbourne", "PT11H"),
        ("10:30:00@Australia/Melbourne", "PT10H"),  # no date: the zone's standard offset
        ("12018-07-10T10:30:00@Europe/Paris", "PT2H"),  # today's rules go on
        ("-2018-07-10T10:30:00@Europe/Paris", "PT9M21S"),  # mean solar time
    ],
)
def test_the_offset_of_a_zone_is_that_of_the_day(text, offset):
    value = temporal.parse_at(text)

    assert temporal.part(value, "time offset") == temporal.parse_duration(offset)
