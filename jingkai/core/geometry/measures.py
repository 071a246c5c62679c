"""Square metres and metres: everything is measured in the 3-degree zone in which it lies."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely

ZONE_DEGREES = 3
# CGCS2000 is measured on this ellipsoid, which PROJ knows by the name of its twin.
GAUSS_KRUGER = "+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80"

Coordinates = Any  # an array of pairs of floats
Geometries = Any  # an array of shapely geometries


def meridian(longitude: float) -> int:
    """Return the central meridian, in whole degrees, of the 3-degree zone of a longitude."""
    return round(longitude / ZONE_DEGREES) * ZONE_DEGREES


def projected(geometries: Geometries, central: int) -> Geometries:
    """Return geometries of longitude and latitude as metres of the zone of that meridian."""
    return shapely.transform(geometries, _to_metres(central))


def unprojected(geometries: Geometries, central: int) -> Geometries:
    """Return geometries of metres of a zone as longitude and latitude."""
    return shapely.transform(geometries, _to_degrees(central))


def areas_m2(geometries: Geometries) -> list[Decimal | None]:
    """Return each area in m² to two places; None for what has no area: points and lines."""
    geometries = np.asarray(geometries, dtype=object)
    areas = np.zeros(len(geometries))
    centrals = meridians(geometries)
    for central in np.unique(centrals):
        of_zone = centrals == central
        areas[of_zone] = shapely.area(projected(geometries[of_zone], int(central)))
    surfaces = shapely.get_dimensions(geometries) == 2
    return [
        _to_places(area) if surface else None
        for area, surface in zip(areas.tolist(), surfaces.tolist(), strict=True)
    ]


def meridians(geometries: Geometries) -> Any:
    """Return the central meridian of the zone of each geometry's centre, as an array."""
    bounds = np.nan_to_num(shapely.bounds(geometries).reshape(-1, 4))
    middles = (bounds[:, 0] + bounds[:, 2]) / 2
    zones = np.clip(np.round(middles / ZONE_DEGREES), -60, 60)
    return (zones * ZONE_DEGREES).astype(int)


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far apart two places (longitude, latitude) are, along the ellipsoid."""
    return float(_ellipsoid().inv(*one, *other)[2])


@lru_cache(maxsize=1)
def _ellipsoid() -> pyproj.Geod:
    return pyproj.Geod(ellps="GRS80")


@lru_cache(maxsize=128)
def _zone(central: int) -> pyproj.Proj:
    return pyproj.Proj(GAUSS_KRUGER.format(meridian=central))


def _to_metres(central: int) -> Callable[[Coordinates], Coordinates]:
    def forward(coordinates: Coordinates) -> Coordinates:
        return np.column_stack(_zone(central)(coordinates[:, 0], coordinates[:, 1]))

    return forward


def _to_degrees(central: int) -> Callable[[Coordinates], Coordinates]:
    def backward(coordinates: Coordinates) -> Coordinates:
        return np.column_stack(_zone(central)(coordinates[:, 0], coordinates[:, 1], inverse=True))

    return backward


def _to_places(area: float) -> Decimal:
    return Decimal(f"{area:.2f}")
