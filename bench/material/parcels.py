"""Fictional parcels side by side, each of many corners, every class of supply in turn."""

import math

import numpy as np
import shapely

from jingkai.apps.accounts.models import Zone
from jingkai.apps.land.models import Parcel
from jingkai.core.geometry import Shape
from jingkai.core.land import axes

from . import rows

WEST, SOUTH = 114.0, 30.0
STEP = 0.0019  # of a degree: about 180 m
CORNERS = 11
SUPPLY = ["", *(member.value for member in axes.Supply)]


def stored(zone: Zone, count: int) -> list[Parcel]:
    """Store so many parcels as a square."""
    return rows.stored(
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
            for number, shape in enumerate(_shapes(count))
        ),
    )


def middle(zone: Zone, count: int) -> Parcel:
    """Return the parcel in the middle of so many."""
    wide = math.isqrt(count) + 1
    code = f"ZD-{wide * (wide // 2) + wide // 2:06d}"
    return Parcel.everywhere.get(zone=zone, code=code)


def tile_of_middle(count: int, zoom: int) -> tuple[int, int]:
    """Return column and row of the tile over the middle of so many parcels."""
    half = math.isqrt(count) * STEP / 2
    lon, lat = WEST + half, math.radians(SOUTH + half)
    down = 0.5 - math.asinh(math.tan(lat)) / (2 * math.pi)
    return int((lon / 360 + 0.5) * 2**zoom), int(down * 2**zoom)


def _shapes(count: int) -> list[Shape]:
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    generator = np.random.default_rng(5)
    wide = math.isqrt(count) + 1
    places = np.arange(count)
    middles = np.column_stack(
        (WEST + (places % wide + 0.5) * STEP, SOUTH + (places // wide + 0.5) * STEP)
    )
    reach = STEP * generator.uniform(0.3, 0.48, size=(count, CORNERS))
    around = np.column_stack((np.cos(turns), np.sin(turns)))
    rings = middles[:, None, :] + reach[:, :, None] * around
    return [Shape.of_geometry(shapely.Polygon(ring)) for ring in rings]
