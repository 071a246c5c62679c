"""Keeping a file, attaching it to a record, taking it off again; each with its audit event."""

from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from . import content, disk, queries, scanning
from .models import Attachment, StoredFile

MOST_BYTES = 20 * 1024 * 1024


class NotAccepted(Exception):
    """The file is empty, too large, over the quota, infected, or of a type that is not taken."""


class NoReason(Exception):
    """What a file proved is not taken away without saying why."""


@transaction.atomic
def keep(*, zone: Zone, file: disk.Content, name: str, by: str, at: datetime) -> StoredFile:
    """
    Keep a file under its digest and return it; content that is kept already is returned as it is.

    :raises NotAccepted: when the file can't be taken; nothing of it stays
    """
    file.seek(0, 2)
    size = file.tell()
    if not size:
        raise NotAccepted(_("文件是空的"))
    if size > MOST_BYTES:
        raise NotAccepted(_("文件超过 20 MB，请压缩后再上传"))
    sha256 = disk.digest(file)
    known = StoredFile.everywhere.filter(zone=zone, sha256=sha256).first()
    if known is not None:
        return known
    kind = content.recognise(file)
    if kind is None:
        raise NotAccepted(
            _("只接受 PDF、OFD、图片、Word、Excel、PPT 和 MP4 文件（按内容识别，不含宏）")
        )
    if queries.used_bytes(zone) + size > settings.FILES_QUOTA_BYTES:
        raise NotAccepted(_("园区的文件空间已满，请联系管理员"))
    path = disk.of_digest(zone.pk, sha256)
    is_scanned = _lay_down(file, path)
    stem = PurePath(name.replace("\\", "/")).stem[:100] or "file"
    made = StoredFile(
        zone=zone,
        sha256=sha256,
        name=f"{stem}{kind.suffix}",
        media_type=kind.name,
        size_bytes=size,
        path=path,
        is_scanned=is_scanned,
        kept_at=at,
        kept_by=by,
    )
    return _save(made, by, at)


@transaction.atomic
def attach(
    *, file: StoredFile, kind: str, object_id: str, label: str, title: str, by: str, at: datetime
) -> Attachment:
    """Put a kept file to a record and return the attachment; once is enough."""
    made, is_new = Attachment.everywhere.get_or_create(
        zone=file.zone,
        file=file,
        kind=kind,
        object_id=object_id,
        defaults={"label": label[:200], "title": title[:120], "by": by, "at": at},
    )
    if is_new:
        after = {"file": file.name, "sha256": file.sha256}
        _note(made, "attached", by, at, after=after)
    return made


@transaction.atomic
def detach(*, attachment: Attachment, reason: str, by: str, at: datetime) -> None:
    """
    Take a file off a record; the file stays kept and the trail says what it was.

    :raises NoReason: when no reason is given
    """
    if not reason.strip():
        raise NoReason(_("移除附件必须说明理由"))
    before = {"file": attachment.file.name, "sha256": attachment.file.sha256}
    _note(attachment, "detached", by, at, before=before, reason=reason)
    attachment.delete()


@transaction.atomic
def release(*, zone: Zone, kind: str, object_id: str, by: str, at: datetime) -> None:
    """Take every file off a record that goes; the files stay kept."""
    held = Attachment.everywhere.filter(zone=zone, kind=kind, object_id=object_id)
    for attachment in held.select_related("file", "zone"):
        detach(attachment=attachment, reason=_("记录已删除"), by=by, at=at)


@transaction.atomic
def discard(*, file: StoredFile, by: str, at: datetime) -> None:
    """Forget a file that is attached to nothing; what lies on the disk goes after the commit."""
    audit.record(
        verb="files.discarded",
        actor=by,
        target_kind="files",
        target_id=str(file.pk),
        target_label=file.name,
        zone_code=file.zone.code,
        at=at,
        details={"sha256": file.sha256, "bytes": file.size_bytes},
    )
    place, thumbnail = disk.root() / file.path, disk.thumbnail_of(file.path)
    file.delete()
    transaction.on_commit(lambda: place.unlink(missing_ok=True))
    transaction.on_commit(lambda: thumbnail.unlink(missing_ok=True))


def _lay_down(file: disk.Content, path: str) -> bool:
    """Put the content at its place once it is whole and scanned; say whether it was scanned."""
    part = disk.receive(file)
    try:
        is_scanned = scanning.scan(part)
        disk.settle(part, path)
    except (scanning.Infected, scanning.Unavailable) as reason:
        raise NotAccepted(str(reason)) from None
    finally:
        part.unlink(missing_ok=True)
    return is_scanned


def _save(made: StoredFile, by: str, at: datetime) -> StoredFile:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # somebody else kept the same content a moment before
        return StoredFile.everywhere.get(zone=made.zone, sha256=made.sha256)
    audit.record(
        verb="files.kept",
        actor=by,
        target_kind="files",
        target_id=str(made.pk),
        target_label=made.name,
        zone_code=made.zone.code,
        at=at,
        details={"sha256": made.sha256, "bytes": made.size_bytes, "type": made.media_type},
    )
    return made


def _note(
    attachment: Attachment,
    verb: str,
    by: str,
    at: datetime,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
    reason: str = "",
) -> None:
    kind, pk, label = attachment.kind, attachment.object_id, attachment.label
    audit.record(
        verb=f"files.{kind}.{verb}",
        actor=by,
        target_kind=kind,
        target_id=pk,
        target_label=label,
        zone_code=attachment.zone.code,
        at=at,
        reason=reason,
        changes=[audit.Changed(kind, pk, label, before, after)],
    )
