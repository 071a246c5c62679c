"""A GeoPackage of 50,000 parcels in: read, converted, checked, staged, held apart, written."""

import math
import resource
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.material import database, meters, people
from bench.material.table import Table
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, jobs, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun
from jingkai.core.geometry import files
from jingkai.core.geometry.files import Field, Format, Type
from jingkai.core.geometry.shapes import Shape
from jingkai.web import clock

ROWS = 50_000
ACROSS = 250  # parcels in a row of the grid
STEP = 0.0012  # degrees from one to the next
WEST, SOUTH = 117.6, 35.9
MOST_SECONDS = 60
MOST_MB = 1_000
FIELDS = (
    Field("编号"),
    Field("宗地名称"),
    Field("坐落"),
    Field("登记面积（平方米）", Type.DECIMAL),
    Field("权利人"),
    Field("出让或划拨价款（万元）", Type.DECIMAL),
    Field("使用期限自", Type.DAY),
    Field("备注"),
)


def main() -> None:
    """Measure the import of parcels in the 3-degree zone in which a survey delivers them."""
    content = _parcels()
    with database.fresh() as name:
        table = Table(f"A GeoPackage of {ROWS:,} parcels ({len(content) >> 20} MB) in, {name}")
        zone = people.zone("in")
        officer = people.officer(zone, Role.LAND)
        register = queries.registers()["parcels"]
        with scope.zones(zone.pk):
            _take_in(table, register, zone, officer, content)
        table.show()


def _take_in(table: Table, register: Register, zone: Zone, officer: User, content: bytes) -> None:
    before = _of_children()
    checked = meters.spent(lambda: _check(register, zone, officer, content))
    child = _of_children() - before
    run: ImportRun = checked.result
    if run.report["errors"] or run.report["created"] != ROWS:
        raise RuntimeError(run.report["errors"][:3] or run.state)
    written = meters.spent(
        lambda: actions.import_workbook(
            register=register, run=run, by=officer.username, at=clock.now()
        )
    )
    table.add("check and stage", checked.cpu_seconds, "s CPU", besides=checked.besides)
    table.add("the child that reads the file", child, "s CPU")
    table.add("write", written.cpu_seconds, "s CPU", besides=written.besides)
    together = checked.cpu_seconds + child + written.cpu_seconds
    table.add("together", together, "s CPU", target=MOST_SECONDS)
    table.add("peak memory", max(checked.peak_mb, written.peak_mb), "MB", target=MOST_MB)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    table.add("peak memory of the child", most, "MB", target=MOST_MB)


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _check(register: Register, zone: Zone, officer: User, content: bytes) -> ImportRun:
    by, now = officer.username, clock.now()
    run, _was_imported = jobs.receive(
        register=register, zone=zone, content=content, file_name="宗地.gpkg", by=by, at=now
    )
    return jobs.check(register=register, run=run, by=by, at=now)


def _parcels() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parcels.gpkg"
        records = (_record(number) for number in range(ROWS))
        files.write(path, Format.GEOPACKAGE, FIELDS, records, layer="宗地", system="EPSG:4527")
        return path.read_bytes()


def _record(number: int) -> tuple[list[Any], Shape]:
    shape = _outline(number)
    values = [
        f"ZD-{number:06}",
        f"测速虚构地块{number}",
        f"虚构{number % 97}路与虚构{number % 89}街交叉口",
        shape.area_m2,
        f"测速虚构企业{number % 3_000}有限公司",
        Decimal(100 + number % 9_000),
        date(2015, 1, 1) + timedelta(days=number % 3_000),
        "测速虚构数据" if number % 4 else None,
    ]
    return values, shape


def _outline(number: int) -> Shape:
    """Return a parcel as they are surveyed: some eight to twenty corners, none regular."""
    corners = 8 + number % 13
    east, north = WEST + number % ACROSS * STEP, SOUTH + number // ACROSS * STEP
    points = []
    for corner in range(corners):
        turn = 2 * math.pi * corner / corners
        reach = STEP * (0.36 + 0.1 * math.sin(number * 7.1 + corner * 2.3))
        points.append((east + reach * math.cos(turn), north + reach * 0.8 * math.sin(turn)))
    return Shape.of_geojson({"type": "Polygon", "coordinates": [[*points, points[0]]]})


if __name__ == "__main__":
    main()
