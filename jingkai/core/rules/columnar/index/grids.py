"""
Between which thresholds a number lies, ten times as fast as a binary search, and exact.

The bits of a positive float, as a whole number, rise with it. The upper bits name a cell, in which
at most a few thresholds lie: the cell says how many thresholds are below it, and the number itself
is compared, as a whole number, with the ones inside. Rounding a number to a float never takes it
past a threshold's cell, because it keeps the order.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Float = NDArray[np.float64]
Place = NDArray[np.intp]

MOST_CELLS = 1 << 15
MOST_IN_CELL = 3
NARROW = 1 << 13  # thresholds that lie so close need no cells: each number has its own
SHIFTS = range(52, 30, -2)
ONE = np.float64(1).view(np.int64)  # the bits of 1.0


@dataclass(frozen=True, slots=True)
class Narrow:
    """A place for each whole number between the first and the last threshold."""

    low: int
    high: int
    places: Place

    def place(self, numbers: NDArray[Any]) -> Place:
        """Return how many thresholds each number reaches."""
        near = np.clip(numbers, self.low, self.high)
        near -= self.low
        places: Place = self.places.take(near)
        return places


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells by the upper bits of the float, with the thresholds inside each."""

    low: Any  # just below the first threshold
    high: Any
    shift: int
    stretch: float
    first: int
    below: Place
    inside: tuple[NDArray[Any], ...]

    def place(self, numbers: NDArray[Any]) -> Place:
        """Return how many thresholds each number reaches."""
        near = np.clip(numbers, self.low, self.high)
        cells = _cells(near, self.shift, self.stretch, signed=self.low < 0)
        cells -= self.first
        places = self.below.take(cells)
        for thresholds in self.inside:
            places += near >= thresholds.take(cells)
        return places


@dataclass(frozen=True, slots=True)
class Search:
    """Thresholds so close together that only halving tells them apart."""

    thresholds: NDArray[Any]

    def place(self, numbers: NDArray[Any]) -> Place:
        """Return how many thresholds each number reaches."""
        return np.searchsorted(self.thresholds, numbers, side="right")


Grid = Narrow | Cells | Search


def grid(thresholds: NDArray[Any]) -> Grid:
    """Return the fastest grid for these thresholds: ascending, distinct, at least one."""
    if thresholds.dtype == np.int64:
        low, high = int(thresholds[0]) - 1, int(thresholds[-1])
        if high - low < NARROW:
            numbers = np.arange(low, high + 1)
            return Narrow(low, high, np.searchsorted(thresholds, numbers, side="right"))
    celled = [found for shift in SHIFTS if (found := _celled(thresholds, shift))]
    return min(celled, key=lambda one: len(one.inside), default=Search(thresholds))


def _celled(thresholds: NDArray[Any], shift: int) -> Cells | None:
    low, high, stretch = thresholds[0] - 1, thresholds[-1], 1.0
    if thresholds.dtype == np.float64:
        low = np.nextafter(thresholds[0], -np.inf)
        stretch = 1 / float(min(np.abs(thresholds[thresholds != 0]), default=1.0))
    signed = bool(low < 0)
    first, last = _cells(np.array([low, high]), shift, stretch, signed=signed)
    count = int(last - first) + 1
    if count > MOST_CELLS:
        return None
    cells = _cells(thresholds, shift, stretch, signed=signed) - first
    deepest = int(np.bincount(cells).max())
    if deepest > MOST_IN_CELL:
        return None
    below = np.searchsorted(cells, np.arange(count), side="left")
    inside = tuple(_inside(thresholds, cells, below, depth) for depth in range(deepest))
    return Cells(low, high, shift, stretch, int(first), below, inside)


def _inside(thresholds: NDArray[Any], cells: Whole, below: Place, depth: int) -> NDArray[Any]:
    """Return each cell's threshold of this depth; one out of reach where it has fewer."""
    own = np.minimum(below + depth, len(thresholds) - 1)
    filled = (cells[own] == np.arange(len(below))) & (below + depth < len(thresholds))
    beyond = np.inf if thresholds.dtype == np.float64 else np.iinfo(np.int64).max
    return np.where(filled, thresholds[own], beyond).astype(thresholds.dtype)


def _cells(numbers: NDArray[Any], shift: int, stretch: float, *, signed: bool) -> Whole:
    floats = numbers * stretch
    if signed:
        negative = floats < 0
        np.abs(floats, out=floats)
    floats += 1.0  # no float is near 0, where their bits are spread over a thousand powers of 2
    bits: Whole = floats.view(np.int64)
    bits -= ONE
    if signed:
        np.negative(bits, out=bits, where=negative)
    bits >>= shift
    return bits
