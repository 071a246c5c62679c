"""Where files lie: below the data folder, each under its zone and digest, never half written."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

CHUNK = 1 << 20


class Content(Protocol):
    """A file open for reading bytes: one on the disk, or one that a browser sends."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes, or all."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""

    def tell(self) -> int:
        """Return the place."""


def root() -> Path:
    """Return the folder of all files."""
    return Path(settings.FILES_FOLDER)


def of_digest(zone_id: int, sha256: str) -> str:
    """Return the path, below the root, of a zone's file with the digest."""
    return f"kept/{zone_id}/{sha256[:2]}/{sha256}"


def thumbnail_of(path: str) -> Path:
    """Return where the thumbnail of the file at the path is kept."""
    return root() / "thumbnails" / path


def digest(file: Content) -> str:
    """Return the sha256 of the content, in hexadecimal digits."""
    file.seek(0)
    found = hashlib.sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def receive(file: Content) -> Path:
    """Write the content to a file that nobody knows yet, and return where it lies."""
    incoming = root() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    file.seek(0)
    with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as part:
        while chunk := file.read(CHUNK):
            part.write(chunk)
        part.flush()
        os.fsync(part.fileno())
    return Path(part.name)


def settle(part: Path, path: str) -> None:
    """Give a received file its place; in one step, so that no half of it is ever there."""
    place = root() / path
    place.parent.mkdir(parents=True, exist_ok=True)
    part.replace(place)


def everything() -> Iterator[str]:
    """Yield the path below the root of every file kept, and of what was left while arriving."""
    for folder in ("kept", "incoming", "evidence"):
        for path in sorted((root() / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root()).as_posix()
