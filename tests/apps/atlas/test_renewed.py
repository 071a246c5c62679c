"""Tiles after a change: only what has changed is read, only where it lies are tiles drawn anew."""

import gzip

import mapbox_vector_tile
import pytest

from jingkai.apps.atlas import queries
from jingkai.apps.atlas.queries import drawn, outlined
from jingkai.apps.registers import actions, filters, fitting
from jingkai.apps.registers import queries as registers
from tests.apps.atlas.conftest import box, column_and_row

ZOOM = 16
PLACE = (ZOOM, *column_and_row(ZOOM))
ASIDE = (ZOOM, PLACE[1] + 3, PLACE[2])  # three tiles to the east: eight squares


@pytest.fixture
def seen(zone, add):
    layer = queries.layers()["parcels"]
    register = fitting.fit(queries.register_of(layer), zone, fitting.EVERYTHING)
    return queries.Seen(layer=layer, register=register, zones=(zone.code,), columns=layer.columns)


@pytest.fixture
def change(clock):
    def changed(record, **values):
        record.refresh_from_db()
        register = registers.find("parcels")
        told = {"by": "test", "at": clock, "reason": "核对"}
        return actions.change_record(
            register=register, record=record, values=values, version=record.version, **told
        )

    return changed


def _tile(seen, place, asked=""):
    found = filters.read(seen.register, filters.QueryDict(asked))
    return queries.tile(seen, found, place, queries.version(seen))


def _codes(packed):
    read = mapbox_vector_tile.decode(gzip.decompress(packed)) if packed else {}
    return [one["properties"]["code"] for one in read.get("parcels", {"features": []})["features"]]


def _is_as_anew(seen):
    """Whether what is kept draws the same as what is read anew, from afar and from near."""
    now = queries.version(seen)
    told = [
        [drawn.encoding.encode([(one.outlines, None), (one.names, None)], *place) for place in at]
        for one in (outlined.drawn(seen, now), outlined.anew(seen, now))
        for at in [[PLACE, ASIDE, (9, *column_and_row(9))]]
    ]
    read = [[mapbox_vector_tile.decode(tile) for tile in tiles if tile] for tiles in told]
    return read[0] == read[1]


def test_after_every_kind_of_change_the_map_is_as_if_it_were_read_anew(
    seen, parcel, change, clock
):
    records = [parcel(f"P-{number}", number, supply="in_use") for number in range(6)]
    assert _is_as_anew(seen)

    change(records[0], supply="below_target", name="改了名称")
    assert _is_as_anew(seen)
    change(records[1], outline=box(9, 0))
    assert _is_as_anew(seen)
    change(records[2], outline=None)
    assert _is_as_anew(seen)
    parcel("P-7", 7)
    assert _is_as_anew(seen)
    actions.delete_record(
        register=registers.find("parcels"), record=records[3], by="test", at=clock, reason="重复"
    )
    assert _is_as_anew(seen)
    assert outlined.drawn(seen, queries.version(seen)).before > 0


def test_a_change_that_kept_the_version_of_its_record_is_seen_by_the_trail(seen, parcel, change):
    record = parcel("P-1", name="旧名")
    _tile(seen, PLACE)

    change(record, name="新名")
    type(record).everywhere.filter(pk=record.pk).update(version=1)

    assert _is_as_anew(seen)


def test_a_tile_is_drawn_anew_only_where_something_has_changed(seen, parcel, change):
    near, far = parcel("P-1"), parcel("P-2", 8)
    before = _tile(seen, PLACE), _tile(seen, ASIDE)

    change(near, name="新名")
    after = _tile(seen, PLACE), _tile(seen, ASIDE)

    assert after[0] != before[0]
    assert after[1] is before[1]
    assert _codes(after[1]) == [far.code]


def test_what_moves_leaves_one_tile_and_appears_in_the_other(seen, parcel, change):
    record = parcel("P-1")
    parcel("P-2", 8)
    assert (_codes(_tile(seen, PLACE)), _codes(_tile(seen, ASIDE))) == (["P-1"], ["P-2"])

    change(record, outline=box(8, 0, 0.5))

    assert (_codes(_tile(seen, PLACE)), _codes(_tile(seen, ASIDE))) == ([], ["P-1", "P-2"])


def test_a_filtered_tile_is_always_drawn_of_the_present_records(seen, parcel, change):
    record = parcel("P-1", supply="in_use")
    parcel("P-2", 8)
    asked = "supply=in_use"
    assert _codes(_tile(seen, PLACE, asked)) == ["P-1"]

    change(record, supply="below_target")

    assert _codes(_tile(seen, PLACE, asked)) == []


def test_after_more_changes_than_are_worth_it_all_are_read_anew(seen, parcel, monkeypatch):
    parcel("P-1")
    _tile(seen, PLACE)
    monkeypatch.setattr(outlined, "MOST_RENEWED", 1)

    parcel("P-2", 1)
    parcel("P-3", 2)

    assert _is_as_anew(seen)
    assert outlined.drawn(seen, queries.version(seen)).before == 0
