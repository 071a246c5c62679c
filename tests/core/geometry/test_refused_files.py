"""What is no readable file is refused with its reason, whatever it is called."""

import random
import subprocess
import sys
import zipfile

import pytest

from jingkai.core.geometry import files
from jingkai.core.geometry.files import Format
from jingkai.core.geometry.files.archives import MOST_MEMBERS
from tests.core.geometry.filing import refusal, repacked, rows
from tests.environment import rounds


@pytest.mark.parametrize("kind", [Format.GEOJSON, Format.KML, Format.GEOPACKAGE])
def test_another_format_in_a_zip_is_opened_as_what_it_is(written, opened, tmp_path, kind):
    path, _losses = written(kind)
    target = tmp_path / "one.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(path, f"folder/doc{path.suffix}")

    assert opened(target).format is kind


def test_the_files_of_a_zip_that_are_not_read_are_told(written, opened, tmp_path):
    path, _losses = written(Format.GEOJSON)
    target = tmp_path / "two.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.write(path, "one.geojson")
        archive.write(path, "two.geojson")

    (layer,) = opened(target).layers

    assert files.Note(files.Remark.OTHERS, {"names": "two.geojson"}) in layer.notes


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Feature", "properties": {}, "geometry": null}\n' * 2,  # a feature a line
        '{"type": "FeatureCollection", "features": [null]}',
    ],
)
def test_a_file_of_which_a_part_would_be_lost_is_refused(tmp_path, opened, text):
    path = tmp_path / "lines.geojson"
    path.write_text(text)

    assert refusal(opened, path) is files.Reason.DAMAGED


def evil_zip(path, **member):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in member.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def test_a_zip_that_would_fill_the_disk_is_refused_unopened(tmp_path, opened):
    path = evil_zip(tmp_path / "bomb.zip", a_shp=b"\0" * 60_000_000)

    assert refusal(opened, path) is files.Reason.UNPACKED


def test_a_zip_of_too_many_members_is_refused(tmp_path, opened):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(f"{number}.shp", b"")

    assert refusal(opened, path) is files.Reason.UNPACKED


def test_a_member_that_climbs_out_of_the_folder_is_refused(tmp_path, opened):
    path = tmp_path / "climbing.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../a.shp", b"")

    assert refusal(opened, path) is files.Reason.MEMBER


def test_an_encrypted_zip_is_refused(written, opened):
    path, _losses = written(Format.SHAPEFILE)
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 1)
    path.write_bytes(content)

    assert refusal(opened, path) is files.Reason.PASSWORD


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", files.Reason.NOT_SPATIAL),
        (b"a,b\n1,2\n", files.Reason.NOT_SPATIAL),
        (
            b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>",
            files.Reason.NOT_SPATIAL,
        ),
        (
            b"<OGRWFSDataSource><URL>http://127.0.0.1</URL></OGRWFSDataSource>",
            files.Reason.NOT_SPATIAL,
        ),
        (b'{"a": 1}', files.Reason.NOT_SPATIAL),
        (b'{"type": "FeatureCollection", "features": [', files.Reason.DAMAGED),
        (b'{"type": "FeatureCollection"', files.Reason.DAMAGED),
        (b"{", files.Reason.DAMAGED),
        (b"AC1032 and more", files.Reason.DWG),
        (b"AutoCAD Binary DXF\r\n", files.Reason.BINARY_DXF),
        (b"\x00\x00\x27\x0a" + b"\0" * 96, files.Reason.ALONE),
        (b"PK\x03\x04 and nothing", files.Reason.DAMAGED),
        (b"SQLite format 3\x00 and nothing", files.Reason.DAMAGED),
        (b"<kml><Document/></kml>", files.Reason.EMPTY),
        (b"<kml><Document>", files.Reason.DAMAGED),
        (b"<!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>", files.Reason.DOCTYPE),
        (b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n", files.Reason.EMPTY),
    ],
)
def test_what_is_no_readable_file_is_refused_whatever_it_is_called(
    tmp_path, opened, content, reason
):
    path = tmp_path / "plots.geojson"
    path.write_bytes(content)

    assert refusal(opened, path) is reason


def test_gdal_knows_no_other_format_and_fetches_nothing():
    code = (
        "from jingkai.core.geometry.files import drivers; import pyogrio;"
        "print(*sorted(set(pyogrio.list_drivers()) ^ drivers.KEPT))"
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == ""
    assert done.stderr.strip() == ""


def damaged(content, chance):
    """Return the bytes with some of them changed, or without their end."""
    changed = bytearray(content)
    for _time in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


@pytest.mark.filterwarnings("ignore")  # GDAL says what it makes of the damage
@pytest.mark.parametrize("kind", files.ENDINGS)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(written, opened, kind):
    chance = random.Random(20_241_231)
    path, _losses = written(kind)
    for _round in range(rounds(25, 2_000)):
        if kind is Format.SHAPEFILE:
            broken = repacked(path, change=lambda _name, content: damaged(content, chance))
        else:
            broken = path.with_name("broken")
            broken.write_bytes(damaged(path.read_bytes(), chance))

        try:
            source = opened(broken)
            shapes = [
                wkb for place in range(len(source.layers)) for _row, wkb in rows(source, place)
            ]
        except files.Unreadable:
            continue

        assert all(each is None or isinstance(each, bytes) for each in shapes)


@pytest.mark.parametrize("said", [b"zlib", b"undefined", b"UTF\x008", b"nonsense", b""])
def test_a_cpg_that_names_no_encoding_is_passed_over(written, opened, said):
    path, _losses = written(Format.SHAPEFILE)

    source = opened(
        repacked(path, change=lambda name, old: said if name.endswith(".cpg") else old)
    )

    assert rows(source)[1][0][0] == "G2 厂房<&>"
    assert source.layers[0].encoding == "utf-8"
