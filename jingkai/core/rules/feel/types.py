"""
The types of FEEL: what a written type means, which conforms to which, and what a value is.

Conformance is that of DMN 1.5, 10.3.2.9: every type conforms to ``Any``, ``Null`` to every type,
lists and ranges by their items, contexts by the entries that the wider one names, functions
contravariantly in their parameters and covariantly in their result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from .functions import Function
from .nodes import ContextType, FunctionType, ListType, NamedType, RangeType, TypeNode
from .ranges import Range
from .temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration


@dataclass(frozen=True, slots=True)
class FeelType:
    """One of the classes below; ``str()`` writes it as FEEL does."""


@dataclass(frozen=True, slots=True)
class Basic(FeelType):
    """A type with nothing inside: ``number``, ``date``, ``Any``."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListOf(FeelType):
    """``list<item>``."""

    item: FeelType

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class RangeOf(FeelType):
    """``range<item>``."""

    item: FeelType

    def __str__(self) -> str:
        return f"range<{self.item}>"


@dataclass(frozen=True, slots=True)
class ContextOf(FeelType):
    """``context<name: type, …>``: at least these entries, in whatever order."""

    entries: frozenset[tuple[str, FeelType]]

    def __str__(self) -> str:
        return f"context<{', '.join(sorted(f'{name}: {of}' for name, of in self.entries))}>"


@dataclass(frozen=True, slots=True)
class FunctionOf(FeelType):
    """``function<type, …> -> result``; without parameters known, any function (None)."""

    parameters: tuple[FeelType, ...] | None
    result: FeelType

    def __str__(self) -> str:
        parameters = "…" if self.parameters is None else ", ".join(map(str, self.parameters))
        return f"function<{parameters}> -> {self.result}"


ANY = Basic("Any")
NULL = Basic("Null")
NUMBER = Basic("number")
STRING = Basic("string")
BOOLEAN = Basic("boolean")
DATE = Basic("date")
TIME = Basic("time")
DATE_AND_TIME = Basic("date and time")
DAYS_AND_TIME_DURATION = Basic("days and time duration")
YEARS_AND_MONTHS_DURATION = Basic("years and months duration")

BY_NAME: Mapping[str, FeelType] = {
    **{
        basic.name: basic
        for basic in (
            *(ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_AND_TIME),
            *(DAYS_AND_TIME_DURATION, YEARS_AND_MONTHS_DURATION),
        )
    },
    "list": ListOf(ANY),
    "range": RangeOf(ANY),
    "context": ContextOf(frozenset()),
    "function": FunctionOf(None, ANY),
    # As older versions of DMN and other tools call them.
    "any": ANY,
    "dateTime": DATE_AND_TIME,
    "day and time duration": DAYS_AND_TIME_DURATION,
    "year and month duration": YEARS_AND_MONTHS_DURATION,
    "dayTimeDuration": DAYS_AND_TIME_DURATION,
    "yearMonthDuration": YEARS_AND_MONTHS_DURATION,
}

_CLASSES: Mapping[type, FeelType] = {
    type(None): NULL,
    bool: BOOLEAN,
    Decimal: NUMBER,
    str: STRING,
    Date: DATE,
    Time: TIME,
    DateTime: DATE_AND_TIME,
    DayTimeDuration: DAYS_AND_TIME_DURATION,
    YearMonthDuration: YEARS_AND_MONTHS_DURATION,
}


def type_from(node: TypeNode, named: Mapping[str, FeelType] | None = None) -> FeelType | None:
    """
    Return what a written type means, or None if it holds a name that nobody knows.

    :param named: the item definitions in scope
    """
    named = named or {}
    match node:
        case NamedType(name):
            return named.get(name) or BY_NAME.get(name)
        case ListType(item):
            inner = type_from(item, named)
            return inner and ListOf(inner)
        case RangeType(item):
            inner = type_from(item, named)
            return inner and RangeOf(inner)
        case ContextType(entries):
            types = {name: type_from(entry, named) for name, entry in entries}
            known = {name: entry for name, entry in types.items() if entry is not None}
            return ContextOf(frozenset(known.items())) if known == types else None
        case FunctionType(parameters, result):
            return _function_from(parameters, result, named)
        case _:
            return None


