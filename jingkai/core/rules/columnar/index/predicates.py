"""
The predicate index over numpy: the cost is one of attributes, not of conditions.

All policies' atoms on one attribute cut its values into buckets. For each bucket a row of bits,
one a policy, says which policies have a condition unmet there, more than one, or an unknown one.
An enterprise's rows are joined attribute by attribute in a counter that stops at two:
``two |= one & unmet; one |= unmet; unknown |= …``. Conditions on several attributes, trees with
*or* and *not*, and tables are judged one by one and join the counter at the end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from jingkai.core.rules.policies.statuses import FAR

from ..chunks import Chunk, Place, Truths
from ..plans.ir import Atom, Attribute
from ..results import WORD, Bits, Planes
from . import attributes, judging
from .buckets import Bound
from .compiling import Complex, Index, Masks

Groups = Sequence[tuple[list[Attribute], Masks]]
Judgements = dict[int, NDArray[np.uint8]]  # by the byte that eight policies share

BLOCK = 4096  # enterprises at once: their bits stay in the cache of a core
MOST_JOINED = 1024  # buckets of several attributes looked up as one


def match(index: Index, chunk: Chunk) -> Planes:
    """Return what every policy says to every enterprise of the chunk."""
    bound = {one: own.bound(chunk) for one, own in index.buckets.items()}
    masks = {one: index.masks(one, bound[one]) for one in index.direct}
    groups = [(group, _joined([masks[one] for one in group])) for group in _grouped(masks)]
    placed = _Placed(index, bound, chunk)
    judged = _Judge(placed).judgements()
    planes = [np.empty((chunk.rows, index.words), dtype=np.uint64) for _ in range(4)]
    scratch = np.empty((6, min(BLOCK, chunk.rows), index.words), dtype=np.uint64)
    for first in range(0, chunk.rows, BLOCK):
        rows = slice(first, min(first + BLOCK, chunk.rows))
        own = [plane[rows] for plane in planes]
        _Rows(placed, rows).fill(groups, judged, own, scratch[:, : rows.stop - first])
    _clear_spare(planes[0], len(index.policies))
    return Planes(*planes)


def _clear_spare(eligible: Bits, policies: int) -> None:
    """Bits beyond the last policy are nobody's."""
    spare = policies % WORD
    if spare:
        eligible[:, -1] &= np.uint64((1 << spare) - 1)


def _grouped(masks: Mapping[Attribute, Masks]) -> list[list[Attribute]]:
    """Return the attributes in groups whose buckets are few enough to be looked up as one."""
    groups: list[tuple[int, list[Attribute]]] = []
    for one in sorted(masks, key=lambda each: len(masks[each].one)):
        size = len(masks[one].one)
        if groups and groups[-1][0] * size <= MOST_JOINED:
            groups[-1] = groups[-1][0] * size, [*groups[-1][1], one]
        else:
            groups.append((size, [one]))
    return [group for _, group in groups]


def _joined(masks: Sequence[Masks]) -> Masks:
    """Return the masks of every combination of buckets, the first attribute's varying slowest."""
    first, *others = masks
    one, two, unknown = first.one, first.two, first.unknown
    for other in others:
        two = _crossed(two, other.two) | (
            np.repeat(one, len(other.one), axis=0) & np.tile(other.one, (len(one), 1))
        )
        unknown = _crossed(unknown, other.unknown)
        one = _crossed(one, other.one)
    return Masks(one, two, unknown)


