"""Word files are zip archives, and these remember when they were packed."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip archive knows no time before


def repacked(archive: bytes, at: datetime) -> bytes:
    """Return the zip archive as if all its members had been packed at that instant."""
    packed = max(_EARLIEST, at.astimezone(UTC).timetuple()[:6])
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, packed)
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
