"""Exports as an officer asks for them, and what a stranger gets."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import FiledForm

Browser = Callable[[User], Client]
Hire = Callable[[Zone, Role], User]
EXPORT = "/z/home/visits/export/"


@pytest.fixture
def browser(officer: User, log_in: Browser) -> Client:
    """Return the officer's browser."""
    return log_in(officer)


@pytest.fixture
def three(
    visits: Register, inside: Zone, values: Callable[..., dict[str, Any]], clock: datetime
) -> None:
    """Put three visits on record."""
    for code, people in (("LF-1", 3), ("LF-2", 5), ("LF-3", None)):
        row = values(code, people=people, purpose="=HYPERLINK(1)")
        actions.create_record(register=visits, zone=inside, values=row, by="a", at=clock)


def _book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def form(*cells: str) -> bytes:
    """Return a workbook with one row of cells."""
    book = openpyxl.Workbook()
    book.active.append(["附件"])
    book.active.append(list(cells))
    to = io.BytesIO()
    book.save(to)
    return to.getvalue()


def test_the_official_file_has_the_filtered_rows_in_the_chosen_columns(
    browser: Client, three: None
) -> None:
    asked = (
        "format=official&columns=people,purpose&people__from=3&sort=-people"
        "&title=二季度来访&unit=港城&paper=A3"
    )

    sheet = _book(browser.get(f"{EXPORT}?{asked}").content)

    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0][0] == "二季度来访"
    assert lines[2] == ["序号", "编号", "人数", "事由"]
    assert lines[3:5] == [[1, "LF-2", 5, "=HYPERLINK(1)"], [2, "LF-1", 3, "=HYPERLINK(1)"]]
    assert lines[5] == ["合计", None, 8, None]
    assert lines[6][0].startswith("填报单位（盖章）：港城　　填报人：")
    assert sheet.page_setup.paperSize == 8


def test_a_csv_has_the_chosen_columns_and_all_without_a_choice(
    browser: Client, three: None
) -> None:
    def headings(query: str) -> list[str]:
        content = browser.get(f"{EXPORT}?format=csv{query}").content.decode("utf-8-sig")
        return next(csv.reader(io.StringIO(content)))

    assert headings("&columns=people") == ["编号*", "人数"]
    assert len(headings("")) > 10


def test_a_filter_that_cannot_be_understood_exports_nothing(browser: Client, three: None) -> None:
    answer = browser.get(f"{EXPORT}?people__from=many")

    assert answer.status_code == 400
    assert "没有导出任何文件" in answer.content.decode()
    assert not Event.objects.filter(verb="registers.visits.exported").exists()


def test_an_export_leaves_its_event_with_the_shape_and_without_the_phone(
    browser: Client, three: None
) -> None:
    browser.get(f"{EXPORT}?format=official&people__from=3&phone=13800000000")

    event = Event.objects.get(verb="registers.visits.exported")
    assert event.details == {"query": "people__from=3", "format": "official"}


def test_the_page_of_options_says_how_many_rows_and_keeps_the_filters(
    browser: Client, three: None
) -> None:
    page = browser.get(f"{EXPORT}options/?people__from=3").content.decode()

    assert "共 2 条" in page
    assert 'name="people__from" value="3"' in page
    assert 'name="columns" value="people"' in page


def test_a_form_is_uploaded_filled_in_and_removed(
    browser: Client, three: None, officer: User
) -> None:
    upload = SimpleUploadedFile("省表.xlsx", form("{{序号}}", "{{编号}}", "{{人数}}", "{{事由}}"))
    browser.post(f"{EXPORT}forms/", {"name": "省商务厅月报", "file": upload})
    kept = FiledForm.everywhere.get()

    sheet = _book(browser.get(f"{EXPORT}?format=form&form={kept.pk}&sort=code").content)
    page = browser.get(f"{EXPORT}options/").content.decode()
    browser.post(f"{EXPORT}forms/{kept.pk}/")

    assert [cell.value for cell in sheet[2]] == [1, "LF-1", 3, "=HYPERLINK(1)"]
    assert [cell.value for cell in sheet[4]] == [3, "LF-3", None, "=HYPERLINK(1)"]
    assert sheet["D2"].data_type != "f"
    assert "省商务厅月报" in page
    assert not FiledForm.everywhere.exists()
    verbs = Event.objects.filter(verb__contains="form-").order_by("pk")
    assert [event.verb for event in verbs] == [
        "registers.visits.form-added",
        "registers.visits.form-removed",
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表", form("{{不存在}}"), "A2"),
        ("表", form("没有"), "没有占位符"),
        ("表", b"not a workbook", "表样"),
        ("表", b"PK not a workbook", "表样没有保存"),
        ("", form("{{编号}}"), ""),
    ],
)
def test_a_form_that_cannot_be_filled_is_refused_with_its_reason(
    browser: Client, inside: Zone, name: str, content: bytes, said: str
) -> None:
    upload = SimpleUploadedFile("表.xlsx", content)

    answer = browser.post(f"{EXPORT}forms/", {"name": name, "file": upload})

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not FiledForm.everywhere.exists()


def test_a_name_of_a_form_is_taken_once(browser: Client, inside: Zone) -> None:
    for expected in (302, 400):
        upload = SimpleUploadedFile("表.xlsx", form("{{编号}}"))
        answer = browser.post(f"{EXPORT}forms/", {"name": "表", "file": upload})
        assert answer.status_code == expected


def test_a_form_that_is_not_there_exports_nothing(browser: Client, inside: Zone) -> None:
    for asked in ("", "x", "999999", f"{10**28}"):
        assert browser.get(f"{EXPORT}?format=form&form={asked}").status_code == 400


def test_who_may_not_change_the_register_may_use_its_forms_but_adds_none(
    zone: Zone, hire: Hire, log_in: Browser
) -> None:
    reader = log_in(hire(zone, Role.LAND))

    page = reader.get(f"{EXPORT}options/").content.decode()
    answer = reader.post(f"{EXPORT}forms/", {"name": "表"})

    assert "由能修改本台账的同事上传" in page
    assert answer.status_code == 403


def test_a_form_of_another_zone_is_not_there(
    browser: Client, neighbour: Zone, clock: datetime
) -> None:
    there = FiledForm.everywhere.create(
        zone=neighbour, kind="visits", name="邻居的", content=form("{{编号}}"), by="x", at=clock
    )

    assert browser.get(f"{EXPORT}?format=form&form={there.pk}").status_code == 400
    assert browser.post(f"{EXPORT}forms/{there.pk}/").status_code == 404
    assert "邻居的" not in browser.get(f"{EXPORT}options/").content.decode()
