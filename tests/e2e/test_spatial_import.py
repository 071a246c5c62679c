"""The land officer's old Shapefile: asked about, refused, repaired, and on the list."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

from jingkai.core.geometry import Shape, systems
from jingkai.core.geometry.files import drivers

pytestmark = pytest.mark.browser

SYSTEM = "EPSG:4548"  # metres east of 117°, as surveyors of the zone draw
WEST, SOUTH, SIDE = 117.832, 36.091, 0.001
EAST, NORTH = WEST + SIDE, SOUTH + SIDE
SQUARE = f"{WEST} {SOUTH}, {EAST} {SOUTH}, {EAST} {NORTH}, {WEST} {NORTH}"
BOW = f"{EAST} {SOUTH}, {EAST + SIDE} {NORTH}, {EAST + SIDE} {SOUTH}, {EAST} {NORTH}"
ROWS = {"E2E-S1": ("钢城大道北侧地块（示范）", SQUARE), "E2E-S2": ("领结形地块（示范）", BOW)}


def shapefile(folder: Path) -> bytes:
    """Return a zip as offices keep it: a table of GBK that does not say so, no projection."""
    shapes = []
    for _name, corners in ROWS.values():
        drawn = Shape.of_wkt(f"POLYGON (({corners}, {corners.split(', ')[0]}))").geometry
        moved = shapely.transform(drawn, surveyed)
        shapes.append(shapely.to_wkb(moved))
    columns = [list(ROWS), [name for name, _corners in ROWS.values()]]
    drivers.raw.write(
        folder / "宗地.shp",
        shapes,
        [np.array(column, dtype=object) for column in columns],
        ["编号", "宗地名"],
        driver="ESRI Shapefile",
        geometry_type="MultiPolygon",
        crs=SYSTEM,
        encoding="GBK",
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for ending in (".shp", ".shx", ".dbf"):
            content = (folder / f"宗地{ending}").read_bytes()
            if ending == ".dbf":
                content = content[:29] + b"\0" + content[30:]  # the language of the table
            archive.writestr(f"宗地{ending}", content)
    return packed.getvalue()


def surveyed(points):
    """Return places in longitude and latitude as a surveyor writes them."""
    return systems.convert(points, "EPSG:4490", SYSTEM)


def test_an_old_shapefile_is_asked_about_repaired_and_on_the_list(log_in, tmp_path):
    officer = log_in("land")
    page = officer.open("parcels/import/")
    file = {"name": "存量.zip", "mimeType": "application/zip", "buffer": shapefile(tmp_path)}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="上传并校验").click()
    page.wait_for_url("**/mapping/")

    expect(page.get_by_text("Shapefile 缺少 .prj")).to_be_visible()
    expect(page.get_by_text("钢城大道北侧地块（示范）").first).to_be_visible()
    assert officer.barriers() == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert not officer.overflows()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("宗地名", exact=True).select_option("name")
    page.locator(f"[name=system][value='{SYSTEM}']").check()
    page.get_by_role("button", name="按此校验").click()

    problem = page.locator("#problems tbody tr")
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text("边界自相交")
    expect(page.get_by_role("button", name="确认导入")).to_have_count(0)
    assert officer.barriers() == []
    page.get_by_role("button", name="按此处理并重新校验").click()

    expect(page.get_by_text("已按您的选择修复").first).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("新增 2 条")).to_be_visible()
    page = officer.open("parcels/?q=E2E-S")
    expect(page.locator("tbody tr")).to_have_count(len(ROWS))
    assert officer.troubles == []
