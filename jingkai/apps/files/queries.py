"""Which files a record has, where a file is used, and what lies on the disk without a record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from jingkai.apps.accounts.models import Zone

from . import disk, thumbnails
from .content import ACCEPTED
from .models import Attachment, StoredFile

CHOSEN_FROM = 30
_PICTURED = {known.name for known in ACCEPTED if known.has_picture}


def attachments(kind: str, object_ids: Iterable[object]) -> QuerySet[Attachment]:
    """Return the files of the records, newest first."""
    wanted = [str(pk) for pk in object_ids]
    found = Attachment.objects.filter(kind=kind, object_id__in=wanted)
    return found.select_related("file").order_by("-at", "-pk")


def attachment(kind: str, object_id: object, pk: int) -> Attachment | None:
    """Return one file of the record."""
    return attachments(kind, [object_id]).filter(pk=pk).first()


def count_of(kind: str) -> Combinable:
    """Return the expression on a record of the kind of how many files it has."""
    held = Attachment.everywhere.filter(
        zone=OuterRef("zone"), kind=kind, object_id=Cast(OuterRef("pk"), CharField())
    )
    counted = held.order_by().values("kind").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def choice(kinds: Iterable[str], text: str) -> QuerySet[StoredFile]:
    """Return the latest files on records of these kinds whose name or use has the text."""
    used = Attachment.objects.filter(kind__in=list(kinds))
    if text:
        named = used.filter(file__name__icontains=text) | used.filter(label__icontains=text)
        used = named | used.filter(title__icontains=text)
    found = StoredFile.objects.filter(pk__in=used.values("file"))
    counted = found.annotate(uses=Count("attachments"))
    return counted.order_by("-kept_at", "-pk")[:CHOSEN_FROM]


def chosen(kinds: Iterable[str], pk: int) -> StoredFile | None:
    """Return a file that is attached to a record of these kinds."""
    used = Attachment.objects.filter(kind__in=list(kinds), file=pk)
    return StoredFile.objects.filter(pk__in=used.values("file")).select_related("zone").first()


def kept(sha256: str) -> StoredFile | None:
    """Return the zone's file of that digest."""
    return StoredFile.objects.filter(sha256=sha256).first()


def uses(file: StoredFile) -> list[str]:
    """Return the labels of the records that the file is attached to."""
    return list(file.attachments.order_by("pk").values_list("label", flat=True)[:5])


def used_bytes(zone: Zone) -> int:
    """Return how many bytes the zone's files take."""
    total = StoredFile.everywhere.filter(zone=zone).aggregate(total=Sum("size_bytes"))["total"]
    return int(total or 0)


def has_thumbnail(file: StoredFile) -> bool:
    """Whether a small picture can be drawn of the file."""
    return file.media_type in _PICTURED


def thumbnail(file: StoredFile) -> bytes | None:
    """Return a small picture of the file as WebP, None where there is none."""
    if not has_thumbnail(file):
        return None
    return thumbnails.kept(disk.root() / file.path, disk.thumbnail_of(file.path))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree between the disk and the records."""

    problem: str  # unused | lost | altered | unknown
    path: str
    file: StoredFile | None = None


def findings() -> Iterator[Finding]:
    """
    Yield what does not agree, over all zones: files attached to nothing (unused), missing on the
    disk (lost) or changed there (altered), and paths that no record knows (unknown).
    """
    known = set()
    stored = StoredFile.everywhere.annotate(uses=Count("attachments")).select_related("zone")
    for file in stored.order_by("pk").iterator():
        known.add(file.path)
        place = disk.root() / file.path
        if not place.exists():
            yield Finding("lost", file.path, file)
            continue
        with place.open("rb") as content:
            if disk.digest(content) != file.sha256:
                yield Finding("altered", file.path, file)
        if not file.uses:
            yield Finding("unused", file.path, file)
    for path in disk.everything():
        if path not in known:
            yield Finding("unknown", path)
