"""
Steps as SQL, built of sqlglot's expressions: no text of a rule or a table is pasted into a query.

A level is a subquery. PostgreSQL would pull it up and copy each step to every place that reads
it, so its levels are materialised. Nothing depends on the engine's ways with null beyond
``IS NULL`` and ``CASE``; there is no division.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from sqlglot import exp

from ..plans.ir import Contains, EndsWith, OneOf, StartsWith, TextTest
from ..plans.plan import Plan
from . import staging
from .steps import (
    Both,
    Compared,
    Count,
    Either,
    Field,
    Greatest,
    IsTrue,
    Least,
    Missing,
    Number,
    Passes,
    Stage,
    Step,
    Sum,
    Test,
    Times,
    When,
    Wide,
)


class Dialect(StrEnum):
    """A database whose SQL is written; the first three run here."""

    DUCKDB = "duckdb"
    POSTGRESQL = "postgres"
    SPARK = "spark"
    CLICKHOUSE = "clickhouse"
    TRINO = "trino"


TABLE = "enterprises"
SIGNS: Mapping[str, type[exp.Expression]] = {
    "=": exp.EQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
WITHOUT_ENDS = {Dialect.POSTGRESQL, Dialect.TRINO}  # no function for how a text ends


def queries(plan: Plan, dialect: Dialect, table: str = TABLE) -> Iterable[str]:
    """Yield the queries of a plan: each a row an enterprise, ``v…`` and ``a…`` a policy."""
    for stages in staging.batches(plan):
        yield query(stages, dialect, table).sql(dialect=str(dialect))


def query(stages: Sequence[Stage], dialect: Dialect, table: str = TABLE) -> exp.Select:
    """Return the query that computes the last stage from the table."""
    names = [table, *(f"level_{place}" for place in range(len(stages) - 1))]
    written = _Written(dialect)
    selects = [written.select(stage, name) for stage, name in zip(stages, names, strict=True)]
    *below, last = selects
    is_pulled_up = dialect is Dialect.POSTGRESQL
    ctes = [
        exp.CTE(
            this=select,
            alias=exp.TableAlias(this=exp.to_identifier(name, quoted=True)),
            materialized=True if is_pulled_up else None,
        )
        for select, (_, name) in zip(below, pairwise(names), strict=True)
    ]
    if ctes:
        last.set("with_", exp.With(expressions=ctes))
    return last


class _Written:
    """Writes numbers and tests for one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def select(self, stage: Stage, table: str) -> exp.Select:
        """Return one level."""
        made = [
            exp.Alias(this=self.number(one), alias=exp.to_identifier(name, quoted=True))
            for name, one in stage.made.items()
        ]
        kept = [_column(name) for name in stage.kept]
        source = exp.Table(this=exp.to_identifier(table, quoted=True))
        return exp.Select(expressions=[*kept, *made], from_=exp.From(this=source))

    def number(  # noqa: PLR0911 - one a kind of number
        self, one: Number
    ) -> exp.Expression:
        """Return a number as an expression."""
        match one:
            case Field(name) | Step(name):
                return _column(name)
            case Count(value):
                return _literal(value)
            case Wide(value):
                return _wide(value)
            case Sum(parts):
                return _paren(_chain(exp.Add, map(self.number, parts)))
            case Times(factor, part):
                return _paren(exp.Mul(this=self.number(part), expression=_factor(factor)))
            case Least(parts):
                return _called("LEAST", map(self.number, parts))
            case Greatest(parts):
                return _called("GREATEST", map(self.number, parts))
            case When(cases, otherwise):
                ifs = [
                    exp.If(this=self.test(asked), true=self.number(then)) for asked, then in cases
                ]
                return exp.Case(ifs=ifs, default=self.number(otherwise))

    def test(self, one: Test) -> exp.Expression:
        """Return a test as an expression."""
        match one:
            case Missing(field):
                return exp.Is(this=_column(field.name), expression=exp.Null())
            case IsTrue(field):
                return _column(field.name)
            case Passes(asked):
                return self._passes(asked)
            case Compared(sign, left, right):
                return SIGNS[sign](this=self.number(left), expression=self.number(right))
            case Both(parts):
                return _paren(_chain(exp.And, map(self.test, parts)))
            case Either(parts):
                return _paren(_chain(exp.Or, map(self.test, parts)))

    def _passes(self, asked: TextTest) -> exp.Expression:
        column = _column(asked.column)
        texts = [exp.Literal.string(text) for text in asked.texts]
        tests: list[exp.Expression]
        match asked:
            case OneOf():
                return exp.In(this=column, expressions=texts)
            case StartsWith():
                tests = [exp.StartsWith(this=column.copy(), expression=one) for one in texts]
            case EndsWith():
                tests = [self._ends(asked.column, text) for text in asked.texts]
            case Contains():
                zero = _literal(0)
                tests = [
                    exp.GT(
                        this=exp.StrPosition(this=column.copy(), substr=one),
                        expression=zero.copy(),
                    )
                    for one in texts
                ]
        return _paren(_chain(exp.Or, tests))

    def _ends(self, name: str, text: str) -> exp.Expression:
        if self._dialect not in WITHOUT_ENDS:
            return exp.EndsWith(this=_column(name), expression=exp.Literal.string(text))
        length = exp.Anonymous(this="LENGTH", expressions=[_column(name)])
        start = exp.Sub(this=length, expression=_literal(len(text) - 1))
        found = _called("SUBSTR", [_column(name), _called("GREATEST", [start, _literal(1)])])
        return exp.EQ(this=found, expression=exp.Literal.string(text))


def _column(name: str) -> exp.Column:
    return exp.Column(this=exp.to_identifier(name, quoted=True))


def _called(name: str, parts: Iterable[exp.Expression]) -> exp.Expression:
    """Return the call; of one part LEAST is the part itself, which some databases insist upon."""
    given = list(parts)
    return given[0] if len(given) == 1 else exp.Anonymous(this=name, expressions=given)


def _chain(kind: type[exp.Expression], parts: Iterable[exp.Expression]) -> exp.Expression:
    first, *others = parts
    joined = first
    for other in others:
        joined = kind(this=joined, expression=other)
    return joined


def _paren(one: exp.Expression) -> exp.Expression:
    return exp.Paren(this=one)


def _literal(value: int) -> exp.Expression:
    return exp.Literal.number(value)


def _wide(value: int) -> exp.Expression:
    return exp.Cast(this=_literal(value), to=exp.DataType.build("BIGINT"))


def _factor(value: int) -> exp.Expression:
    """Return a factor; -1 turns a count round, and must not make it wide."""
    return _literal(value) if abs(value) == 1 else _wide(value)
