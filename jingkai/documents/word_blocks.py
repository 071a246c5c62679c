"""Paragraphs, lists, tables and charts of a Word file."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from . import charts, word_notes
from .model import (
    Align,
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Figure,
    Footnote,
    Language,
    Paragraph,
    Run,
    Table,
)
from .outline import NumberedBlock, link
from .word_page import child, indent, tight
from .words import words_in

_WIDTH = Mm(156)
_NARROW_TABLE, _WIDE_TABLE = Pt(12), Pt(10.5)  # 小四, 五号
_MANY_COLUMNS = 6
_AIR = Pt(2)  # above and below the words of a cell
_ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


class Writer:
    """Appends blocks to a Word document; remembers which footnotes have their place already."""

    def __init__(
        self, word: WordDocument, document: Document, footnotes: dict[Footnote, int]
    ) -> None:
        self._word = word
        self._document = document
        self._footnotes = footnotes
        self._seen: set[int] = set()
        self._missing = words_in(document.language).not_on_record

    def write(self, one: NumberedBlock) -> None:
        """Append one block."""
        block: Block = one.block
        match block:
            case Paragraph(runs):
                self._paragraph(runs)
            case Bullets(items):
                for item in items:
                    self._runs(self._word.add_paragraph(style="List Bullet"), item)
            case Table():
                self._table(block, one.label)
            case Chart():
                self._chart(block, one.label)

    def _paragraph(self, runs: tuple[Run, ...]) -> None:
        paragraph = self._word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if self._document.language is Language.CHINESE:
            indent(paragraph)
        self._runs(paragraph, runs)

    def _runs(self, paragraph: WordParagraph, runs: tuple[Run, ...]) -> None:
        for run in runs:
            if isinstance(run, Figure):
                self._figure(paragraph, run)
            else:
                paragraph.add_run(run.text).bold = run.strong or None

    def _figure(self, paragraph: WordParagraph, figure: Figure) -> None:
        address = link(figure, self._document)
        run = paragraph.add_run(figure.text)
        if address:
            # A dotted line that is hardly there: a page of blue words is no official document.
            child(run._r.get_or_add_rPr(), "w:u", val="dotted", color="8C8C8C")  # noqa: SLF001
            relation = paragraph.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            hyperlink = child(paragraph._p, "w:hyperlink", history="1")  # noqa: SLF001
            hyperlink.set(qn("r:id"), relation)
            hyperlink.append(run._r)  # noqa: SLF001
        if figure.footnote:
            number = self._footnotes[figure.footnote]
            word_notes.refer(paragraph, number, first=number not in self._seen)
            self._seen.add(number)

    def _table(self, table: Table, label: str) -> None:
        self._caption(f"{label}\u3000{table.caption}").paragraph_format.keep_with_next = True
        if table.unit_note:
            note = tight(self._word.add_paragraph())
            note.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            note.paragraph_format.keep_with_next = True
            note.add_run(table.unit_note).font.size = _WIDE_TABLE
        grid = self._word.add_table(rows=0, cols=len(table.columns), style="Table Grid")
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        grid.autofit = False
        self._head(grid, table)
        for row in table.rows:
            self._row(grid, table, row.cells, strong=row.is_total)
        _set_widths(grid, table)
        tight(self._word.add_paragraph())

    def _head(self, grid: WordTable, table: Table) -> None:
        row = _added_row(grid)
        child(row._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
        for cell, column in zip(_cells(row), table.columns, strict=True):
            paragraph = tight(cell.paragraphs[0], around=_AIR)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(column.heading)
            run.font.size = _letters(table)
            run.bold = True

    def _row(
        self, grid: WordTable, table: Table, cells: tuple[Cell, ...], *, strong: bool
    ) -> None:
        row = _added_row(grid)
        for place, cell, column in zip(_cells(row), cells, table.columns, strict=True):
            place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = tight(place.paragraphs[0], around=_AIR)
            paragraph.alignment = _ALIGNMENTS[column.align]
            if cell is None:
                paragraph.add_run(self._missing)
            else:
                self._runs(paragraph, (cell,))
            for run in paragraph._p.iter(qn("w:r")):  # noqa: SLF001 - those in links as well
                WordRun(run, paragraph).font.size = _letters(table)
                WordRun(run, paragraph).font.bold = strong or None

    def _chart(self, chart: Chart, label: str) -> None:
        paragraph = tight(self._word.add_paragraph())
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(BytesIO(charts.png(chart)), width=_WIDTH)
        properties = picture._inline.docPr  # noqa: SLF001 - python-docx has no alternative text
        properties.set("descr", chart.caption)
        properties.set("name", label)
        self._caption(f"{label}\u3000{chart.caption}")

    def _caption(self, text: str) -> WordParagraph:
        return self._word.add_paragraph(text, style="Caption")


def _letters(table: Table) -> Pt:
    return _WIDE_TABLE if len(table.columns) > _MANY_COLUMNS else _NARROW_TABLE


def _added_row(grid: WordTable) -> WordRow:
    row: WordRow = grid.add_row()  # type: ignore[no-untyped-call]
    child(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
    return row


def _cells(row: WordRow) -> tuple[WordCell, ...]:
    return row.cells


def _set_widths(grid: WordTable, table: Table) -> None:
    """Share the page's width among the columns by their weights."""
    whole = sum(column.weight for column in table.columns)
    widths = [Emu(int(_WIDTH * column.weight / whole)) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for row in grid.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):  # noqa: SLF001 - fast
            cell.width = width
