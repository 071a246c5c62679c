"""The pages of the calendar: the year, the count of a limit, entering a notice."""

import pytest
from django.urls import reverse

from jingkai.apps.accounts.roles import Role
from jingkai.apps.calendar import actions
from jingkai.apps.calendar.models import HolidayNotice
from tests.apps.calendar.conftest import NUMBER, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_end_of_2026(settings):
    settings.CLOCK = "2026-12-01T09:00:00+08:00"


def year(zone, browser, **asked):
    return browser.get(reverse("calendar", args=[zone.code]), asked)


def said(answer):
    return answer.content.decode()


def test_a_year_shows_its_days_and_the_notice_that_rules_it(zone, browser):
    words = said(year(zone, browser, year=2026))

    assert "2026-09-25 周五 法定节假日 中秋节" in words
    assert "2026-09-20 周日 调休上班 国庆节" in words
    assert "2026-12-01 周二 工作日 今天" in words
    assert "国办发明电〔2025〕7号" in words
    assert "暂定日历" not in words


@pytest.mark.parametrize(("shown", "words"), [(2027, "2027 年为暂定日历"), (2003, "暂定日历")])
def test_a_year_without_its_notice_says_so_and_what_to_do(zone, browser, shown, words):
    page = said(year(zone, browser, year=shown))

    assert words in page
    assert "通知印发后，请点“录入通知”。" in page


@pytest.mark.parametrize("asked", ["", "x", "99999", "0000", "9999"])
def test_a_year_that_is_none_shows_one_all_the_same(zone, browser, asked):
    assert year(zone, browser, year=asked).status_code == 200


@pytest.mark.parametrize("role", [Role.GUEST, Role.ENTERPRISE, Role.LEADER])
def test_every_member_reads_the_calendar_and_only_some_enter_notices(zone, hire, log_in, role):
    browser = log_in(hire(zone, role))

    assert year(zone, browser).status_code == 200
    assert "录入通知" not in said(year(zone, browser))
    assert browser.get(reverse("calendar-enter", args=[zone.code])).status_code == 403


def test_a_limit_is_counted_with_every_day_explained(zone, browser):
    asked = {"start": "2026-09-24", "count": 20, "unit": "working_day", "roll": "on"}

    words = said(year(zone, browser, year=2026, **asked))

    assert "2026-10-29（周四）" in words
    assert "2026-10-01（周四） 至 2026-10-07（周三）" in words
    assert "调休上班，计入" in words


def test_a_limit_into_a_year_without_notice_is_provisional(zone, browser):
    asked = {"start": "2026-12-15", "count": 30, "unit": "calendar_day", "roll": "on"}

    words = said(year(zone, browser, **asked))

    assert "2027 年的节假日安排尚未录入或核对" in words


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"start": "昨天", "count": 1, "unit": "month"}, "start"),
        ({"start": "1900-01-01", "count": 1, "unit": "month"}, "start"),
        ({"start": "2026-01-01", "count": 0, "unit": "month"}, "count"),
        ({"start": "2026-01-01", "count": 101, "unit": "year"}, "count"),
        ({"start": "2026-01-01", "count": 1, "unit": "week"}, "unit"),
    ],
)
def test_a_limit_that_can_not_be_counted_says_why(zone, browser, asked, wrong):
    answer = year(zone, browser, **asked)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [wrong]


@pytest.mark.parametrize(("count", "unit"), [(3000, "working_day"), (100, "year")])
def test_the_longest_limit_is_counted(zone, browser, count, unit):
    asked = {"start": "2100-12-31", "count": count, "unit": unit, "roll": "on"}

    assert year(zone, browser, **asked).status_code == 200


def enter(zone, browser, step, **fields):
    address = reverse("calendar-enter", args=[zone.code])
    return browser.post(address, {"text": TEXT, "step": step} | fields)


def test_a_pasted_notice_is_shown_before_it_is_taken_over(zone, browser):
    words = said(enter(zone, browser, "preview"))

    assert "2027-02-05（周五） 至 2027-02-12（周五）" in words
    assert f"2027 年 · {NUMBER} · 2026-11-20" in words
    assert "改为上班" in words
    assert "2027-02-14（周日）" in words
    assert not HolidayNotice.everywhere.exists()


def test_a_notice_that_moves_no_day_is_shown_all_the_same(zone, browser, entered):
    words = said(enter(zone, browser, "preview", document_number="〔2026〕100号"))

    assert "<dt>改为休息</dt><dd>—</dd>" in words


