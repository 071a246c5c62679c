"""The page of the map: legend, card, search, what is drawn around."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.urls import reverse

from jingkai.apps.accounts.roles import Role
from jingkai.apps.atlas import layers, queries
from jingkai.apps.atlas.presentation import amounts
from tests.apps.atlas.conftest import SOUTH, STEP, WEST

WHOLE = f"{WEST - 1},{SOUTH - 1};{WEST + 1},{SOUTH - 1};{WEST + 1},{SOUTH + 1}"
ROW = f"{WEST},{SOUTH};{WEST + 1.5 * STEP},{SOUTH};{WEST + 1.5 * STEP},{SOUTH + STEP / 2}"


def test_the_page_offers_the_layers_axes_and_filters(browser, zone, parcel):
    parcel("P-1")

    page = browser.get(reverse("map", args=[zone.code]))
    text = page.content.decode()

    assert page.status_code == 200
    assert "宗地" in text
    assert "厂房" in text
    assert page.context["config"]["extent"] == pytest.approx(
        [WEST, SOUTH, WEST + 0.9 * STEP, SOUTH + 0.9 * STEP]
    )


def test_without_a_key_nothing_comes_from_outside(browser, zone, settings):
    closed = browser.get(reverse("map", args=[zone.code]))["Content-Security-Policy"]
    settings.TIANDITU_KEY = "a-key"
    opened = browser.get(reverse("map", args=[zone.code]))["Content-Security-Policy"]

    assert "http" not in closed
    assert "img-src 'self' data: blob: https://*.tianditu.gov.cn" in opened
    assert "connect-src 'self' https://*.tianditu.gov.cn" in opened
    assert "unsafe" not in opened


def test_the_legend_counts_every_class_and_those_not_on_record(browser, zone, parcel):
    parcel("P-1", supply="in_use", area_m2=20_000)
    parcel("P-2", 1, supply="in_use", area_m2=10_000)
    parcel("P-3", 2, outline=None)

    answer = browser.get(_of(zone, "legend"), {"axis": "supply"})

    counts = {one.code: (one.count, one.drawn, one.area) for one, _a in answer.context["classes"]}
    assert counts["in_use"] == (2, 2, 30_000)
    assert counts[""] == (1, 0, None)
    assert sum(count for count, _drawn, _area in counts.values()) == 3
    assert answer.context["undrawn"] == 1
    assert "未登记" in answer.content.decode()


def test_the_legend_follows_the_filters(browser, zone, parcel):
    parcel("P-1", supply="in_use")
    parcel("P-2", 1, supply="in_use", use="green")

    answer = browser.get(_of(zone, "legend"), {"axis": "supply", "use": "green"})

    assert answer.context["total"] == 1


def test_what_is_drawn_around_is_counted_with_its_area(browser, zone, parcel):
    parcel("P-1", area_m2=20_000)
    parcel("P-2", 1)
    parcel("P-3", 4, area_m2=5_000)

    answer = browser.get(_of(zone, "selection"), {"figure": ROW})

    assert [spot.code for spot, *_told in answer.context["spots"]] == ["P-1", "P-2"]
    assert answer.context["area"] == "2 公顷"
    assert answer.context["without_area"] == 1


@pytest.mark.parametrize(
    ("metres", "codes"),
    [(1, ["P-1"]), (150, ["P-1", "P-2"]), (2_000, ["P-1", "P-2", "P-3"])],
)
def test_a_circle_takes_what_it_touches(browser, zone, parcel, metres, codes):
    for number in range(3):
        parcel(f"P-{number + 1}", number)
    middle = f"{WEST + 0.45 * STEP},{SOUTH + 0.45 * STEP}"

    answer = browser.get(_of(zone, "selection"), {"figure": f"circle:{middle},{metres}"})

    assert [spot.code for spot, *_told in answer.context["spots"]] == codes


def test_what_is_in_view_is_counted_as_if_it_were_drawn_around(browser, zone, parcel):
    parcel("P-1")
    parcel("P-2", 9)
    view = f"view:{WEST},{SOUTH},{WEST + STEP},{SOUTH + STEP}"

    answer = browser.get(_of(zone, "selection"), {"figure": view})

    assert [spot.code for spot, *_told in answer.context["spots"]] == ["P-1"]


@pytest.mark.parametrize(
    "figure",
    [
        "",
        "1,2;3,4",
        "1,2;3,4;五,6",
        "nan,1;2,2;3,3",
        "1,1;1,1;1,1",
        "999,1;2,2;3,3",
        "circle:114,30,-5",
        "circle:114,30,900000",
        "circle:114,30",
        "view:1,2,3",
        "view:1,1,1,1",
        ";".join(["1,1"] * 501),
    ],
)
def test_what_is_no_figure_is_refused_with_a_word(browser, zone, figure):
    selection = browser.get(_of(zone, "selection"), {"figure": figure})
    listed = browser.get(_of(zone, "list"), {"figure": figure})
    export = browser.get(_of(zone, "export"), {"figure": figure})

    assert selection.status_code == listed.status_code == export.status_code == 400
    assert "没有画" in selection.content.decode()


def test_what_is_drawn_around_opens_as_a_list_and_goes_out_as_a_file(browser, zone, parcel):
    parcel("P-1")
    parcel("P-2", 1)
    parcel("P-3", 4)

    listed = browser.get(_of(zone, "list"), {"figure": ROW})
    export = browser.get(_of(zone, "export"), {"figure": ROW, "format": "csv"})

    codes = re.findall(r"P-\d(?=</a>)", listed.content.decode())
    assert sorted(codes) == ["P-1", "P-2"]
    written = export.content.decode("utf-8-sig")
    assert "P-1" in written
    assert "P-3" not in written


def test_what_is_drawn_around_is_listed_with_its_class_and_area(browser, zone, parcel):
    parcel("P-1", area_m2=20_000, supply="in_use")
    parcel("P-2", 1)

    page = browser.get(_of(zone, "selection"), {"figure": ROW, "axis": "supply"})

    rows = [(spot.code, area, state) for spot, area, state, _c in page.context["spots"]]
    assert rows == [("P-1", "2 公顷", "正常利用"), ("P-2", "", "")]


def test_all_that_is_on_the_map_goes_out_as_it_is_filtered(browser, zone, parcel, clock):
    parcel("P-1", supply="in_use")
    parcel("P-2", 1)
    retired = parcel("P-3", 2, supply="in_use")
    type(retired).everywhere.filter(pk=retired.pk).update(retired_on=clock.date())

    export = browser.get(_of(zone, "export"), {"supply": "in_use", "format": "geojson"})

    told = export.json()
    assert [one["properties"]["编号"] for one in told["features"]] == ["P-1"]


def test_the_map_offers_every_file_of_what_it_shows(browser, zone, parcel):
    parcel("P-1", supply="in_use")

    page = browser.get(reverse("map", args=[zone.code]), {"supply": "in_use"})

    addresses = [url for _name, url in page.context["exports"]]
    assert [url.rpartition("format=")[2] for url in addresses] == [
        "gpkg",
        "shp",
        "geojson",
        "kml",
        "xlsx",
        "csv",
    ]
    assert [browser.get(url).status_code for url in addresses] == [200] * 6


def test_a_list_leads_to_the_map_with_its_filters_and_the_map_back(browser, zone, parcel):
    parcel("P-1", supply="in_use")
    parcel("P-2", 1)
    asked = {"supply": "in_use", "q": "P-1", "sort": "-code"}

    listed = browser.get(reverse("parcels-list", args=[zone.code]), asked)
    (way,) = listed.context["beside"]
    shown = browser.get(way.url)
    back = browser.get(shown.context["list_url"])

    assert shown.context["active"].layer.name == "parcels"
    assert [chip.value for chip in shown.context["chips"]] == ["P-1", "正常利用"]
    assert back.context["asked"].query == "supply=in_use&q=P-1"


def test_a_list_that_is_on_no_map_leads_to_none(browser, zone):
    listed = browser.get(reverse("leases-list", args=[zone.code]))

    assert listed.context["beside"] == []


def test_what_was_drawn_around_is_still_there_after_the_list(browser, zone, parcel):
    parcel("P-1")
    asked = {"figure": ROW, "layer": "parcels", "axis": "use", "sort": "-code"}

    listed = browser.get(_of(zone, "list"), asked)

    _path, _mark, query = listed.context["back"].partition("?")
    assert QueryDict(query).dict() == {"figure": ROW, "layer": "parcels", "axis": "use"}


def test_what_the_address_says_of_the_view_filters_nothing(browser, zone, parcel):
    parcel("P-1")
    asked = {"off": "plants", "without": "in_use,_", "record": "parcels:1", "window": "1,2,3,4"}

    page = browser.get(reverse("map", args=[zone.code]), asked)

    assert page.context["config"]["filters"] == ""
    assert page.context["chips"] == []


def test_a_search_finds_by_name_and_holder_and_says_where(browser, zone, parcel):
    parcel("P-1", name="北湖地块", holder_name="示范重工")
    parcel("P-2", 1, name="南湖地块", outline=None)

    by_name = browser.get(reverse("map-search", args=[zone.code]), {"text": "南湖"})
    by_holder = browser.get(reverse("map-search", args=[zone.code]), {"text": "示范重工"})

    assert "没有图形" in by_name.content.decode()
    assert "data-window" in by_holder.content.decode()
    assert "北湖地块" in by_holder.content.decode()


@pytest.mark.parametrize(("count", "leads_on"), [(8, False), (9, True)])
def test_a_search_that_finds_many_leads_to_all_of_them(browser, zone, parcel, count, leads_on):
    for number in range(count):
        parcel(f"P-{number}", number, name=f"南湖{number}")

    found = browser.get(reverse("map-search", args=[zone.code]), {"text": "南湖"})

    assert found.content.decode().count("data-map-fly") == min(count, 8)
    assert ("在台账中查看全部" in found.content.decode()) is leads_on


def test_a_card_tells_the_facts_and_leads_to_the_record(browser, zone, parcel):
    record = parcel("P-1", holder_name="示范重工", supply="in_use")

    card = browser.get(_card(zone, record)).content.decode()

    assert "示范重工" in card
    assert "正常利用" in card
    assert reverse("parcels-detail", args=[zone.code, record.pk]) in card


def test_a_sealed_record_has_no_card_and_is_in_no_search(colleague, zone, parcel):
    record = parcel("P-1", name="秘密地块", classification="sensitive")
    box = f"{WEST - 1},{SOUTH - 1};{WEST + 1},{SOUTH - 1};{WEST + 1},{SOUTH + 1}"

    card = colleague.get(_card(zone, record))
    search = colleague.get(reverse("map-search", args=[zone.code]), {"text": "秘密"})
    chosen = colleague.get(_of(zone, "selection"), {"figure": box})
    legend = colleague.get(_of(zone, "legend"), {"axis": "supply"})

    assert card.status_code == 404
    assert "秘密地块" not in search.content.decode()
    assert chosen.context["count"] == legend.context["total"] == 0


def test_a_card_of_another_zone_is_not_found(browser, zone, neighbour, parcel):
    record = parcel("N-1", to=neighbour)

    assert browser.get(_card(zone, record)).status_code == 404


def test_whoever_may_not_read_land_has_no_map(zone, hire, log_in):
    administrator = log_in(hire(zone, Role.ADMINISTRATOR))

    assert administrator.get(reverse("map", args=[zone.code])).status_code == 403


def test_an_empty_zone_has_a_map(browser, zone):
    page = browser.get(reverse("map", args=[zone.code]))

    assert page.status_code == 200
    assert page.context["config"]["extent"] is None
    assert "还没有带图形的记录" in page.content.decode()


def test_the_colours_of_the_style_sheet_are_those_of_the_declaration():
    css = Path(finders.find("css/atlas.css")).read_text()
    root = css[css.index(":root") : css.index("}")]
    found = dict(re.findall(r"--jk-map-(\w+): (#[0-9a-f]{6});", root))

    assert found.items() >= (layers.PALETTE | dict([layers.NEUTRAL, layers.UNKNOWN])).items()
    assert all(f".jk-swatch.is-{name} " in css for name in layers.PALETTE)


@pytest.mark.parametrize("layer", queries.layers().values(), ids=lambda layer: layer.name)
def test_every_layer_names_columns_of_its_register(layer):
    register = queries.register_of(layer)
    guest = layer.guest.columns if layer.guest else ()
    named = {*layer.columns, *layer.facts, *guest, layer.area} - {""}

    assert named <= set(register.by_name)
    for axis in layer.axes:
        assert set(axis.colours.values()) <= set(layers.PALETTE)


def test_areas_are_told_in_hectares_from_one_hectare_on():
    assert amounts.area_of(Decimal(9_999)) == "9,999 平方米"
    assert amounts.area_of(Decimal(10_000)) == "1 公顷"


def _of(zone, name):
    return reverse(f"parcels-map-{name}", args=[zone.code])


def _card(zone, record):
    return reverse("parcels-map-card", args=[zone.code, record.pk])
