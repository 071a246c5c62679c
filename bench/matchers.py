"""
The same matching by other tools, each in a process of its own, one after the other.

1,000,000 enterprises, 500 policies (`bench.material.rules_workload`): verdict, near miss, unknown
and amount of every pair. Ours, whichever engine, ends in the checksum. Polars and DuckDB are
written as a good engineer would: an expression a condition, the sum of the failing ones, the
amount. zen-engine and CEL are asked for the verdict alone, of few enterprises. What ran over fewer
enterprises is scaled and marked. Tables are in memory before anything is counted, amounts of peers
are those of a policy alone, and every eligible pair is held against the exact engine's.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cel
import duckdb
import numpy as np
import polars as pl
import zen

from bench.material import rules_workload, spellings
from bench.material.rules_workload import Workload
from bench.material.spellings import Writer
from bench.material.table import Table
from jingkai.core.rules.columnar import engines
from jingkai.core.rules.columnar.chunks import Chunk
from jingkai.core.rules.columnar.engines import Engine
from jingkai.core.rules.columnar.index import engine as numpy_engine
from jingkai.core.rules.columnar.plans.ir import Kind
from jingkai.core.rules.columnar.results import Tally, rows_by_policy
from jingkai.core.rules.columnar.steps import frames

BATCH = 50
NUMPY, HAND_POLARS, HAND_DUCKDB = "ours, numpy", "Polars by hand", "DuckDB SQL by hand"
OUR_POLARS, OUR_DUCKDB = "ours, through Polars", "ours, through DuckDB"
ZEN, CEL = "zen-engine", "CEL"
ENTERPRISES = {
    NUMPY: rules_workload.ENTERPRISES,
    HAND_POLARS: rules_workload.ENTERPRISES,
    HAND_DUCKDB: rules_workload.ENTERPRISES,
    OUR_POLARS: 2 * rules_workload.CHUNK,
    OUR_DUCKDB: rules_workload.CHUNK,
    ZEN: 200,
    CEL: 200,
}
TIMES_LESS = {HAND_POLARS: 3, HAND_DUCKDB: 10, ZEN: 1_000, CEL: 1_000}
Said = Any  # a row an enterprise, a column a policy: 1 where it is eligible


@dataclass(slots=True, kw_only=True)
class Cost:
    """What one tool has spent, and how often it was wrong."""

    name: str
    enterprises: int = 0
    cpu_seconds: float = 0.0
    once_seconds: float = 0.0  # of the processor, however many enterprises there are
    seconds: float = 0.0
    peak_mb: float = 0.0
    eligible: int = 0
    wrong_grants: int = 0
    wrong_denials: int = 0
    checksum: str = ""


@dataclass(slots=True)
class Watch:
    """Counts processor time of all threads, and the clock, of what a tool does itself."""

    cost: Cost
    started: tuple[float, float] = field(default=(0.0, 0.0))

    def __enter__(self) -> None:
        """Begin."""
        self.started = time.process_time(), time.perf_counter()

    def __exit__(self, *_: object) -> None:
        """End."""
        self.cost.cpu_seconds += time.process_time() - self.started[0]
        self.cost.seconds += time.perf_counter() - self.started[1]


def main() -> None:
    """Run each tool as a child and print the table; a child is named by its argument."""
    if len(sys.argv) > 1:
        print(json.dumps(asdict(_measured(sys.argv[1]))))
        return
    _show([_child(name) for name in ENTERPRISES])


def _child(name: str) -> Cost:
    command = [sys.executable, "-m", "bench.matchers", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def _measured(name: str) -> Cost:
    work = rules_workload.workload(enterprises=ENTERPRISES[name])
    cost = Cost(name=name, enterprises=work.enterprises)
    tools: Mapping[str, Callable[[Workload, Cost], Iterator[tuple[Chunk, Said]]]] = {
        HAND_POLARS: _polars,
        HAND_DUCKDB: _duckdb,
        ZEN: _zen,
        CEL: _cel,
    }
    if name in tools:
        _judge(work, cost, tools[name](work, cost))
    else:
        _ours(work, cost)
    cost.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    return cost


def _ours(work: Workload, cost: Cost) -> None:
    engine = {OUR_POLARS: Engine.POLARS, OUR_DUCKDB: Engine.DUCKDB}.get(cost.name, Engine.NUMPY)
    watch, tally = Watch(cost), Tally()
    with TemporaryDirectory() as folder, watch:
        opened = engines.opened(engine, work.plan, scratch=Path(folder))
        match = opened.__enter__()
    cost.once_seconds, cost.cpu_seconds, cost.seconds = cost.cpu_seconds, 0.0, 0.0
    for chunk in work.chunks():
        with watch:
            tally.add(match(chunk))
    opened.__exit__(None, None, None)
    cost.eligible, cost.checksum = tally.eligible, f"{tally.fingerprint:016x}"


def _judge(work: Workload, cost: Cost, found: Iterator[tuple[Chunk, Said]]) -> None:
    """Hold every eligible pair against the exact engine's."""
    index = numpy_engine.compiled(work.plan)
    for chunk, said in found:
        planes = numpy_engine.match(index, chunk).planes
        for bit, rows in enumerate(rows_by_policy(planes.eligible, len(work.plan.policies))):
            exact = np.zeros(chunk.rows, dtype=np.bool_)
            exact[rows] = True
            own = said[:, bit] == 1
            cost.eligible += int(own.sum())
            cost.wrong_grants += int((own & ~exact).sum())
            cost.wrong_denials += int((~own & exact).sum())


