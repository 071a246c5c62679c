"""Whatever somebody typed arrives, and nothing of it is read as markup."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.documents import data, html, pdf, word, workbook
from jingkai.documents.model import (
    Bullets,
    Chart,
    ChartKind,
    Column,
    Document,
    Figure,
    Footnote,
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    Text,
)
from jingkai.documents.plain import clean
from tests.documents import readers, samples

TEXTS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text(alphabet="#$*@_`[]{}()<>&'\"\\/=+-~^%|:;.,!? \n\t测试a1", min_size=1, max_size=40),
    st.sampled_from(
        [
            "=SUM(A1)",
            "مرحبا",
            "👩‍👩‍👧 家庭",
            "<script>alert(1)</script>",
            '#import "x"',
            "\x00\x1b",
        ]
    ),
)


def everywhere(text):
    """Return a document that carries the text wherever one can stand."""
    figure = Figure(
        code=text,
        name=text,
        text=text,
        value=Decimal("1.5"),
        unit=text,
        url="/records/" + text,
        footnote=Footnote(text=text),
    )
    return Document(
        title=text,
        subtitle=text,
        number=text,
        addressee=text,
        issuer=text,
        dated_on=date(2025, 1, 6),
        generated_at=samples.GENERATED_AT,
        sections=(
            Section(heading=text, blocks=_blocks(text, figure)),
            Section(blocks=(Paragraph(()),)),
        ),
        foot=(text,),
        meta={text: text},
        base_url=samples.BASE_URL,
        watermark=text,
    )


def _blocks(text, figure):
    table = Table(
        caption=text,
        unit_note=text,
        columns=(Column(heading=text), Column(heading=text)),
        rows=(Row((Text(text), figure)), Row((None, Text(text)), is_total=True)),
    )
    chart = Chart(
        kind=ChartKind.BAR,
        caption=text,
        categories=(text, text),
        series=(Series(text, (1, None)), Series(text, (Decimal("-2.5"), 0))),
        unit=text,
    )
    return (
        Paragraph((Text(text), figure, Text(text, strong=True))),
        Bullets(((Text(text), figure),)),
        table,
        chart,
    )


@given(text=TEXTS)
@settings(max_examples=25, deadline=None)
def test_any_text_survives_in_every_format(text):
    document = everywhere(text)
    wanted = readers.squeezed(clean(text))

    assert wanted in readers.squeezed(
        readers.lxml_html.fromstring(html.render(document)).text_content()
    )
    assert wanted in readers.squeezed(readers.word_text(word.write(document)))
    assert wanted in readers.squeezed(readers.workbook_text(workbook.write(document)))
    assert data.json.loads(data.write(document))["title"] == clean(text)
    assert pdf.write(document).startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["很长" * 2_500, "long" * 2_500, "长 words " * 1_000])
def test_a_very_long_text_breaks_nothing(text):
    document = everywhere(text)

    assert text in html.render(document)
    assert text in readers.word_text(word.write(document))
    assert text in readers.workbook_text(workbook.write(document))
    assert pdf.write(document).startswith(b"%PDF-")


def test_markup_stays_words():
    document = everywhere("#strong[x] *y* <b>&amp;</b> $z$ @w \\ // =1+1")

    page = html.render(document)
    text = readers.squeezed(readers.pdf_text(pdf.write(document)))
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;amp;" in page
    assert "#strong[x]*y*<b>&amp;</b>$z$@w\\//=1+1" in text


def test_a_page_needs_neither_inline_style_nor_script():
    page = html.render(samples.chinese())

    assert " style=" not in page
    assert "<script" not in page
    assert " on" not in page.replace(" one", "")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", "records"])
def test_a_figure_refuses_an_address_that_is_no_page_of_ours_and_no_web_page(address):
    with pytest.raises(ValueError, match="address"):
        Figure(code="x", text="1", value=1, url=address)
