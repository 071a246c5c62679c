"""Outlines of a layer for programs."""

import pytest

from tests.apps.atlas.conftest import SOUTH, STEP, WEST


def _path(zone, query=""):
    return f"/api/z/{zone.code}/map/parcels?{query}"


def test_a_program_reads_all_outlines_page_by_page(browser, zone, parcel):
    for number in range(5):
        parcel(f"P-{number}", number)
    parcel("P-9", outline=None)

    codes, after = [], 0
    while after is not None:
        page = browser.get(_path(zone, f"limit=2&after={after}")).json()
        codes += [feature["properties"]["code"] for feature in page["features"]]
        after = page["next"]

    assert codes == [f"P-{number}" for number in range(5)]


def test_a_feature_has_its_outline_and_its_columns(browser, zone, parcel):
    record = parcel("P-1", area_m2="20000.5", supply="in_use")

    (feature,) = browser.get(_path(zone)).json()["features"]

    assert feature["id"] == record.pk
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert feature["properties"]["supply"] == "in_use"
    assert feature["properties"]["area_m2"] == "20000.5"
    assert "outline" not in feature["properties"]


def test_a_window_leaves_what_lies_in_it(browser, zone, parcel):
    parcel("P-1")
    parcel("P-2", 5)

    found = browser.get(_path(zone, f"bbox={WEST},{SOUTH},{WEST + STEP},{SOUTH + STEP}"))

    assert [feature["properties"]["code"] for feature in found.json()["features"]] == ["P-1"]


def test_sealed_parcels_are_not_told(colleague, zone, parcel):
    parcel("P-1", classification="sensitive")
    parcel("P-2", 1)

    found = colleague.get(_path(zone)).json()["features"]

    assert [feature["properties"]["code"] for feature in found] == ["P-2"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("bbox=1,2", "bbox"),
        ("after=x", "after"),
        ("limit=0", "limit"),
        ("sort=code", "sort"),
        ("typo=1", "typo"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(browser, zone, query, field):
    answer = browser.get(_path(zone, query))

    assert answer.status_code == 422
    assert field in answer.json()["fields"]
