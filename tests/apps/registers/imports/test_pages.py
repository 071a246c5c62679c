"""What an officer sees and does: upload, map, look, confirm, take back."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import jobs
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportMapping, ImportRun, Outcome, State
from jingkai.apps.work import actions as work
from jingkai.apps.work import queries as waiting
from tests.apps.registers.imports.making import GOOD, HEADINGS, book
from tests.apps.registers.imports.test_mapping import FOREIGN, ROW

Upload = Callable[..., ImportRun]


@pytest.fixture
def browser(client: Client, officer: User) -> Client:
    """Return the browser of somebody who may import."""
    client.force_login(officer)
    return client


@pytest.fixture
def upload(browser: Client, inside: Zone) -> Upload:
    """Return a function that uploads a workbook and returns its import."""

    def sent(content: bytes, name: str = "a.xlsx") -> ImportRun:
        address = f"/z/{inside.code}/visits/import/"
        answer = browser.post(address, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        run = ImportRun.objects.order_by("-pk").first()
        assert run is not None
        return run

    return sent


def page(browser: Client, run: ImportRun, more: str = "") -> str:
    """Return the text of the import's page."""
    answer = browser.get(jobs.address(run) + more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_small_workbook_is_checked_at_once_and_shows_what_it_will_do(
    browser: Client, upload: Upload
) -> None:
    run = upload(book([HEADINGS, GOOD]))

    text = page(browser, run)

    assert run.state == State.READY
    assert "将新增 1 条" in text
    assert "考察团" in text


def test_confirming_imports_and_undoing_takes_it_back(
    browser: Client, upload: Upload, visits: Register
) -> None:
    run = upload(book([HEADINGS, GOOD]))

    browser.post(jobs.address(run))
    imported = visits.model.objects.count()
    browser.post(f"{jobs.address(run)}undo/")

    assert (imported, visits.model.objects.count()) == (1, 0)
    assert "已经撤销" in page(browser, run)


def test_the_same_file_again_is_said_to_be_the_same(browser: Client, upload: Upload) -> None:
    content = book([HEADINGS, GOOD])
    run = upload(content)
    browser.post(jobs.address(run))

    again = upload(content, "b.xlsx")

    assert again.pk == run.pk
    assert "导入的文件相同，没有变化" in page(browser, run, "?same=1")


def test_the_same_file_may_be_checked_anew(browser: Client, upload: Upload) -> None:
    run = upload(book([HEADINGS, GOOD]))
    browser.post(jobs.address(run))

    browser.post(f"{jobs.address(run)}recheck/")

    newest = ImportRun.objects.order_by("-pk")[0]
    assert newest.pk != run.pk
    assert "与台账完全一致" in page(browser, newest)


def test_wrong_rows_are_listed_and_marked_in_a_copy(browser: Client, upload: Upload) -> None:
    run = upload(book([HEADINGS, GOOD, ["LF-2", "路过", *GOOD[2:]]]))

    text = page(browser, run, "?outcome=refused")
    copy = browser.get(f"{jobs.address(run)}copy/")
    report = browser.get(f"{jobs.address(run)}errors/")

    assert "发现 1 处问题" in text
    assert "应为其中之一" in text
    assert copy.content[:2] == report.content[:2] == b"PK"


def test_a_foreign_workbook_is_mapped_on_its_page(
    browser: Client, upload: Upload, visits: Register
) -> None:
    run = upload(book([FOREIGN, ["LF-1", "外出招商", *ROW[2:]]]))
    mapping = f"{jobs.address(run)}mapping/"
    shown = browser.get(mapping).content.decode()
    columns = ["code", "direction", "visited_on", "delegation", "people"]

    browser.post(mapping, {"heading": FOREIGN, "column": columns})
    words = browser.get(mapping).content.decode()
    browser.post(
        mapping,
        {
            "heading": FOREIGN,
            "column": columns,
            "word-column": "direction",
            "word": "外出招商",
            "meaning": "outbound",
            "constant-source": "商务局月报",
        },
    )
    browser.post(jobs.address(run))

    assert run.state == State.UNMAPPED
    assert "猜测" in shown
    assert "外出招商" in words
    record = visits.model.objects.get()
    assert (record.direction, record.source) == ("outbound", "商务局月报")  # type: ignore[attr-defined]
    assert ImportMapping.objects.count() == 1


def test_a_large_workbook_is_left_to_a_worker_that_is_followed_on_the_page(
    browser: Client, upload: Upload, visits: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SMALL_ROWS", 0)
    run = upload(book([HEADINGS, GOOD]))
    assert "正在处理" in page(browser, run)

    for kind in (jobs.CHECK, jobs.IMPORT):
        job = waiting.latest(kind=kind, key=jobs.key(run))
        assert job is not None
        work.run(job=job, at=job.at)
        run.refresh_from_db()
        if kind == jobs.CHECK:
            assert run.state == State.READY
            browser.post(jobs.address(run))

    assert "导入完成" in page(browser, run)
    assert visits.model.objects.count() == 1


def test_who_imports_ticks_which_absent_records_go(
    browser: Client, upload: Upload, visits: Register
) -> None:
    first = upload(book([HEADINGS, GOOD, ["LF-2", *GOOD[1:]]]))
    browser.post(jobs.address(first))
    run = upload(book([HEADINGS, GOOD]))
    headings = [heading.rstrip("*") for heading in HEADINGS]
    names = ["code", "direction", "visited_on", "delegation", "people"]
    asked = {"heading": headings, "column": names, "is_complete": "1"}
    browser.post(f"{jobs.address(run)}mapping/", asked)
    absent = run.rows.get(outcome=Outcome.ABSENT)

    text = page(browser, run, "?outcome=absent")
    browser.post(f"{jobs.address(run)}absent/", {"shown": absent.pk})
    browser.post(jobs.address(run))

    assert "LF-2" in text
    assert absent.chosen
    assert visits.model.objects.count() == 2


@pytest.mark.parametrize("number", ["0", "²", "9" * 30, "-1", "x"])
def test_no_page_number_breaks_the_preview(number: str, browser: Client, upload: Upload) -> None:
    run = upload(book([HEADINGS, GOOD]))

    assert "逐行预览" in page(browser, run, f"?page={number}")
