"""What an officer sees and does: upload, map, look, confirm, take back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import jobs
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports.looking import Look
from jingkai.apps.registers.models import ImportMapping, ImportRun, Outcome, State
from jingkai.apps.registers.presentation.places import remarks
from jingkai.apps.work import actions as work
from jingkai.apps.work import queries as waiting
from jingkai.apps.work.models import Job
from tests.apps.registers.imports.making import GOOD, HEADINGS, book
from tests.apps.registers.imports.test_mapping import FOREIGN, READING, ROW

Upload = Callable[..., ImportRun]
OLD = Path(__file__).parents[1] / "workbooks" / "old.xls"


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


def test_what_could_be_read_otherwise_stands_beside_its_row(
    browser: Client, upload: Upload
) -> None:
    rows = [[f"LF-{number}", *GOOD[1:]] for number in (1, 2)]
    rows.append(["lf-1", "来访", "2024-03-01 16:05:00", "考察团", "3"])

    run = upload(book([HEADINGS, *rows, *([["", "合计"]] * 201)]))

    text = page(browser, run)
    assert "编号相近" in text
    assert "读取提示" in text
    assert "略去时间 16:05:00" in text
    assert "跳过 201 行" in text
    assert "只列出前 200 行" in text


def test_of_an_old_workbook_it_is_said_what_nobody_sees(upload: Upload) -> None:
    run = upload(OLD.read_bytes(), "old.xls")

    (told,) = [one for one in remarks(Look.of(run.report["look"])) if ".xls" in one]
    assert "#N/A" in told


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
    mapping = jobs.address(run)
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
    run.refresh_from_db()
    browser.post(jobs.address(run))

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


def _checked_by_a_worker(run: ImportRun) -> Job:
    job = waiting.latest(kind=jobs.CHECK, key=jobs.key(run))
    assert job is not None
    return work.run(job=job, at=job.at)


def test_a_large_file_is_opened_by_a_worker_and_refused_as_clearly_as_a_small_one(
    browser: Client, upload: Upload, inside: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"PK\x03\x04 and nothing that could be opened"
    small = {"file": SimpleUploadedFile("a.xlsx", content)}
    refused = browser.post(f"/z/{inside.code}/visits/import/", small).context["form"]
    (sentence,) = refused.errors["file"]
    monkeypatch.setattr(jobs, "SMALL_BYTES", 3)
    run = upload(content)
    assert run.state == State.CHECKING

    job = _checked_by_a_worker(run)

    text = browser.get(job.result_url).content.decode()
    run.refresh_from_db()
    assert (job.state, run.state) == (Job.State.DONE, State.REFUSED)
    assert "已损坏" in sentence
    assert sentence in text
    assert "文件不能读取，没有写入任何数据" in text
    assert "重新上传" in text
    assert "作业没有完成" not in text
    assert "下载标红的工作簿" not in text


def test_a_kept_file_that_cant_be_read_when_it_is_checked_anew_is_refused_on_its_page(
    browser: Client, upload: Upload
) -> None:
    run = upload(book([HEADINGS, GOOD]))
    ImportRun.objects.filter(pk=run.pk).update(content=b"PK\x03\x04 and nothing more")

    browser.post(f"{jobs.address(run)}recheck/")

    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (State.REFUSED, 0)
    assert "已损坏" in page(browser, run)
    assert browser.get(f"{jobs.address(run)}mapping/").status_code == 302


def test_a_large_foreign_workbook_is_looked_at_by_a_worker_who_leads_on_to_its_mapping(
    browser: Client, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SMALL_BYTES", 0)
    run = upload(book([FOREIGN, ROW]))
    assert "正在处理" in page(browser, run)

    job = _checked_by_a_worker(run)

    shown = browser.get(job.result_url).content.decode()
    assert all(heading in shown for heading in FOREIGN)
    assert "猜测" in shown


def test_a_large_workbook_of_a_known_source_is_staged_after_one_look(
    browser: Client, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = upload(book([FOREIGN, ROW]))
    asked = {"heading": FOREIGN, "column": [READING.columns[name] for name in FOREIGN]}
    browser.post(jobs.address(first), asked)
    monkeypatch.setattr(jobs, "SMALL_BYTES", 0)
    run = upload(book([FOREIGN, ["LF-9", *ROW[1:]]]))

    _checked_by_a_worker(run)

    run.refresh_from_db()
    assert (run.state, run.report["created"]) == (State.READY, 1)
    assert run.source == ImportMapping.objects.get().source


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04 and nothing more"])
def test_a_file_that_cant_be_read_is_refused_and_leaves_nothing(
    content: bytes, browser: Client, inside: Zone
) -> None:
    file = SimpleUploadedFile("a.xlsx", content)

    answer = browser.post(f"/z/{inside.code}/visits/import/", {"file": file})

    assert answer.status_code == 400
    assert not ImportRun.objects.exists()


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
