"""The disposal rate of a stock."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.land.rates import Disposed, Holding, disposal_rate

START, END = date(2024, 1, 1), date(2024, 12, 31)
BASE = (
    Holding(key="a", area_m2=Decimal(60000)),
    Holding(key="b", area_m2=Decimal(30000)),
    Holding(key="c", area_m2=Decimal(10000)),
)
AREAS = st.decimals(Decimal("0.01"), Decimal(1000), places=2)


def _gone(key, on, area_m2=None):
    return Disposed(key=key, area_m2=area_m2, on=on)


def test_the_rate_is_the_disposed_area_over_the_stock():
    found = disposal_rate(BASE, [_gone("b", date(2024, 5, 1))], start=START, end=END)

    assert found.disposed_area_m2 == Decimal(30000)
    assert found.share == Fraction(3, 10)


def test_the_first_and_the_last_day_count_and_their_neighbours_do_not():
    days = [date(2023, 12, 31), START, END, date(2025, 1, 1)]

    found = [disposal_rate(BASE, [_gone("a", day)], start=START, end=END) for day in days]

    assert [bool(rate.counted) for rate in found] == [False, True, True, False]


def test_a_thing_counts_once_and_never_with_more_than_its_area():
    gone = [
        _gone("b", date(2024, 2, 1), Decimal(20000)),
        _gone("b", date(2024, 3, 1), Decimal(20000)),
        _gone("elsewhere", date(2024, 3, 1), Decimal(99)),
    ]

    found = disposal_rate(BASE, gone, start=START, end=END)

    assert found.counted == {"b": Decimal(30000)}


def test_a_stock_with_an_unknown_area_has_no_rate():
    found = disposal_rate([*BASE, Holding(key="d", area_m2=None)], [], start=START, end=END)

    assert found.share is None
    assert found.missing == ("d",)


def test_an_empty_stock_has_no_rate():
    assert disposal_rate([], [], start=START, end=END).share is None


@given(areas=st.lists(AREAS, min_size=1, max_size=6), gone=st.lists(st.integers(0, 7), max_size=9))
def test_the_rate_lies_between_nothing_and_all(areas, gone):
    base = [Holding(key=str(number), area_m2=area) for number, area in enumerate(areas)]

    found = disposal_rate(base, [_gone(str(key), START) for key in gone], start=START, end=END)

    assert found.share is not None
    assert 0 <= found.share <= 1
    assert sum(found.counted.values()) == found.disposed_area_m2
