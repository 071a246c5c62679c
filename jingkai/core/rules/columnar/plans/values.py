"""What an expression is before any enterprise is known: forms, days, texts and choices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jingkai.core.rules.policies.references import Reference

from .forms import Form
from .ir import Column, Formula

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The columns that expressions may read, by the fact they hold, and the day of evaluation."""

    columns: Mapping[Reference, Column]
    on: date


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: a form, or a form over a form that reads a column."""

    upper: Form
    lower: Form | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as days since 1970-01-01."""

    form: Form


@dataclass(frozen=True, slots=True)
class Days:
    """A duration in days: the difference of two dates."""

    form: Form


@dataclass(frozen=True, slots=True)
class DayPart:
    """Something of one date that never falls (or never rises) as the date rises: its year."""

    column: str
    part: Callable[[int], Any]  # of a day since 1970-01-01, a value of FEEL
    rising: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a column, or its first so many characters."""

    column: str
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A truth value."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that no fact can change, other than a number or a date: text, duration, null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of known length."""

    items: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Years:
    """A period by its name, before the dot."""

    back: int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``if test then yes else no``: with all facts there, ``no`` where FEEL's test is null."""

    test: Formula
    yes: "Value"
    no: "Value"


Value = Quantity | Day | Days | DayPart | Words | Verdict | Literal | Listing | Years | Choice
