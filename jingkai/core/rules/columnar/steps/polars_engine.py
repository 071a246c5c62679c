"""The engine over Polars: steps as its expressions, a level a ``with_columns``."""

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

import polars as pl

from ..chunks import Chunk
from ..plans.ir import Contains, EndsWith, OneOf, StartsWith, TextTest
from ..plans.plan import Plan
from ..results import Outcome
from . import frames, staging
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

BATCH = 50  # policies at once: their steps of one chunk stay well below 1 GB


def compiled(plan: Plan) -> Callable[[Chunk], Outcome]:
    """Return the engine for a plan, its expressions made once."""
    ready = [tuple(map(_expressions, one)) for one in staging.batches(plan, BATCH)]

    def match(chunk: Chunk) -> Outcome:
        given = frames.frame(chunk, plan)
        found: dict[str, Any] = {}
        for levels in ready:
            done = given
            for level in levels:  # at once: a lazy query looks for common parts, at great cost
                done = done.select(level)
            found |= {name: done[name].to_numpy() for name in done.columns}
        return frames.outcome(chunk, plan, found)

    return match


def _expressions(stage: Stage) -> list[pl.Expr]:
    made = [number(one).alias(name) for name, one in stage.made.items()]
    return [*(pl.col(name) for name in stage.kept), *made]


def number(one: Number) -> pl.Expr:
    """Return a number as an expression."""
    match one:
        case Field(name) | Step(name):
            return pl.col(name)
        case Count(value):
            return pl.lit(value, dtype=pl.Int16)
        case Wide(value):
            return pl.lit(value, dtype=pl.Int64)
        case Times(factor, part):
            return number(part) * pl.lit(factor, dtype=pl.Int16 if factor == -1 else pl.Int64)
        case When():
            return _chosen(one)
    return _joined(one)


def _joined(one: Sum | Least | Greatest) -> pl.Expr:
    parts = list(map(number, one.parts))
    match one:
        case Sum():
            return reduce(add, parts)
        case Least():
            return pl.min_horizontal(parts)
    return pl.max_horizontal(parts)


def _chosen(one: When) -> pl.Expr:
    found = number(one.otherwise)
    for asked, then in reversed(one.cases):
        found = pl.when(test(asked)).then(number(then)).otherwise(found)
    return found


def test(one: Test) -> pl.Expr:
    """Return a test as an expression."""
    match one:
        case Missing(field):
            return pl.col(field.name).is_null()
        case IsTrue(field):
            return pl.col(field.name)
        case Passes(asked):
            return _passes(asked)
        case Compared(sign, left, right):
            return _compared(sign, number(left), number(right))
        case Both(parts):
            return pl.all_horizontal(list(map(test, parts)))
        case Either(parts):
            return pl.any_horizontal(list(map(test, parts)))


def _compared(sign: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    match sign:
        case "=":
            return left == right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right


def _passes(asked: TextTest) -> pl.Expr:
    column = pl.col(asked.column)
    match asked:
        case OneOf(texts=texts):
            return column.is_in(list(texts))
        case StartsWith(texts=texts):
            tests = [column.str.starts_with(text) for text in texts]
        case EndsWith(texts=texts):
            tests = [column.str.ends_with(text) for text in texts]
        case Contains(texts=texts):
            tests = [column.str.contains(text, literal=True) for text in texts]
    return pl.any_horizontal(tests)