def test_a_notice_is_taken_over_and_waits_for_another_person(zone, browser, officer, client):
    answer = enter(zone, browser, "save", source="收文〔2026〕1号")

    row = HolidayNotice.everywhere.get()
    page = said(browser.get(answer.url))
    assert (row.entered_by, row.document_number) == (officer.username, NUMBER)
    assert "须由另一位有权限的人员对照原文核对" in page
    assert "核对无误</button>" not in page
    assert "2027 年的通知待核对" in said(year(zone, browser, year=2027))


@pytest.mark.parametrize("step", ["preview", "save"])
def test_a_notice_with_a_fault_says_where_and_is_not_taken_over(zone, browser, step):
    answer = enter(zone, browser, step, text=TEXT.replace("1月1日（周五）", "1月1日（周四）"))

    words = said(answer)
    assert "第 3 行：2027-01-01 写作“周四”，实际是周五" in words
    assert 'value="save"' not in words
    assert not HolidayNotice.everywhere.exists()


def test_what_the_text_does_not_say_is_asked_for(zone, browser):
    text = TEXT.replace(NUMBER, "").replace("2026年11月20日", "")

    answer = enter(zone, browser, "save", text=text)

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"document_number", "issued_on"}


def test_another_person_confirms_and_the_year_is_final(zone, browser, entered, checker, log_in):
    other = log_in(checker)
    address = reverse("calendar-notice", args=[zone.code, entered.pk])

    own = browser.post(f"{address}confirm/", follow=True)
    answer = other.post(f"{address}confirm/", follow=True)

    assert "由您录入，须由另一人核对" in said(own)
    assert "已核对，不再是暂定" in said(answer)
    assert "暂定日历" not in said(year(zone, browser, year=2027))


def test_a_notice_is_withdrawn_with_a_reason(zone, browser, entered):
    address = reverse("calendar-notice", args=[zone.code, entered.pk])

    without = browser.post(f"{address}withdraw/", {"reason": ""})
    answer = browser.post(f"{address}withdraw/", {"reason": "年份有误"}, follow=True)

    assert without.status_code == 400
    assert "年份有误" in said(answer)
    assert "2027 年为暂定日历" in said(year(zone, browser, year=2027))


@pytest.mark.parametrize("way", ["", "confirm/", "withdraw/"])
def test_another_zones_notice_is_not_found(neighbour, entered, hire, log_in, way):
    stranger = log_in(hire(neighbour, Role.LAND))
    address = reverse("calendar-notice", args=[neighbour.code, entered.pk]) + way

    answer = stranger.post(address, {"reason": "x"}) if way else stranger.get(address)

    assert answer.status_code == 404


def test_the_trail_calls_what_was_done_by_its_name(zone, entered, hire, log_in):
    auditor = log_in(hire(zone, Role.AUDITOR))

    assert "录入节假日安排通知" in said(auditor.get(f"/z/{zone.code}/trail/"))


def test_the_api_tells_a_year(zone, browser, entered):
    found = browser.get(f"/api/z/{zone.code}/calendar/years/2027").json()

    days = {day["date"]: day for day in found["days"]}
    assert (found["standing"], found["notices"]) == ("unconfirmed", [NUMBER])
    assert len(days) == 365
    assert days["2027-02-14"] == {
        "date": "2027-02-14", "mark": "swapped_working", "name": "春节", "is_working": True,
        "is_provisional": True,
    }  # fmt: skip


def test_the_api_counts_a_limit(zone, browser):
    address = f"/api/z/{zone.code}/calendar/due"
    asked = {"start": "2026-09-24", "count": 20, "unit": "working_day"}

    found = browser.get(address, asked).json()
    plain = browser.get(address, asked | {"unit": "calendar_day", "roll": "false"}).json()

    assert (found["due_on"], found["is_provisional"]) == ("2026-10-29", False)
    assert found["steps"][-1]["total"] == 20
    assert plain["due_on"] == "2026-10-14"


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({}, {"start", "count", "unit"}),
        ({"start": "2026-09-24", "count": 20, "unit": "working_day", "weeks": 1}, {"weeks"}),
    ],
)
def test_the_api_says_what_is_wrong_with_a_limit(zone, browser, asked, wrong):
    answer = browser.get(f"/api/z/{zone.code}/calendar/due", asked)

    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == wrong


def test_a_year_far_away_is_not_found_by_the_api(zone, browser):
    assert browser.get(f"/api/z/{zone.code}/calendar/years/3000").status_code == 404


def test_who_confirms_is_named_on_the_page(zone, browser, entered, checker, clock):
    actions.confirm_notice(notice=entered, by=checker.username, at=clock)

    words = said(browser.get(reverse("calendar-notice", args=[zone.code, entered.pk])))

    assert checker.name in words
