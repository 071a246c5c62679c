"""GeoJSON, KML, GeoPackage and drawings as others make them."""

import json
import sqlite3

import pytest

from jingkai.core.geometry import NotAShape, Reason, Shape, files, systems
from jingkai.core.geometry.files import Format, Remark
from tests.core.geometry.filing import (
    PLOT,
    refusal,
    remarks,
    rows,
)


def collection(*features, **besides):
    return {"type": "FeatureCollection", "features": list(features), **besides}


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def geojson(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "plots.json"
    path.write_bytes(json.dumps(content, ensure_ascii=False, indent=1).encode(encoding))
    return path


def test_geojson_names_its_system_or_is_in_degrees(tmp_path, opened):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4527"}}
    point = {"type": "Point", "coordinates": [39563075, 3991317]}

    named = opened(geojson(tmp_path, collection(feature(point), crs=crs, name="宗地")))
    silent = opened(geojson(tmp_path, collection(feature(point))))

    assert (named.layers[0].name, named.layers[0].system) == ("宗地", "urn:ogc:def:crs:EPSG::4527")
    assert (silent.layers[0].name, silent.layers[0].system) == ("plots", "EPSG:4326")


def test_columns_of_geojson_are_those_of_all_its_features(tmp_path, opened):
    point = {"type": "Point", "coordinates": [117.7, 36.05, 12]}
    nested = {"type": "Feature", "id": 7, "geometry": point, "properties": {"b": {"c": [1]}}}

    source = opened(geojson(tmp_path, collection(feature(point, a=" x "), nested, feature(None))))

    assert source.layers[0].fields == ("a", "id", "b")
    assert [values for values, _wkb in rows(source)] == [
        ["x", None, None],
        [None, 7, '{"c": [1]}'],
        [None, None, None],
    ]
    assert rows(source)[2][1] is None


@pytest.mark.parametrize(
    "content",
    [
        feature(PLOT.geojson, a=1),
        PLOT.geojson,
        {"geometries": [PLOT.geojson], "type": "GeometryCollection"},
    ],
)
def test_a_single_feature_or_shape_is_a_file_of_one_row(tmp_path, opened, content):
    ((_values, wkb),) = rows(opened(geojson(tmp_path, content)))

    assert Shape.of_wkb(wkb) == PLOT


def test_a_ring_of_geojson_that_is_not_closed_is_handed_on_as_it_stands(tmp_path, opened):
    ring = [[117.7, 36.05], [117.701, 36.05], [117.701, 36.051]]
    path = geojson(tmp_path, collection(feature({"type": "Polygon", "coordinates": [ring]})))

    ((_values, wkb),) = rows(opened(path))

    with pytest.raises(NotAShape) as refused:
        Shape.of_wkb(wkb)
    assert refused.value.reason is Reason.NOT_CLOSED


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Point", "coordinates": [1]},
        {"type": "Polygon", "coordinates": [[1, 2], [3, 4]]},
        {"type": "Ball", "coordinates": []},
        {"type": "Point"},
        [1, 2],
        "POINT (1 2)",
    ],
)
def test_a_broken_shape_of_geojson_is_one_row_that_says_so(tmp_path, opened, geometry):
    path = geojson(tmp_path, collection(feature(geometry, a=1), feature(PLOT.geojson, a=2)))

    (broken, good) = rows(opened(path))

    assert broken == ([1], b"")
    assert Shape.of_wkb(good[1]) == PLOT


def test_geojson_in_gbk_is_read_and_that_is_said(tmp_path, opened):
    source = opened(geojson(tmp_path, collection(feature(PLOT.geojson, 坐落="钢城区")), "gbk"))

    assert rows(source)[0][0] == ["钢城区"]
    assert remarks(source) == [Remark.ENCODING_FOUND]


def kml(tmp_path, body, encoding="UTF-8"):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    path = tmp_path / "plots.kml"
    path.write_bytes(
        f'{head}<kml xmlns="http://www.opengis.net/kml/2.2">{body}</kml>'.encode(encoding)
    )
    return path


