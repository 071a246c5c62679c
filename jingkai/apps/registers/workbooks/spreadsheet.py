"""
One sheet as an xlsx file, written straight as XML and streamed: 100,000 rows in seconds.

Texts stand in the cells themselves and are never formulas. What XML can't hold is written as
``_x000D_``, as Excel does, so that every reader gets the text back.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

MOST_TEXT = 32_767  # what Excel keeps of one cell, in units of UTF-16
MOST_ROWS = 1_048_576
BATCH = 1_000
LINE_HEIGHT, MOST_HEIGHT = 14, 409
REMEMBERED = 2_048  # values of a column whose cell is not written anew
EPOCH = date(1899, 12, 30).toordinal()
FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts a day that never was
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAPER = {"A3": 8, "A4": 9}


class Unwritable(ValueError):
    """A workbook can't hold this; the message says what, and which way does."""


class Format(NamedTuple):
    """How a cell looks."""

    number: str = "General"
    align: str = ""
    bold: bool = False
    size: int = 10
    border: bool = False
    wrap: bool = False
    face: str = "宋体"


@dataclass(slots=True)
class Styles:
    """The formats of a workbook by their index."""

    known: dict[Format, int] = field(default_factory=lambda: {Format(): 0})

    def of(self, look: Format) -> int:
        """Return the index by which a cell names the format."""
        return self.known.setdefault(look, len(self.known))

    def xml(self) -> str:
        """Return the part that describes them all."""
        numbers = {look.number: 164 + at for at, look in enumerate(self.known)}
        formats = "".join(
            f'<numFmt numFmtId="{at}" formatCode={quoteattr(code)}/>'
            for code, at in numbers.items()
            if code != "General"
        )
        fonts = "".join(
            f'<font>{"<b/>" if look.bold else ""}<sz val="{look.size}"/>'
            f"<name val={quoteattr(look.face)}/></font>"
            for look in self.known
        )
        looks = "".join(
            _look(at, look, 0 if look.number == "General" else numbers[look.number])
            for at, look in enumerate(self.known)
        )
        sides = "".join(
            f'<{side} style="thin"><color auto="1"/></{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        count = len(self.known)
        custom = sum(code != "General" for code in numbers)
        return (
            f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
            + (f'<numFmts count="{custom}">{formats}</numFmts>' if custom else "")
            + f'<fonts count="{count}">{fonts}</fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            f'<borders count="2"><border/><border>{sides}</border></borders>'
            '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
            f'<cellXfs count="{count}">{looks}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )


def _look(at: int, look: Format, number: int) -> str:
    align = f' horizontal="{look.align}"' if look.align else ""
    wrap = ' wrapText="1"' if look.wrap else ""
    return (
        f'<xf numFmtId="{number}" fontId="{at}" fillId="0" borderId="{int(look.border)}" xfId="0"'
        ' applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="center"{align}{wrap}/></xf>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What stands around a sheet's rows; rows and columns are counted from 1."""

    name: str
    widths: list[int]
    freeze: tuple[int, int] = (0, 0)
    paper: str = ""
    repeat: tuple[int, int] | None = None
    filter_row: int = 0


def column_letters(number: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def text_xml(text: str) -> str:
    """
    Return the text as XML from which a reader of workbooks gets it back.

    :raises Unwritable: when Excel would cut it
    """
    long = len(text) > MOST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2
    if long > MOST_TEXT:
        raise Unwritable(
            _("“%(start)s…”有 %(count)s 个字，超过 Excel 单元格的上限 32,767；请导出为 CSV")
            % {"start": text[:20], "count": len(text)}
        )
    return escape(_UNWRITABLE.sub(_written, text))


def _written(found: re.Match[str]) -> str:
    return f"_x{ord(found.group()):04X}_"


def cell(value: Any, style: int) -> str:
    """Return a cell's XML behind its reference: style, type, value."""
    if value is None or value == "":
        return f' s="{style}"/>'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f' s="{style}"><v>{value!r}</v></c>'
    if isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
        return f' s="{style}"><v>{value.toordinal() - EPOCH}</v></c>'
    text = value if isinstance(value, str) else str(value)
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f' s="{style}" t="inlineStr"><is><t{kept}>{text_xml(text)}</t></is></c>'


def row(number: int, cells: Iterable[str], *, height: int = 0) -> str:
    """Return a row of cells that stand side by side from column A."""
    tall = f' ht="{height}" customHeight="1"' if height else ""
    inside = "".join(
        f'<c r="{column_letters(at)}{number}"{content}' for at, content in enumerate(cells, 1)
    )
    return f'<row r="{number}"{tall}>{inside}</row>'


def remembering(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return the writer of a column's cells, which recalls the values that come again."""
    return lru_cache(REMEMBERED)(write)


def rows(
    first: int,
    writers: list[Callable[[Any], str]],
    records: Iterable[Sequence[Any]],
    lines: Callable[[Sequence[Any]], int] = lambda _record: 1,
) -> Iterable[str]:
    """
    Yield the XML of many rows, a batch at a time; ``lines`` says how many a row's texts take.

    :raises Unwritable: when there are more rows than a sheet has
    """
    refs = "".join(f'<c r="{column_letters(at)}%d"%s' for at in range(1, len(writers) + 1))
    pattern = f'<row r="%d"%s>{refs}</row>'
    number, left = first, iter(records)
    while batch := list(islice(left, BATCH)):
        if number + len(batch) - 1 > MOST_ROWS:
            raise Unwritable(_("超过 Excel 工作表的行数上限，请导出为 CSV 或缩小筛选范围"))
        written = []
        for record in batch:
            filled: list[Any] = [number, _tall(lines(record))]
            for write, value in zip(writers, record, strict=True):
                filled += (number, write(value))
            written.append(pattern % tuple(filled))
            number += 1
        yield "".join(written)


def _tall(lines: int) -> str:
    """Return a height for a row of several lines: not every program finds it by itself."""
    if lines <= 1:
        return ""
    return f' ht="{min(lines * LINE_HEIGHT + 4, MOST_HEIGHT)}" customHeight="1"'


def pack(
    to: BinaryIO,
    layout: Layout,
    styles: Styles,
    body: Iterable[str],
    merges: Callable[[], list[str]] = list,
) -> None:
    """Write the file; what is merged is asked behind the last row."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _parts(layout):
            _put(archive, name, _HEAD + content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _before(layout)).encode())
            for chunk in body:
                sheet.write(chunk.encode())
            sheet.write(_behind(layout, merges()).encode())
        _put(archive, "xl/styles.xml", styles.xml())


def _put(archive: zipfile.ZipFile, name: str, content: str) -> None:
    """Add a member; `writestr` would note the time, and the same rows be another file each day."""
    with archive.open(name, "w") as member:
        member.write(content.encode())


def _before(layout: Layout) -> str:
    fit = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if layout.paper else ""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(layout.widths, 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}">{fit}'
        f'<sheetViews><sheetView workbookViewId="0">{_pane(*layout.freeze)}</sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="18"/>'
        f"<cols>{columns}</cols><sheetData>"
    )


def _pane(frozen_rows: int, frozen_columns: int) -> str:
    if not frozen_rows and not frozen_columns:
        return ""
    corner = f"{column_letters(frozen_columns + 1)}{frozen_rows + 1}"
    where = "bottomRight" if frozen_rows and frozen_columns else "bottomLeft"
    return (
        f'<pane xSplit="{frozen_columns}" ySplit="{frozen_rows}" topLeftCell="{corner}"'
        f' activePane="{where}" state="frozen"/>'
    )


def _behind(layout: Layout, merges: list[str]) -> str:
    found = "</sheetData>"
    if layout.filter_row:
        last = column_letters(len(layout.widths))
        found += f'<autoFilter ref="A{layout.filter_row}:{last}{layout.filter_row}"/>'
    if merges:
        cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
        found += f'<mergeCells count="{len(merges)}">{cells}</mergeCells>'
    if layout.paper:
        pages = escape(_("第 %(page)s 页 共 %(pages)s 页") % {"page": "&P", "pages": "&N"})
        found += (
            '<printOptions horizontalCentered="1"/>'
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" '
            'footer="0.3"/>'
            f'<pageSetup paperSize="{_PAPER[layout.paper]}" orientation="landscape"'
            ' fitToWidth="1" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>&amp;C{pages}</oddFooter></headerFooter>"
        )
    return f"{found}</worksheet>"


def sheet_name(name: str) -> str:
    """Return the name as Excel takes one: 31 characters, none of those that mean something."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "Sheet1"


def _parts(layout: Layout) -> list[tuple[str, str]]:
    name = quoteattr(sheet_name(layout.name))
    names = ""
    if layout.repeat:
        quoted = escape(sheet_name(layout.name))
        first, last = layout.repeat
        names = (
            '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
            f"'{quoted}'!${first}:${last}</definedName></definedNames>"
        )
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    return [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        ),
        ("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name={name} sheetId="1" r:id="rId1"/></sheets>{names}</workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        ),
    ]


def _relations(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
