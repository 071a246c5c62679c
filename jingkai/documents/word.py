"""The document as a Word file in the layout of GB/T 9704-2012."""

from datetime import UTC
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from . import word_blocks, word_notes
from .archive import repacked
from .model import Document
from .outline import NumberedSection, outline
from .plain import cleaned
from .word_page import lay_out, tight
from .words import dated, words_in

_LONGEST_PROPERTY = 255  # characters; python-docx refuses more


def write(document: Document) -> bytes:
    """
    Return the document as .docx; equal documents give equal bytes.

    Definitions are real footnotes, figures real links; charts are pictures with their caption
    as alternative text.

    :raises fonts.FontsMissing: if there is a chart to draw and the set-up fetched no fonts
    """
    document = cleaned(document)
    word = docx.Document()
    lay_out(word, document.language)
    _set_properties(word, document)
    _write_head(word, document)
    numbered = outline(document)
    writer = word_blocks.Writer(word, document, numbered.footnotes)
    for section in numbered.sections:
        _write_section(word, writer, section)
    _write_signature(word, document)
    _write_foot(word, document)
    word_notes.add(word, numbered.footnotes)
    return _saved(word, document)


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    made = document.generated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = document.title[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = document.issuer[:_LONGEST_PROPERTY]
    properties.created = properties.modified = made
    properties.comments = properties.subject = properties.keywords = ""
    properties.revision = 1


def _write_head(word: WordDocument, document: Document) -> None:
    word.add_paragraph(document.title, style="Title")
    for line in filter(None, (document.subtitle, document.number)):
        word.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.add_paragraph()
    if document.addressee:
        word.add_paragraph(document.addressee + words_in(document.language).colon)


def _write_section(
    word: WordDocument, writer: word_blocks.Writer, section: NumberedSection
) -> None:
    if section.heading:
        style = f"Heading {section.level}"
        word.add_paragraph(section.number + section.heading, style=style)
    for one in section.blocks:
        writer.write(one)


def _write_signature(word: WordDocument, document: Document) -> None:
    """Write issuer and date at the right, four characters from the edge (7.3.5)."""
    if word.paragraphs:  # never alone on a page
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    word.add_paragraph().paragraph_format.keep_with_next = True
    day = dated(document.dated_on, document.language)
    for line in (document.issuer, day):
        paragraph = word.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64 if line == day else 32)
        paragraph.paragraph_format.keep_with_next = line != day or bool(document.foot)


def _write_foot(word: WordDocument, document: Document) -> None:
    for left, line in zip(reversed(range(len(document.foot))), document.foot, strict=True):
        paragraph = tight(word.add_paragraph())
        paragraph.add_run(line).font.size = Pt(9)
        paragraph.paragraph_format.keep_with_next = left > 0


def _saved(word: WordDocument, document: Document) -> bytes:
    file = BytesIO()
    word.save(file)
    return repacked(file.getvalue(), document.generated_at)
