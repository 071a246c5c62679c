"""Evidence files: kept once, known by their content, served as files, found when astray."""

import contextlib
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.apps.files import actions, disk, queries, thumbnails
from jingkai.apps.files.models import Attachment, StoredFile
from jingkai.apps.registers import actions as registers
from jingkai.apps.registers import queries as catalogue
from jingkai.apps.registers.models import Record

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_FOLDER = tmp_path
    return tmp_path


def _picture(colour: str = "red", side: int = 900) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (side, side // 2), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def _archive(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return buffer.getvalue()


def _keep(zone: Zone, content: bytes, clock: datetime, name: str = "a.bin") -> StoredFile:
    return actions.keep(zone=zone, file=io.BytesIO(content), name=name, by="system", at=clock)


def _investor(zone: Zone, clock: datetime, code: str = "KS-1") -> Record:
    register = catalogue.registers()["investors"]
    values = {"code": code, "name": f"客商{code}（示范）"}
    with scope.zones(zone.pk):
        return registers.create_record(
            register=register, zone=zone, values=values, by="system", at=clock
        )


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.INVESTMENT)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (PDF, ".pdf"),
        (_picture(), ".jpg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", ".webp"),
        (b"\x00\x00\x00\x18ftypheic....", ".heic"),
        (b"\x00\x00\x00\x18ftypmp42....", ".mp4"),
        (_archive("[Content_Types].xml", "word/document.xml"), ".docx"),
        (_archive("xl/workbook.xml"), ".xlsx"),
        (_archive("OFD.xml", "Doc_0/Document.xml"), ".ofd"),
    ],
)
def test_a_file_gets_the_ending_of_what_it_is(
    zone: Zone, clock: datetime, content: bytes, suffix: str
) -> None:
    kept = _keep(zone, content, clock, name="../../材料.exe")

    assert kept.name == f"材料{suffix}"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"MZ\x90\x00",
        b"\x7fELF",
        _archive("evil.sh"),
        _archive("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 broken",
        PDF + b"\0" * actions.MOST_BYTES,
    ],
    ids=["empty", "script", "exe", "elf", "zip", "macro", "broken", "large"],
)
def test_what_proves_nothing_is_refused_and_leaves_nothing(
    zone: Zone, clock: datetime, folder: Path, content: bytes
) -> None:
    with pytest.raises(actions.NotAccepted):
        _keep(zone, content, clock)

    assert not StoredFile.everywhere.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_content_is_kept_once_in_a_zone_and_apart_in_another(
    zone: Zone, neighbour: Zone, clock: datetime
) -> None:
    first = _keep(zone, PDF, clock, name="甲.pdf")
    again = _keep(zone, PDF, clock, name="乙.pdf")
    there = _keep(neighbour, PDF, clock)

    assert again == first
    assert there != first
    assert len(list(disk.everything())) == 2
    assert Event.objects.filter(verb="files.kept").count() == 2


def test_the_quota_of_a_zone_is_the_last_byte_it_may_fill(
    zone: Zone, clock: datetime, settings: Any
) -> None:
    settings.FILES_QUOTA_BYTES = len(PDF) * 2

    _keep(zone, PDF, clock)
    _keep(zone, PDF.replace(b"1.7", b"1.6"), clock)
    with pytest.raises(actions.NotAccepted):
        _keep(zone, PDF.replace(b"1.7", b"1.5"), clock)

    assert queries.used_bytes(zone) == len(PDF) * 2