def _crossed(left: Bits, right: Bits) -> Bits:
    return np.repeat(left, len(right), axis=0) | np.tile(right, (len(left), 1))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A chunk whose enterprises are placed in the buckets of each attribute once."""

    index: Index
    bound: Mapping[Attribute, Bound]
    chunk: Chunk
    kept: dict[Attribute, Place] = field(default_factory=dict)

    def places(self, attribute: Attribute) -> Place:
        """Return the bucket of each enterprise."""
        if attribute not in self.kept:
            self.kept[attribute] = self.bound[attribute].places(self.chunk)
        return self.kept[attribute]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Enterprises of a chunk that are matched together."""

    placed: _Placed
    rows: slice

    def places(self, group: Sequence[Attribute]) -> Place:
        """Return the bucket of each enterprise, of several attributes the joined one."""
        first, *others = group
        places = self.placed.places(first)[self.rows]
        for one in others:
            places = places * self.placed.bound[one].size
            places += self.placed.places(one)[self.rows]
        return places

    def fill(
        self, groups: Groups, judged: Judgements, planes: Sequence[Bits], scratch: Bits
    ) -> None:
        """Fill the four planes; what counts on the way stays in the cache."""
        index = self.placed.index
        one, two, unknown, manual, found, both = scratch
        start = (index.start.one, index.start.two, index.start.unknown, index.manual)
        for counter, first in zip(scratch, start, strict=False):
            counter[:] = first
        for group, masks in groups:
            places = self.places(group)
            masks.one.take(places, axis=0, out=found, mode="clip")
            np.bitwise_and(one, found, out=both)
            two |= both
            one |= found
            if masks.two_anywhere:
                masks.two.take(places, axis=0, out=found, mode="clip")
                two |= found
            if masks.unknown_anywhere:
                masks.unknown.take(places, axis=0, out=found, mode="clip")
                unknown |= found
        self._join(judged, (one, two, unknown, manual))
        eligible, unknowns, near, manuals = planes
        np.bitwise_or(unknown, manual, out=found)
        found |= two
        np.bitwise_and(one, np.invert(found, out=found), out=near)
        np.bitwise_and(unknown, np.invert(one, out=both), out=unknowns)
        both &= np.invert(unknown, out=found)
        np.bitwise_and(manual, both, out=manuals)
        np.bitwise_and(both, np.invert(manual, out=found), out=eligible)

    def _join(self, judged: Judgements, planes: Sequence[Bits]) -> None:
        """Let the complex parts join the counter, eight policies at a time."""
        as_bytes = [plane.view(np.uint8) for plane in planes]
        for byte, flags in judged.items():
            unmet, twice, unknown, manual = flags[:, self.rows]
            one, two, unknowns, manuals = (plane[:, byte] for plane in as_bytes)
            two |= twice | (one & unmet)
            one |= unmet
            unknowns |= unknown
            manuals |= manual


@dataclass(frozen=True, slots=True)
class _Judge:
    """The complex parts, for a whole chunk: one byte each is little even then."""

    placed: _Placed
    kept: dict[Atom, Truths] = field(default_factory=dict)

    def judgements(self) -> Judgements:
        """Return for each byte of policies the bits of unmet, twice unmet, unknown, manual."""
        found: Judgements = {}
        for one in self.placed.index.complex:
            byte, place = divmod(one.bit, 8)
            if byte not in found:
                found[byte] = np.zeros((4, self.placed.chunk.rows), dtype=np.uint8)
            for flags, own in zip(found[byte], self._counted(one), strict=True):
                flags |= own.view(np.uint8) << np.uint8(place)  # noqa: PLW2901 - in place
        return found

    def truths(self, atom: Atom) -> Truths:
        """Return the truth of an atom for each enterprise."""
        if atom not in self.kept:
            attribute = attributes.of_atom(atom, self.placed.index.columns)
            truths = self.placed.bound[attribute].truths(atom)
            self.kept[atom] = truths.take(self.placed.places(attribute))
        return self.kept[atom]

    def _counted(self, policy: Complex) -> tuple[NDArray[np.bool_], ...]:
        parts = [judging.judge(one, policy.conditions, self.truths) for one in policy.parts]
        unmet = np.zeros(self.placed.chunk.rows, dtype=np.bool_)
        twice, unknown, manual = unmet.copy(), unmet.copy(), unmet.copy()
        for judged in parts:
            own = judged.unmet
            twice |= own & (unmet | (judged.to_met >= FAR))
            unmet |= own
            unknown |= judged.unknown
            manual |= judged.manual
        if policy.alone and all(judged.may_drop for judged in parts):
            dropped = reduce(np.logical_and, (judged.dropped for judged in parts))
            unmet |= dropped
            twice |= dropped
        return unmet, twice, unknown, manual
