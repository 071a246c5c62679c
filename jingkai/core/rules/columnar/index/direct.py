"""Atoms for chosen enterprises of a chunk, straight from their numbers: for few, not for all."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..chunks import MISSING, NO_TRUTH, Chunk, Truths, Whole
from ..plans import ir
from ..plans.ir import Absent, Atom, Holds, Reaches, ShareReaches, Terms, Truth
from .buckets import passes

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Picked:
    """Chosen enterprises of a chunk, by their places in it."""

    chunk: Chunk
    rows: NDArray[np.intp]
    kept: dict[str, NDArray[Any]] = field(default_factory=dict, compare=False)

    def total(self, terms: Terms, constant: int) -> Whole:
        """Return the sums; meaningless where a part is not on record."""
        total = np.full(len(self.rows), constant, dtype=np.int64)
        for name, factor in terms:
            total += self.values(name) * np.int64(factor)
        return total

    def values(self, name: str) -> NDArray[Any]:
        """Return a column: numbers, truths, or places in the distinct texts."""
        if name not in self.kept:
            self.kept[name] = self._column(name).take(self.rows)
        return self.kept[name]

    def absent(self, names: tuple[str, ...]) -> Flags:
        """Return where one of the columns has nothing."""
        none = np.zeros(len(self.rows), dtype=np.bool_)
        for name in names:
            if name in self.chunk.numbers:
                none |= self.values(name) == MISSING
            elif name in self.chunk.truths:
                none |= self.values(name) == NO_TRUTH
            else:
                none |= self.values(name) < 0
        return none

    def truths(self, atom: Atom) -> Truths:
        """Return the truth of an atom."""
        none = self.absent(ir.read_by(ir.attribute(atom)))
        if isinstance(atom, Absent):
            return _truths(none)
        if isinstance(atom, ShareReaches):
            none |= self.total(atom.share.lower, atom.share.lower_constant) == 0
        return np.where(none, np.uint8(Truth.UNKNOWN), _truths(self._passes(atom)))

    def _passes(self, atom: Atom) -> Flags:
        match atom:
            case Reaches(total, bound):
                reached: Flags = self.total(total.terms, 0) >= bound
                return reached
            case ShareReaches():
                return self._share_passes(atom)
            case Holds(column):
                holds: Flags = self.values(column) == 1
                return holds
            case Absent(column):
                return self.absent((column,))
        distinct = self.chunk.texts[atom.column].distinct
        answers = np.array([*(passes(atom, text) for text in distinct), False])
        return answers.take(self.values(atom.column), mode="wrap")

    def _share_passes(self, atom: ShareReaches) -> Flags:
        share = atom.share
        upper = self.total(share.upper, share.upper_constant)
        lower = self.total(share.lower, share.lower_constant)
        difference = upper * np.int64(atom.whole) - lower * np.int64(atom.part)
        difference = np.where(lower < 0, -difference, difference)
        passed: Flags = difference > 0 if atom.strict else difference >= 0
        return passed

    def _column(self, name: str) -> NDArray[Any]:
        if name in self.chunk.numbers:
            return self.chunk.numbers[name]
        if name in self.chunk.truths:
            return self.chunk.truths[name]
        return self.chunk.texts[name].codes


def _truths(flags: Flags) -> Truths:
    return flags.view(np.uint8) * np.uint8(Truth.MET)