@pytest.mark.parametrize(
    ("script", "is_kept", "is_scanned"),
    [("exit 0", True, True), ("exit 1", False, None), ("exit 2", False, None)],
    ids=["clean", "infected", "broken"],
)
def test_a_file_is_kept_only_when_the_scanner_says_that_it_is_clean(
    zone: Zone,
    clock: datetime,
    settings: Any,
    folder: Path,
    script: str,
    is_kept: bool,
    is_scanned: bool | None,
) -> None:
    scanner = folder / "scanner.sh"
    scanner.write_text(f'#!/bin/sh\ntest -s "$1" || exit 3\n{script}\n')
    scanner.chmod(scanner.stat().st_mode | stat.S_IXUSR)
    settings.FILE_SCAN_COMMAND = [str(scanner)]

    if is_kept:
        assert _keep(zone, PDF, clock).is_scanned is is_scanned
    else:
        with pytest.raises(actions.NotAccepted):
            _keep(zone, PDF, clock)
        assert list(disk.everything()) == []


def test_a_scanner_that_is_not_there_lets_nothing_through(
    zone: Zone, clock: datetime, settings: Any
) -> None:
    settings.FILE_SCAN_COMMAND = ["/no/such/scanner"]

    with pytest.raises(actions.NotAccepted):
        _keep(zone, PDF, clock)


def test_an_officer_uploads_sees_downloads_and_takes_off(
    zone: Zone, clock: datetime, officer: User, log_in: Callable[[User], Client]
) -> None:
    investor, browser = _investor(zone, clock), log_in(officer)
    page = reverse("investors-detail", args=["home", investor.pk])

    sent = browser.post(
        reverse("investors-attach", args=["home", investor.pk]),
        {"files": [SimpleUploadedFile("照片.png", _picture())], "title": "现场"},
    )
    held = Attachment.everywhere.get()
    place = ["home", investor.pk, held.pk]
    file = browser.get(reverse("investors-file", args=place))
    small = browser.get(reverse("investors-file-thumbnail", args=place))
    shown = browser.get(page).content.decode()
    without_reason = browser.post(reverse("investors-file-detach", args=place))
    still = Attachment.everywhere.count()
    browser.post(reverse("investors-file-detach", args=place), {"reason": "传错了"})

    assert sent.status_code == without_reason.status_code == 302
    assert b"".join(file.streaming_content) == _picture()
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(small.content)) as thumbnail:
        assert max(thumbnail.size) == thumbnails.SIDE
    assert "照片.jpg" in shown
    assert "现场" in shown
    assert still == 1
    assert not Attachment.everywhere.exists()
    assert StoredFile.everywhere.count() == 1
    last = Event.objects.filter(target_kind="investors").order_by("-pk").first()
    assert last is not None
    assert (last.verb, last.reason) == ("files.investors.detached", "传错了")


def test_a_proof_is_used_again_without_uploading_it_again(
    zone: Zone, clock: datetime, officer: User, log_in: Callable[[User], Client]
) -> None:
    first, second = _investor(zone, clock, "KS-1"), _investor(zone, clock, "KS-2")
    browser = log_in(officer)
    browser.post(
        reverse("investors-attach", args=["home", first.pk]),
        {"files": [SimpleUploadedFile("营业执照.pdf", PDF)]},
    )
    file = StoredFile.everywhere.get()

    offered = browser.get(
        reverse("investors-choose", args=["home", second.pk]), {"q": "执照"}
    ).content.decode()
    known = browser.get(
        reverse("investors-known", args=["home", second.pk]), {"sha256": file.sha256}
    )
    browser.post(reverse("investors-attach", args=["home", second.pk]), {"sha256": file.sha256})

    assert "营业执照.pdf" in offered
    assert str(first) in offered
    assert known.json() == {"known": True, "name": "营业执照.pdf"}
    assert StoredFile.everywhere.count() == 1
    assert {row.object_id for row in Attachment.everywhere.all()} == {
        str(first.pk),
        str(second.pk),
    }


