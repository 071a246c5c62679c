"""The map of 100,000 parcels: a tile at every zoom, drawn and kept; the page, its legend."""

import math
from functools import partial

import numpy as np
import shapely

from bench.material import database, meters, people, rows
from bench.material.people import Browser
from bench.material.table import Table
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.atlas.queries import drawn
from jingkai.apps.land.models import Parcel
from jingkai.core.geometry import Shape
from jingkai.core.land import axes

PARCELS = 100_000
MOST_MS = 100
MOST_PAGE_MS = 2_000
ZOOMS = range(6, 18)
WEST, SOUTH = 114.0, 30.0
STEP = 0.0019  # of a degree: about 180 m
CORNERS = 11
SUPPLY = ["", *(member.value for member in axes.Supply)]


def main() -> None:
    """Measure tiles at every zoom over the middle of the parcels, then what stands around them."""
    with database.fresh() as name:
        table = Table(f"Map of {PARCELS:,} parcels, {name}")
        zone = people.zone("tiles")
        officer = people.officer(zone, Role.LAND)
        _parcels(zone)
        database.settle()
        browser = Browser(officer)
        _page(table, browser, zone)
        _tiles(table, browser, zone)
        table.show()


def _page(table: Table, browser: Browser, zone: Zone) -> None:
    path = f"/z/{zone.code}/map/"
    first = meters.spent(partial(browser.get, path))
    table.add("page, first", first.cpu_ms, "ms CPU", target=MOST_PAGE_MS, besides=first.besides)
    pace = meters.pace(partial(browser.get, path), rounds=10)
    table.add("page, again", pace.cpu_ms, "ms CPU", besides=pace.besides)
    legend = meters.pace(partial(browser.get, f"{path}parcels/legend/?axis=supply"), rounds=5)
    table.add("legend with counts and areas", legend.cpu_ms, "ms CPU", besides=legend.besides)
    box = "114.2,30.2;114.25,30.2;114.25,30.25;114.2,30.25"
    chosen = partial(browser.get, f"{path}parcels/selection/?figure={box}")
    pace = meters.pace(chosen, rounds=5)
    table.add("drawn around, about 700 parcels", pace.cpu_ms, "ms CPU", besides=pace.besides)


def _tiles(table: Table, browser: Browser, zone: Zone) -> None:
    base = f"/z/{zone.code}/map/tiles/parcels/any"
    column, row = _middle(15)
    made = meters.spent(partial(browser.get, f"{base}/15/{column}/{row}.mvt"))
    table.add("outlines prepared, once a version", made.cpu_seconds, "s CPU", besides=made.besides)
    for zoom in ZOOMS:
        _zoom(table, browser, f"{base}/{zoom}/{{}}/{{}}.mvt", zoom)
    filtered = f"{base}/9/{{}}/{{}}.mvt?supply=supplied_unused"
    _zoom(table, browser, filtered, 9, name="filtered by supply, zoom 9")


def _zoom(table: Table, browser: Browser, path: str, zoom: int, *, name: str = "") -> None:
    address = path.format(*_middle(zoom))
    drawn.TILES.clear()
    first = meters.spent(partial(browser.get, address))
    size = f"{len(first.result) / 1_024:,.0f} KB"
    label = name or f"tile at zoom {zoom}"
    table.add(f"{label}, drawn", first.cpu_ms, "ms CPU", target=MOST_MS, besides=size)
    kept = meters.pace(partial(browser.get, address), rounds=10)
    table.add(f"{label}, kept", kept.cpu_ms, "ms CPU", target=MOST_MS, besides=kept.besides)


def _middle(zoom: int) -> tuple[int, int]:
    """Return column and row of the tile over the middle of the parcels."""
    half = math.isqrt(PARCELS) * STEP / 2
    lon, lat = WEST + half, math.radians(SOUTH + half)
    down = 0.5 - math.asinh(math.tan(lat)) / (2 * math.pi)
    return int((lon / 360 + 0.5) * 2**zoom), int(down * 2**zoom)


def _parcels(zone: Zone) -> None:
    """Store parcels of many corners side by side, every class in turn."""
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    generator = np.random.default_rng(5)
    wide = math.isqrt(PARCELS) + 1
    places = np.arange(PARCELS)
    middles = np.column_stack(
        (WEST + (places % wide + 0.5) * STEP, SOUTH + (places // wide + 0.5) * STEP)
    )
    reach = STEP * generator.uniform(0.3, 0.48, size=(PARCELS, CORNERS))
    rings = middles[:, None, :] + reach[:, :, None] * np.column_stack(
        (np.cos(turns), np.sin(turns))
    )
    shapes = [Shape.of_geometry(shapely.Polygon(ring)) for ring in rings]
    rows.stored(
        zone,
        Parcel,
        (
            {
                "code": f"ZD-{number:06d}",
                "name": f"测速{number}号地块",
                "area_m2": 10_000 + number % 40_000,
                "supply": rows.pick(SUPPLY, number),
                "outline": shape,
            }
            for number, shape in enumerate(shapes)
        ),
    )


if __name__ == "__main__":
    main()
