"""
Look at every XML member of a workbook before a parser does, and copy what was looked at.

Two cells at A1 and XFD1048576 make calamine reserve the rectangle between them and abort. The
parser is given the copy, so that an archive which two programs unpack differently gains nothing.
"""

import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import IO
from xml.parsers import expat

from .refusals import Reason, Refusal
from .scan import Scan

MOST_UNPACKED = 300 * 1024 * 1024
MOST_ELEMENTS = 5_500_000  # of XML: 200,000 rows of 13 columns
MOST_RATIO = 100
MOST_MEMBERS = 2_000
LEAST_PACKED = 100_000  # small files pack well; below this the ratio says nothing
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
PIECE = 1 << 18
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
XML = (".xml", ".rels", ".vml")
FIRST = {"xl/workbook.xml", "xl/styles.xml"}  # what says how the cells of the others are read
# No cell stands there. Pictures, macros and embedded files are no XML and stay out as well.
LEFT_OUT = (
    "customxml/",
    "docprops/",
    "xl/charts/",
    "xl/drawings/",
    "xl/externallinks/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/revisions/",
)


@dataclass(frozen=True, slots=True)
class Vetted:
    """What was found: each sheet by its name, and how much there is in all."""

    sheets: dict[str, Scan]
    elements: int


def is_workbook(path: Path) -> bool:
    """Return whether an archive holds a workbook; of one that can't be opened let ``vet`` say."""
    try:
        with zipfile.ZipFile(path) as archive:
            return WORKBOOK in {name.replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, UnicodeError):
        return True


def vet(path: Path, copy: Path) -> Vetted:
    """
    Look at every XML member, and write those that can hold cells to ``copy``.

    :raises Refusal: at the first excess
    """
    try:
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as out:
            members = _members(archive, path.stat().st_size)
            scans = _look_at_all(archive, members, out)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, expat.ExpatError) as reason:
        raise Refusal(Reason.DAMAGED, what=str(reason)[:200]) from None
    except (NotImplementedError, UnicodeError, RuntimeError, ValueError) as reason:
        raise Refusal(Reason.DAMAGED, what=str(reason)[:200]) from None
    elements = sum(scan.elements for scan in scans.values())
    return Vetted(_by_sheet(scans), elements)


def _members(archive: zipfile.ZipFile, packed: int) -> dict[str, zipfile.ZipInfo]:
    """Return the members by name, once the archive as a whole is in order."""
    everything = archive.infolist()
    unpacked = sum(member.file_size for member in everything)
    if len(everything) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise Refusal(Reason.UNPACKED)
    if unpacked > MOST_RATIO * max(packed, LEAST_PACKED):
        raise Refusal(Reason.RATIO)
    found = {member.filename.replace("\\", "/"): member for member in everything}
    if len({name.lower() for name in found}) < len(everything):
        raise Refusal(Reason.MEMBER, name="…")
    for name, member in found.items():
        _refuse_odd(name, member)
    if WORKBOOK not in found:
        raise Refusal(Reason.TYPE)
    return found


def _refuse_odd(name: str, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & ENCRYPTED:
        raise Refusal(Reason.PASSWORD)
    if name.startswith("/") or ".." in name.split("/"):
        raise Refusal(Reason.MEMBER, name=name[:100])
    if member.compress_type not in METHODS:
        raise Refusal(Reason.MEMBER, name=name[:100])


def _look_at_all(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], out: zipfile.ZipFile
) -> dict[str, Scan]:
    scans: dict[str, Scan] = {}
    left = MOST_ELEMENTS
    for name in sorted(filter(_is_xml, members), key=lambda name: name.lower() not in FIRST):
        about = [scans[each] for each in scans if each.lower() in FIRST]
        styles = {number: code for scan in about for number, code in scan.looks.notable.items()}
        scan = Scan(left, styles, anew=any(scan.works_out for scan in about))
        copy = None if name.lower().startswith(LEFT_OUT) else out
        scans[name] = _look(archive.open(members[name]), scan, copy, name)
        left -= scans[name].elements
    return scans


def _is_xml(name: str) -> bool:
    return name.lower().endswith(XML)


def _look(member: IO[bytes], scan: Scan, copy: zipfile.ZipFile | None, name: str) -> Scan:
    with ExitStack() as opened:
        source = opened.enter_context(member)
        target = opened.enter_context(copy.open(name, "w")) if copy else None
        while piece := source.read(PIECE):
            scan.feed(piece)
            if target:
                target.write(piece)
    scan.close()
    return scan


def _by_sheet(scans: dict[str, Scan]) -> dict[str, Scan]:
    targets = scans[RELATIONS].targets if RELATIONS in scans else {}
    found = {}
    for name, relation in scans[WORKBOOK].sheets:
        target = targets.get(relation, "")
        path = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
        if path in scans:
            found[name] = scans[path]
    return found
