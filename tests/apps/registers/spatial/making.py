"""Parcels to draw."""

from jingkai.core.geometry.shapes import Shape

WEST, SOUTH = 117.80, 36.05  # where the zone of these tests lies
STEP = 0.002  # degrees between two parcels


def square(place: int = 0, size: float = 0.001) -> Shape:
    """Return a square parcel; each place is free of the others'."""
    west, south = WEST + place % 20 * STEP, SOUTH + place // 20 * STEP
    east, north = west + size, south + size
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return Shape.of_geojson({"type": "Polygon", "coordinates": [ring]})
