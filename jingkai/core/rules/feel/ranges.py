"""
Ranges as values, and how a point or a range lies to another (DMN 1.5, 10.3.2.7 and table 78).

Every end is a cut through the line of values: ``(5`` cuts just after 5, ``[5`` and ``5]`` at 5,
``5)`` just before it, and an end that is absent beyond everything. The functions of table 78
are then plain comparisons of cuts.
"""

from dataclasses import dataclass

from .ordering import compare


@dataclass(frozen=True, slots=True)
class Range:
    """Values from low to high; an end that is None is absent, and not included."""

    low: object
    high: object
    low_included: bool
    high_included: bool


def range_of(
    low: object, high: object, *, low_included: bool, high_included: bool
) -> Range | None:
    """Return the range, or None if it has no end, or the ends have no order or the wrong one."""
    ends = [end for end in (low, high) if end is not None]
    order = compare(ends[0], ends[-1]) if ends else None
    if order is None or order > 0:
        return None
    return Range(low, high, low_included and low is not None, high_included and high is not None)


def holds(range_: Range, value: object) -> bool | None:
    """Return whether the value is in the range; None if it has no order with the ends."""
    after_low = _compare(_start(range_), _point(value))
    before_high = _compare(_point(value), _end(range_))
    if after_low is None or before_high is None:
        return None
    return after_low <= 0 and before_high <= 0


def part(range_: Range, name: str) -> object:
    """Return the named part of a range (table 67), or None if ranges have no such part."""
    parts = {
        "start": range_.low,
        "end": range_.high,
        "start included": range_.low_included,
        "end included": range_.high_included,
    }
    return parts.get(name)


def before(left: object, right: object) -> bool | None:
    """Return whether all of left lies before all of right."""
    return _less(_end(left), _start(right))


def after(left: object, right: object) -> bool | None:
    """Return whether all of left lies after all of right."""
    return before(right, left)


def meets(left: Range, right: Range) -> bool | None:
    """Return whether left ends with the value that right begins with."""
    return _level(_end(left), _start(right))


def met_by(left: Range, right: Range) -> bool | None:
    """Return whether left begins with the value that right ends with."""
    return meets(right, left)


def overlaps(left: Range, right: Range) -> bool | None:
    """Return whether the ranges share a value."""
    return _both(_at_most(_start(right), _end(left)), _at_most(_start(left), _end(right)))


def overlaps_before(left: Range, right: Range) -> bool | None:
    """Return whether left begins earlier, reaches into right and ends inside it."""
    return _both(
        _less(_start(left), _start(right)),
        _at_most(_start(right), _end(left)),
        _at_most(_end(left), _end(right)),
    )


def overlaps_after(left: Range, right: Range) -> bool | None:
    """Return whether right begins earlier, reaches into left and ends inside it."""
    return overlaps_before(right, left)


def finishes(left: object, right: Range) -> bool | None:
    """Return whether left lies in right and ends where it ends."""
    same_end = _level(_end(left), _end(right))
    if not isinstance(left, Range):
        return same_end
    return _both(same_end, _at_most(_start(right), _start(left)))


def finished_by(left: Range, right: object) -> bool | None:
    """Return whether right lies in left and ends where it ends."""
    return finishes(right, left)


def starts(left: object, right: Range) -> bool | None:
    """Return whether left lies in right and begins where it begins."""
    same_start = _level(_start(left), _start(right))
    if not isinstance(left, Range):
        return same_start
    return _both(same_start, _at_most(_end(left), _end(right)))


def started_by(left: Range, right: object) -> bool | None:
    """Return whether right lies in left and begins where it begins."""
    return starts(right, left)


def during(left: object, right: Range) -> bool | None:
    """Return whether all of left lies in right."""
    return _both(_at_most(_start(right), _start(left)), _at_most(_end(left), _end(right)))


def includes(left: Range, right: object) -> bool | None:
    """Return whether all of right lies in left."""
    return during(right, left)


def coincides(left: object, right: object) -> bool | None:
    """Return whether left and right are the same points."""
    return _both(_level(_start(left), _start(right)), _level(_end(left), _end(right)))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place on the line: before (-1), at (0) or after (1) a value; or beyond them all."""

    value: object = None
    side: int = 0
    beyond: int = 0


_FIRST, _LAST = _Cut(beyond=-1), _Cut(beyond=1)


def _point(value: object) -> _Cut:
    return _Cut(value)


def _start(operand: object) -> _Cut:
    if not isinstance(operand, Range):
        return _point(operand)
    if operand.low is None:
        return _FIRST
    return _Cut(operand.low, 0 if operand.low_included else 1)


def _end(operand: object) -> _Cut:
    if not isinstance(operand, Range):
        return _point(operand)
    if operand.high is None:
        return _LAST
    return _Cut(operand.high, 0 if operand.high_included else -1)


def _compare(left: _Cut, right: _Cut) -> int | None:
    if left.beyond or right.beyond:
        return (left.beyond > right.beyond) - (left.beyond < right.beyond)
    order = compare(left.value, right.value)
    if order == 0:
        return (left.side > right.side) - (left.side < right.side)
    return order


def _less(left: _Cut, right: _Cut) -> bool | None:
    order = _compare(left, right)
    return None if order is None else order < 0


def _at_most(left: _Cut, right: _Cut) -> bool | None:
    order = _compare(left, right)
    return None if order is None else order <= 0


def _level(left: _Cut, right: _Cut) -> bool | None:
    order = _compare(left, right)
    return None if order is None else order == 0


def _both(*tests: bool | None) -> bool | None:
    if False in tests:
        return False
    return None if None in tests else True
