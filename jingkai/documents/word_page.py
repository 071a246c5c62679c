"""The page and the styles of GB/T 9704-2012 for a Word file."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from .model import Language

BODY = Pt(16)  # 3号
LINE = Pt(28.95)  # 22 lines on a page of 225 mm
_LINE_TWIPS = 579
_NO_AIR = Pt(0)
_DIGITS_AND_LATIN = "Times New Roman"

# style: East Asian font, size, bold; 6.2 and 7.3 of the standard
_HEADINGS = (("Heading 1", "黑体"), ("Heading 2", "楷体_GB2312"), ("Heading 3", "仿宋_GB2312"))
_TEXT_FONT = "仿宋_GB2312"
_TITLE_FONT = "方正小标宋简体"
# What a machine without the government's fonts takes instead.
_ALTERNATIVES = {
    "方正小标宋简体": "宋体",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
}


def lay_out(word: WordDocument, language: Language) -> None:
    """Give an empty Word document the standard's page, styles and page numbers."""
    _set_page(word)
    _set_styles(word, language)
    _number_pages(word)
    _name_alternatives(word)


def child(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """Return a new last child of the element, its attributes in the namespace ``w``."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    parent.append(made)
    return made


def _set_page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - no API for it
        section._sectPr.remove(grid)  # noqa: SLF001
    child(section._sectPr, "w:docGrid", type="lines", linePitch=str(_LINE_TWIPS))  # noqa: SLF001


def _set_styles(word: WordDocument, language: Language) -> None:
    chinese = language is Language.CHINESE
    _set_language(word, "zh-CN" if chinese else "en-US")
    normal = _style(word, "Normal", _TEXT_FONT, BODY)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = LINE
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.widow_control = False
    for name, font in _HEADINGS:
        heading = _style(word, name, font, BODY)
        heading.font.bold = not chinese
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
        heading.paragraph_format.keep_with_next = True
        if chinese:
            indent(heading)
    title = _style(word, "Title", _TITLE_FONT, Pt(22))
    title.font.bold = not chinese
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(14)
    title.paragraph_format.line_spacing = Pt(34)
    _without_border(title)
    bullet = _style(word, "List Bullet", _TEXT_FONT, BODY)
    bullet.paragraph_format.left_indent = Pt(48 if chinese else 24)
    bullet.paragraph_format.first_line_indent = Pt(-16)
    _set_caption(word)


def _set_caption(word: WordDocument) -> None:
    caption = _style(word, "Caption", "黑体", Pt(12))
    caption.font.bold = False
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_before = Pt(6)
    caption.paragraph_format.line_spacing = Pt(20)


def indent(styled: ParagraphStyle | Paragraph) -> None:
    """Indent the first line by two characters, whatever their size."""
    properties = styled._element.get_or_add_pPr()  # noqa: SLF001 - no API counts in characters
    measure = properties.get_or_add_ind()
    measure.set(qn("w:firstLineChars"), "200")
    measure.set(qn("w:firstLine"), str(int(BODY.pt * 2 * 20)))


def tight(paragraph: Paragraph, around: Length = _NO_AIR) -> Paragraph:
    """Let a new paragraph's lines be as high as what stands in them, off the page's grid."""
    # Before all else: the schema wants it ahead of the spacing and python-docx won't move it.
    child(paragraph._p.get_or_add_pPr(), "w:snapToGrid", val="0")  # noqa: SLF001
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = around
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return paragraph


def _style(word: WordDocument, name: str, font: str, size: Pt) -> ParagraphStyle:
    style = word.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a paragraph style")
    style.font.size = size
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # a theme font would win over the one that is named
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), _DIGITS_AND_LATIN)
    fonts.set(qn("w:eastAsia"), font)
    return style


def _set_language(word: WordDocument, code: str) -> None:
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), code if code == "en-US" else "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    word.core_properties.language = code


def _without_border(style: ParagraphStyle) -> None:
    properties = style._element.get_or_add_pPr()  # noqa: SLF001 - Word's own title has a rule
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _number_pages(word: WordDocument) -> None:
    """Write "— 1 —" in 4号 宋体 on the outer side, one character from the edge (7.5)."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        _run(paragraph, "— ")
        field = child(paragraph._p, "w:fldSimple", instr="PAGE")  # noqa: SLF001
        run = _run(paragraph, "1")
        field.append(run)
        _run(paragraph, " —")


def _run(paragraph: Paragraph, text: str) -> BaseOxmlElement:
    run = paragraph.add_run(text)
    run.font.size = Pt(14)
    run.font.name = "宋体"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")  # noqa: SLF001
    return run._r  # noqa: SLF001


def _name_alternatives(word: WordDocument) -> None:
    """Add the fonts that stand in, where the named ones are not on the reader's machine."""
    for part in word.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            fonts = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
                for name, other in _ALTERNATIVES.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")  # noqa: SLF001
