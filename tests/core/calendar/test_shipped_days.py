"""The days that ship: what the notices say, against two other collections of them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from jingkai.core.calendar import Mark, Standing, shipped
from jingkai.core.calendar.reading import read
from jingkai.core.calendar.statutory import Festival, days_of, edition

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
CALENDAR = shipped.calendar()
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)


def every_day():
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_shipped_notice_is_what_its_text_says(path):
    found = read(path.read_text())
    kept = {notice.document_number: notice for notice in shipped.notices()}

    assert found.is_readable
    assert kept[found.document_number].arrangements == found.arrangements
    assert kept[found.document_number].year == found.year


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_notices_of_the_state_council_have_no_fault(path):
    assert read(path.read_text()).faults == ()


def test_every_shipped_notice_has_its_text_and_where_it_stands():
    texts = {read(path.read_text()).document_number for path in TEXTS}

    assert {notice.document_number for notice in shipped.notices()} == texts
    assert all(notice.source.startswith("http") for notice in shipped.notices())


def test_the_days_are_those_of_another_collection():
    oracle = pytest.importorskip("chinese_calendar")

    differing = [day for day in every_day() if CALENDAR.is_working(day) != oracle.is_workday(day)]

    # 国办发明电〔2005〕35号: 12月31日（星期六）上班 — which the other collection has not.
    assert differing == [date(2005, 12, 31)]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_a_year_with_its_notice_is_final(year):
    assert CALENDAR.standing(year) is Standing.FINAL


@pytest.mark.parametrize("year", [2003, 2027])
def test_a_year_without_its_notice_is_awaited(year):
    assert CALENDAR.standing(year) is Standing.AWAITED


@pytest.mark.parametrize(
    ("day", "mark", "name"),
    [
        (date(2026, 9, 24), Mark.WORKING, ""),
        (date(2026, 9, 25), Mark.HOLIDAY, "中秋节"),
        (date(2026, 9, 26), Mark.ARRANGED, "中秋节"),
        (date(2026, 9, 20), Mark.SWAPPED_WORKING, "国庆节"),
        (date(2026, 9, 19), Mark.WEEKEND, ""),
        (date(2015, 9, 4), Mark.ARRANGED, "中国人民抗日战争胜利70周年纪念日"),
        (date(2019, 5, 5), Mark.SWAPPED_WORKING, "劳动节"),
        (date(2020, 2, 1), Mark.ARRANGED, "春节"),
        (date(2020, 1, 19), Mark.SWAPPED_WORKING, "春节"),
    ],
)
def test_a_day_says_what_it_is(day, mark, name):
    found = CALENDAR.day(day)

    assert (found.mark, found.name) == (mark, name)


@pytest.mark.parametrize(
    ("year", "count"), [(2007, 10), (2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13)]
)
def test_the_law_gives_so_many_days_in_a_year(year, count):
    assert edition(year).count == count
    assert len(days_of(year)) == count


def test_new_years_eve_of_the_moon_is_off_where_the_edition_says_so():
    eves = {year: days_of(year) for year in (2007, 2013, 2014, 2025)}

    assert date(2007, 2, 17) not in eves[2007]
    assert date(2013, 2, 9) in eves[2013]
    assert date(2014, 1, 30) not in eves[2014]
    assert date(2025, 1, 28) in eves[2025]


def test_before_the_first_edition_on_record_nothing_is_claimed():
    assert edition(1998) is None
    assert days_of(1998) == {}


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "元旦"),
        (date(2027, 2, 5), "春节"),
        (date(2027, 2, 8), "春节"),
        (date(2027, 4, 5), "清明节"),
        (date(2027, 6, 9), "端午节"),
        (date(2027, 9, 15), "中秋节"),
        (date(2027, 10, 3), "国庆节"),
    ],
)
def test_without_a_notice_the_statutory_days_stand_in(day, name):
    found = CALENDAR.day(day)

    assert (found.mark, found.name, found.is_provisional) == (Mark.HOLIDAY, name, True)


def test_without_a_notice_no_swap_is_guessed():
    found = CALENDAR.day(date(2027, 2, 9))

    assert found.is_working
    assert found.is_provisional


def test_beyond_the_tables_of_the_moon_only_fixed_holidays_are_known():
    assert set(days_of(2045).values()) == {
        Festival.NEW_YEAR,
        Festival.LABOUR,
        Festival.NATIONAL,
    }


@pytest.mark.parametrize(("day", "is_provisional"), [(25, False), (26, True), (31, True)])
def test_the_end_of_december_awaits_the_notice_of_the_next_year(day, is_provisional):
    assert CALENDAR.day(date(2026, 12, day)).is_provisional is is_provisional
    assert CALENDAR.day(date(2025, 12, day)).is_provisional is False
