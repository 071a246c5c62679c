"""
The document as a workbook: the indicators in the shape officials file, then each table, then 口径.

A figure is a number, so that it can be summed, and a link to its records; any text is text, also
where it starts with ``=``. Charts are sheets of their numbers.
"""

from datetime import UTC
from io import BytesIO

import xlsxwriter

from .model import (
    Align,
    Chart,
    Column,
    ColumnKind,
    Document,
    Figure,
    Footnote,
    Row,
    Table,
    Text,
)
from .outline import figures, number_text, outline
from .plain import cleaned
from .sheets import Sheets
from .words import Words, words_in

_LONGEST_PROPERTY = 255  # characters; Excel calls a file with more damaged


def write(document: Document) -> bytes:
    """Return the document as .xlsx; equal documents give equal bytes."""
    document = cleaned(document)
    words = words_in(document.language)
    numbered = outline(document)
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties(_properties(document))
        sheets = Sheets(book, document)
        listed = _indicators(document, words, numbered.footnotes)
        sheets.add(words.indicators, document.title, listed)
        for section in numbered.sections:
            for one in section.blocks:
                if isinstance(one.block, Table | Chart):
                    table = _as_table(one.block, words)
                    sheets.add(f"{one.label} {table.caption}", table.caption, table)
        if numbered.footnotes:
            table = _definitions(words, numbered.footnotes)
            sheets.add(words.definitions, words.definitions, table)
    return file.getvalue()


def _properties(document: Document) -> dict[str, object]:
    return {
        "title": document.title[:_LONGEST_PROPERTY],
        "author": document.issuer[:_LONGEST_PROPERTY],
        "created": document.generated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
    }


def _indicators(document: Document, words: Words, numbers: dict[Footnote, int]) -> Table:
    """Return every named figure once, in order of appearance."""
    found: dict[str, Figure] = {}
    for one in figures(document):
        if one.name:
            found.setdefault(one.code, one)
    rows = tuple(
        Row(
            (
                Text(str(at)),
                Text(one.name),
                one,
                Text(one.unit),
                Text(one.text),
                Text(f"[{numbers[one.footnote]}] {one.footnote.text}" if one.footnote else ""),
                Text(one.code),
            )
        )
        for at, one in enumerate(found.values(), start=1)
    )
    columns = (
        Column(heading=words.serial, align=Align.CENTER),
        Column(heading=words.indicator, weight=4),
        Column(heading=words.value, align=Align.RIGHT, kind=ColumnKind.NUMBER, weight=2),
        Column(heading=words.unit, align=Align.CENTER),
        Column(heading=words.shown, align=Align.RIGHT, weight=2),
        Column(heading=words.definition, weight=6),
        Column(heading=words.code, weight=3),
    )
    note = document.subtitle
    return Table(caption=words.indicators, columns=columns, rows=rows, unit_note=note)


def _as_table(block: Table | Chart, words: Words) -> Table:
    if isinstance(block, Table):
        return block
    rows = tuple(
        Row(
            (
                Text(category),
                *(
                    Figure(code="", text=number_text(one.values[at], ""), value=one.values[at])
                    for one in block.series
                ),
            )
        )
        for at, category in enumerate(block.categories)
    )
    columns = (
        Column(heading=words.category, weight=2),
        *(
            Column(heading=one.name, align=Align.RIGHT, kind=ColumnKind.NUMBER)
            for one in block.series
        ),
    )
    note = words.unit + words.colon + block.unit if block.unit else ""
    return Table(caption=block.caption, columns=columns, rows=rows, unit_note=note)


def _definitions(words: Words, numbers: dict[Footnote, int]) -> Table:
    return Table(
        caption=words.definitions,
        columns=(
            Column(heading=words.serial, align=Align.CENTER),
            Column(heading=words.definition, weight=6),
        ),
        rows=tuple(
            Row((Text(str(number)), Text(footnote.text))) for footnote, number in numbers.items()
        ),
    )