def test_a_file_that_one_may_not_read_is_neither_offered_nor_taken_by_its_digest(
    zone: Zone,
    clock: datetime,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    """A planner edits projects; what lies on a register they may not read stays unknown."""
    investor = _investor(zone, clock)
    file = _keep(zone, PDF, clock, name="秘.pdf")
    actions.attach(
        file=file, kind="people", object_id="1", label="x", title="", by="system", at=clock
    )
    browser = log_in(hire(zone, Role.INVESTMENT))
    where = ["home", investor.pk]

    known = browser.get(reverse("investors-known", args=where), {"sha256": file.sha256})
    offered = browser.get(reverse("investors-choose", args=where)).content.decode()
    browser.post(reverse("investors-attach", args=where), {"sha256": file.sha256})
    browser.post(reverse("investors-attach", args=where), {"file": file.pk})

    assert known.json() == {"known": False, "name": ""}
    assert "秘.pdf" not in offered
    assert Attachment.everywhere.count() == 1


def test_a_neighbours_file_is_not_there(
    zone: Zone,
    neighbour: Zone,
    clock: datetime,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    theirs, ours = _investor(neighbour, clock), _investor(zone, clock)
    file = _keep(neighbour, PDF, clock)
    held = actions.attach(
        file=file,
        kind="investors",
        object_id=str(theirs.pk),
        label="x",
        title="",
        by="system",
        at=clock,
    )
    browser = log_in(hire(zone, Role.INVESTMENT))

    answers = [
        browser.get(reverse("investors-file", args=["home", pk, held.pk]))
        for pk in (theirs.pk, ours.pk)
    ]
    browser.post(
        reverse("investors-attach", args=["home", ours.pk]),
        {"file": file.pk, "sha256": file.sha256},
    )

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Attachment.everywhere.count() == 1


def _check(*options: str) -> list[dict[str, str]]:
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("files", "check", "--json", *options, stdout=out)
    found: list[dict[str, str]] = json.loads(out.getvalue())
    return found


def test_the_check_names_what_the_disk_and_the_records_disagree_on(
    zone: Zone, clock: datetime, folder: Path
) -> None:
    used, unused, lost, altered = (
        _keep(zone, PDF + str(number).encode(), clock) for number in range(4)
    )
    for file in (used, lost, altered):
        actions.attach(
            file=file, kind="investors", object_id="1", label="x", title="", by="s", at=clock
        )
    (folder / lost.path).unlink()
    (folder / altered.path).write_bytes(PDF)
    stray = folder / "incoming" / "left-over"
    stray.write_bytes(b"half of a file")

    found = {(line["problem"], line["path"]) for line in _check()}

    assert found == {
        ("unused", unused.path),
        ("lost", lost.path),
        ("altered", altered.path),
        ("unknown", "incoming/left-over"),
    }


def test_discarding_takes_what_nothing_uses_and_no_more(
    zone: Zone, clock: datetime, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    used, unused = _keep(zone, PDF, clock), _keep(zone, PDF + b"1", clock)
    actions.attach(
        file=used, kind="investors", object_id="1", label="x", title="", by="s", at=clock
    )
    (folder / "kept" / "stray").write_bytes(b"x")

    with django_capture_on_commit_callbacks(execute=True):
        _check("--discard")

    assert (folder / used.path).exists()
    assert not (folder / unused.path).exists()
    assert _check() == []


def test_a_kill_while_a_file_arrives_leaves_no_half_of_it_under_its_digest(
    zone: Zone, clock: datetime, folder: Path
) -> None:
    """The child dies with the content half written; the next upload is kept whole."""
    child = os.fork()
    if child == 0:
        half = io.BytesIO(PDF * 100_000)
        read = half.read
        half.read = lambda *size: os._exit(9) if half.tell() else read(*size)  # type: ignore[assignment]
        disk.receive(half)
        os._exit(1)
    _pid, status = os.waitpid(child, 0)

    kept = _keep(zone, PDF * 100_000, clock)

    assert os.waitstatus_to_exitcode(status) == 9
    assert (folder / kept.path).read_bytes() == PDF * 100_000
    assert [f.problem for f in queries.findings()] == ["unused", "unknown"]
