"""Chunks as data frames for other engines, and what these find as an outcome like any other."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from ..chunks import MISSING, NO_TRUTH, Chunk, Whole
from ..index import amounts as numpy_amounts
from ..plans.plan import Plan
from ..results import WORD, Bits, Outcome, Planes
from .amounts import NONE
from .staging import ROW
from .stepping import Code


def frame(chunk: Chunk, plan: Plan) -> pl.DataFrame:
    """Return the plan's columns, null where nothing is on record, with the row's number."""
    columns: dict[str, pl.Series] = {ROW: pl.Series(np.arange(chunk.rows), dtype=pl.Int64)}
    for column in plan.columns:
        name = column.name
        if name in chunk.numbers:
            columns[name] = _masked(pl.Series(chunk.numbers[name]), chunk.numbers[name] == MISSING)
        elif name in chunk.truths:
            codes = chunk.truths[name]
            columns[name] = _masked(pl.Series(codes == 1), codes == NO_TRUTH)
        else:
            texts = chunk.texts[name]
            places = _masked(pl.Series(texts.codes), texts.codes < 0)
            columns[name] = pl.Series(texts.distinct, dtype=pl.String).gather(places)
    return pl.DataFrame(columns)


def outcome(chunk: Chunk, plan: Plan, found: Mapping[str, Any]) -> Outcome:
    """Return what an engine found: ``v…`` and ``a…`` as arrays in the order of the rows."""
    codes = np.empty((chunk.rows, len(plan.policies)), dtype=np.uint8)
    for bit in range(len(plan.policies)):
        codes[:, bit] = found[f"v{bit}"]
    planes = Planes(
        *(_bits(codes == one) for one in (Code.ELIGIBLE, Code.UNKNOWN, Code.NEAR, Code.MANUAL))
    )
    exact = (_exact(found.get(f"a{bit}")) for bit in range(len(plan.policies)))
    pairs = numpy_amounts.from_exact(planes.eligible, exact, plan.policies)
    return Outcome(chunk=chunk, planes=planes, pairs=pairs)


def _exact(found: Any) -> Whole | None:
    """Return the amounts of a policy; one policy's at a time, since all of them are large."""
    if found is None:
        return None
    whole = np.asarray(found, dtype=np.int64)
    return np.where(whole == NONE, MISSING, whole)


def _masked(series: pl.Series, none: Any) -> pl.Series:
    return series.set(pl.Series(none), None)


def _bits(flags: Any) -> Bits:
    """Return a row of bits for each row of flags, the first the lowest."""
    rows, policies = flags.shape
    words = max(1, -(-policies // WORD))
    packed = np.zeros((rows, words * WORD // 8), dtype=np.uint8)
    own = np.packbits(flags, axis=1, bitorder="little")
    packed[:, : own.shape[1]] = own
    return packed.view(np.uint64)
