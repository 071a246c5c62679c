"""The report as a file, by the suffix of its name."""

from collections.abc import Callable
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from jingkai.documents import data, html, pdf, word, workbook
from jingkai.documents.model import Document

STYLE = Path(__file__).resolve().parents[2] / "static" / "reporting" / "report.css"


def write(document: Document, suffix: str) -> bytes:
    """Return the document in the format of the suffix (``WRITERS``)."""
    return WRITERS[suffix](document)


def _page(document: Document) -> bytes:
    """Return the report as one HTML file that needs nothing beside it."""
    content = mark_safe(html.render(document))  # noqa: S308 - the writer escapes
    css = mark_safe(STYLE.read_text(encoding="utf-8"))  # noqa: S308 - our own style sheet
    context = {"document": document, "content": content, "css": css}
    return render_to_string("reporting/year_end_file.html", context).encode()


WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": word.write,
    "pdf": pdf.write,
    "xlsx": workbook.write,
    "json": data.write,
    "html": _page,
}
