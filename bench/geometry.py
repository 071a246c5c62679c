"""Shapes without a database: 100,000 in tiles, overlaps and faults; 50,000 through files."""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely

from bench.material.table import Table
from jingkai.core.geometry import Shape, faults, files, overlaps, shapes, systems, tiles
from jingkai.core.geometry.files import Field, Format, Type
from jingkai.core.geometry.tiles import Prepared

EDGE = 316  # plots along an edge: 100,000 in all
IN_FILES = 50_000
WEST, SOUTH, STEP = 117.6, 36.0, 0.0004
ZOOMS = (8, 10, 11, 12, 13, 14, 16)
MOST_TILE_MS = 100
MOST_MEMORY = 768 * 1024 * 1024  # of a child that opens what is foreign
FIELDS = (Field("宗地编号"), Field("面积", Type.DECIMAL), Field("坐落"), Field("层数", Type.WHOLE))
CHILD = """
import json, pathlib, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
from jingkai.core.geometry import files
source = files.open_source(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
count = sum(1 for layer in source.layers for _row in source.rows(layer.name))
status = pathlib.Path("/proc/self/status").read_text()
peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
print(json.dumps([count, time.process_time(), int(peak.split()[1]) / 1024]))
"""


def main() -> None:
    """Print what shapes cost."""
    drawn = _plots()
    table = Table(f"Shapes: {len(drawn):,}")
    made = _timed(table, "shapes from bytes", lambda: [Shape.of_wkb(each) for each in drawn])
    _timed(table, "areas", lambda: shapes.areas_m2(made))
    _timed(table, "faults", lambda: faults.find_all(made))
    _timed(table, "overlaps, all neighbours touching", lambda: overlaps.find(made))
    metres = [systems.wkb(shape, "EPSG:4527") for shape in made[:10_000]]
    _timed(table, "10,000 converted", lambda: systems.shapes(metres, "EPSG:4527"))
    _tiles(table, made)
    table.show()
    _files(made[:IN_FILES])


def _plots() -> list[bytes]:
    """Return plots of twelve points side by side, as a cadastre draws them."""
    x, y = (each.ravel() * STEP for each in np.meshgrid(np.arange(EDGE), np.arange(EDGE)))
    boxes = shapely.box(WEST + x, SOUTH + y, WEST + x + STEP, SOUTH + y + STEP)
    drawn: list[bytes] = shapely.to_wkb(shapely.segmentize(boxes, STEP / 3)).tolist()
    return drawn


def _timed(table: Table, name: str, call: Callable[[], Any]) -> Any:
    begun = time.process_time()
    result = call()
    table.add(name, time.process_time() - begun, "s CPU")
    return result


def _tiles(table: Table, made: list[Shape]) -> None:
    names = ("code", "name", "supply", "stage", "occupancy", "statutory")
    values = [
        (f"G{i}", f"地块{i}", "abcde"[i % 5], "xyz"[i % 3], "pq"[i % 2], "uvw"[i % 3])
        for i in range(len(made))
    ]
    wkbs = [shape.wkb for shape in made]
    source = _timed(
        table,
        "prepared for tiles",
        lambda: Prepared.of("parcels", shapely.from_wkb(wkbs), range(len(made)), names, values),
    )
    for zoom in ZOOMS:
        place = _tile(WEST + EDGE * STEP / 2, SOUTH + EDGE * STEP / 2, zoom)
        tiles.encode([(source, None)], *place)
        begun = time.process_time()
        tile = tiles.encode([(source, None)], *place)
        spent = (time.process_time() - begun) * 1_000
        besides = f"{len(tile) / 1024:,.0f} kB"
        table.add(f"a tile at zoom {zoom}", spent, "ms CPU", target=MOST_TILE_MS, besides=besides)


def _tile(longitude: float, latitude: float, zoom: int) -> tuple[int, int, int]:
    down = 0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
    return zoom, int((longitude / 360 + 0.5) * 2**zoom), int(down * 2**zoom)


def _files(made: list[Shape]) -> None:
    table = Table(f"Files of {len(made):,} plots; read in a child of {MOST_MEMORY >> 20} MB")
    records = [
        ([f"GC-{i:06}", Decimal(i), f"钢城区高新路{i}号", i % 9], shape)
        for i, shape in enumerate(made)
    ]
    with TemporaryDirectory() as folder:
        for kind in (Format.GEOPACKAGE, Format.SHAPEFILE, Format.GEOJSON, Format.KML):
            path = Path(folder) / f"plots.{files.ENDINGS[kind]}"
            begun = time.process_time()
            files.write(path, kind, FIELDS, records, layer="宗地")
            besides = f"{path.stat().st_size / 1024 / 1024:,.0f} MB"
            table.add(f"{kind} written", time.process_time() - begun, "s CPU", besides=besides)
            count, seconds, memory = _read(path, Path(folder) / f"{kind}-scratch")
            besides = f"{count:,} rows, peak {memory:,.0f} MB"
            table.add(f"{kind} read", seconds, "s CPU", besides=besides)
    table.show()


def _read(path: Path, scratch: Path) -> tuple[int, float, float]:
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, path, scratch, str(MOST_MEMORY)],
        capture_output=True,
        check=True,
    )
    count, seconds, memory = json.loads(done.stdout)
    return count, seconds, memory


if __name__ == "__main__":
    main()
