"""Components: what they say, what they escape, and that the list of them is complete."""

import re
import time
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import translation

from jingkai.web import gallery
from jingkai.web.parts import Chart, Heading, Pages, Row, Series, Stat
from jingkai.web.templatetags import components

HOSTILE = '<script>alert("x")</script>'
HEADINGS = [
    Heading(label="项目", url="?sort=name", sort="ascending"),
    Heading(label="投资", numeric=True),
]


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def rendered(source, **context):
    return engines["django"].from_string(source).render(context)


def test_every_tag_is_described_where_people_look_for_it():
    described = set(re.findall(r"{% (\w+)", components.__doc__))

    ends = {name for name in described if name.startswith("end")}
    assert described - ends == set(components.register.tags) | {"load"}


def test_every_tag_has_an_example_in_the_gallery():
    sources = "".join(
        engines["django"].get_template(name).template.source
        for names in gallery.EXAMPLES.values()
        for name in names
    )

    shown = set(re.findall(r"{% (\w+)", sources))
    assert set(components.register.tags) - shown == set()


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text %}",
        "{% light 'red' text text %}",
        "{% person text text %}",
        "{% file_chip text text text %}",
        "{% figure_link text text %}",
        "{% card text text %}{{ text }}{% endcard %}",
        "{% alert 'red' text %}{{ text }}{% endalert %}",
        "{% empty text text text text %}",
        "{% failure text text text text %}",
        "{% dialog 'name' text %}{% enddialog %}",
        "{% opens text text %}",
        "{% menu text %}{% menu_item text text %}{% menu_post text text confirm=text %}"
        "{% endmenu %}",
        "{% kanban text %}{% kanban_column text note=text %}{% kanban_card text text status=text "
        "person=text %}{% endkanban_card %}{% endkanban_column %}{% endkanban %}",
        "{% table headings rows text selectable=True %}",
        "{% chart chart 'chart' %}",
        "{% stat stat %}",
    ],
)
def test_no_text_becomes_markup(source):
    shown = rendered(
        source,
        text=HOSTILE,
        headings=[Heading(label=HOSTILE, url=HOSTILE)],
        rows=[Row(cells=[HOSTILE], url=HOSTILE, key=HOSTILE, label=HOSTILE)],
        stat=Stat(label=HOSTILE, value=HOSTILE, unit=HOSTILE, url=HOSTILE, note=HOSTILE),
        chart=Chart(
            kind="bar",
            title=HOSTILE,
            summary=HOSTILE,
            categories=[HOSTILE],
            series=[Series(name=HOSTILE, values=[1])],
        ),
    )

    assert "<script>alert" not in shown
    assert 'alert("x")' not in shown.replace('\\"', "")


def test_a_light_has_a_word_beside_its_colour():
    assert "超期" in rendered("{% light 'red' %}")
    assert "无数据" in rendered("{% light 'grey' %}")


def test_a_share_that_is_unknown_has_no_bar():
    shown = rendered("{% progress share %}", share=None)

    assert "<progress" not in shown
    assert "无数据" in shown


def test_a_share_above_the_whole_fills_the_bar_and_keeps_its_figure():
    shown = rendered("{% progress share %}", share=Fraction(3, 2))

    assert 'value="100"' in shown
    assert "150%" in shown


def test_a_figure_that_is_unknown_says_so_and_links_nowhere():
    shown = rendered("{% stat stat %}", stat=Stat(label="外资", value=None, url="/records/"))

    assert "无数据" in shown
    assert "/records/" not in shown


@pytest.mark.parametrize(
    ("change", "falling_is_good", "tone"),
    [(1, False, "green"), (-1, False, "red"), (-1, True, "green"), (0, False, "grey")],
)
def test_a_change_is_good_or_bad_by_its_meaning(change, falling_is_good, tone):
    stat = Stat(
        label="闲置土地", value="1", delta=Fraction(change, 10), falling_is_good=falling_is_good
    )

    assert f'<span class="jk-tone-{tone}">' in rendered("{% stat stat %}", stat=stat)


def test_a_table_says_how_it_is_sorted_and_leads_to_the_record():
    rows = [Row(cells=["示范项目", None], url="/projects/1/")]

    shown = rendered("{% table headings rows '项目' %}", headings=HEADINGS, rows=rows)

    assert 'aria-sort="ascending"' in shown
    assert '<a class="jk-row-link" href="/projects/1/">示范项目</a>' in shown
    assert "无数据" in shown


@pytest.mark.parametrize("are_cards", [True, False])
def test_the_cells_of_a_card_say_their_heading(are_cards):
    source = "{% table headings rows '项目' cards=are_cards %}"
    rows = [Row(cells=["示范项目", "3"])]

    shown = rendered(source, headings=HEADINGS, rows=rows, are_cards=are_cards)

    assert (f'data-label="{HEADINGS[1].label}"' in shown) is are_cards
    assert f'data-label="{HEADINGS[0].label}"' not in shown


def test_a_row_with_the_wrong_number_of_cells_is_refused():
    with pytest.raises(ValueError, match="argument 2"):
        rendered("{% table headings rows '项目' %}", headings=HEADINGS, rows=[Row(cells=["一"])])


def test_a_page_of_fifty_rows_is_written_within_the_budget():
    rows = [Row(cells=[f"项目 {n}", n], url=f"/{n}/", key=str(n)) for n in range(50)]
    source = engines["django"].from_string("{% table headings rows '项目' selectable=True %}")
    source.render({"headings": HEADINGS, "rows": rows})

    start = time.process_time()
    source.render({"headings": HEADINGS, "rows": rows})

    assert time.process_time() - start < 0.012


def test_pages_that_nobody_counted_show_no_total():
    shown = rendered("{% pagination pages %}", pages=Pages(first=1, last=50))

    assert "第 1–50 条" in shown
    assert "共" not in shown


def test_a_chart_without_a_single_value_says_so_instead_of_drawing_axes():
    chart = Chart(
        kind="bar",
        title="到位资金（分月）",
        summary="2024年各月的到位资金",
        categories=["1月", "2月"],
        series=[Series(name="到位资金", values=[None, None])],
    )

    shown = rendered("{% chart chart 'funds' %}", chart=chart)

    assert "无数据" in shown
    assert "data-chart" not in shown


def test_a_chart_can_be_read_without_seeing_it():
    chart = Chart(
        kind="line",
        title="到位资金",
        summary="逐季上升。",
        categories=["一季度", "上半年"],
        series=[Series(name="2024", values=[1.5, None])],
    )

    shown = rendered("{% chart chart 'funds' %}", chart=chart)

    assert 'role="img" aria-label="逐季上升。"' in shown
    assert "<td" in shown
    assert "无数据" in shown


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context(name):
    shown = engines["django"].get_template(f"{name}.html").render()

    assert "您可以" in shown
