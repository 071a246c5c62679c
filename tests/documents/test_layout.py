"""The layout that GB/T 9704-2012 and the people who file these papers expect."""

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jingkai.documents import charts, fonts, html, outline, pdf, word, workbook
from jingkai.documents.model import (
    Chart,
    ChartKind,
    Column,
    Language,
    Row,
    Section,
    Series,
    Table,
    Text,
)
from tests.documents import readers, samples


@pytest.fixture(scope="module")
def word_file():
    return word.write(samples.chinese())


@pytest.mark.parametrize(
    ("number", "chinese"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_numerals(number, chinese):
    assert outline.chinese_numeral(number) == chinese


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        (Language.CHINESE, ["一、", "（一）", "1.", "2.", "（二）", "1.", "", "二、", "（一）"]),
        (Language.ENGLISH, ["1 ", "1.1 ", "1.1.1 ", "1.1.2 ", "1.2 ", "1.2.1 ", "", "2 ", "2.1 "]),
    ],
)
def test_headings_are_numbered_by_their_levels(language, numbers):
    levels = [1, 2, 3, 3, 2, 3, 0, 1, 2]
    sections = tuple(Section(heading="题" if level else "", level=level or 1) for level in levels)
    document = replace(samples.chinese(), sections=sections, language=language)

    found = [one.number for one in outline.outline(document).sections]

    assert found == numbers


def test_a_definition_named_twice_keeps_its_number():
    numbers = outline.outline(samples.chinese()).footnotes

    assert list(numbers.values()) == list(range(1, 9))


def test_the_word_page_is_the_standards(word_file):
    section = docx.Document(BytesIO(word_file)).sections[0]

    margins = (section.top_margin, section.bottom_margin, section.left_margin)
    assert [round(one.mm) for one in (*margins, section.right_margin)] == [37, 35, 28, 26]
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"


def test_the_word_text_is_third_size_fangsong_with_two_characters_indent(word_file):
    file = docx.Document(BytesIO(word_file))
    fonts_of_text = file.styles["Normal"].element.rPr.rFonts

    assert fonts_of_text.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert file.styles["Normal"].font.size == Pt(16)
    assert file.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)
    opening = next(one for one in file.paragraphs if one.text.startswith("2024年，"))
    assert opening._p.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_word_pages_are_numbered_on_the_outer_side(word_file):
    file = docx.Document(BytesIO(word_file))
    section = file.sections[0]

    assert file.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert section.even_page_footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert readers.words(section.footer.paragraphs[0]._p) == "— 1 —"


def test_word_definitions_are_real_footnotes(word_file):
    with zipfile.ZipFile(BytesIO(word_file)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        text = archive.read("word/document.xml").decode()

    assert notes.count("<w:footnoteRef/>") == 8
    assert text.count("<w:footnoteReference ") == 8
    assert text.count("NOTEREF note1 ") == 2  # named again in a sentence and in a table


def test_word_tables_repeat_their_heading_and_pictures_say_what_they_show(word_file):
    with zipfile.ZipFile(BytesIO(word_file)) as archive:
        text = archive.read("word/document.xml").decode()

    assert text.count("<w:tblHeader/>") == 3
    assert 'descr="近三年招商引资成效"' in text


def test_word_carries_title_and_issuer(word_file):
    properties = docx.Document(BytesIO(word_file)).core_properties

    assert properties.title == "钢城经济开发区2024年度工作答卷"
    assert properties.author == "钢城经济开发区管理委员会"
    assert properties.language == "zh-CN"


def test_the_pdf_declares_pdf_a_2b_and_embeds_only_our_fonts():
    file = pdf.write(samples.chinese())
    reader = pypdf.PdfReader(BytesIO(file))

    described = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in described
    used = {
        font["/BaseFont"].split("+")[1]
        for page in reader.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    }
    assert all(name.startswith(("NotoSerifSC", "NotoSansSC")) for name in used)
    assert reader.metadata.title == "钢城经济开发区2024年度工作答卷"


def test_without_fonts_the_pdf_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(fonts.FontsMissing, match="make run"):
        fonts.folder()


@pytest.mark.parametrize(
    ("text", "shown"), [("经开", "经开"), ("好😀", "好□"), ("a\u200bb", "ab"), ("\u200f", "")]
)
def test_a_character_without_a_glyph_is_shown_as_a_box_or_left_out(text, shown):
    assert fonts.showable(text) == shown


def test_a_text_that_looks_like_a_formula_stays_text():
    file = openpyxl.load_workbook(BytesIO(workbook.write(samples.chinese())))

    cells = [cell for sheet in file for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.value == "=1+1 不是公式"] != []


def test_a_sheet_can_be_printed_signed_and_filed():
    sheet = openpyxl.load_workbook(BytesIO(workbook.write(samples.chinese()))).worksheets[0]

    assert sheet["A1"].value == "钢城经济开发区2024年度工作答卷"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"
    last = sheet.cell(row=sheet.max_row, column=1).value
    assert last.startswith("填报单位（盖章）：钢城经济开发区管理委员会    填报人：张某某")
    assert last.endswith("填报时间：2025年1月6日")


def test_tables_of_one_name_get_sheets_of_different_names():
    tables = tuple(
        Table(caption=f"{'长' * 40}{at}", columns=(Column(heading="列"),), rows=())
        for at in range(3)
    )
    document = replace(samples.chinese(), sections=(Section(blocks=tables),))

    names = list(readers.sheets(workbook.write(document)))

    assert len(set(names)) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_row_must_fill_its_columns():
    with pytest.raises(ValueError, match="row 1 has 2 cells for 1 columns"):
        Table(caption="表", columns=(Column(heading="列"),), rows=(Row((Text("1"), Text("2"))),))


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("values", [(), (None, None), (0, 0), (-3, 5), (7,) * 12])
def test_a_chart_can_be_drawn_from_any_values(kind, values):
    chart = Chart(
        kind=kind,
        caption="图",
        categories=tuple(str(at) for at in range(len(values))),
        series=(Series("值", values),),
    )

    drawn = charts.svg(chart)

    assert drawn.startswith("<svg ")
    assert drawn.count(">—<") == (0 if kind is ChartKind.LINE else values.count(None))
    assert charts.png(chart).startswith(b"\x89PNG")


def test_every_value_of_a_chart_stands_in_the_pages_table():
    page = readers.lxml_html.fromstring(html.render(samples.chinese()))

    table = page.find_class("chart")[0].find(".//details/table")
    assert [cell.text for cell in table.iter("td")] == ["25", "14", "31", "18", "37", "21"]