def _table(chunk: Chunk, work: Workload) -> pl.DataFrame:
    """Return a chunk with its numbers as doubles in the catalogue's units."""
    frame = frames.frame(chunk, work.plan).drop("row_number")
    return frame.with_columns(
        pl.col(column.name).cast(pl.Float64) / column.scale
        for column in work.plan.columns
        if column.kind in {Kind.NUMBER, Kind.DAY}
    )


def _polars(work: Workload, cost: Cost) -> Iterator[tuple[Chunk, Said]]:
    """Compute each distinct condition once, then the sums of the failing ones, then the rest."""
    watch = Watch(cost)
    writer = Writer(spellings.SQL, work.plan.by_name())
    with watch:
        parts = [writer.policy(policy) for policy in work.plan.policies]
        names = {text: f"c{place}" for place, text in enumerate(dict.fromkeys(chain(*parts)))}
        conditions = [pl.sql_expr(text).alias(name) for text, name in names.items()]
        sums, codes = [], []
        for bit, (policy, own) in enumerate(zip(work.plan.policies, parts, strict=True)):
            held = [pl.col(names[text]) for text in own]
            sums.append(pl.sum_horizontal([~one for one in held]).alias(f"f{bit}"))
            sums.append(pl.any_horizontal([one.is_null() for one in held]).alias(f"u{bit}"))
            codes.append(_polars_code(bit).alias(f"v{bit}"))
            if policy.amount is not None:
                granted = (pl.col(f"f{bit}") == 0) & ~pl.col(f"u{bit}")
                amount = pl.sql_expr(writer.amount_fen(policy.amount))
                codes.append(pl.when(granted).then(amount).alias(f"a{bit}"))
    for chunk in work.chunks():
        table = _table(chunk, work)
        with watch:
            found = table.with_columns(conditions).with_columns(sums).select(codes)
        yield chunk, _codes(work, found.get_column)


def _polars_code(bit: int) -> pl.Expr:
    failing, unknown = pl.col(f"f{bit}"), pl.col(f"u{bit}")
    one, two, three, none = (pl.lit(code, dtype=pl.UInt8) for code in (1, 2, 3, 0))
    decided = pl.when(failing == 0).then(one).when(failing == 1).then(three).otherwise(none)
    return (
        pl.when(unknown).then(pl.when(failing == 0).then(two).otherwise(none)).otherwise(decided)
    )


def _duckdb(work: Workload, cost: Cost) -> Iterator[tuple[Chunk, Said]]:
    watch = Watch(cost)
    writer = Writer(spellings.SQL, work.plan.by_name())
    queries = [_duckdb_query(work, writer, first) for first in range(0, 500, BATCH)]
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as database:
        path = Path(folder) / "chunk.parquet"
        for chunk in work.chunks():
            _table(chunk, work).write_parquet(path)
            database.execute(f"CREATE OR REPLACE TABLE enterprises AS FROM '{path}'")
            found: dict[str, Any] = {}
            for query in queries:
                with watch:
                    database.execute(f"CREATE OR REPLACE TABLE results AS {query}")
                found |= database.execute("SELECT COLUMNS('v.*') FROM results").fetchnumpy()
            yield chunk, _codes(work, found.__getitem__)