def _function_from(
    parameters: tuple[TypeNode, ...], result: TypeNode, named: Mapping[str, FeelType]
) -> FeelType | None:
    takes = [type_from(parameter, named) for parameter in parameters]
    returns = type_from(result, named)
    known = tuple(parameter for parameter in takes if parameter is not None)
    if returns is None or len(known) < len(takes):
        return None
    return FunctionOf(known, returns)


def conforms(narrow: FeelType, wide: FeelType) -> bool:
    """Return whether every value of the first type may stand where the second is asked for."""
    if wide == ANY or narrow in (NULL, wide):
        return True
    match narrow, wide:
        case ListOf(item), ListOf(other):
            return conforms(item, other)
        case RangeOf(item), RangeOf(other):
            return conforms(item, other)
        case ContextOf(entries), ContextOf(others):
            has = dict(entries)
            return all(name in has and conforms(has[name], other) for name, other in others)
        case FunctionOf(), FunctionOf():
            return _function_conforms(narrow, wide)
        case _:
            return False


def _function_conforms(narrow: FunctionOf, wide: FunctionOf) -> bool:
    if not conforms(narrow.result, wide.result):
        return False
    if wide.parameters is None:
        return True
    if narrow.parameters is None or len(narrow.parameters) != len(wide.parameters):
        return False
    pairs = zip(wide.parameters, narrow.parameters, strict=True)
    return all(conforms(given, taken) for given, taken in pairs)


def type_of(value: object) -> FeelType:
    """Return the narrowest type of a FEEL value; a list of many kinds is ``list<Any>``."""
    basic = _CLASSES.get(type(value))
    if basic is not None:
        return basic
    match value:
        case list():
            return ListOf(common(map(type_of, value)))
        case dict():
            return ContextOf(frozenset((str(key), type_of(item)) for key, item in value.items()))
        case Range():
            return RangeOf(common([type_of(value.low), type_of(value.high)]))
        case Function():
            takes = tuple(parameter.type or ANY for parameter in value.parameters)
            return FunctionOf(takes, value.result or ANY)
        case _:
            return ANY


def common(types: Iterable[FeelType]) -> FeelType:
    """Return a type that all of these conform to; of none, ``Null``."""
    nothing: FeelType = NULL
    return reduce(_common, types, nothing)


def _common(one: FeelType, other: FeelType) -> FeelType:
    if conforms(one, other):
        return other
    if conforms(other, one):
        return one
    match one, other:
        case ListOf(item), ListOf(second):
            return ListOf(_common(item, second))
        case RangeOf(item), RangeOf(second):
            return RangeOf(_common(item, second))
        case ContextOf(entries), ContextOf(others):
            has = dict(others)
            return ContextOf(
                frozenset(
                    (name, _common(entry, has[name])) for name, entry in entries if name in has
                )
            )
        case _:
            return ANY


def is_instance(value: object, of: FeelType) -> bool:
    """
    Return whether a value is of a type, as ``instance of`` asks.

    Null itself is an instance of nothing but ``Null``; inside lists and contexts it passes.
    """
    return of == NULL if value is None else _fits(value, of)


def _fits(value: object, of: FeelType) -> bool:
    if value is None or of == ANY:
        return True
    match value, of:
        case list(), ListOf(item):
            return all(_fits(each, item) for each in value)
        case dict(), ContextOf(entries):
            return all(name in value and _fits(value[name], entry) for name, entry in entries)
        case ((list() | dict()), _):
            return False
        case _:
            return conforms(type_of(value), of)
