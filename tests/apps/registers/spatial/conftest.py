"""Parcels of the zone in scope, and spatial files to import."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, jobs, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.models import ImportRun
from jingkai.core.geometry import files
from jingkai.core.geometry.shapes import Shape

ENDINGS = {files.Format.GEOPACKAGE: "gpkg", files.Format.SHAPEFILE: "zip"}


@pytest.fixture
def parcels() -> Register:
    """Return the register of parcels."""
    found = queries.find("parcels")
    assert found is not None
    return found


@pytest.fixture
def parcel(parcels: Register, inside: Zone, clock: datetime) -> Callable[..., Any]:
    """Return a function that records a parcel."""

    def record(code: str = "P-1", **others: Any) -> Any:
        values = {"code": code, "name": f"地块{code}（示范）"} | others
        return actions.create_record(
            register=parcels, zone=inside, values=values, by="a", at=clock
        )

    return record


@pytest.fixture
def spatial_file(tmp_path: Path) -> Callable[..., bytes]:
    """Return a function that makes a spatial file of rows: values by heading, and a shape."""

    def made(
        kind: files.Format,
        rows: Sequence[tuple[dict[str, Any], Shape | None]],
        system: str = "EPSG:4490",
    ) -> bytes:
        path = tmp_path / f"made.{ENDINGS.get(kind, kind)}"
        path.unlink(missing_ok=True)
        headings = list(rows[0][0])
        fields = [files.Field(heading) for heading in headings]
        records = [([row[h] for h in headings], shape) for row, shape in rows]
        files.write(path, kind, fields, records, layer="宗地", system=system)
        return path.read_bytes()

    return made


@pytest.fixture
def checked(parcels: Register, inside: Zone, clock: datetime) -> Callable[..., ImportRun]:
    """Return a function that checks a file of parcels."""

    def check(content: bytes, name: str = "a.gpkg", reading: Reading | None = None) -> ImportRun:
        run, _was_imported = jobs.receive(
            register=parcels,
            zone=inside,
            content=content,
            file_name=name,
            reading=reading,
            by="a",
            at=clock,
        )
        return jobs.check(register=parcels, run=run, by="a", at=clock)

    return check


@pytest.fixture
def imported(
    parcels: Register, clock: datetime, checked: Callable[..., ImportRun]
) -> Callable[..., ImportRun]:
    """Return a function that checks a file of parcels and imports it."""

    def take_in(content: bytes, **asked: Any) -> ImportRun:
        run = checked(content, **asked)
        return actions.import_workbook(register=parcels, run=run, by="a", at=clock)

    return take_in
