"""
The values of one input, cut into pieces that no cell of its column tells apart.

A cell is then the set of the pieces that pass it, as the bits of an integer: exact, and quick to
intersect. A piece is a single value, all values between two of them, or the missing fact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jingkai.core.rules.feel.nodes import Sign
from jingkai.core.rules.feel.scopes import Value

from .conditions import Both, Broken, Condition, Either, Equal, Opposite, Ordered, values
from .scales import OTHERS, SCALES, write

Kind = type
Answers = tuple[int, int]  # the pieces for which a condition is true, and false


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    Values of one kind; ``example`` is one of them.

    It lies between ``low`` and ``high``, None where there is no end, or is the example alone.
    The others of a kind whose order does not count have no ends.
    """

    kind: Kind
    example: Value
    low: Value = None
    high: Value = None
    is_single: bool = False


MISSING = Piece(kind=type(None), example=None, is_single=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """
    The pieces of one input, in order; the last is the missing fact.

    ``spans`` are the pieces of a kind as bits, ``places`` the bit of a value that cells name.
    """

    pieces: tuple[Piece, ...]
    spans: Mapping[Kind, int]
    places: Mapping[tuple[Kind, object], int]
    unordered: frozenset[Kind]

    @property
    def missing(self) -> int:
        """The missing fact, as a bit."""
        return 1 << (len(self.pieces) - 1)

    @property
    def everything(self) -> int:
        """All pieces."""
        return (1 << len(self.pieces)) - 1

    def passing(self, condition: Condition) -> int:
        """Return the pieces that a condition lets through."""
        return self._answers(condition)[0]

    def examples(self, side: int) -> Iterator[Value]:
        """Yield an example of each of some pieces, in order."""
        return (each.example for place, each in enumerate(self.pieces) if side >> place & 1)

    def _answers(self, condition: Condition) -> Answers:
        match condition:
            case Equal(value):
                return self._equal(value)
            case Broken():
                return self._equal(None)
            case Ordered(sign, value):
                return self._ordered(sign, value)
            case Opposite(part):
                true, false = self._answers(part)
                return false, true
            case Both(parts):
                return self._together(parts)
            case Either(parts):
                false, true = self._together(tuple(map(Opposite, parts)))
                return true, false
        raise TypeError(condition)

    def _together(self, parts: Iterable[Condition]) -> Answers:
        true, false = self.everything, 0
        for part in parts:
            holds, fails = self._answers(part)
            true, false = true & holds, false | fails
        return true, false

    def _equal(self, value: Value) -> Answers:
        if value is None:
            return self.missing, self.everything & ~self.missing
        point = self._place(value)
        return point, self.spans.get(type(value), 0) & ~point | self.missing

    def _ordered(self, sign: Sign, value: Value) -> Answers:
        point, span = self._place(value), self.spans.get(type(value), 0)
        below = span & (point - 1) if point else 0
        above = span & ~below & ~point
        sides = {
            Sign.LESS: below,
            Sign.AT_MOST: below | point,
            Sign.GREATER: above,
            Sign.AT_LEAST: above | point,
        }
        return sides[sign], span & ~sides[sign]

    def _place(self, value: Value) -> int:
        return self.places.get((type(value), SCALES[type(value)].key(value)), 0)


def axis_over(conditions: Iterable[Condition], kind: Kind | None) -> Axis:
    """
    Return the axis that the conditions cut.

    :param kind: the kind of the input's values, None where it is not declared: then they are of
        the kinds that the conditions name
    """
    named: dict[Kind, dict[object, Value]] = {} if kind is None else {kind: {}}
    ordered: set[Kind] = set()
    for condition in conditions:
        for value, is_ordered in values(condition):
            if value is None or kind not in {None, type(value)}:
                continue
            named.setdefault(type(value), {})[SCALES[type(value)].key(value)] = value
            ordered |= {type(value)} if is_ordered else set()
    return _axis(named or {str: {}}, unordered=frozenset({str}) - ordered)


def _axis(named: Mapping[Kind, Mapping[object, Value]], unordered: frozenset[Kind]) -> Axis:
    pieces: list[Piece] = []
    spans: dict[Kind, int] = {}
    places: dict[tuple[Kind, object], int] = {}
    for kind, points in named.items():
        begin = len(pieces)
        inside = _listed(kind, points) if kind in unordered else _cut(kind, points)
        for piece in inside:
            if piece.is_single:
                places[kind, SCALES[kind].key(piece.example)] = 1 << len(pieces)
            pieces.append(piece)
        spans[kind] = (1 << len(pieces)) - (1 << begin)
    pieces.append(MISSING)
    return Axis(pieces=tuple(pieces), spans=spans, places=places, unordered=unordered)


def _cut(kind: Kind, points: Mapping[object, Value]) -> Iterator[Piece]:
    """Yield the values named and what lies before, between and behind them, in order."""
    if kind is bool:
        points = {0: False, 1: True}
    key = SCALES[kind].key
    before: Value = None
    for value in sorted(points.values(), key=key):
        yield from _between(kind, before, value)
        yield Piece(kind=kind, example=value, is_single=True)
        before = value
    yield from _between(kind, before, None)


def _between(kind: Kind, low: Value, high: Value) -> Iterator[Piece]:
    example = SCALES[kind].between(low, high)
    if example is not None:
        yield Piece(kind=kind, example=example, low=low, high=high)


def _listed(kind: Kind, points: Mapping[object, Value]) -> Iterator[Piece]:
    """Yield the texts named, and one piece for all others."""
    for value in points.values():
        yield Piece(kind=kind, example=value, is_single=True)
    example = OTHERS
    while example in points:
        example += "_"
    yield Piece(kind=kind, example=example)


def written(axis: Axis, side: int, unasked: int = 0) -> str:
    """
    Return a cell that exactly these pieces pass.

    :param unasked: pieces that it does not matter for
    """
    side, rest = side & ~unasked, axis.everything & ~side & ~unasked
    if not rest:
        return "-"
    if side & _unlisted(axis) or rest == axis.missing:
        return f"not({', '.join(_tests(axis, rest))})"
    return ", ".join(_tests(axis, side))


def _unlisted(axis: Axis) -> int:
    """Return the piece of the texts that no cell names, where their order does not count."""
    return sum(
        1 << place
        for place, piece in enumerate(axis.pieces)
        if piece.kind in axis.unordered and not piece.is_single
    )


def _tests(axis: Axis, side: int) -> Iterator[str]:
    run: list[Piece] = []
    for place, piece in enumerate(axis.pieces):
        is_in = side >> place & 1
        if run and not (is_in and piece.kind is run[-1].kind and _is_line(axis, piece.kind)):
            yield _run(run)
            run = []
        if is_in:
            run.append(piece)
    if run:
        yield _run(run)


def _is_line(axis: Axis, kind: Kind) -> bool:
    return kind is not bool and kind not in axis.unordered


def _run(run: list[Piece]) -> str:
    """Return neighbouring pieces as one test."""
    first, last = run[0], run[-1]
    low, high = (
        piece.example if piece.is_single else end
        for piece, end in ((first, first.low), (last, last.high))
    )
    if len(run) == 1 and first.is_single:
        return write(first.example)
    if low is None and high is None:
        return "? != null"
    if low is None:
        return f"{'<=' if last.is_single else '<'} {write(high)}"
    if high is None:
        return f"{'>=' if first.is_single else '>'} {write(low)}"
    opening, closing = "(["[first.is_single], ")]"[last.is_single]
    return f"{opening}{write(low)}..{write(high)}{closing}"
