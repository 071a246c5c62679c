"""Shapefiles as others zip them: parts missing, tables in GBK, names in GBK."""

import struct
import zipfile

import numpy as np
import pytest

from jingkai.core.geometry import files, systems
from jingkai.core.geometry.files import Format, Remark, drivers
from tests.core.geometry.filing import FIELDS, PLOT, RECORDS, remarks, repacked, rows


def in_gbk(tmp_path):
    """Return a zipped Shapefile whose table is GBK, as most programs in China wrote it."""
    folder = tmp_path / "gbk"
    folder.mkdir()
    drivers.raw.write(
        folder / "plots.shp",
        [PLOT.wkb],
        [np.array(["济南市钢城区"], dtype=object)],
        ["坐落位置"],
        driver="ESRI Shapefile",
        geometry_type="MultiPolygon",
        crs="EPSG:4490",
        encoding="GBK",
    )
    path = tmp_path / "gbk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    return path


def test_a_table_of_gbk_without_cpg_is_read_as_gbk_and_that_is_said(tmp_path, opened):
    def without_language(name, content):
        return content[:29] + b"\0" + content[30:] if name.endswith(".dbf") else content

    path = repacked(in_gbk(tmp_path), without=(".cpg",), change=without_language)

    source = opened(path)

    assert source.layers[0].fields == ("坐落位置",)
    assert rows(source)[0][0] == ["济南市钢城区"]
    assert source.layers[0].encoding == "gb18030"
    assert remarks(source) == [Remark.ENCODING_FOUND]


def test_a_cpg_that_lies_is_found_out(tmp_path, opened):
    path = repacked(
        in_gbk(tmp_path),
        change=lambda name, content: b"UTF-8" if name.endswith(".cpg") else content,
    )

    source = opened(path)

    assert rows(source)[0][0] == ["济南市钢城区"]
    assert remarks(source) == [Remark.ENCODING_WRONG]
    assert source.layers[0].notes[0].facts == {"said": "UTF-8", "encoding": "gb18030"}


def test_a_table_in_no_known_encoding_is_shown_with_a_warning(tmp_path, opened):
    path = repacked(
        in_gbk(tmp_path),
        without=(".cpg",),
        change=lambda _name, content: content.replace("济".encode("gbk"), b"\xff\xff"),
    )

    assert remarks(opened(path)) == [Remark.ENCODING_UNKNOWN]


@pytest.mark.parametrize(
    ("ending", "remark"),
    [
        (".prj", Remark.NO_SYSTEM),
        (".shx", Remark.INDEX_REBUILT),
        (".dbf", Remark.NO_TABLE),
    ],
)
def test_a_missing_part_of_a_shapefile_is_said_and_the_rest_is_read(
    written, opened, ending, remark
):
    path, _losses = written(Format.SHAPEFILE)

    source = opened(repacked(path, without=(ending,)))

    assert remark in remarks(source)
    shapes = [systems.shape(wkb, "EPSG:4490") for _values, wkb in rows(source)]
    assert shapes == [shape for _values, shape in RECORDS]
    assert bool(source.layers[0].system) == (ending != ".prj")


def test_a_record_marked_as_deleted_is_left_out_with_its_shape(written, opened):
    path, _losses = written(Format.SHAPEFILE)

    def second_deleted(name, content):
        if not name.endswith(".dbf"):
            return content
        begin, length = struct.unpack_from("<HH", content, 8)
        at = begin + length
        return content[:at] + b"*" + content[at + 1 :]

    source = opened(repacked(path, change=second_deleted))

    assert [values[0] for values, _wkb in rows(source)] == ["G1", "G3"]
    assert systems.shape(rows(source)[1][1], "EPSG:4490") == RECORDS[2][1]
    assert remarks(source) == [Remark.DELETED]


def test_shapes_in_folders_whose_names_are_gbk_are_found(written, opened, tmp_path):
    path, _losses = written(Format.SHAPEFILE)
    target = tmp_path / "gbk-names.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():  # "##" stands for a character of two bytes, written by others
            new.writestr(f"a/##{name[2:]}", old.read(name))
    target.write_bytes(target.read_bytes().replace(b"##", "地".encode("gbk")))

    (layer,) = opened(target).layers

    assert layer.name.startswith("地")
    assert layer.count == 3


def test_several_shapefiles_in_one_zip_are_several_layers(written, opened, tmp_path):
    path, _losses = written(Format.SHAPEFILE)
    target = tmp_path / "several.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for folder in ("a", "b"):
            for name in old.namelist():
                new.writestr(f"{folder}/{name}", old.read(name))
                new.writestr(f"__MACOSX/._{folder}{name}", b"x")

    assert [each.name for each in opened(target).layers] == ["a/宗地", "b/宗地"]


def test_an_encoding_that_somebody_says_is_taken_whatever_the_file_says(tmp_path):
    path = in_gbk(tmp_path)

    for encoding, said in (("gb18030", []), ("utf-8", [Remark.ENCODING_UNFIT])):
        scratch = tmp_path / f"scratch-{encoding}"
        scratch.mkdir()
        source = files.open_source(path, scratch, encoding=encoding)

        assert source.layers[0].encoding == encoding
        assert remarks(source) == said
        assert (rows(source)[0][0] == ["济南市钢城区"]) == (not said)


def test_the_whole_names_of_cut_fields_are_read_from_the_list_beside(written, opened):
    path, losses = written(Format.SHAPEFILE)

    whole, cut = opened(path), opened(repacked(path, without=("fields.csv",)))

    assert losses.names
    assert whole.layers[0].fields == tuple(each.name for each in FIELDS)
    assert cut.layers[0].fields != whole.layers[0].fields
