"""What a file is by its content; its name and what a browser says of it count for nothing."""

import io
import zipfile
from dataclasses import dataclass

from . import disk

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type that is accepted, and the ending that a file of it gets."""

    name: str
    suffix: str

    @property
    def has_picture(self) -> bool:
        """Whether a thumbnail can be drawn."""
        return self.name in {
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/tiff",
            "application/pdf",
        }


PDF = MediaType("application/pdf", ".pdf")
JPEG = MediaType("image/jpeg", ".jpg")
PNG = MediaType("image/png", ".png")
WEBP = MediaType("image/webp", ".webp")
TIFF = MediaType("image/tiff", ".tif")
HEIC = MediaType("image/heic", ".heic")
MP4 = MediaType("video/mp4", ".mp4")
OFD = MediaType("application/ofd", ".ofd")  # GB/T 33190, the page format of official documents
WORD = MediaType(f"{_OFFICE}.wordprocessingml.document", ".docx")
EXCEL = MediaType(f"{_OFFICE}.spreadsheetml.sheet", ".xlsx")
SLIDES = MediaType(f"{_OFFICE}.presentationml.presentation", ".pptx")
ACCEPTED = (PDF, JPEG, PNG, WEBP, TIFF, HEIC, MP4, OFD, WORD, EXCEL, SLIDES)

_HEADS = {
    b"%PDF-": PDF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
}
_BRANDS = {b"heic": HEIC, b"heix": HEIC, b"mif1": HEIC, b"isom": MP4, b"mp42": MP4, b"mp41": MP4}
_MEMBERS = {
    "OFD.xml": OFD,
    "word/document.xml": WORD,
    "xl/workbook.xml": EXCEL,
    "ppt/presentation.xml": SLIDES,
}
_MOST_MEMBERS = 5_000


def recognise(file: disk.Content) -> MediaType | None:
    """Return the accepted type that the content is of; None for any other, programs above all."""
    file.seek(0)
    head = file.read(16)
    for start, known in _HEADS.items():
        if head.startswith(start):
            return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head[:4] == b"PK\x03\x04":
        return _of_archive(file)
    return None


def _of_archive(file: disk.Content) -> MediaType | None:
    """Return what an office file is; one that carries macros is not accepted."""
    file.seek(0)
    try:
        names = set(zipfile.ZipFile(io.BytesIO(file.read())).namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return None
    if len(names) > _MOST_MEMBERS or any("vbaproject" in name.lower() for name in names):
        return None
    return next((known for member, known in _MEMBERS.items() if member in names), None)
