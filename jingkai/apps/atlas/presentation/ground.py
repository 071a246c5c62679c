"""From the ground to paper: a window in metres of its 3-degree zone, at a round scale."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from jingkai.core.geometry import measures

_ROUND = (1.0, 1.5, 2.0, 2.5, 4.0, 5.0, 6.0, 8.0, 10.0)
_GRID_MM = 45  # about how far apart the lines of the grid stand
_BAR_MM = 55
_SMALL_MM = 0.18  # what is smaller on paper is drawn once a cell of this size
_FINE_MM = 0.04
Window = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The place of the map on the paper, in millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """
    What part of the ground the frame shows.

    :ivar central: the central meridian of the zone, in degrees
    :ivar scale: metres on the ground a metre on paper
    :ivar west: of the frame's left edge, in metres of the zone; so is ``north`` of its top
    """

    frame: Frame
    central: int
    scale: int
    west: float
    north: float

    @property
    def metres_a_mm(self) -> float:
        """Return how many metres a millimetre of paper stands for."""
        return self.scale / 1_000

    @property
    def east(self) -> float:
        """Return the frame's right edge in metres of the zone."""
        return self.west + self.frame.width * self.metres_a_mm

    @property
    def south(self) -> float:
        """Return the frame's lower edge in metres of the zone."""
        return self.north - self.frame.height * self.metres_a_mm

    @property
    def window(self) -> Window:
        """Return the frame's west, south, east and north in degrees."""
        box = shapely.box(self.west, self.south, self.east, self.north)
        edges = shapely.bounds(measures.unprojected(shapely.segmentize(box, 1_000), self.central))
        west, south, east, north = edges.tolist()
        return west, south, east, north

    @property
    def grid_m(self) -> float:
        """Return how far apart the lines of the grid stand."""
        return rounded(_GRID_MM * self.metres_a_mm)

    @property
    def bar_m(self) -> float:
        """Return the length of the scale's bar."""
        return rounded(_BAR_MM * self.metres_a_mm, down=True)

    def on_paper(self, geometries: Any) -> Any:
        """Return outlines in degrees as they lie on the paper, cut at the frame."""
        metres = measures.projected(geometries, self.central)
        placed = shapely.transform(metres, self._place)
        frame = self.frame
        cut = shapely.clip_by_rect(
            placed, frame.left, frame.top, frame.left + frame.width, frame.top + frame.height
        )
        return shapely.simplify(cut, _FINE_MM, preserve_topology=False)

    def x(self, metres: float) -> float:
        """Return where a metre of the zone's easting stands on paper."""
        return self.frame.left + (metres - self.west) / self.metres_a_mm

    def y(self, metres: float) -> float:
        """Return where a metre of the zone's northing stands on paper."""
        return self.frame.top + (self.north - metres) / self.metres_a_mm

    def _place(self, coordinates: Any) -> Any:
        return np.column_stack(
            (
                self.frame.left + (coordinates[:, 0] - self.west) / self.metres_a_mm,
                self.frame.top + (self.north - coordinates[:, 1]) / self.metres_a_mm,
            )
        )


def ground(window: Window, frame: Frame) -> Ground:
    """Return the ground that shows the whole window in the frame, its middle in the middle."""
    west, south, east, north = window
    central = measures.meridian((west + east) / 2)
    box = shapely.segmentize(shapely.box(west, south, east, north), 0.1)
    left, lower, right, upper = shapely.bounds(measures.projected(box, central)).tolist()
    needed = max((right - left) / frame.width, (upper - lower) / frame.height) * 1_000
    scale = max(200, int(rounded(needed, up=True)))
    wide, high = frame.width * scale / 1_000, frame.height * scale / 1_000
    return Ground(
        frame=frame,
        central=central,
        scale=scale,
        west=(left + right) / 2 - wide / 2,
        north=(lower + upper) / 2 + high / 2,
    )


def visible(geometries: Any) -> Any:
    """Return which of the outlines on paper to draw: of specks in one place, the first."""
    bounds = shapely.bounds(geometries)
    drawn = ~shapely.is_empty(geometries) & ~np.isnan(bounds[:, 0])
    sizes = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    specks = np.flatnonzero(drawn & (sizes < _SMALL_MM) & (shapely.get_dimensions(geometries) > 0))
    cells = np.floor(bounds[specks, :2] / _SMALL_MM).astype(np.int64)
    _cells, first = np.unique(cells, axis=0, return_index=True)
    drawn[np.delete(specks, first)] = False
    return drawn


def rounded(value: float, *, up: bool = False, down: bool = False) -> float:
    """Return the nearest round number: 1, 1.5, 2, 2.5, 4, 5, 6 or 8 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    candidates = [step * power for step in _ROUND]
    if up:
        return float(min(one for one in candidates if one >= value * (1 - 1e-9)))
    if down:
        return float(max(one for one in candidates if one <= value * (1 + 1e-9)))
    return float(min(candidates, key=lambda one: abs(one - value)))
