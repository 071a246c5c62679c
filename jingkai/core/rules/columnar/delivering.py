"""What a match leaves behind: a row a pair that matters, or compact bitmaps, chunk by chunk."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl

from .chunks import MISSING, Chunk, Place
from .plans.plan import Plan
from .results import WORD, Bits, Outcome, rows_by_policy


class Shape(StrEnum):
    """What is written."""

    PAIRS = "pairs"
    BITMAPS = "bitmaps"


class Said(StrEnum):
    """What a policy says of an enterprise, where it matters."""

    ELIGIBLE = "eligible"
    NEAR = "near_miss"
    UNKNOWN = "unknown"
    MANUAL = "manual_review"


OUTCOMES = pl.Enum([str(said) for said in Said])


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where to, in which shape, and which outcomes are wanted."""

    folder: Path
    shape: Shape = Shape.PAIRS
    outcomes: tuple[Said, ...] = tuple(Said)

    def write(self, outcome: Outcome, plan: Plan, number: int) -> None:
        """Write a chunk's file as a whole or not at all."""
        frame = (
            self._pairs(outcome, plan) if self.shape is Shape.PAIRS else _bitmaps(outcome, plan)
        )
        done = self.folder / f"{self.shape}-{number:06}.parquet"
        part = done.with_suffix(".part")
        frame.write_parquet(part, compression="zstd")
        part.replace(done)

    def _pairs(self, outcome: Outcome, plan: Plan) -> pl.DataFrame:
        """Return a row for each pair, by enterprise, then by the policy's number."""
        planes = {
            Said.ELIGIBLE: outcome.planes.eligible,
            Said.NEAR: outcome.planes.near,
            Said.UNKNOWN: outcome.planes.unknown,
            Said.MANUAL: outcome.planes.manual,
        }
        found = pl.concat([_rows(planes[said], said, outcome, plan) for said in self.outcomes])
        keys = found["row"].to_numpy() * len(plan.policies) + found["policy_number"].to_numpy()
        found = found[np.argsort(keys, kind="stable")]
        rows, places = np.unique(found["row"].to_numpy(), return_inverse=True)
        bits = found["policy_number"]
        codes = pl.Series([one.code for one in plan.policies], dtype=pl.Categorical)
        versions = pl.Series([one.version for one in plan.policies], dtype=pl.Categorical)
        return pl.DataFrame(
            {
                "enterprise": named(outcome.chunk, rows).gather(places),
                "policy": codes.gather(bits),
                "outcome": found["outcome"],
                "amount_fen": found["amount_fen"],
                "granted_fen": found["granted_fen"],
                "rule_version": versions.gather(bits),
                "facts": snapshots_of(outcome.chunk, plan, rows).gather(places),
            }
        )


def snapshots_of(chunk: Chunk, plan: Plan, rows: Place) -> pl.Series:
    """
    Return fingerprints of the facts that the policies saw, of these enterprises.

    The first 128 bits of SHA-256 over the day and the plan's columns in the order of their names:
    a number or day as 8 bytes (lowest first, scaled, the smallest one for none), a truth value as
    one, a text as UTF-8 with a zero byte after it, one byte 255 for none.
    """
    names = sorted(column.name for column in plan.columns)
    parts = [_as_bytes(chunk, name, rows) for name in names]
    day = plan.on.isoformat().encode()
    hashes = [sha256(day + b"".join(own)).hexdigest()[:32] for own in zip(*parts, strict=True)]
    return pl.Series(hashes, dtype=pl.String)


def named(chunk: Chunk, rows: Place) -> pl.Series:
    """Return the ids of enterprises; where the table has none, their numbers in it, from 1."""
    if chunk.ids is None:
        return pl.Series(rows + chunk.first + 1).cast(pl.String)
    return pl.Series(chunk.ids[rows], dtype=pl.String)


def _as_bytes(chunk: Chunk, name: str, rows: Place) -> Sequence[bytes]:
    if name in chunk.numbers:
        whole = chunk.numbers[name][rows].astype("<i8").tobytes()
        return [whole[start : start + 8] for start in range(0, len(whole), 8)]
    if name in chunk.truths:
        return [bytes((int(one),)) for one in chunk.truths[name][rows]]
    texts = chunk.texts[name]
    known = [one.encode() + b"\0" for one in texts.distinct] + [b"\xff"]
    return [known[code] for code in texts.codes[rows]]


def _rows(plane: Bits, said: Said, outcome: Outcome, plan: Plan) -> pl.DataFrame:
    pairs = outcome.pairs
    if said is Said.ELIGIBLE:
        rows, bits = pairs.rows, pairs.bits
    else:
        found = list(rows_by_policy(plane, len(plan.policies)))
        rows = np.concatenate(found) if found else np.empty(0, dtype=np.intp)
        bits = np.repeat(np.arange(len(found)), [len(own) for own in found])
    frame = pl.DataFrame({"row": rows, "policy_number": bits}).with_columns(
        pl.lit(str(said), dtype=OUTCOMES).alias("outcome")
    )
    if said is not Said.ELIGIBLE:
        none = pl.lit(None, dtype=pl.Int64)
        return frame.with_columns(none.alias("amount_fen"), none.alias("granted_fen"))
    return frame.with_columns(
        pl.Series("amount_fen", pairs.amount_fen).replace(MISSING, None),
        pl.Series("granted_fen", pairs.granted_fen).replace(MISSING, None),
    )


def _bitmaps(outcome: Outcome, plan: Plan) -> pl.DataFrame:
    """Return an enterprise a row, 64 policies a column: policy 0 is the lowest bit of ``_00``."""
    planes = outcome.planes
    together = (planes.eligible, planes.near, planes.unknown, planes.manual)
    columns = {
        f"{said}_{word:02}": plane[:, word]
        for said, plane in zip(Said, together, strict=True)
        for word in range(-(-len(plan.policies) // WORD))
    }
    ids = named(outcome.chunk, np.arange(outcome.chunk.rows))
    return pl.DataFrame({"enterprise": ids, **columns})