def _duckdb_query(work: Workload, writer: Writer, first: int) -> str:
    policies = work.plan.policies[first : first + BATCH]
    parts = [writer.policy(policy) for policy in policies]
    names = {text: f"c{place}" for place, text in enumerate(dict.fromkeys(chain(*parts)))}
    conditions = ", ".join(f"{text} AS {name}" for text, name in names.items())
    counts, answers = [], []
    for bit, (policy, own) in enumerate(zip(policies, parts, strict=True), first):
        failing = " + ".join(f"CASE WHEN {names[text]} THEN 0 ELSE 1 END" for text in own)
        denied = " + ".join(f"CASE WHEN NOT {names[text]} THEN 1 ELSE 0 END" for text in own)
        counts += [f"{failing} AS f{bit}", f"{denied} AS d{bit}"]
        answers.append(
            f"CASE WHEN f{bit} = 0 THEN 1 WHEN d{bit} = 0 THEN 2 "
            f"WHEN f{bit} = 1 AND d{bit} = 1 THEN 3 ELSE 0 END::UTINYINT AS v{bit}"
        )
        if policy.amount is not None:
            amount = writer.amount_fen(policy.amount)
            answers.append(f"CASE WHEN f{bit} = 0 THEN {amount} END AS a{bit}")
    inner = f"SELECT *, {conditions} FROM enterprises"  # noqa: S608 - made of the workload
    inner = f"SELECT *, {', '.join(counts)} FROM ({inner})"  # noqa: S608 - made of the workload
    return f"SELECT {', '.join(answers)} FROM ({inner})"  # noqa: S608 - made of the workload


def _zen(work: Workload, cost: Cost) -> Iterator[tuple[Chunk, Said]]:
    writer = Writer(spellings.ZEN, work.plan.by_name())
    texts = [" and ".join(writer.policy(policy)) for policy in work.plan.policies]
    compiled = [zen.compile_expression(text) for text in texts]
    return _one_by_one(work, cost, [one.evaluate for one in compiled])


def _cel(work: Workload, cost: Cost) -> Iterator[tuple[Chunk, Said]]:
    writer = Writer(spellings.CEL, work.plan.by_name())
    texts = [" && ".join(writer.policy(policy)) for policy in work.plan.policies]
    return _one_by_one(work, cost, [cel.compile(text).execute for text in texts])


def _one_by_one(
    work: Workload, cost: Cost, asked: list[Callable[[dict[str, Any]], Any]]
) -> Iterator[tuple[Chunk, Said]]:
    """Ask pair by pair; an error, as most tools make of a missing fact, grants nothing."""
    watch = Watch(cost)
    for chunk in work.chunks():
        table = _table(chunk, work)
        named = [name.replace("@", "_") for name in table.columns]
        rows = [dict(zip(named, row, strict=True)) for row in table.iter_rows()]
        said = np.zeros((chunk.rows, len(asked)), dtype=np.uint8)
        with watch:
            for place, row in enumerate(rows):
                for bit, ask in enumerate(asked):
                    try:
                        said[place, bit] = ask(row) is True
                    except Exception:  # noqa: BLE001, S112 - each tool has errors of its own
                        continue
        yield chunk, said


def _codes(work: Workload, column: Callable[[str], Any]) -> Said:
    return np.stack(
        [np.asarray(column(f"v{bit}")) for bit in range(len(work.plan.policies))], axis=1
    )


def _show(costs: list[Cost]) -> None:
    ours = costs[0].cpu_seconds + costs[0].once_seconds
    table = Table("1,000,000 enterprises x 500 policies, by other tools")
    for cost in costs:
        scale = rules_workload.ENTERPRISES / cost.enterprises
        scaled = "" if scale == 1 else f" (from {cost.enterprises:,})"
        cpu = cost.cpu_seconds * scale + cost.once_seconds
        table.add(
            f"{cost.name}{scaled}",
            cpu,
            "s CPU",
            besides=f"{cost.seconds * scale:,.1f} s on the clock, peak {cost.peak_mb:,.0f} MB, "
            f"{cpu / ours:,.1f} times ours{_wanted(cost.name)}; {_said(cost)}",
        )
    table.show()


def _wanted(name: str) -> str:
    return f" (target {TIMES_LESS[name]:,})" if name in TIMES_LESS else ""


def _said(cost: Cost) -> str:
    if cost.checksum:
        return f"checksum {cost.checksum}"
    return (
        f"{cost.wrong_grants:,} wrong grants and {cost.wrong_denials:,} wrong denials "
        f"beside {cost.eligible:,} grants"
    )


if __name__ == "__main__":
    main()
