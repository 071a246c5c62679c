"""The files of a record as the records that components take."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.files import queries as files
from jingkai.apps.files.models import Attachment, StoredFile
from jingkai.web import figures
from jingkai.web.parts import File

from ..declaration import Register
from ..models import Record

_KILO = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One file of a record as its page shows it."""

    name: str
    title: str
    size: str
    by: str
    at: str
    url: str
    detach_url: str
    thumbnail_url: str = ""


def proofs(register: Register, zone: str, record: Record) -> list[Proof]:
    """Return the record's files, newest first."""
    found = list(files.attachments(register.kind, [record.pk]))
    authors = accounts.authors(row.by for row in found)
    return [_proof(register, zone, record, row, authors[row.by]) for row in found]


def files_of(kind: str, zone: str, pks: Iterable[int]) -> dict[int, list[File]]:
    """Return the files of several records, by the record's id."""
    found: dict[int, list[File]] = {pk: [] for pk in pks}
    for row in files.attachments(kind, found):
        pk = int(row.object_id)
        url = reverse(f"{kind}-file", args=[zone, pk, row.pk])
        found[pk].append(File(name=row.file.name, url=url, size=size(row.file)))
    return found


def chosen_from(found: Iterable[StoredFile]) -> list[dict[str, object]]:
    """Return the files that may be used again, each with where it is used."""
    return [
        {"pk": file.pk, "name": file.name, "size": size(file), "uses": files.uses(file)}
        for file in found
    ]


def size(file: StoredFile) -> str:
    """Return a file's size as people read it."""
    kilo = file.size_bytes / _KILO
    if kilo < _KILO:
        return f"{figures.number(max(kilo, 1), 0)} KB"
    return f"{figures.number(kilo / _KILO, 1)} MB"


def _proof(register: Register, zone: str, record: Record, row: Attachment, by: str) -> Proof:
    place = [zone, record.pk, row.pk]
    has_picture = files.has_thumbnail(row.file)
    return Proof(
        name=row.file.name,
        title=row.title,
        size=size(row.file),
        by=by,
        at=figures.minute(row.at),
        url=reverse(f"{register.kind}-file", args=place),
        detach_url=reverse(f"{register.kind}-file-detach", args=place),
        thumbnail_url=(
            reverse(f"{register.kind}-file-thumbnail", args=place) if has_picture else ""
        ),
    )
