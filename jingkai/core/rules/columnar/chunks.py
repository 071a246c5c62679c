"""Some thousands of enterprises as arrays: what the engine over numpy reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .plans import ir
from .plans.ir import Atom, Formula, Truth

Whole = NDArray[np.int64]
Place = NDArray[np.intp]
Truths = NDArray[np.uint8]  # ir.Truth: 0 unmet, 1 unknown, 2 met

MISSING = np.iinfo(np.int64).min  # a number or day that is not on record
NO_TEXT = -1
NO_TRUTH = 2


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: the place of each in ``distinct``, -1 for none."""

    codes: NDArray[np.int32]
    distinct: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """
    Enterprises as arrays of one length, by the names of the columns.

    ``numbers`` are scaled and ``MISSING`` where there is none, days too; ``truths`` 0, 1, and 2
    for none. ``ids`` name the enterprises, ``first`` is the number of the first in its file.
    """

    rows: int
    numbers: Mapping[str, Whole]
    truths: Mapping[str, NDArray[np.int8]]
    texts: Mapping[str, Texts]
    ids: NDArray[np.str_] | None = None
    first: int = 0


def kleene(  # noqa: PLR0911 - one a kind of formula
    formula: Formula, of: Callable[[Atom], Truths]
) -> Truths:
    """Return the truth of a formula at each place, from that of its atoms."""
    match formula:
        case ir.Fixed(truth):
            return np.array([truth], dtype=np.uint8)
        case ir.Every(parts):
            return _folded(np.minimum, parts, of)
        case ir.Some(parts):
            return _folded(np.maximum, parts, of)
        case ir.Opposite(part):
            return np.uint8(Truth.MET) - kleene(part, of)
        case ir.Surely(part):
            return kleene(part, of) & np.uint8(Truth.MET)
        case ir.Known(columns, part):
            inner = kleene(part, of)
            absent = _folded(np.maximum, tuple(map(ir.Absent, columns)), of)
            return np.where(absent == Truth.MET, np.uint8(Truth.UNKNOWN), inner)
        case _:
            return of(formula)


def _folded(join: np.ufunc, parts: tuple[Formula, ...], of: Callable[[Atom], Truths]) -> Truths:
    first, *others = (kleene(part, of) for part in parts)
    for other in others:
        first = join(first, other)
    return first
