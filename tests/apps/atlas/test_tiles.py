"""Vector tiles: what is in them for whom, and for how long they may be kept."""

import pytest
from django.urls import reverse

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, queries
from tests.apps.atlas.conftest import column_and_row, decoded


def test_a_tile_shows_the_parcels_with_their_names_and_axes(browser, parcel, tile_of):
    shown = parcel("P-1", supply="supplied_unused", name="一号地块")
    parcel("P-2", 1, name="二号地块")

    features = {feature["code"]: feature for feature in tile_of(browser)}

    assert features["P-1"]["id"] == shown.pk
    assert features["P-1"]["name"] == "一号地块"
    assert features["P-1"]["supply"] == "supplied_unused"
    assert "supply" not in features["P-2"]  # 未登记


def test_a_tile_holds_nothing_that_the_layer_does_not_declare(browser, parcel, tile_of):
    parcel("P-1", holder_name="示范置业", price_wan=123, note="内部备注")

    (feature,) = tile_of(browser)

    assert not {"holder_name", "price_wan", "note"} & set(feature)


def test_sensitive_parcels_are_in_no_tile_of_somebody_without_clearance(
    browser, colleague, parcel, tile_of
):
    parcel("P-1", classification="sensitive")
    parcel("P-2", 1)

    assert {feature["code"] for feature in tile_of(browser)} == {"P-1", "P-2"}
    assert {feature["code"] for feature in tile_of(colleague)} == {"P-2"}


def test_a_tile_is_filtered_as_the_list_is(browser, parcel, tile_of):
    parcel("P-1", supply="supplied_unused", area_m2=20_000)
    parcel("P-2", 1, supply="in_use", area_m2=500)

    unused = tile_of(browser, query="supply=supplied_unused")
    small = tile_of(browser, query="area_m2__to=1000")
    named = tile_of(browser, query="q=P-2")

    assert [feature["code"] for feature in unused] == ["P-1"]
    assert [feature["code"] for feature in small] == ["P-2"]
    assert [feature["code"] for feature in named] == ["P-2"]


def test_a_filter_by_a_column_that_one_may_not_read_tells_nothing(
    zone, colleague, hire, log_in, parcel, tile_of
):
    parcel("P-1", price_wan=100)
    parcel("P-2", 1, price_wan=900)
    cleared = log_in(hire(zone, Role.FINANCE))

    dear = tile_of(cleared, query="price_wan__from=500")
    all_of_them = tile_of(colleague, query="price_wan__from=500")

    assert [feature["code"] for feature in dear] == ["P-2"]
    assert [feature["code"] for feature in all_of_them] == ["P-1", "P-2"]


def test_a_filter_that_can_not_be_read_is_refused(browser, zone, parcel):
    parcel("P-1")
    path = reverse("parcels-map-tile", args=[zone.code, "any", 0, 0, 0])

    answer = browser.get(f"{path}?area_m2__from=许多")

    assert answer.status_code == 400


def test_a_change_gives_the_tiles_another_version(browser, zone, parcel, clock, tile_of):
    record = parcel("P-1", supply="in_use")
    before = _version(browser, zone)
    old = tile_of(browser)

    _change(record, clock, supply="below_target")
    new = tile_of(browser)

    assert _version(browser, zone) != before
    assert old[0]["supply"] == "in_use"
    assert new[0]["supply"] == "below_target"


def test_only_a_tile_of_the_present_version_is_kept_for_good(browser, zone, parcel, clock):
    record = parcel("P-1")
    version = _version(browser, zone)
    path = reverse("parcels-map-tile", args=[zone.code, version, 14, *column_and_row(14)])

    present = browser.get(path)["Cache-Control"]
    _change(record, clock, name="改了名称")
    past = browser.get(path)["Cache-Control"]

    assert "immutable" in present
    assert "private" in present
    assert "no-cache" in past


def test_a_deleted_parcel_leaves_the_map(browser, parcel, clock, tile_of):
    record = parcel("P-1")
    parcel("P-2", 1)
    assert len(tile_of(browser)) == 2

    with scope.zones(record.zone_id):
        actions.delete_record(
            register=queries.find("parcels"), record=record, by="test", at=clock, reason="重复"
        )

    assert [feature["code"] for feature in tile_of(browser)] == ["P-2"]


def test_a_parcel_that_was_split_away_is_not_on_the_map(browser, parcel, clock, tile_of):
    record = parcel("P-71")
    type(record).everywhere.filter(pk=record.pk).update(retired_on=clock.date(), version=2)
    parcel("P-72", 1)

    assert [feature["code"] for feature in tile_of(browser)] == ["P-72"]


def test_another_zones_parcels_are_in_no_tile(browser, parcel, neighbour, tile_of):
    parcel("P-1")
    parcel("N-1", to=neighbour)

    assert [feature["code"] for feature in tile_of(browser)] == ["P-1"]


def test_a_city_sees_the_parcels_of_its_zones(zone, neighbour, parcel, hire, log_in):
    city = type(zone).objects.create(code="city", name="示范市", level="city")
    type(zone).objects.filter(pk__in=[zone.pk, neighbour.pk]).update(parent=city)
    parcel("P-1")
    parcel("N-1", 1, to=neighbour)
    browser = log_in(hire(city, Role.LEADER))
    path = reverse("parcels-map-tile", args=["city", "any", 14, *column_and_row(14)])

    features = decoded(browser.get(path), "parcels")

    assert {feature["code"] for feature in features} == {"P-1", "N-1"}


def test_from_afar_parcels_are_counted_and_keep_the_class_that_most_have(browser, parcel, tile_of):
    for number in range(5):
        parcel(f"P-{number}", number, supply="in_use" if number else "below_target")

    (spot,) = tile_of(browser, zoom=6)

    assert spot["count"] == 5
    assert spot["supply"] == "in_use"


@pytest.mark.parametrize("place", [(23, 0, 0), (3, 8, 0), (3, 0, 8)])
def test_a_tile_outside_the_world_is_not_found(browser, zone, place):
    answer = browser.get(reverse("parcels-map-tile", args=[zone.code, "any", *place]))

    assert answer.status_code == 404


def test_a_tile_goes_packed_to_a_browser_that_takes_it(browser, zone, parcel):
    parcel("P-1")
    path = reverse("parcels-map-tile", args=[zone.code, "any", 14, *column_and_row(14)])

    packed = browser.get(path, headers={"accept-encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert packed.content[:2] == b"\x1f\x8b"


def _version(browser, zone):
    config = browser.get(reverse("map", args=[zone.code])).context["config"]
    return config["layers"][0]["tiles"].split("/tiles/parcels/")[1].split("/")[0]


def _change(record, clock, **values):
    with scope.zones(record.zone_id):
        record = type(record).objects.get(pk=record.pk)
        actions.change_record(
            register=queries.find("parcels"),
            record=record,
            values=values,
            version=record.version,
            by="test",
            at=clock,
            reason="",
        )
