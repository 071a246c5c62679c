"""
The ground of a demonstration zone: a road grid of five by five, its plots and what stands on them.

The place is real and the plots are not: nothing on the ground looks like this. Everything is laid
in metres around one point and carried to CGCS2000 at the end. Equal seeds give equal ground.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon, box

from jingkai.core.geometry import Shape, measures

CENTRE = (117.8, 36.07)  # degrees, in 钢城区
TURN = 11.0  # degrees by which the grid lies across the meridian
EAST_ROADS = (-2_300, -1_350, -250, 900, 2_050)  # 五纵: metres from the middle
NORTH_ROADS = (-1_500, -800, 0, 750, 1_450)  # 五横
MARGIN = 420  # metres that the zone reaches beyond its outermost roads
ROAD, LANE = 36, 16  # metres between kerbs
RIVER = ((-2_900, -1_120), (-1_700, -1_240), (-700, -1_060), (300, -1_210), (1_500, -1_080))
RIVER_END = (2_700, -1_250)
RIVER_WIDTH = 70
SMALLEST_M2 = 9_000
SPARE = 1.08  # some blocks are too small for their share
SET_BACK = 14  # metres from a plot's edge to its plants


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: which block and number it has, where it lies, and its area in m²."""

    block: str
    number: int
    ground: Polygon

    @property
    def shape(self) -> Shape:
        """Return the plot in degrees."""
        return _placed(self.ground)

    @property
    def area_m2(self) -> float:
        """Return the area on the plan."""
        return float(self.ground.area)


def plots(random: Random, count: int) -> list[Plot]:
    """Return so many plots, block by block from the north-west."""
    blocks = list(_blocks())
    whole = sum(block.area for _name, block in blocks)
    found: list[Plot] = []
    for name, block in blocks:
        share = max(1, round(SPARE * count * block.area / whole))
        found += [
            Plot(name, number, ground)
            for number, ground in enumerate(_divided(random, block, share), 1)
        ]
    return _trimmed(found, count)


def halls(random: Random, plot: Plot, most: int) -> list[Shape]:
    """Return the outlines of up to so many plants that stand side by side on the plot."""
    inner = affinity.rotate(plot.ground, TURN, origin=(0, 0)).buffer(-SET_BACK)
    if inner.is_empty:
        return []
    west, south, east, north = inner.bounds
    width, depth = east - west, north - south
    count = max(1, min(most, int(width // 55)))
    step = width / count
    found = []
    for number in range(count):
        hall = box(
            west + number * step,
            south + depth * random.uniform(0, 0.12),
            west + (number + 1) * step - random.uniform(9, 16),
            north - depth * random.uniform(0.05, 0.3),
        )
        if inner.buffer(SET_BACK / 2).covers(hall) and hall.area > 600:
            found.append(_placed(affinity.rotate(hall, -TURN, origin=(0, 0))))
    return found


def _blocks() -> Iterator[tuple[str, Polygon]]:
    """Yield the blocks between the roads, less the river, from the north-west."""
    river = LineString([*RIVER, RIVER_END]).buffer(RIVER_WIDTH / 2)
    easts = _edges(EAST_ROADS)
    norths = _edges(NORTH_ROADS)
    for row, (south, north) in enumerate(reversed(norths)):
        for column, (west, east) in enumerate(easts):
            left = box(west, south, east, north).difference(river)
            pieces = [one for one in _pieces(left) if one.area > 4 * SMALLEST_M2]
            for number, piece in enumerate(pieces):
                letter = chr(ord("A") + row)
                side = "" if len(pieces) == 1 else "北南"[number % 2]
                yield f"{letter}{column + 1}{side}", piece


def _edges(roads: tuple[int, ...]) -> list[tuple[float, float]]:
    lines = [roads[0] - MARGIN - ROAD, *roads, roads[-1] + MARGIN + ROAD]
    return [(before + ROAD / 2, after - ROAD / 2) for before, after in pairwise(lines)]


def _divided(random: Random, block: Polygon, count: int) -> list[Polygon]:
    """Return the block cut into plots, each cut across the longer side, lanes between some."""
    parts = [block]
    while len(parts) < count:
        parts.sort(key=lambda part: part.area)
        largest = parts.pop()
        if largest.area < 2.4 * SMALLEST_M2:
            return [*parts, largest]
        lane = LANE if largest.area > 90_000 else 0
        parts += _cut(largest, random.uniform(0.36, 0.64), lane)
    return sorted(parts, key=lambda part: (-round(part.centroid.y, -2), part.centroid.x))


def _cut(part: Polygon, share: float, lane: float) -> list[Polygon]:
    west, south, east, north = part.bounds
    if east - west >= north - south:
        at = west + (east - west) * share
        halves = (box(west, south, at - lane / 2, north), box(at + lane / 2, south, east, north))
    else:
        at = south + (north - south) * share
        halves = (box(west, south, east, at - lane / 2), box(west, at + lane / 2, east, north))
    return [piece for half in halves for piece in _pieces(part.intersection(half))]


def _pieces(found: shapely.Geometry) -> list[Polygon]:
    parts = shapely.get_parts(found)
    return [part for part in parts if isinstance(part, Polygon) and part.area > 1]


def _trimmed(found: list[Plot], count: int) -> list[Plot]:
    """Return so many of the plots; the smallest are left as the zone's green."""
    kept = sorted(found, key=lambda plot: -plot.area_m2)[:count]
    order = {(plot.block, plot.number): place for place, plot in enumerate(found)}
    turned = (
        Plot(plot.block, plot.number, affinity.rotate(plot.ground, -TURN, origin=(0, 0)))
        for plot in kept
    )
    return sorted(turned, key=lambda plot: order[plot.block, plot.number])


def _placed(ground: Polygon) -> Shape:
    """Return the polygon of metres around the middle in degrees of CGCS2000."""
    central = measures.meridian(CENTRE[0])
    middle = measures.projected(shapely.points([CENTRE]), central)[0]
    moved = affinity.translate(ground, middle.x, middle.y)
    return Shape.of_geometry(measures.unprojected([moved], central)[0])
