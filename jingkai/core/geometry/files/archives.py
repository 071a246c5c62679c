"""A zip from outside, unpacked within limits under names of our own."""

import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .layers import Reason, Unreadable

MOST_MEMBERS = 2_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 200  # the blanks of a .dbf pack well
LEAST_PACKED = 100_000
_ENCRYPTED = 0x1
_UTF8 = 0x800
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: where it stood, without its ending, that ending, where it lies."""

    stem: str
    ending: str
    path: Path


def unpack(path: Path, scratch: Path, endings: frozenset[str]) -> list[Member]:
    """
    Return the members with one of the endings, written to ``scratch``.

    Members that stood side by side under one name do so again, in whatever case it was written.

    :raises Unreadable: if the archive is damaged, encrypted or beyond a limit
    """
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = _wanted(archive, path.stat().st_size, endings)
            return _written(archive, wanted, scratch)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as reason:
        raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None


def _wanted(
    archive: zipfile.ZipFile, packed: int, endings: frozenset[str]
) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Unreadable(Reason.UNPACKED)
    if unpacked > MOST_RATIO * max(packed, LEAST_PACKED):
        raise Unreadable(Reason.UNPACKED)
    found = []
    for member in members:
        name = PurePosixPath(_name(member).replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            raise Unreadable(Reason.MEMBER, name=str(name)[:100])
        hidden = name.name.startswith("._") or "__MACOSX" in name.parts
        if name.suffix.lower() in endings and not hidden and not member.is_dir():
            _refuse_odd(member, name)
            found.append((name, member))
    return found


def _refuse_odd(member: zipfile.ZipInfo, name: PurePosixPath) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable(Reason.PASSWORD)
    if member.compress_type not in _METHODS:
        raise Unreadable(Reason.MEMBER, name=str(name)[:100])


def _name(member: zipfile.ZipInfo) -> str:
    """Return its name; where the archive does not say so, it was written in UTF-8 or GBK."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        written = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _written(
    archive: zipfile.ZipFile, wanted: list[tuple[PurePosixPath, zipfile.ZipInfo]], scratch: Path
) -> list[Member]:
    numbers: dict[str, int] = {}
    found = []
    for name, member in wanted:
        stem = str(name.with_suffix(""))
        number = numbers.setdefault(stem.lower(), len(numbers))
        ending = name.suffix.lower()
        target = scratch / f"{number}{ending}"
        with archive.open(member) as packed, target.open("wb") as out:
            shutil.copyfileobj(packed, out, _PIECE)
        found.append(Member(stem, ending, target))
    return found
