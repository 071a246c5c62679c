"""The pages of projects, seen by three persons."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jingkai.apps.files.models import Attachment
from jingkai.apps.projects.models import Evidence, OfficerAssignment, Stage
from jingkai.core.lifecycle import StallKind

pytestmark = pytest.mark.django_db

LogIn = Callable[[Any], Client]
PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.CLOCK = "2024-12-31"


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=["home", *args])


def test_the_page_names_what_the_next_gate_lacks(make: Any, officer: Any, log_in: LogIn) -> None:
    project = make.ready_project()
    make.move(project, Stage.TO_START, date(2024, 3, 1))
    Evidence.objects.filter(kind="construction_permit").delete()

    page = log_in(officer).get(_url("project", project.pk)).content.decode()

    assert "施工许可证" in page
    assert "kind=construction_permit" in page
    assert "2024-03-01" in page


def test_a_forced_step_shows_on_the_page_and_in_the_list(
    make: Any, leader: Any, log_in: LogIn
) -> None:
    project = make.project()
    make.forced(project, Stage.SIGNED, date(2024, 3, 1))
    browser = log_in(leader)

    page = browser.get(_url("project", project.pk)).content.decode()
    listed = browser.get(f"{_url('projects-list')}?forced=是").content.decode()
    board = browser.get(_url("board")).content.decode()

    assert "补录历史数据" in page
    assert "投资协议" in page
    assert project.name in listed
    assert "强制通过" in board


@pytest.mark.parametrize(
    ("name", "rights"),
    [("project-move", {"officer"}), ("project-status", {"officer"}), ("project-officer", set())],
)
def test_forms_open_for_those_who_may(
    make: Any, request: Any, log_in: LogIn, name: str, rights: set[str]
) -> None:
    project = make.project()

    answers = {
        who: log_in(request.getfixturevalue(who)).get(_url(name, project.pk)).status_code
        for who in ("officer", "colleague", "stranger")
    }

    expected = {"officer": 200 if "officer" in rights else 403, "colleague": 403, "stranger": 404}
    assert answers == expected


def test_a_move_through_the_form_is_refused_by_name_and_then_made(
    make: Any, leader: Any, log_in: LogIn
) -> None:
    project = make.ready_project()
    Evidence.objects.filter(kind="agreement").delete()
    browser, url = log_in(leader), _url("project-move", project.pk)
    said = {"to": "signed", "on": "2024-03-01"}

    refused = browser.post(url, said)
    made = browser.post(url, said | {"force_reason": "协议原件在途"})

    assert refused.status_code == 400
    assert "投资协议" in refused.content.decode()
    assert made.status_code == 302
    project.refresh_from_db()
    assert project.signed_on == date(2024, 3, 1)


def test_evidence_is_known_by_its_content_and_downloaded_as_a_file(
    make: Any, officer: Any, log_in: LogIn, settings: Any, tmp_path: Any
) -> None:
    project, browser = make.project(), log_in(officer)
    url = _url("project-add-evidence", project.pk)
    said = {"kind": "filing", "title": "备案证明", "dated_on": "2024-02-01"}

    script = SimpleUploadedFile("备案.pdf", b"<script>alert(1)</script>")
    refused = browser.post(url, said | {"file": script})
    made = browser.post(url, said | {"file": SimpleUploadedFile("../备案.exe", PDF)})

    assert refused.status_code == 400
    assert made.status_code == 302
    evidence = Evidence.objects.get()
    held = Attachment.everywhere.get(kind="project-evidence", object_id=str(evidence.pk))
    answer = browser.get(_url("project-evidence-file", evidence.pk, held.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert held.file.name == "备案.pdf"


def test_a_file_of_another_zone_is_not_there(
    make: Any, officer: Any, stranger: Any, log_in: LogIn
) -> None:
    project = make.project()
    url = _url("project-add-evidence", project.pk)
    said = {"kind": "filing", "title": "备案证明", "file": SimpleUploadedFile("a.pdf", PDF)}
    log_in(officer).post(url, said)
    evidence = Evidence.objects.get()

    held = Attachment.everywhere.get(object_id=str(evidence.pk))
    answer = log_in(stranger).get(
        reverse("project-evidence-file", args=["neighbour", evidence.pk, held.pk])
    )

    assert answer.status_code == 404


def test_a_photograph_without_its_day_is_sent_back(make: Any, officer: Any, log_in: LogIn) -> None:
    project = make.project()

    answer = log_in(officer).post(
        _url("project-add-evidence", project.pk), {"kind": "site_photo", "title": "现场"}
    )

    assert answer.status_code == 400
    assert not Evidence.objects.exists()


def test_a_file_is_put_to_evidence_on_record(make: Any, officer: Any, log_in: LogIn) -> None:
    evidence = make.evidence(make.project(), "filing")

    answer = log_in(officer).post(
        _url("project-evidence-attach", evidence.pk), {"files": SimpleUploadedFile("a.pdf", PDF)}
    )

    assert answer.status_code == 302
    held = Attachment.everywhere.get(object_id=str(evidence.pk))
    assert held.file.size_bytes == len(PDF)


def test_a_leader_assigns_hands_over_and_the_officer_acknowledges(
    make: Any, leader: Any, officer: Any, log_in: LogIn
) -> None:
    project, browser = make.project(), log_in(leader)
    url = _url("project-officer", project.pk)

    browser.post(url, {"officer": leader.pk, "on": "2024-03-01"})
    without_note = browser.post(url, {"officer": officer.pk, "on": "2024-04-01"})
    browser.post(url, {"officer": officer.pk, "on": "2024-04-01", "note": "施工许可办理中"})
    open_one = OfficerAssignment.objects.get(until=None)
    acknowledged = log_in(officer).post(_url("project-acknowledge", open_one.pk))

    assert without_note.status_code == 400
    assert acknowledged.status_code == 302
    open_one.refresh_from_db()
    assert open_one.officer == officer
    assert open_one.handed_over_by == leader
    assert open_one.acknowledged_on == date(2024, 12, 31)


def test_the_board_puts_each_project_in_its_stage(make: Any, officer: Any, log_in: LogIn) -> None:
    started, fresh = make.ready_project(), make.project()
    make.move(started, Stage.STARTED, date(2024, 5, 1))

    page = log_in(officer).get(_url("board")).content.decode()

    assert page.index(fresh.name) < page.index(started.name)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("lacking=filing", False),
        ("lacking=first_invoice", True),
        ("lacking=ready", False),
        ("light=red", True),
        ("light=green", False),
        ("stalled=started_not_completed", True),
        ("stalled=supplied_not_started", False),
        ("status=delayed", False),
    ],
)
def test_the_board_filters(
    make: Any, officer: Any, log_in: LogIn, query: str, shown: bool
) -> None:
    project = make.ready_project(agreed_completion_on=date(2024, 12, 30))
    make.move(project, Stage.STARTED, date(2024, 5, 1))
    Evidence.objects.filter(kind="first_invoice").delete()

    page = log_in(officer).get(f"{_url('board')}?{query}").content.decode()

    assert (project.name in page) is shown


@pytest.mark.parametrize("kind", list(StallKind))
def test_each_of_the_six_stalls_has_its_list(
    make: Any, officer: Any, log_in: LogIn, kind: StallKind
) -> None:
    make.forced(make.project(), Stage.STARTED, date(2024, 5, 1))

    answer = log_in(officer).get(f"{_url('stalls')}?kind={kind}")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["projects", "project-transitions", "project-evidence", "project-officers", "funds-receipts"],
)
def test_each_register_has_its_list_and_template(
    make: Any, leader: Any, log_in: LogIn, kind: str
) -> None:
    project = make.ready_project()
    make.move(project, Stage.SIGNED, date(2024, 3, 1))
    browser = log_in(leader)

    assert browser.get(_url(f"{kind}-list")).status_code == 200
    assert browser.get(f"{_url(f'{kind}-export')}?format=csv").status_code == 200


def test_the_list_filters_by_what_the_next_gate_lacks(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    bare, ready = make.project(), make.ready_project()

    page = log_in(officer).get(f"{_url('projects-list')}?lacking=投资协议").content.decode()

    assert bare.name in page
    assert ready.name not in page
