"""Figures as text: nothing is rounded into success, and nothing unknown becomes zero."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jingkai.web import figures


def rendered(source, **context):
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("amount_wan", "chinese", "english"),
    [
        (Decimal(0), "0 万元", "CNY 0"),
        (Decimal("0.5"), "0.5 万元", "CNY 5,000"),
        (Decimal("1234.5"), "1,234.5 万元", "CNY 12.35 m"),
        (Decimal("9999.99"), "9,999.99 万元", "CNY 100 m"),
        (Decimal(10000), "1 亿元", "CNY 100 m"),
        (Decimal(123450), "12.35 亿元", "CNY 1.23 bn"),
        (Decimal(-20000), "-2 亿元", "CNY -200 m"),
    ],
)
def test_an_amount_is_written_as_officials_write_it(amount_wan, chinese, english):
    with translation.override("zh-hans"):
        assert figures.wan(amount_wan) == chinese
    with translation.override("en"):
        assert figures.wan(amount_wan) == english


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 3), "33.3%"),
        (Fraction(1, 2), "50%"),
        (Fraction(99949, 100000), "99.9%"),
        (Fraction(99999, 100000), "99.9%"),
        (Fraction(1), "100%"),
        (Fraction(163, 150), "108.7%"),
        (Fraction(0), "0%"),
    ],
)
def test_a_target_not_reached_never_reads_100_percent(share, text):
    assert figures.percent(share) == text


@given(st.fractions(min_value=0, max_value=3), st.integers(0, 3))
def test_100_percent_is_read_only_from_the_whole_on(share, places):
    assert figures.percent(share, places) != "100%" or share >= 1


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 8), "+12.5%"),
        (Fraction(-3, 100), "-3.0%"),
        (Fraction(0), "0.0%"),
        (Fraction(-1, 100000), "0.0%"),
    ],
)
def test_a_change_shows_its_sign(share, text):
    assert figures.delta(share) == text


@given(st.integers(-(10**15), 10**15))
def test_grouping_changes_no_number(value):
    assert int(figures.number(value).replace(",", "")) == value


def test_an_instant_is_shown_in_beijing_time():
    late = datetime(2024, 12, 31, 16, 30, tzinfo=UTC)

    assert figures.day(late) == "2025-01-01"
    assert figures.minute(late) == "2025-01-01 00:30"
    assert figures.day(date(2024, 12, 31)) == "2024-12-31"


@pytest.mark.parametrize("name", ["wan", "figure", "percent", "delta", "day", "minute", "known"])
def test_what_is_not_on_record_is_never_shown_as_zero(name):
    with translation.override("zh-hans"):
        shown = rendered("{{ value|" + name + " }}", value=None)

    assert "无数据" in shown
    assert "0" not in shown


def test_zero_is_a_figure():
    assert rendered("{{ value|figure }}", value=0) == "0"
