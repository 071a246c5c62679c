"""
The buckets of an attribute: every enterprise of one bucket answers all its atoms alike.

The atoms of all policies on one attribute cut its values into buckets, with one more for a value
that is not on record. A share is placed by a float that is only a guess: whole numbers multiplied
across prove the place or move it, so no verdict hangs on a rounding.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ..chunks import MISSING, NO_TRUTH, Chunk, Place, Truths, Whole
from ..plans import ir
from ..plans.ir import Absent, Atom, Holds, Reaches, Share, ShareReaches, TextTest, Total, Truth
from . import grids
from .grids import Grid


@dataclass(frozen=True, slots=True, eq=False)
class TotalBuckets:
    """A sum between whole thresholds: as many buckets, and one more, and one for none."""

    total: Total
    bounds: tuple[int, ...]
    grid: Grid | None

    @property
    def size(self) -> int:
        """Return how many buckets there are, with the one for none."""
        return len(self.bounds) + 2

    def bound(self, chunk: Chunk) -> "Bound":
        """Return the buckets as they are for a chunk: the same for each."""
        del chunk
        return self

    def places(self, chunk: Chunk) -> Place:
        """Return the bucket of each enterprise."""
        numbers, none = _summed(self.total.terms, 0, chunk)
        if self.grid is None:
            return none.astype(np.intp)
        places = self.grid.place(numbers)
        places[none] = len(self.bounds) + 1
        return places

    def truths(self, atom: Atom) -> Truths:
        """Return the truth of the atom in each bucket."""
        at = self.bounds.index(atom.bound) if isinstance(atom, Reaches) else -1
        return _beyond(at, self.size, atom)


@dataclass(frozen=True, slots=True, eq=False)
class ShareBuckets:
    """
    A share between thresholds.

    ``grid`` places a float between the distinct floats of the thresholds; ``starts`` is how many
    thresholds are passed there. The lists hold one more threshold at either end: the first is
    passed by everything, the last by nothing.
    """

    share: Share
    bounds: tuple[tuple[Fraction, bool], ...]
    grid: Grid
    starts: Place
    parts: Whole
    wholes: Whole
    least: Whole

    @property
    def size(self) -> int:
        """Return how many buckets there are, with the one for none."""
        return len(self.bounds) + 2

    def bound(self, chunk: Chunk) -> "Bound":
        """Return the buckets as they are for a chunk: the same for each."""
        del chunk
        return self

    def places(self, chunk: Chunk) -> Place:
        """Return the bucket of each enterprise."""
        share = self.share
        upper, none = _summed(share.upper, share.upper_constant, chunk)
        lower, no_lower = _summed(share.lower, share.lower_constant, chunk)
        none = none | no_lower | (lower == 0)
        upper[none], lower[none] = 0, 1
        below = lower < 0
        if below.any():
            np.negative(upper, out=upper, where=below)
            np.negative(lower, out=lower, where=below)
        places = self.starts.take(self.grid.place(upper / lower))
        self._prove(upper, lower, places)
        places[none] = len(self.bounds) + 1
        return places

    def truths(self, atom: Atom) -> Truths:
        """Return the truth of the atom in each bucket."""
        at = -1
        if isinstance(atom, ShareReaches):
            at = self.bounds.index((Fraction(atom.part, atom.whole), atom.strict))
        return _beyond(at, self.size, atom)

    def _prove(self, upper: Whole, lower: Whole, places: Place) -> None:
        """Move every place until it passes the threshold below it and not the one above."""
        wrong = np.flatnonzero(self._off(upper, lower, places))
        while len(wrong):
            move = self._off(upper[wrong], lower[wrong], places[wrong])
            places[wrong] += move
            wrong = wrong[move != 0]

    def _off(self, upper: Whole, lower: Whole, places: Place) -> NDArray[np.int8]:
        """Return 1 where the next threshold is passed too, -1 where the one below is not."""
        far = self._passes(upper, lower, places + 1).view(np.int8)
        return far - (~self._passes(upper, lower, places)).view(np.int8)

    def _passes(self, upper: Whole, lower: Whole, at: Place) -> NDArray[np.bool_]:
        product = upper * self.wholes.take(at)
        product -= lower * self.parts.take(at)
        return product >= self.least.take(at)


@dataclass(frozen=True, slots=True)
class TruthBuckets:
    """False, true, none."""

    column: str

    @property
    def size(self) -> int:
        """Return how many buckets there are, with the one for none."""
        return NO_TRUTH + 1

    def bound(self, chunk: Chunk) -> "Bound":
        """Return the buckets as they are for a chunk: the same for each."""
        del chunk
        return self

    def places(self, chunk: Chunk) -> Place:
        """Return the bucket of each enterprise."""
        return chunk.truths[self.column].astype(np.intp)

    def truths(self, atom: Atom) -> Truths:
        """Return the truth of the atom in each bucket."""
        if isinstance(atom, Holds):
            return _codes(Truth.UNMET, Truth.MET, Truth.UNKNOWN)
        return _beyond(-1, self.size, atom)


@dataclass(frozen=True, slots=True)
class TextBuckets:
    """Texts by how they answer all tests of a column."""

    column: str
    tests: tuple[TextTest, ...]
    known: dict[str, bytes] = field(default_factory=dict, compare=False)

    def bound(self, chunk: Chunk) -> "Bound":
        """Return the buckets that the texts of a chunk fall into."""
        buckets: dict[bytes, int] = {}
        places = tuple(
            buckets.setdefault(self._answers(text), len(buckets))
            for text in chunk.texts[self.column].distinct
        )
        return ChunkTexts(self.column, self.tests, tuple(buckets), (*places, len(buckets)))

    def _answers(self, text: str) -> bytes:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = bytes(passes(test, text) for test in self.tests)
        return found


@dataclass(frozen=True, slots=True)
class ChunkTexts:
    """The texts of one chunk: the answers of each bucket, the bucket of each distinct text."""

    column: str
    tests: tuple[TextTest, ...]
    answers: tuple[bytes, ...]
    buckets: tuple[int, ...] = field(compare=False)  # the last one is that of none

    @property
    def size(self) -> int:
        """Return how many buckets there are, with the one for none."""
        return len(self.answers) + 1

    def places(self, chunk: Chunk) -> Place:
        """Return the bucket of each enterprise."""
        codes = chunk.texts[self.column].codes
        return np.array(self.buckets, dtype=np.intp).take(codes, mode="wrap")

    def truths(self, atom: Atom) -> Truths:
        """Return the truth of the atom in each bucket."""
        if not isinstance(atom, TextTest):
            return _beyond(-1, self.size, atom)
        at = self.tests.index(atom)
        return _codes(*(2 * answers[at] for answers in self.answers), Truth.UNKNOWN)


Buckets = TotalBuckets | ShareBuckets | TruthBuckets | TextBuckets
Bound = TotalBuckets | ShareBuckets | TruthBuckets | ChunkTexts


def passes(test: TextTest, text: str) -> bool:
    """Return whether a text passes a test: what every engine must say of it."""
    match test:
        case ir.OneOf(texts=texts):
            return text in texts
        case ir.StartsWith(texts=texts):
            return text.startswith(texts)
        case ir.EndsWith(texts=texts):
            return text.endswith(texts)
        case ir.Contains(texts=texts):
            return any(part in text for part in texts)


def of_total(total: Total, atoms: Iterable[Atom]) -> TotalBuckets:
    """Return the buckets of a sum that these atoms make."""
    bounds = sorted({atom.bound for atom in atoms if isinstance(atom, Reaches)})
    grid = grids.grid(np.array(bounds, dtype=np.int64)) if bounds else None
    return TotalBuckets(total, tuple(bounds), grid)


def of_share(share: Share, atoms: Iterable[Atom]) -> ShareBuckets:
    """Return the buckets of a share that these atoms make."""
    bounds = sorted(
        {
            (Fraction(atom.part, atom.whole), atom.strict)
            for atom in atoms
            if isinstance(atom, ShareReaches)
        }
    )
    # ``>= x`` and ``> x`` are two thresholds at one float: the guess passes both or none.
    floats = np.array([float(bound) for bound, _ in bounds])
    distinct, first = np.unique(floats, return_index=True)
    parts = [0, *(bound.numerator for bound, _ in bounds), 0]
    wholes = [0, *(bound.denominator for bound, _ in bounds), 0]
    least = [0, *(int(strict) for _, strict in bounds), 1]
    return ShareBuckets(
        share,
        tuple(bounds),
        grids.grid(distinct),
        np.append(first, len(bounds)).astype(np.intp),
        *(np.array(one, dtype=np.int64) for one in (parts, wholes, least)),
    )


def of_texts(column: str, atoms: Iterable[Atom]) -> TextBuckets:
    """Return the buckets of a column of texts that these atoms make."""
    return TextBuckets(
        column, tuple(dict.fromkeys(atom for atom in atoms if isinstance(atom, TextTest)))
    )


def _summed(terms: ir.Terms, constant: int, chunk: Chunk) -> tuple[Whole, NDArray[np.bool_]]:
    """Return the sums, and where a part of one is not on record."""
    total = np.full(chunk.rows, constant, dtype=np.int64)
    none = np.zeros(len(total), dtype=np.bool_)
    for name, factor in terms:
        numbers = chunk.numbers[name]
        none |= numbers == MISSING
        total += numbers if factor == 1 else numbers * np.int64(factor)
    return total, none


def _beyond(at: int, size: int, atom: Atom) -> Truths:
    """Return met in the buckets beyond a threshold, unknown in the last; or where nothing is."""
    codes = np.zeros(size, dtype=np.uint8)
    if isinstance(atom, Absent):
        codes[-1] = Truth.MET
        return codes
    codes[at + 1 :] = Truth.MET
    codes[-1] = Truth.UNKNOWN
    return codes


def _codes(*truths: int) -> Truths:
    return np.array(truths, dtype=np.uint8)
