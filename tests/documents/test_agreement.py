"""Five formats of one document say the same."""

from decimal import Decimal

import pytest

from jingkai.documents import data, html, outline, pdf, word, workbook
from jingkai.documents.model import Figure, Table
from tests.documents import readers, samples

DOCUMENTS = pytest.mark.parametrize("document", [samples.chinese(), samples.english()])


@DOCUMENTS
def test_the_page_shows_every_figure_in_order(document):
    found = readers.html_figures(html.render(document))

    assert found == [(one.code, one.text) for one in outline.figures(document)]


@DOCUMENTS
def test_the_json_carries_every_figure_with_its_exact_value(document):
    found = readers.json_figures(data.write(document))

    assert [(code, text) for code, text, _ in found] == [
        (one.code, one.text) for one in outline.figures(document)
    ]
    assert [None if value is None else Decimal(str(value)) for _, _, value in found] == [
        one.value for one in outline.figures(document)
    ]


@DOCUMENTS
def test_word_shows_every_figure_in_order_and_links_it(document):
    found = readers.word_links(word.write(document))

    assert found == [(samples.BASE_URL + one.url, one.text) for one in outline.figures(document)]


@DOCUMENTS
def test_the_pdf_shows_and_links_every_figure(document):
    file = pdf.write(document)

    text = readers.squeezed(readers.pdf_text(file))
    assert [one.text for one in outline.figures(document) if one.text not in text] == []
    assert readers.pdf_links(file) == {
        samples.BASE_URL + one.url for one in outline.figures(document)
    }


@DOCUMENTS
def test_the_first_sheet_lists_every_named_figure_once_with_its_value(document):
    rows = next(iter(readers.sheets(workbook.write(document)).values()))

    named = {one.code: one for one in outline.figures(document) if one.name}
    found = {row[6].value: row for row in rows[3:-1]}
    assert list(found) == list(named)
    for code, one in named.items():
        _, name, value, unit, text, *_ = found[code]
        assert (name.value, unit.value, text.value) == (one.name, one.unit, one.text)
        assert value.hyperlink.target == samples.BASE_URL + one.url
        if one.value is not None:
            assert Decimal(str(value.value)) == one.value


@DOCUMENTS
def test_the_sheets_of_tables_hold_the_figures_as_numbers(document):
    found = readers.sheets(workbook.write(document))

    for section in outline.outline(document).sections:
        for block in (one for one in section.blocks if isinstance(one.block, Table)):
            name = f"{block.label} {block.block.caption}"
            assert_same_cells(found[name][3:-1], block.block.rows)


def assert_same_cells(written, rows):
    for cells, row in zip(written, rows, strict=True):
        for cell, wanted in zip(cells, row.cells, strict=True):
            if isinstance(wanted, Figure) and wanted.value is not None:
                assert cell.data_type == "n"
                assert Decimal(str(cell.value)) == wanted.value
            else:
                assert cell.data_type == "s"
                assert cell.value == (wanted.text if wanted else "—")


@DOCUMENTS
def test_all_formats_carry_every_definition_under_the_same_number(document):
    notes = outline.outline(document).footnotes

    page, word_file, sheet = html.render(document), word.write(document), workbook.write(document)
    pdf_text = readers.squeezed(readers.pdf_text(pdf.write(document)))
    for note, number in notes.items():
        assert f'id="note-{number}">{note.text}' in page
        assert f"{note.text}" in readers.word_text(word_file)
        assert f"[{number}] {note.text}" in readers.workbook_text(sheet)
        assert readers.squeezed(note.text) in pdf_text


@DOCUMENTS
def test_equal_documents_give_equal_bytes(document):
    for write in (data.write, word.write, pdf.write, workbook.write):
        assert write(document) == write(document)
