"""The functions that make dates, times and durations, and that ask them, as a rule calls them."""

import pytest

from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.interpreting import compute

NOW = temporal.parse_date_time("2024-12-31T09:00:00+08:00")


def shown(text, facts=None):
    value = compute(text, facts or {}, now=NOW)
    return value if isinstance(value, bool | str | type(None)) else temporal.string(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2024-12-31")', "2024-12-31"),
        ("date(2024, 2, 29)", "2024-02-29"),
        ("date(year: -44, month: 3, day: 15)", "-0044-03-15"),
        ("date(2024.0, 2, 29)", "2024-02-29"),
        ('date(date and time("2024-12-31T23:00:00-05:00"))', "2024-12-31"),
        ('date(from: @"2024-12-31")', "2024-12-31"),
        ('date(["2024-12-31"])', "2024-12-31"),
        ('time("23:59:00z")', "23:59:00Z"),
        ("time(9, 30, 1.5)", "09:30:01.5"),
        ('time(9, 30, 0, duration("PT8H"))', "09:30:00+08:00"),
        ('time(9, 30, 0, duration("-PT2H45M55S"))', "09:30:00-02:45:55"),
        ("time(hour: 9, minute: 30, second: 0, offset: null)", "09:30:00"),
        ('time(@"2024-07-01T10:20:00@Europe/Paris")', "10:20:00@Europe/Paris"),
        ('time(@"2024-07-01T10:20:00@Europe/Paris") = @"10:20:00@Europe/Paris"', True),
        ('time(@"2024-07-01")', "00:00:00Z"),
        ('time(@"10:20:00")', "10:20:00"),
        ('date and time("2024-12-31")', "2024-12-31T00:00:00"),
        (
            'date and time(@"2024-12-31", @"09:00:00@Asia/Shanghai")',
            "2024-12-31T09:00:00@Asia/Shanghai",
        ),
        ('date and time(@"2024-07-01", @"09:00:00@Europe/Paris") = @"2024-07-01T07:00:00Z"', True),
        ('date and time(date: @"2024-12-31T05:00:00", time: @"09:00:00")', "2024-12-31T09:00:00"),
        ('duration("P400D")', "P400D"),
        ('duration(from: "P26M")', "P2Y2M"),
        ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
        ('years and months duration(@"2013-08-24", @"2011-12-22")', "-P1Y8M"),
        ('years and months duration(from: @"2024-01-31", to: @"2024-02-29T23:00:00")', "P0M"),
        ('day of week(@"2024-12-31")', "Tuesday"),
        ('month of year(@"2024-12-31T10:00:00")', "December"),
        ('string(day of year(date: @"2024-12-31"))', "366"),
        ('string(week of year(@"2024-12-31"))', "1"),
        ("now()", "2024-12-31T09:00:00+08:00"),
        ("today()", "2024-12-31"),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
        ('is(@"10:00:00Z", @"11:00:00+01:00")', False),
        ('is(value1: @"2024-12-31")', False),
        ("is(value1: null)", True),
        ('成立日期 + duration("P1Y") <= today()', True),
    ],
)
def test_a_rule_computes_with_dates(text, expected):
    facts = {"成立日期": temporal.parse_date("2023-12-31")}

    assert shown(text, facts) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('date("2023-02-29")', "不是日期"),
        ('date("2024-12-31T09:00:00")', "不是日期"),
        ("date(2023, 2, 29)", "没有 2023 年 2 月 29 日"),
        ("date(2024.5, 2, 1)", "整数"),
        ("date(10 ** 6000, 2, 1)", "整数"),
        ("date(2024)", "日期"),
        ("date(2024, 12)", "2 个参数"),
        ("date(null)", "null"),
        ('time("25:00:00")', "不是时间"),
        ("time(24, 0, 0)", "没有这样的时间"),
        ("time(9, 30, 60)", "没有这样的时间"),
        ('time(9, 30, 0, duration("PT15H"))', "14 小时"),
        ('time(9, 30, 0, duration("PT0.5S"))', "整数"),
        ('time(9, 30, 0, duration("P1Y"))', "时长"),
        ('date and time("2024-12-31T09:00:00@Mars/Olympus")', "不是日期时间"),
        ('date and time(@"2024-12-31")', "文本"),
        ('duration("P1Y2D")', "不是时长"),
        ('years and months duration(@"2024-12-31", null)', "null"),
        ('day of week("2024-12-31")', "日期"),
        ("day of year(1, 2)", "2 个参数"),
        ('week of year(value: @"2024-12-31")', "参数名 value"),
        ("now(1)", "1 个参数"),
        ("is(value1: 1, value2: 1, value3: 1)", "value3"),
    ],
)
def test_what_can_not_be_computed_is_null_and_says_why(text, reason):
    problems = []

    value = compute(text, {}, now=NOW, trace=problems)

    assert value is None
    assert any(reason in problem.message for problem in problems), problems


def test_without_a_given_moment_nothing_is_now():
    problems = []

    value = compute("today()", {}, trace=problems)

    assert value is None
    assert "没有给出当前时间" in problems[0].message
