"""Filing evidence: a file is kept under its digest and known by its content, not its name."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit

from ..models import Evidence, Project

MOST_BYTES = 20 * 1024 * 1024
_HEADS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}


class NotAccepted(Exception):
    """The file is too large, empty, or no PDF, JPEG or PNG by its content."""


@dataclass(frozen=True, slots=True)
class _Checked:
    name: str
    media_type: str
    sha256: str
    size: int


@transaction.atomic
def add_evidence(  # noqa: PLR0913 - one row as it is filed
    *,
    project: Project,
    kind: Evidence.Kind,
    title: str,
    by: str,
    at: datetime,
    document_no: str = "",
    dated_on: date | None = None,
    file: File | None = None,
) -> Evidence:
    """
    File a piece of evidence, with its file where there is one, and return it.

    :raises NotAccepted: when the file can't be taken
    """
    project = Project.everywhere.select_for_update(of=("self",)).get(pk=project.pk)
    count = Evidence.everywhere.filter(
        project=project, code__startswith=f"CL{project.pk}-"
    ).count()
    made = Evidence(
        zone=project.zone,
        code=f"CL{project.pk}-{count + 1}",
        project=project,
        kind=kind,
        title=title,
        document_no=document_no,
        dated_on=dated_on,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )
    if file is not None:
        _store(made, file)
    made.save(force_insert=True)
    _record("added", made, by, at)
    return made


@transaction.atomic
def attach_file(*, evidence: Evidence, file: File, by: str, at: datetime) -> Evidence:
    """
    Put a file to evidence on record; the digest of the one it replaces stays in the trail.

    :raises NotAccepted: when the file can't be taken
    """
    found = Evidence.everywhere.select_for_update(of=("self",)).get(pk=evidence.pk)
    replaced = found.sha256
    _store(found, file)
    found.version += 1
    found.changed_at, found.changed_by = at, by
    found.save()
    _record("attached", found, by, at, replaced)
    return found


def _store(evidence: Evidence, file: File) -> None:
    checked = _check(file)
    name = f"evidence/{checked.sha256[:2]}/{checked.sha256}"
    if not default_storage.exists(name):
        file.seek(0)
        default_storage.save(name, file)
    evidence.file = name
    evidence.file_name, evidence.file_type = checked.name, checked.media_type
    evidence.file_bytes, evidence.sha256 = checked.size, checked.sha256


def _check(file: File) -> _Checked:
    if not file.size:
        raise NotAccepted(_("文件是空的"))
    if file.size > MOST_BYTES:
        raise NotAccepted(_("文件超过 20 MB，请压缩后再上传"))
    file.seek(0)
    head = file.read(8)
    known = next((kind for magic, kind in _HEADS.items() if head.startswith(magic)), None)
    if known is None:
        raise NotAccepted(_("只接受 PDF、JPEG、PNG 文件（按文件内容识别）"))
    media_type, suffix = known
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    stem = PurePath((file.name or "").replace("\\", "/")).stem[:100] or "file"
    return _Checked(f"{stem}{suffix}", media_type, digest.hexdigest(), file.size)


def _record(verb: str, made: Evidence, by: str, at: datetime, replaced: str = "") -> None:
    after = {
        "project": made.project.code,
        "kind": str(made.kind),
        "title": made.title,
        "document_no": made.document_no,
        "dated_on": made.dated_on.isoformat() if made.dated_on else None,
        "sha256": made.sha256,
    }
    before = None
    if verb == "attached":
        before, after = {"sha256": replaced}, {"sha256": made.sha256}
    audit.record(
        verb=f"projects.evidence.{verb}",
        actor=by,
        target_kind="project-evidence",
        target_id=str(made.pk),
        target_label=str(made),
        zone_code=made.zone.code,
        at=at,
        details={"project": made.project.code},
        changes=[audit.Changed("project-evidence", str(made.pk), str(made), before, after)],
    )
