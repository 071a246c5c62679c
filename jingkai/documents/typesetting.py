"""The one call to typst that PDF files and pictures of charts share."""

from functools import cache
from pathlib import Path

import typst

from . import fonts

_HERE = Path(__file__).parent


def pdf_a(source: bytes, *, inputs: dict[str, str], at: int) -> bytes:
    """
    Return the typst source set as PDF/A-2b, dated with so many seconds since 1970.

    The file is tagged for screen readers, unless the tags can't hold it.

    :raises fonts.FontsMissing: if the set-up did not fetch the fonts
    """
    try:
        return _pdf_a(source, inputs, at, tagged=True)
    except typst.TypstError:
        # A table heading of several pages is more than typst 0.15 can tag, and a tag's words
        # end at 32,767 bytes; level B of PDF/A asks for no tags.
        return _pdf_a(source, inputs, at, tagged=False)


def _pdf_a(source: bytes, inputs: dict[str, str], at: int, *, tagged: bool) -> bytes:
    compiled = _compiler().compile(
        source,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2b"],
        timestamp=at,
        pdf_tags=tagged,
    )
    return _joined(compiled)


def png(source: bytes, *, inputs: dict[str, str], dots_per_inch: float) -> bytes:
    """
    Return the only page of the typst source as a picture.

    :raises fonts.FontsMissing: if the set-up did not fetch the fonts
    """
    return _joined(_compiler().compile(source, format="png", sys_inputs=inputs, ppi=dots_per_inch))


def _compiler() -> typst.Compiler:
    return typst.Compiler(root=_HERE, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[fonts.folder()],
    )


def _joined(compiled: bytes | list[bytes] | None) -> bytes:
    if not isinstance(compiled, bytes):
        raise TypeError("typst made several pages where one file was asked for")
    return compiled
