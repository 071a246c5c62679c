"""
The document as JSON, for programs.

Numbers are JSON numbers: integers as such, all others as the shortest decimal that reads back
as the same double, so a value of up to 15 significant digits is exact (万元 to the 分: up to
10 billion 亿元). ``null`` is *not on record*. What was shown stands beside it as ``text``.
"""

import json
from typing import Any

from .model import Block, Bullets, Cell, Chart, Document, Figure, Number, Paragraph, Table
from .outline import NumberedBlock, NumberedSection, Outline, figures, link, outline
from .plain import cleaned

FORMAT = "jingkai-document/1"

Tree = dict[str, Any]


def write(document: Document) -> bytes:
    """Return the document as UTF-8 JSON; equal documents give equal bytes."""
    text = json.dumps(tree(cleaned(document)), ensure_ascii=False, indent=2)
    return text.encode() + b"\n"


def tree(document: Document) -> Tree:
    """Return what :func:`write` writes, as plain values."""
    numbered = outline(document)
    return {
        "format": FORMAT,
        "title": document.title,
        "subtitle": document.subtitle,
        "number": document.number,
        "addressee": document.addressee,
        "issuer": document.issuer,
        "dated_on": document.dated_on.isoformat() if document.dated_on else None,
        "generated_at": document.generated_at.isoformat(),
        "language": document.language.value,
        "meta": dict(document.meta),
        "figures": [_figure(one, document, numbered) for one in figures(document)],
        "sections": [_section(one, document, numbered) for one in numbered.sections],
        "footnotes": [
            {"number": number, "text": footnote.text}
            for footnote, number in numbered.footnotes.items()
        ],
        "foot": list(document.foot),
    }


def _section(section: NumberedSection, document: Document, numbered: Outline) -> Tree:
    return {
        "number": section.number.strip(),
        "heading": section.heading,
        "level": section.level,
        "blocks": [_block(one, document, numbered) for one in section.blocks],
    }


def _block(one: NumberedBlock, document: Document, numbered: Outline) -> Tree:
    block: Block = one.block
    match block:
        case Paragraph(runs):
            return {
                "type": "paragraph",
                "runs": [_cell(run, document, numbered) for run in runs],
            }
        case Bullets(items):
            written = [[_cell(run, document, numbered) for run in item] for item in items]
            return {"type": "bullets", "items": written}
        case Table():
            return {"type": "table", "label": one.label} | _table(block, document, numbered)
        case Chart():
            return {"type": "chart", "label": one.label} | chart_tree(block)


def _table(table: Table, document: Document, numbered: Outline) -> Tree:
    return {
        "caption": table.caption,
        "unit_note": table.unit_note,
        "columns": [
            {
                "heading": column.heading,
                "align": column.align.value,
                "kind": column.kind.value,
                "weight": column.weight,
            }
            for column in table.columns
        ],
        "rows": [
            {
                "is_total": row.is_total,
                "cells": [_cell(cell, document, numbered) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def chart_tree(chart: Chart) -> Tree:
    """Return the chart's words and numbers, as a page's script reads them."""
    return {
        "kind": chart.kind.value,
        "caption": chart.caption,
        "unit": chart.unit,
        "categories": list(chart.categories),
        "series": [
            {"name": one.name, "values": [_number(value) for value in one.values]}
            for one in chart.series
        ],
    }


def _cell(cell: Cell, document: Document, numbered: Outline) -> Tree | None:
    if cell is None:
        return None
    if isinstance(cell, Figure):
        return {"type": "figure"} | _figure(cell, document, numbered)
    return {"type": "text", "text": cell.text, "strong": cell.strong}


def _figure(figure: Figure, document: Document, numbered: Outline) -> Tree:
    footnote = figure.footnote
    return {
        "code": figure.code,
        "name": figure.name,
        "text": figure.text,
        "value": _number(figure.value),
        "unit": figure.unit,
        "url": figure.url,
        "link": link(figure, document),
        "footnote": footnote.text if footnote else None,
        "footnote_number": numbered.footnotes[footnote] if footnote else None,
    }


def _number(value: Number | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
