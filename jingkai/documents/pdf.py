"""The document as PDF/A-2b, typeset by typst after the template report.typ."""

import json
import re
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

from . import charts, data, fonts, typesetting
from .model import Chart, Document
from .outline import outline
from .plain import cleaned
from .words import dated, words_in

_TEMPLATE = Path(__file__).parent / "report.typ"
_UNREAD = frozenset({"link", "url", "svg"})  # addresses need no glyphs; svg has been seen to
_LONG_WORD = re.compile("([!-~]{60})(?=[!-~])")
_MAY_BREAK = "\\1\u200b"  # a line's end may stand here, where a word would leave the page


def write(document: Document) -> bytes:
    """
    Return the document as a PDF/A-2b file; equal documents give equal bytes.

    A character that the embedded fonts lack (an emoji) is shown as □.

    :raises fonts.FontsMissing: if the set-up did not fetch the fonts
    """
    inputs = {"document": json.dumps(_showable(_inputs(cleaned(document))))}
    at = int(document.generated_at.timestamp())
    return typesetting.pdf_a(_TEMPLATE.read_bytes(), inputs=inputs, at=at)


def _inputs(document: Document) -> data.Tree:
    """Return the document's JSON, and what the template needs besides."""
    words = words_in(document.language)
    tree = data.tree(document) | {
        "dated": dated(document.dated_on, document.language),
        "clock": document.generated_at.astimezone(UTC).timetuple()[:6],
        "watermark": document.watermark,
        "missing": words.not_on_record,
        "colon": words.colon,
    }
    _draw(document, tree)
    _refer(tree)
    return tree


def _draw(document: Document, tree: data.Tree) -> None:
    for section, written in zip(outline(document).sections, tree["sections"], strict=True):
        written["mark"] = section.number
        for one, block in zip(section.blocks, written["blocks"], strict=True):
            if isinstance(one.block, Chart):
                block["svg"] = fonts.showable(charts.svg(one.block))


def _refer(tree: data.Tree) -> None:
    """Say where each footnote stands in full: where it is named first."""
    seen: set[int | None] = {None}
    for figure in _figures(tree["sections"]):
        number = figure["footnote_number"]
        figure["first"] = number not in seen
        seen.add(number)


def _figures(value: Any) -> Iterator[data.Tree]:
    if isinstance(value, list):
        for one in value:
            yield from _figures(one)
    elif isinstance(value, dict):
        if value.get("type") == "figure":
            yield value
        for one in value.values():
            yield from _figures(one)


def _showable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONG_WORD.sub(_MAY_BREAK, fonts.showable(value))
    if isinstance(value, (list, tuple)):
        return [_showable(one) for one in value]
    if isinstance(value, dict):
        return {key: one if key in _UNREAD else _showable(one) for key, one in value.items()}
    return value
