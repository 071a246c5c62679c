"""A layer renewed by what has changed, held against the same layer prepared anew."""

import mapbox_vector_tile
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.geometry import Shape, tiles
from jingkai.core.geometry.tiles import Prepared
from tests.core.geometry.places import rectangle
from tests.core.geometry.test_tiles import SOUTH, WEST, tile_of
from tests.environment import rounds

COLUMNS = ("code", "supply", "use")


def _shape(kind, place):
    west = WEST + 0.002 * place
    if kind == "point":
        return Shape.of_wkt(f"POINT ({west} {SOUTH})")
    if kind == "line":
        return Shape.of_wkt(f"LINESTRING ({west} {SOUTH}, {west + 0.001} {SOUTH + 0.001})")
    size = 1e-5 if kind == "speck" else 0.0015
    return rectangle(west, SOUTH, size, size)


RECORDS = st.dictionaries(
    st.integers(1, 12),
    st.tuples(
        st.sampled_from(["area", "speck", "line", "point"]),
        st.integers(0, 6),
        st.sampled_from([None, "a", "b", "c"]),
        st.sampled_from([None, "x"]),
    ),
    max_size=8,
)


def _layer(records):
    """Return the records prepared, by their ids."""
    ids = sorted(records)
    shapes = [_shape(*records[pk][:2]).geometry for pk in ids]
    values = [(f"G{pk}", *records[pk][2:]) for pk in ids]
    return Prepared.of("parcels", shapes, ids, COLUMNS, values)


def _drawn(layer, z):
    return mapbox_vector_tile.decode(tiles.encode([(layer, None)], z, *tile_of(WEST, SOUTH, z)))


@settings(max_examples=rounds(60, 1_000), deadline=None)
@given(RECORDS, RECORDS)
def test_a_layer_renewed_by_what_changed_is_drawn_as_one_prepared_anew(before, after):
    changed = [pk for pk in {*before, *after} if before.get(pk) != after.get(pk)]
    fresh = {pk: after[pk] for pk in changed if pk in after}
    anew = _layer(after)

    renewed = _layer(before).renewed(np.array(changed, dtype=np.int64), _layer(fresh))

    assert renewed.ids.tolist() == anew.ids.tolist()
    assert [c.is_name for c in renewed.columns] == [c.is_name for c in anew.columns]
    assert [set(c.texts) for c in renewed.columns] == [set(c.texts) for c in anew.columns]
    for zoom in (9, 14):
        assert _drawn(renewed, zoom) == _drawn(anew, zoom)


@settings(max_examples=rounds(60, 1_000), deadline=None)
@given(RECORDS, RECORDS, st.integers(8, 15), st.integers(-1, 1))
def test_a_tile_that_no_change_touches_stays_as_it_is(before, after, zoom, aside):
    column, row = tile_of(WEST, SOUTH, zoom)
    place = (zoom, column + aside, row)
    changed = np.array([pk for pk in {*before, *after} if before.get(pk) != after.get(pk)])
    old, new = _layer(before), _layer(after)
    moved = np.concatenate((old.bounds_of(changed), new.bounds_of(changed)))
    is_alike = [c.is_name for c in old.columns] == [c.is_name for c in new.columns]

    is_touched = tiles.touches(moved, *place)

    tile, again = (tiles.encode([(layer, None)], *place) for layer in (old, new))
    told, told_again = (mapbox_vector_tile.decode(each) if each else {} for each in (tile, again))
    assert is_touched or not is_alike or told == told_again


def test_of_many_names_the_changed_ones_are_told_and_the_others_stay():
    before = {pk: ("area", pk % 7, "a", None) for pk in range(1, 201)}
    after = before | {5: ("area", 3, "b", None), 250: ("area", 4, None, "x")}
    after.pop(9)

    renewed = _layer(before).renewed(np.array([5, 9, 250]), _layer({5: after[5], 250: after[250]}))

    assert [column.is_name for column in renewed.columns] == [True, False, False]
    assert _drawn(renewed, 14) == _drawn(_layer(after), 14)
