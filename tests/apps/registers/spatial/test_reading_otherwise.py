"""A file that is read wrongly at first is set right on the page: encoding, layers, repairs."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.land.models import Parcel
from jingkai.apps.registers.imports import units
from jingkai.apps.registers.models import ImportRun, State
from jingkai.core.geometry import files
from jingkai.core.geometry.files import Format
from jingkai.core.geometry.shapes import Shape
from tests.apps.registers.spatial.making import SOUTH, WEST, square

pytestmark = pytest.mark.django_db

BOW = (
    f"POLYGON (({WEST} {SOUTH}, {WEST + 0.001} {SOUTH + 0.001}, {WEST + 0.001} {SOUTH},"
    f" {WEST} {SOUTH + 0.001}, {WEST} {SOUTH}))"
)
DRAWING = """0 SECTION 2 ENTITIES
0 LWPOLYLINE 8 宗地 90 4 70 1
10 39571000 20 3992000 10 39571100 20 3992000 10 39571100 20 3992100 10 39571000 20 3992100
0 TEXT 8 编号 10 39571050 20 3992050 40 5 1 P-1
0 ENDSEC 0 EOF"""


@pytest.fixture
def officer(client: Client, zone: Zone, hire: Callable[[Zone, Role], User]) -> Client:
    """Return the browser of somebody who may import parcels."""
    client.force_login(hire(zone, Role.LAND))
    return client


@pytest.fixture
def upload(officer: Client, zone: Zone, inside: Zone) -> Callable[[bytes, str], ImportRun]:
    """Return a function that brings a file and returns its import."""

    def brought(content: bytes, name: str) -> ImportRun:
        url = reverse("parcels-import", args=[zone.code])
        answer = officer.post(url, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        return ImportRun.objects.latest("pk")

    return brought


@pytest.fixture
def said(officer: Client, zone: Zone, inside: Zone) -> Callable[..., ImportRun]:
    """Return a function that sends the form of a page of an import."""

    def sent(run: ImportRun, page: str = "mapping", **form: Any) -> ImportRun:
        answer = officer.post(reverse(f"parcels-import-{page}", args=[zone.code, run.pk]), form)
        assert answer.status_code == 302, answer.content.decode()
        run.refresh_from_db()
        return run

    return sent


def test_a_text_that_nobody_can_read_for_sure_is_asked_about(
    officer: Client, zone: Zone, upload: Callable[..., ImportRun], said: Callable[..., ImportRun]
) -> None:
    run = upload("编号,name\nP-1,Café\n".encode().replace(b"\xc3\xa9", b"\xe9"), "a.csv")
    address = reverse("parcels-import-mapping", args=[zone.code, run.pk])

    page = officer.get(address).content.decode()
    refused = officer.post(address, {"heading": ["name"], "column": ["name"], "encoding": ""})

    assert run.state == State.UNMAPPED
    assert "请选择文字编码" in page
    assert refused.status_code == 400


def test_an_encoding_that_was_found_wrongly_is_set_right_and_remembered(
    upload: Callable[..., ImportRun], said: Callable[..., ImportRun]
) -> None:
    table = "編號,宗地名稱\nP-1,經開區\n".encode("big5")  # which has sense in GBK too, another
    run = said(upload(table, "a.csv"), encoding="big5")

    assert [c["heading"] for c in run.report["look"]["columns"]] == ["編號", "宗地名稱"]

    said(run, encoding="big5", heading=["編號", "宗地名稱"], column=["code", "name"])
    again = upload(table.replace(b"P-", b"Q-"), "b.csv")

    assert again.state == State.READY
    assert again.rows.get(key="Q-1").values["name"] == "經開區"


def test_layers_in_different_systems_are_each_taken_in_their_own(
    upload: Callable[..., ImportRun], said: Callable[..., ImportRun], tmp_path: Path
) -> None:
    content = zipped(tmp_path, EPSG4490=("EPSG:4490", 1), EPSG4527=("EPSG:4527", 2))

    run = said(upload(content, "a.zip"), "run")

    assert run.state == State.IMPORTED
    placed = {p.code: (p.outline_system, p.outline.bounds) for p in Parcel.objects.all()}
    assert placed["P-1"] == ("EPSG:4490", square(1).bounds)
    assert placed["P-2"][0] == "EPSG:4527"
    assert placed["P-2"][1] == pytest.approx(square(2).bounds, abs=2e-8)


def test_a_layer_without_its_system_is_asked_about_by_its_name(
    officer: Client,
    zone: Zone,
    upload: Callable[..., ImportRun],
    said: Callable[..., ImportRun],
    tmp_path: Path,
) -> None:
    content = zipped(tmp_path, known=("EPSG:4490", 1), bare=("EPSG:4548", 2), without="bare.prj")

    run = upload(content, "a.zip")
    page = officer.get(reverse("parcels-import-mapping", args=[zone.code, run.pk]))

    assert run.state == State.UNMAPPED
    assert "“bare”的图形在什么坐标系里" in page.content.decode()

    columns = {"heading": ["编号", "宗地名称"], "column": ["code", "name"]}
    form = {"system": "EPSG:4490", "layer": "bare", "system-1": "EPSG:4548"}
    run = said(said(run, **columns, **form), "run")

    parcel = Parcel.objects.get(code="P-2")
    assert parcel.outline.bounds == pytest.approx(square(2).bounds, abs=2e-8)


def test_a_repair_is_offered_where_the_rows_are_refused_and_done_with_one_click(
    officer: Client,
    zone: Zone,
    upload: Callable[..., ImportRun],
    said: Callable[..., ImportRun],
) -> None:
    content = f'编号,宗地名称,图形\nP-1,示范,"{BOW}"\n'
    run = upload(content.encode(), "a.csv")
    page = officer.get(reverse("parcels-import-run", args=[zone.code, run.pk])).content.decode()

    assert run.state == State.REFUSED
    assert 'value="self_crossing" checked' in page

    run = said(run, "adjust", repair="self_crossing")

    assert run.state == State.READY
    assert run.rows.get().findings[0]["code"] == "repaired"


def test_a_date_whose_year_stands_last_is_read_in_the_order_that_is_clicked(
    upload: Callable[..., ImportRun], said: Callable[..., ImportRun]
) -> None:
    run = upload("编号,宗地名称,使用期限起\nP-1,示范,03/04/2024\n".encode(), "a.csv")

    run = said(run, "adjust", dates="dmy")

    assert run.state == State.READY
    assert run.rows.get().values["term_from_on"] == "2024-04-03"


def test_an_area_is_read_only_when_somebody_has_said_its_unit(
    officer: Client, zone: Zone, upload: Callable[..., ImportRun], said: Callable[..., ImportRun]
) -> None:
    run = upload("编号,宗地名,面积\nP-1,示范,15\n".encode(), "a.csv")
    form = {"heading": ["编号", "宗地名", "面积"], "column": ["code", "name", "area_m2"]}

    address = reverse("parcels-import-mapping", args=[zone.code, run.pk])
    asked = officer.post(address, form)
    run = said(run, **form, **{"unit-area_m2": "mu"})

    assert asked.status_code == 400
    assert "请核对数量的单位" in asked.content.decode()
    assert run.rows.get().values["area_m2"] == "10000"


def test_two_headings_are_not_taken_for_one_column(
    officer: Client, zone: Zone, upload: Callable[..., ImportRun]
) -> None:
    run = upload("编号,甲,乙\nP-1,示范,别名\n".encode(), "a.csv")
    form = {"heading": ["编号", "甲", "乙"], "column": ["code", "name", "name"]}

    answer = officer.post(reverse("parcels-import-mapping", args=[zone.code, run.pk]), form)

    assert answer.status_code == 400
    assert "宗地名称：只能由文件中的一列给出" in answer.content.decode()


def test_a_remembered_system_in_which_the_numbers_have_no_sense_is_asked_about(
    upload: Callable[..., ImportRun], said: Callable[..., ImportRun]
) -> None:
    columns = {"heading": ["编号", "宗地名称", "X", "Y"]}
    columns |= {"column": ["code", "name", "outline:x", "outline:y"]}
    metres = "编号,宗地名称,X,Y\nP-1,示范,39571000,3992000\n"
    said(upload(metres.encode(), "a.csv"), system="EPSG:4527", **columns)

    same = upload(metres.replace("P-1", "P-2").encode(), "b.csv")
    degrees = upload(f"编号,宗地名称,X,Y\nP-3,示范,{WEST},{SOUTH}\n".encode(), "c.csv")

    assert same.state == State.READY
    assert degrees.state == State.UNMAPPED


def test_the_order_of_dates_is_proposed_where_only_one_has_sense() -> None:
    assert units.proven_order(["03/04/2024", "25/12/2023"]) == "dmy"
    assert units.proven_order(["03/04/2024", "12/25/2023"]) == "mdy"
    assert units.proven_order(["03/04/2024"]) == ""
    assert units.proven_order(["25/12/2023", "12/25/2023"]) == ""


def test_a_drawing_and_a_packed_map_come_in_through_the_page(
    upload: Callable[..., ImportRun],
    said: Callable[..., ImportRun],
    spatial_file: Callable[..., bytes],
) -> None:
    drawing = "\n".join(DRAWING.split()).encode("gbk")
    run = upload(drawing, "红线图.dxf")
    columns = {"heading": ["Layer", "Text"], "column": ["name", "code"], "system": "EPSG:4527"}
    said(said(run, **columns), "run")
    rows = [({"编号": "P-2", "宗地名称": "示范"}, square(2))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", spatial_file(Format.KML, rows))
    said(upload(packed.getvalue(), "a.kmz"), "run")

    first, second = Parcel.objects.order_by("code")
    assert (first.name, first.outline.area_m2) == ("宗地", pytest.approx(10_000, rel=0.001))
    assert second.outline == square(2)


def zipped(folder: Path, *, without: str = "", **layers: tuple[str, int]) -> bytes:
    """Return a zip of Shapefiles, each of one parcel in a system of its own."""
    fields = [files.Field("编号"), files.Field("宗地名称")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as together:
        for name, (system, number) in layers.items():
            path = folder / f"{name}.zip"
            records: list[tuple[list[Any], Shape]] = [([f"P-{number}", "示范"], square(number))]
            files.write(path, Format.SHAPEFILE, fields, records, layer=name, system=system)
            with zipfile.ZipFile(path) as one:
                kept = [each for each in one.namelist() if each not in {without, "fields.csv"}]
                for member in kept:
                    together.writestr(member, one.read(member))
        together.writestr("fields.csv", "宗地名,宗地名称\n")
    return out.getvalue()
