"""Files as we write them: what is kept, what is lost and said."""

import json
import shutil
import zipfile
from decimal import Decimal

import pytest

from jingkai.core.geometry import Shape, files, systems
from jingkai.core.geometry.files import Field, Format
from tests.core.geometry.filing import (
    FIELDS,
    PLOT,
    RECORDS,
    rows,
)


@pytest.mark.parametrize("kind", files.ENDINGS)
@pytest.mark.parametrize("system", ["EPSG:4490", "EPSG:4527", "EPSG:4326"])
def test_what_is_written_is_read_back(written, opened, kind, system):
    if kind in {Format.GEOJSON, Format.KML} and system != "EPSG:4490":
        with pytest.raises(ValueError, match="not written"):
            written(kind, system=system)
        return
    path, _losses = written(kind, system=system)

    source = opened(path)

    (layer,) = source.layers
    assert source.format is kind
    assert (layer.name, layer.count) == ("宗地", 3)
    said = systems.declared(layer.system).system
    assert said == ("EPSG:4326" if kind in {Format.GEOJSON, Format.KML} else system)
    shapes = [systems.shape(wkb, system) for _values, wkb in rows(source)]
    assert shapes == [shape for _values, shape in RECORDS]


@pytest.mark.parametrize("kind", [Format.GEOPACKAGE, Format.SHAPEFILE])
def test_values_keep_their_types_and_digits(written, opened, kind):
    path, _losses = written(kind)

    values = [each for each, _wkb in rows(opened(path))]

    assert [[*each[:1], each[1] and Decimal(str(each[1])), *each[2:]] for each in values] == [
        record for record, _shape in RECORDS
    ]


def test_geojson_has_the_names_in_full_and_days_as_texts(written, opened):
    path, losses = written(Format.GEOJSON)

    source = opened(path)

    assert source.layers[0].fields == tuple(each.name for each in FIELDS)
    assert rows(source)[0][0] == ["G1", 1234.56, 3, "2024-01-02", True]
    assert losses == files.Losses()
    assert json.loads(path.read_text())["features"][0]["geometry"]["type"] == "MultiPolygon"


def test_kml_is_well_formed_and_keeps_chinese_names(written, opened):
    path, _losses = written(Format.KML)

    source = opened(path)

    assert source.layers[0].fields == ("name", *(each.name for each in FIELDS))
    assert rows(source)[1][0][:3] == ["G2 厂房<&>", "G2 厂房<&>", None]


def test_a_shapefile_cuts_names_and_texts_and_says_so(written, opened):
    fields = [Field("登记面积平方米"), Field("登记面积亩数"), Field("短")]
    records = [(["长" * 100, "b", "c"], PLOT), (["a", "b", "c"], None)]

    path, losses = written(Format.SHAPEFILE, records, fields)

    assert losses.names == {"登记面积平方米": "登记面", "登记面积亩数": "登记面2"}
    assert (losses.texts, losses.shapeless) == (1, 1)
    source = opened(path)
    assert source.layers[0].fields == ("登记面积平方米", "登记面积亩数", "短")
    assert rows(source)[0][0][0] == "长" * 84
    with zipfile.ZipFile(path) as archive:
        assert "登记面积平方米" in archive.read(files.EXPLANATION).decode()


def test_a_shapefile_holds_one_kind_of_shape_so_there_are_several(written, opened):
    mixed = [
        *RECORDS[:1],
        (["P", None, None, None, None], Shape.of_wkt("POINT (117.7 36.05)")),
        (["L", None, None, None, None], Shape.of_wkt("LINESTRING (117.7 36.05, 117.8 36.1)")),
    ]

    path, _losses = written(Format.SHAPEFILE, mixed)

    source = opened(path)
    assert [each.name for each in source.layers] == ["宗地-area", "宗地-line", "宗地-point"]
    found = [systems.shape(rows(source, place)[0][1], "EPSG:4490") for place in range(3)]
    assert set(found) == {shape for _values, shape in mixed}


@pytest.mark.parametrize("kind", [Format.GEOPACKAGE, Format.GEOJSON, Format.KML])
def test_other_formats_hold_every_kind_of_shape_and_none(written, opened, kind):
    mixed = [
        *RECORDS[:1],
        (["P", None, None, None, None], Shape.of_wkt("POINT (117.7 36.05)")),
        (["-", None, None, None, None], None),
    ]

    path, _losses = written(kind, mixed)

    found = [wkb and systems.shape(wkb, "EPSG:4490") for _values, wkb in rows(opened(path))]
    assert found == [shape for _values, shape in mixed]


def test_a_geopackage_renames_a_column_that_is_its_own(written, opened):
    path, losses = written(Format.GEOPACKAGE, [(["1", "2"], PLOT)], [Field("fid"), Field("Geom")])

    assert losses.names == {"fid": "fid2", "Geom": "Geom2"}
    assert rows(opened(path))[0][0] == ["1", "2"]


@pytest.mark.parametrize("kind", [Format.GEOPACKAGE, Format.SHAPEFILE])
def test_a_table_without_rows_is_a_table(written, opened, kind):
    path, _losses = written(kind, [])

    assert opened(path).layers[0].count == 0


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_nothing_is_written_as_maps_of_the_internet_have_it(written, system):
    with pytest.raises(ValueError, match="not written"):
        written(Format.GEOPACKAGE, system=system)


def test_nothing_is_left_open_so_that_a_folder_can_be_removed(written, opened, tmp_path):
    path, _losses = written(Format.GEOPACKAGE)
    opened(path)

    shutil.rmtree(tmp_path)

    assert not tmp_path.exists()
