"""The year-end report: derived text, every figure open to its records, all formats alike."""

import io
import json
import re
from zipfile import ZipFile

import pytest
from lxml import html as lxml_html

from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit import queries as trail
from jingkai.apps.reporting import queries
from jingkai.apps.reporting.queries import land
from jingkai.apps.reporting.queries.year_end import files, headline, year_end
from jingkai.apps.reuse.models import Disposal
from jingkai.documents.model import Paragraph, Table, Text

TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def document(filled, today, clock):
    return year_end(zone=filled, year=2024, as_of=today, generated_at=clock)


@pytest.fixture
def told(document):
    return json.loads(files.write(document, "json"))


def test_the_figures_of_the_report_are_those_of_the_indicators(told, year):
    values = {one["code"]: one["value"] for one in told["figures"]}

    for code in headline.HEADLINES:
        standing = queries.reading(code, year)
        shown = values.get(code)
        expected = None if standing.value is None else float(standing.value)
        assert (None if shown is None else float(shown)) == expected, code


def test_every_format_has_the_same_figures(document, told):
    page = lxml_html.fromstring(files.write(document, "html"))
    shown = [node.text_content() for node in page.iter() if node.get("data-figure")]
    with ZipFile(io.BytesIO(files.write(document, "docx"))) as word:
        text = TAG.sub("", word.read("word/document.xml").decode())

    texts = [one["text"] for one in told["figures"]]

    assert sorted(set(shown)) == sorted(set(texts))
    assert all(one in text for one in texts)
    assert files.write(document, "pdf").startswith(b"%PDF")
    assert files.write(document, "xlsx").startswith(b"PK")


def test_the_report_says_that_what_is_signed_is_started_or_to_start(document, year):
    values = [
        queries.reading(code, year).value
        for code in ("signings", "signed_and_started", "signed_to_start")
    ]
    signed, started, to_start = values

    told = ["".join(run.text for run in one.runs) for one in _paragraphs(document)]

    assert f"当年正式签约项目{signed}个，其中已开工{started}个、待开工{to_start}个。" in told


def test_the_report_tells_of_land_with_figures_that_open(told, document, year):
    figures = {one["code"]: one for one in told["figures"]}

    section = next(one for one in document.sections if one.heading == "盘活利用")

    tables = [block.caption for block in section.blocks if isinstance(block, Table)]
    assert tables == ["宗地面积按供应与利用状态", "期末在办闲置土地案件", "当年盘活成效按处置方式"]
    for code in ("land_area", *land.BY_STEP):
        standing = queries.reading(code, year)
        if standing.value is not None:
            assert figures[f"{code}.records"]["value"] == standing.reading.records, code
    for code in ("regained_rent", "idle_disposal_rate", "idle_fee_decided"):
        assert figures[code]["value"] == float(queries.reading(code, year).value), code


def test_a_figure_whose_records_say_too_little_is_not_said_to_have_none(filled, today, clock):
    Disposal.objects.update(reused_area_m2=None)

    document = year_end(zone=filled, year=2024, as_of=today, generated_at=clock)

    texts = ["".join(run.text for run in one.runs) for one in _paragraphs(document)]
    assert any("盘活土地面积无数据：有关记录未登记计算所需的信息。" in text for text in texts)


def test_the_foot_has_the_head_of_the_trail_and_says_that_this_is_a_demonstration(
    document, filled
):
    foot = "\n".join(document.foot)

    assert str(trail.head(filled.code)) in foot
    assert "示范数据" in foot
    assert "2024-12-31" in foot


def test_a_zone_without_records_has_a_report_that_says_so(inside, today, clock):
    document = year_end(zone=inside, year=2024, as_of=today, generated_at=clock)

    page = lxml_html.fromstring(files.write(document, "html")).text_content()

    assert "客商来访无数据" in page
    assert "来访0批次" not in page


def test_equal_records_make_equal_reports(filled, today, clock, document):
    again = year_end(zone=filled, year=2024, as_of=today, generated_at=clock)

    assert files.write(again, "json") == files.write(document, "json")
    assert files.write(again, "docx") == files.write(document, "docx")


@pytest.mark.slow
def test_every_figure_opens_a_page_with_its_records(told, filled, hire, log_in, settings):
    settings.CLOCK = "2024-12-31"
    browser = log_in(hire(filled, Role.LEADER))
    urls = {one["url"]: one for one in told["figures"] if one["code"].endswith(".records")}

    for url, one in urls.items():
        answer = browser.get(url)
        assert answer.status_code == 200
        assert answer.context["records"] == one["value"], url


def test_the_first_table_names_every_main_figure(document):
    table = document.sections[0].blocks[1]

    names = [row.cells[0].text for row in table.rows if isinstance(row.cells[0], Text)]

    assert names[: len(headline.HEADLINES)] == [
        str(queries.find(code).definition.name) for code in headline.HEADLINES
    ]


def _paragraphs(document):
    blocks = [block for section in document.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, Paragraph)]
