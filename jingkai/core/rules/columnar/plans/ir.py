"""
What a condition says about columns: the plan that every columnar engine runs.

The plan is plain data and knows no engine. A column holds integers, texts or truth values, or
nothing where the fact is not on record; numbers are scaled to whole units (money in 分),
days count from 1970-01-01. A formula has three values, met, unmet and unknown, and joins by
Kleene's logic. There is no division and no float in it: a share is compared by multiplying across.

    formula   = Fixed | atom | Every(parts) | Some(parts) | Opposite(part)
              | Known(columns, part) | Surely(part)
    atom      = Reaches | ShareReaches | Holds | OneOf | StartsWith | EndsWith | Contains | Absent

An atom is unknown where a column that it reads has nothing; only ``Absent`` is known there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from jingkai.core.rules.feel.nodes import Span

WHOLE = 2**63 - 1  # no number that an engine forms may pass it, whatever the data within limits


class NotColumnar(Exception):
    """An expression can't run over columns; ``at`` is its place, the message says what to do."""

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.at = at


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"  # a whole number of ``1 / scale`` units
    DAY = "day"  # days since 1970-01-01
    TEXT = "text"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One fact of all enterprises: an item, of one period where the item has periods."""

    name: str
    kind: Kind
    scale: int = 1
    limit: int = 10**14  # no scaled value in the data is larger, or smaller than its negative


class Truth(IntEnum):
    """The three values, in the order that makes *and* the least and *or* the greatest."""

    UNMET = 0
    UNKNOWN = 1
    MET = 2


Terms = tuple[tuple[str, int], ...]  # columns by name with their factors, none of them 0


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of columns times whole factors: no common divisor, the first factor positive."""

    terms: Terms


@dataclass(frozen=True, slots=True)
class Share:
    """A sum over a sum, each with a whole constant; unknown where the lower sum is 0."""

    upper: Terms
    upper_constant: int
    lower: Terms
    lower_constant: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same for every enterprise."""

    truth: Truth


@dataclass(frozen=True, slots=True)
class Reaches:
    """``total >= bound``."""

    total: Total
    bound: int


@dataclass(frozen=True, slots=True)
class ShareReaches:
    """
    ``share >= part / whole``, or ``>`` where strict; ``whole`` is positive.

    With ``upper`` and ``lower`` the two sums: unknown where ``lower`` is 0; where it is positive,
    ``upper * whole >= part * lower``; where it is negative, ``<=``.
    """

    share: Share
    part: int
    whole: int
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """The truth value is true."""

    column: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The text is one of these."""

    column: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartsWith:
    """The text starts with one of these."""

    column: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndsWith:
    """The text ends with one of these."""

    column: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """The text contains one of these."""

    column: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is on record; always known."""

    column: str


@dataclass(frozen=True, slots=True)
class Every:
    """The least of its parts: unmet where one is, met where all are."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """The greatest of its parts: met where one is, unmet where all are."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """Met where the part is unmet and the other way round."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Known:
    """The part where all the columns are on record, else unknown."""

    columns: tuple[str, ...]
    part: "Formula"


@dataclass(frozen=True, slots=True)
class Surely:
    """Met where the part is met, else unmet; inside ``Known`` it asks for a test of ``if``."""

    part: "Formula"


TextTest = OneOf | StartsWith | EndsWith | Contains
Atom = Reaches | ShareReaches | Holds | TextTest | Absent
Formula = Fixed | Atom | Every | Some | Opposite | Known | Surely
Attribute = Total | Share | str  # what atoms ask about; a str is a column of texts or truths

MET = Fixed(Truth.MET)
UNMET = Fixed(Truth.UNMET)
UNKNOWN = Fixed(Truth.UNKNOWN)


def attribute(atom: Atom) -> Attribute:
    """Return what the atom asks about; ``Absent`` asks about the column alone."""
    match atom:
        case Reaches():
            return atom.total
        case ShareReaches():
            return atom.share
        case _:
            return atom.column


def atoms(formula: Formula) -> Iterator[Atom]:
    """Yield the atoms of a formula in their order, repeated ones too."""
    match formula:
        case Fixed():
            return
        case Every() | Some():
            for part in formula.parts:
                yield from atoms(part)
        case Opposite() | Surely():
            yield from atoms(formula.part)
        case Known():
            yield from map(Absent, formula.columns)
            yield from atoms(formula.part)
        case _:
            yield formula


def columns(formula: Formula) -> set[str]:
    """Return the names of the columns that a formula reads."""
    return {name for atom in atoms(formula) for name in read_by(attribute(atom))}


def read_by(one: Attribute) -> tuple[str, ...]:
    """Return the names of the columns that an attribute reads, each once."""
    match one:
        case Total():
            return tuple(name for name, _ in one.terms)
        case Share():
            return tuple(dict.fromkeys(name for name, _ in one.upper + one.lower))
        case _:
            return (one,)


def every(*parts: Formula) -> Formula:
    """Return the conjunction, without what can't change it."""
    return _joined(Every, parts, neutral=MET, decisive=UNMET)


def some(*parts: Formula) -> Formula:
    """Return the disjunction, without what can't change it."""
    return _joined(Some, parts, neutral=UNMET, decisive=MET)


def opposite(part: Formula) -> Formula:
    """Return the negation."""
    match part:
        case Fixed(truth):
            return Fixed(Truth(2 - truth))
        case Opposite():
            return part.part
        case _:
            return Opposite(part)


def choose(test: Formula, yes: Formula, no: Formula) -> Formula:
    """
    Return ``if test then yes else no`` as FEEL has it where all facts are there.

    A test that divides may still be null; FEEL then takes ``no``.
    """
    if any(isinstance(atom, ShareReaches) for atom in atoms(test)):
        test = Surely(test)
    return some(every(test, yes), every(opposite(test), no))


def known(names: set[str], part: Formula) -> Formula:
    """Return the part, unknown where one of the columns has nothing."""
    asked = tuple(atoms(part))
    if asked and all(names <= _needed_by(atom) for atom in asked) and not _forgets(part):
        return part
    return Known(tuple(sorted(names)), part) if names else part


def _forgets(formula: Formula) -> bool:
    """Tell whether the formula may be known although all its atoms are unknown."""
    match formula:
        case Every() | Some():
            return any(map(_forgets, formula.parts))
        case Opposite() | Known():
            return _forgets(formula.part)
        case _:
            return isinstance(formula, Surely | Fixed)


def _needed_by(atom: Atom) -> set[str]:
    """Return the columns without any of which the atom is unknown."""
    return set() if isinstance(atom, Absent) else set(read_by(attribute(atom)))


def _joined(
    kind: type[Every] | type[Some], parts: tuple[Formula, ...], *, neutral: Fixed, decisive: Fixed
) -> Formula:
    kept: list[Formula] = []
    for part in parts:
        kept.extend(part.parts if isinstance(part, kind) else [part])
    kept = [part for part in dict.fromkeys(kept) if part != neutral]
    if kind is Some:
        kept = _merged(kept)
    if decisive in kept:
        return decisive
    if not kept:
        return neutral
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _merged(parts: list[Formula]) -> list[Formula]:
    """Return the parts with tests of one kind and column made one."""
    tests: dict[tuple[type[TextTest], str], TextTest] = {}
    others: list[Formula] = []
    for part in parts:
        if not isinstance(part, TextTest):
            others.append(part)
            continue
        key = type(part), part.column
        texts = (*tests[key].texts, *part.texts) if key in tests else part.texts
        tests[key] = replace(part, texts=tuple(dict.fromkeys(texts)))
    return [*others, *tests.values()]
