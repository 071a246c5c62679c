"""The facts of one enterprise on one day, as the names and values that a rule sees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jingkai.core.rules.catalogue import Catalogue, FactType, Item
from jingkai.core.rules.feel import interpreting, temporal
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.nodes import NOWHERE, Constant, Node, UnaryTests
from jingkai.core.rules.feel.problems import Problem
from jingkai.core.rules.feel.scopes import Scope, Work

from . import exact
from .facts import Fact, Facts, Plain
from .references import EVALUATION_DAY, SPANS, YEARS_BACK, Reference

Value = Any  # a FEEL value
MOST_STEPS = 1_000_000  # of one condition: a rule on a person's page
FACTORS = {
    ("元", "万元"): Decimal("0.0001"),
    ("亿元", "万元"): Decimal(10_000),
    ("万元", "元"): Decimal(10_000),
    ("亿元", "元"): Decimal(100_000_000),
}
TYPE_WORDS = {
    FactType.NUMBER: "数字",
    FactType.STRING: "文字",
    FactType.BOOLEAN: "是或否",
    FactType.DATE: "日期",
}
PYTHON_TYPES: Mapping[FactType, tuple[type, ...]] = {
    FactType.NUMBER: (int, Decimal),
    FactType.STRING: (str,),
    FactType.BOOLEAN: (bool,),
    FactType.DATE: (date,),
}


@dataclass(frozen=True, slots=True)
class Computed:
    """A value, and why it is null where it is."""

    value: Value
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    A fact as a rule sees it: ``value`` in the catalogue's unit, None when it is not on record.

    ``refused`` says why a value on record can't be used.
    """

    reference: Reference
    item: Item | None
    year: int | None
    value: Value = None
    fact: Fact | None = None
    conflicts: tuple[Fact, ...] = field(default=())
    refused: str = ""

    @property
    def period(self) -> str:
        """Return the year as it is written, empty for an item without periods."""
        return "" if self.year is None else f"{self.year}年"


class Situation:
    """
    One enterprise on one day: computes expressions, each subject once.

    Every policy of a day can be tried on the same situation.
    """

    def __init__(self, facts: Facts, *, on: date, catalogue: Catalogue) -> None:
        self.facts = facts
        self.on = on
        self.catalogue = catalogue
        self._readings: dict[Reference, Reading] = {}
        self._subjects: dict[str, Computed] = {}
        self._fractions: dict[str, Fraction | None] = {}
        self._names = self._scope_names()

    def reading(self, reference: Reference) -> Reading:
        """Return the fact that a rule refers to, with its source."""
        found = self._readings.get(reference)
        if found is None:
            found = self._readings[reference] = self._read(reference)
        return found

    def missing(self, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
        """Return those that are not on record."""
        read = self._readings
        return tuple(
            one
            for one in references
            if (read[one] if one in read else self.reading(one)).value is None
        )

    def compute(self, node: Node, instead: Mapping[str, Value] | None = None) -> Computed:
        """Return the value of an expression; ``instead`` are names with other values."""
        scope = self._scope(instead)
        return self._noted(scope, lambda: interpreting.evaluate(node, scope))

    def subject(self, key: str, node: Node) -> Computed:
        """Return the value of an expression that many conditions share under this key."""
        found = self._subjects.get(key)
        if found is None:
            found = self._subjects[key] = self.compute(node)
        return found

    def exact(self, node: Node, key: str | None = None) -> Fraction | None:
        """Return the value of plain arithmetic as a fraction, None for anything else."""
        if isinstance(node, Constant):
            return Fraction(node.value) if isinstance(node.value, Decimal) else None
        key = key or repr(node)
        if key not in self._fractions:
            self._fractions[key] = exact.number(node, self.value)
        return self._fractions[key]

    def value(self, reference: Reference) -> Value:
        """Return the value of a fact, None when it is not on record."""
        return self.reading(reference).value

    def passes(self, tests: UnaryTests, value: Value) -> Computed:
        """Return whether a value passes the tests of a cell: true, false, or null."""
        scope = self._scope(None)
        return self._noted(scope, lambda: interpreting.evaluate_tests(tests, value, scope))

    def _scope(self, instead: Mapping[str, Value] | None) -> Scope:
        scope = Scope(self._names, work=Work(trace=[], steps=MOST_STEPS))
        return scope.child(instead) if instead else scope

    @staticmethod
    def _noted(scope: Scope, computation: Callable[[], Value]) -> Computed:
        try:
            value = computation()
        except TooMuchWork as stopped:
            return Computed(None, (Problem(NOWHERE, str(stopped)),))
        return Computed(value, tuple(scope.trace or ()) if value is None else ())

    def _scope_names(self) -> dict[str, Value]:
        names: dict[str, Value] = {EVALUATION_DAY: feel_date(self.on)}
        yearly = [item.name for item in self.catalogue if item.by_year]
        for name, back in YEARS_BACK.items():
            names[name] = {item: self._value(item, back) for item in yearly}
        for name, years in SPANS.items():
            names[name] = {item: [self._value(item, back) for back in years] for item in yearly}
        for item in self.catalogue:
            if not item.by_year:
                names[item.name] = self._value(item.name, None)
        return names

    def _value(self, item: str, years_back: int | None) -> Value:
        return self.reading(Reference(item, years_back)).value

    def _read(self, reference: Reference) -> Reading:
        item = self.catalogue.get(reference.item)
        back = reference.years_back
        year = None if back is None else self.on.year - back
        fact = self.facts.fact(reference.item, year)
        if fact is None or item is None:
            return Reading(reference=reference, item=item, year=year)
        value, refused = _fitted(fact, item)
        return Reading(
            reference=reference,
            item=item,
            year=year,
            value=value,
            fact=fact,
            conflicts=self.facts.conflicts(reference.item, year),
            refused=refused,
        )


def feel_date(day: date) -> temporal.Date:
    """Return a day as FEEL's date."""
    return temporal.Date(day.year, day.month, day.day)


def _fitted(fact: Fact, item: Item) -> tuple[Value, str]:
    if not _is_of_type(fact.value, item.type):
        return None, f"“{item.name}”应为{TYPE_WORDS[item.type]}，记录的是“{fact.value}”，请更正"
    if item.type is not FactType.NUMBER or fact.unit in {"", item.unit}:
        return _feel_value(fact.value), ""
    factor = FACTORS.get((fact.unit, item.unit))
    if factor is None:
        return None, f"“{item.name}”的单位应为{item.unit or '无'}，记录的是{fact.unit}，请更正"
    return Decimal(str(fact.value)) * factor, ""


def _is_of_type(value: Plain, kind: FactType) -> bool:
    is_truth = isinstance(value, bool)
    return isinstance(value, PYTHON_TYPES[kind]) and is_truth == (kind is FactType.BOOLEAN)


def _feel_value(value: Plain) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return feel_date(value) if isinstance(value, date) else value