PLACEMARK = (
    "<Placemark><name>G1</name><description>旧厂区</description><ExtendedData>"
    '<SchemaData schemaUrl="#s"><SimpleData name="用途">工业</SimpleData></SchemaData>'
    '<Data name="面积"><value>12</value></Data></ExtendedData>'
    "<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>"
    "117.7,36.05,0 117.701,36.05,0\n117.701,36.051,0 117.7,36.051,0 117.7,36.05,0"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark>"
)


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
def test_folders_of_kml_are_layers_with_all_their_data(tmp_path, opened, encoding):
    point = "<Placemark><Point><coordinates>117.7,36.05</coordinates></Point></Placemark>"
    path = kml(
        tmp_path,
        f"<Document><name>全部</name><Folder><name>宗地</name>{PLACEMARK}</Folder>"
        f"<Folder><name>宗地</name>{point}<Placemark><name>空</name></Placemark></Folder></Document>",
        encoding,
    )

    source = opened(path)

    assert [(each.name, each.count) for each in source.layers] == [("宗地", 1), ("宗地_2", 2)]
    assert source.layers[0].fields == ("name", "description", "用途", "面积")
    ((values, wkb),) = rows(source)
    assert values == ["G1", "旧厂区", "工业", "12"]
    assert Shape.of_wkb(wkb) == PLOT
    assert [wkb is None for _values, wkb in rows(source, 1)] == [False, True]


def test_a_placemark_of_kml_without_a_folder_is_read(tmp_path, opened):
    path = kml(tmp_path, "<Placemark><Point><coordinates>x,y</coordinates></Point></Placemark>")

    assert rows(opened(path)) == [([], b"")]


def test_layers_of_a_geopackage_that_are_queries_are_left_out_and_named(written, opened):
    path, _losses = written(Format.GEOPACKAGE)
    with sqlite3.connect(path) as database:
        database.execute('create view 视图 as select * from "宗地"')
        database.execute(
            "insert into gpkg_contents (table_name, data_type, identifier, srs_id) "
            "select '视图', 'features', '视图', srs_id from gpkg_contents"
        )
        database.execute(
            "insert into gpkg_geometry_columns select '视图', column_name, geometry_type_name, "
            "srs_id, z, m from gpkg_geometry_columns"
        )
    database.close()

    source = opened(path)

    assert [each.name for each in source.layers] == ["宗地"]
    assert source.layers[0].notes[0].facts == {"name": "视图"}


def test_a_shape_of_a_geopackage_that_is_none_is_one_row_that_says_so(written, opened):
    path, _losses = written(Format.GEOPACKAGE)
    with sqlite3.connect(path) as database:
        for (trigger,) in database.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            database.execute(f'drop trigger "{trigger}"')
        database.execute("update 宗地 set geom = x'00' where fid = 1")
        database.execute("update 宗地 set geom = null where fid = 2")
    database.close()

    shapes = [wkb for _values, wkb in rows(opened(path))]

    assert shapes[:2] == [b"", None]


def test_a_geopackage_without_shapes_is_empty(tmp_path, opened):
    path = tmp_path / "other.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("create table a (b)")
    database.close()

    assert refusal(opened, path) is files.Reason.DAMAGED


DXF = """0 SECTION 2 HEADER 9 $ACADVER 1 AC1015 9 $DWGCODEPAGE 3 ANSI_936 0 ENDSEC
0 SECTION 2 ENTITIES
0 LWPOLYLINE 5 1A 8 宗地 90 4 70 1
10 563000 20 3991000 10 563100 20 3991000 10 563100 20 3991100 10 563000 20 3991100
0 TEXT 5 1B 8 注记 10 563050 20 3991050 40 2.5 1 地块01
0 LINE 5 1C 8 宗地 10 563200 20 3991000 11 563300 21 3991000
0 LINE 5 1D 8 宗地 10 563300 20 3991000 11 563250 21 3991100
0 LINE 5 1E 8 宗地 10 563250 20 3991100 11 563200 21 3991000
0 LINE 5 1F 8 道路 10 0 20 0 11 5 21 5
0 ENDSEC 0 EOF"""


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("has_header", [True, False])
def test_lines_of_a_drawing_become_areas_with_the_texts_in_them(
    tmp_path, opened, encoding, has_header
):
    path = tmp_path / "plots.dxf"
    text = DXF if has_header else DXF.partition("\n")[2]
    path.write_bytes("\n".join(text.split()).encode(encoding))

    source = opened(path)

    (parcels, roads) = sorted(source.layers, key=lambda each: each.name)
    assert (parcels.name, parcels.count, parcels.system) == ("宗地", 2, "")
    assert Remark.NO_SYSTEM in [note.remark for note in parcels.notes]
    (ring, triangle) = source.rows("宗地")
    assert ring[0] == ["宗地", "地块01", "1A"]
    areas = [systems.shape(each[1], "EPSG:4548").area_m2 for each in (ring, triangle)]
    assert areas == pytest.approx([10_000, 5_000], abs=0.05)
    assert roads.notes[-1].facts == {"count": 1}
