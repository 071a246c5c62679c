"""
What an engine found for a chunk of enterprises, and a fingerprint that all engines must share.

Policies are numbered as in the plan. The fingerprint is a sum over enterprises, so it does not
depend on the size of the chunks, their order, or on who computed which.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from .chunks import Chunk, Place, Whole

Bits = NDArray[np.uint64]
WORD = 64
SPREAD = 0x9E3779B97F4A7C15  # the golden ratio of 2**64: neighbours end far apart
STEPS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Planes:
    """A row of bits for each enterprise, one bit a policy, 64 in a word, the lowest first."""

    eligible: Bits
    unknown: Bits
    near: Bits
    manual: Bits


@dataclass(frozen=True, slots=True)
class Pairs:
    """
    Eligible pairs: the enterprise's place in the chunk, the policy's bit, and the amounts in 分.

    ``amount_fen`` is what the policy alone would give, ``granted_fen`` what the enterprise
    receives beside the other policies; ``MISSING`` where it can't be told.
    """

    rows: Place
    bits: Place
    amount_fen: Whole
    granted_fen: Whole

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A chunk with what all policies say to it."""

    chunk: Chunk
    planes: Planes
    pairs: Pairs


@dataclass(slots=True)
class Tally:
    """What many outcomes come to: pairs by verdict, money, and the fingerprint of it all."""

    enterprises: int = 0
    eligible: int = 0
    unknown: int = 0
    near: int = 0
    manual: int = 0
    granted_fen: int = 0
    fingerprint: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        planes, pairs = outcome.planes, outcome.pairs
        self.enterprises += outcome.chunk.rows
        self.eligible += count(planes.eligible)
        self.unknown += count(planes.unknown)
        self.near += count(planes.near)
        self.manual += count(planes.manual)
        known = pairs.granted_fen[pairs.granted_fen >= 0]
        self.granted_fen += int(known.sum())
        self.fingerprint = (self.fingerprint + fingerprint(outcome)) % 2**64

    def join(self, other: "Tally") -> None:
        """Count what another tally has counted."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.fingerprint %= 2**64


def rows_by_policy(plane: Bits, policies: int) -> Iterator[Place]:
    """Yield for each policy the places of the enterprises whose bit is set."""
    columns = np.ascontiguousarray(plane.view(np.uint8).T)
    for bit in range(policies):
        yield np.flatnonzero((columns[bit // 8] & np.uint8(1 << bit % 8)).view(np.bool_))


def count(plane: Bits) -> int:
    """Return how many bits of a plane are set."""
    return int(np.bitwise_count(plane).sum())


def fingerprint(outcome: Outcome) -> int:
    """Return the sum of the enterprises' fingerprints, each of its bits and amounts, mod 2**64."""
    planes, pairs = outcome.planes, outcome.pairs
    together = (planes.eligible, planes.unknown, planes.near, planes.manual)
    rows = spread(np.arange(outcome.chunk.first, outcome.chunk.first + outcome.chunk.rows))
    words = together[0].shape[1]
    found = np.zeros(outcome.chunk.rows, dtype=np.uint64)
    for place, plane in enumerate(together):
        found += plane @ spread(np.arange(place * words, (place + 1) * words))
    paid = pairs.amount_fen.view(np.uint64) * np.uint64(SPREAD)
    paid += pairs.granted_fen.view(np.uint64)
    paid *= spread(np.arange(words * WORD)).take(pairs.bits)
    paid *= rows.take(pairs.rows)
    return (int((found * rows).sum()) + int(paid.sum())) % 2**64


def spread(numbers: Place | Whole) -> Bits:
    """Return whole numbers mixed well (SplitMix64), as odd numbers."""
    mixed = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(SPREAD)
    for shift, factor in STEPS:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed ^ (mixed >> np.uint64(31))) | np.uint64(1)


def policies_of(plane: Bits, row: int) -> Iterable[int]:
    """Return the numbers of the policies whose bits an enterprise has, ascending."""
    return (
        int(bit)
        for bit in np.flatnonzero(np.unpackbits(plane[row].view(np.uint8), bitorder="little"))
    )
