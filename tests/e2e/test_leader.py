"""The leader's day: a figure down to its records, the report in every format."""

import pytest
from playwright.sync_api import expect

from tests.documents import readers

pytestmark = pytest.mark.browser


def first_sheet(book):
    """Return the rows of the workbook's list of figures by code: 2 is the number, 4 the text."""
    rows = next(iter(readers.sheets(book).values()))
    return {row[6].value: row for row in rows[3:-1]}


def test_a_figure_of_the_dashboard_opens_to_its_definition_and_records(log_in):
    leader = log_in("leader")
    page = leader.open("dashboard/")
    assert leader.figure("signings") == 14

    page.locator(".jk-stat-value a[href*='/figures/signings/']").click()

    expect(page.locator("#records tbody tr")).to_have_count(14)
    expect(page.get_by_role("heading", name="口径")).to_be_visible()
    page.locator("#records tbody a").first.click()
    expect(page.get_by_role("heading", name="登记内容")).to_be_visible()
    page.go_back()
    expect(page.locator("#records tbody tr")).to_have_count(14)
    assert leader.troubles == []


def test_the_report_says_the_same_in_every_format(log_in):
    leader = log_in("leader")
    page = leader.open("report/2024/")
    shown = readers.html_figures(page.content())

    files = {}
    for name, suffix in {"Word": "docx", "PDF": "pdf", "Excel": "xlsx", "JSON": "json"}.items():
        page.locator("summary", has_text="下载").click()
        link = page.locator(f".jk-menu-item[href*='/{suffix}/']")
        assert name in link.inner_text()
        files[suffix] = leader.download(link)
        page.locator("summary", has_text="下载").click()

    assert "14" in [text for _code, text in shown]
    assert [(code, text) for code, text, _ in readers.json_figures(files["json"])] == shown
    assert [text for _url, text in readers.word_links(files["docx"])] == [t for _, t in shown]
    printed = readers.squeezed(readers.pdf_text(files["pdf"]))
    assert [text for _code, text in shown if readers.squeezed(text) not in printed] == []
    listed = first_sheet(files["xlsx"])
    assert {code for code, _ in shown} >= set(listed)
    assert all((code, row[4].value) in shown for code, row in listed.items())
    assert leader.troubles == []


def test_the_headlines_of_the_workbook_are_numbers_that_the_dashboard_shows(log_in):
    leader = log_in("leader")
    page = leader.open("report/2024/")
    page.locator("summary", has_text="下载").click()
    book = leader.download(page.locator(".jk-menu-item[href*='/xlsx/']"))

    leader.open("dashboard/")

    listed = first_sheet(book)
    for code in ("visits", "signings", "signed_and_started", "signed_to_start", "mature_leads"):
        assert listed[code][2].value == leader.figure(code), code
