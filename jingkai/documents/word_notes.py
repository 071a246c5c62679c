"""Real footnotes for python-docx, which has no call for them: the part, the styles, the marks."""

from html import escape

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from .model import Footnote
from .word_page import child

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
_MARK = '<w:vertAlign w:val="superscript"/>'


def add(word: WordDocument, footnotes: dict[Footnote, int]) -> None:
    """Put the footnotes, by their numbers, into the Word document."""
    if not footnotes:
        return
    _add_style(word)
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in _SEPARATORS
    )
    notes = "".join(_note(one.text, number) for one, number in footnotes.items())
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{separators}{notes}</w:footnotes>"
    )
    package = word.part.package
    part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, blob.encode(), package)
    word.part.relate_to(part, _RELATION)
    _declare_separators(word)


def refer(paragraph: Paragraph, number: int, *, first: bool) -> None:
    """
    Write the footnote's mark at the end of the paragraph.

    Word lets one place only own a footnote, so a later mark is a field that follows the first.
    """
    if first:
        paragraph._p.extend(_owning_mark(number))  # noqa: SLF001 - python-docx has no footnotes
    else:
        run = f"<w:r {nsdecls('w')}><w:rPr>{_MARK}</w:rPr><w:t>{number}</w:t></w:r>"
        field = child(paragraph._p, "w:fldSimple", instr=f" NOTEREF note{number} \\h ")  # noqa: SLF001
        field.append(_element(run))


def _owning_mark(number: int) -> list[BaseOxmlElement]:
    start = f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="note{number}"/>'
    run = f'<w:r {nsdecls("w")}><w:rPr>{_MARK}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
    end = f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'
    return [_element(start), _element(run), _element(end)]


def _note(text: str, number: int) -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(text).split("\n"))
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r><w:rPr>{_MARK}</w:rPr><w:footnoteRef/></w:r>"
        f'<w:r><w:t xml:space="preserve"> {lines}</w:t></w:r></w:p></w:footnote>'
    )


def _add_style(word: WordDocument) -> None:
    style = word.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), "FootnoteText")
    style.base_style = word.styles["Normal"]
    style.font.size = Pt(9)
    style.paragraph_format.line_spacing = Pt(13)


def _declare_separators(word: WordDocument) -> None:
    """Name the two separators in the settings, at the place that the schema wants."""
    settings = word.settings.element
    ids = "".join(f'<w:footnote w:id="{number}"/>' for number, _ in _SEPARATORS)
    declared = _element(f"<w:footnotePr {nsdecls('w')}>{ids}</w:footnotePr>")
    compatibility = settings.find(qn("w:compat"))
    if compatibility is None:
        settings.append(declared)
    else:
        compatibility.addprevious(declared)


def _element(xml: str) -> BaseOxmlElement:
    return parse_xml(xml)
