"""
Products of sets of pieces: where a row of a table matches, and what is left beside others.

A box is one set for each axis, as bits. Whether boxes cover another one is decided by taking
them away one by one; the parts that are left shrink, and parts too small to be covered are seen
by counting. It is hard in general, so each search has a budget.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from operator import and_

COST = 10  # of cutting a box, as measured: that of so many sides

Box = tuple[int, ...]
Numbered = tuple[int, Box]  # the number of a row, and where it matches


class TooLarge(Exception):
    """A table takes more steps to analyse than an analysis may."""


@dataclass(slots=True)
class Budget:
    """How many boxes may still be cut, by what that costs: more for boxes of many sides."""

    steps: int

    def spend(self, boxes: int, sides: int) -> None:
        """
        Take away what it costs to cut so many boxes of so many sides.

        :raises TooLarge: if there is not enough left
        """
        self.steps -= boxes * (sides + COST)
        if self.steps < 0:
            raise TooLarge


def common(one: Box, other: Box) -> Box | None:
    """Return what two boxes share; None if nothing."""
    found = tuple(map(and_, one, other))
    return found if all(found) else None


def size(box: Box) -> int:
    """Return of how many combinations of pieces a box is made."""
    return prod(map(int.bit_count, box))


def without(box: Box, taken: Box) -> Iterator[Box]:
    """Yield parts of the box that together are all of it outside another box inside it."""
    for place, side in enumerate(taken):
        rest = box[place] & ~side
        if rest:
            yield (*taken[:place], rest, *box[place + 1 :])


def hole(space: Box, covers: Iterable[Box], budget: Budget) -> Box | None:
    """
    Return a part of the space that no cover touches; None if they cover all of it.

    :raises TooLarge: if that takes too long to find out
    """
    waiting = [(space, list(covers))]
    while waiting:
        part, candidates = waiting.pop()
        inside = _inside(part, candidates, budget)
        if not inside:
            return part
        largest = max(inside, key=size)
        if largest == part:
            continue
        rests = [(each, inside) for each in without(part, largest)]
        if sum(map(size, inside)) < size(part):
            waiting = [max(rests, key=lambda rest: _short(rest[0], inside, budget))]
        else:
            waiting += rests
    return None


def covering(space: Box, covers: Sequence[Numbered], budget: Budget) -> frozenset[int] | None:
    """
    Return the numbers of covers that together cover the space; None if all of them do not.

    :raises TooLarge: if that takes too long to find out
    """
    used: set[int] = set()
    waiting = [(space, covers)]
    while waiting:
        part, candidates = waiting.pop()
        budget.spend(1 + len(candidates), len(space))
        inside = [(n, cut) for n, each in candidates if (cut := common(part, each))]
        sizes = [size(cut) for _, cut in inside]
        if sum(sizes) < size(part):
            return None
        number, largest = inside[sizes.index(max(sizes))]
        used.add(number)
        waiting += [(each, inside) for each in without(part, largest)]
    return frozenset(used)


def grown(part: Box, within: Box, covers: Sequence[Box]) -> Box:
    """Return a part that no cover touches, made as large as it can be without touching one."""
    sides = list(part)
    for place in range(len(sides)):
        taken = 0
        for cover in covers:
            beside = zip(sides, cover, strict=True)
            if all(one & other for at, (one, other) in enumerate(beside) if at != place):
                taken |= cover[place]
        sides[place] = within[place] & ~taken
    return tuple(sides)


def _inside(space: Box, boxes: Sequence[Box], budget: Budget) -> list[Box]:
    budget.spend(1 + len(boxes), len(space))
    return [cut for each in boxes if (cut := common(space, each))]


def _short(part: Box, covers: Sequence[Box], budget: Budget) -> int:
    """Return how many combinations are missing at least for the covers to fill the part."""
    return size(part) - sum(map(size, _inside(part, covers, budget)))
