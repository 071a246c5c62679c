"""
Every policy and every enterprise of a province: the engine over numpy, stage by stage.

1,000,000 enterprises and 500 policies (`bench.material.rules_workload`), beside a bare scan of as
many comparisons, both the best of three. The enterprises are in memory before anything is
counted, as they are for others.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.material import meters, rules_workload
from bench.material.rules_workload import Workload
from bench.material.table import Table
from jingkai.core.rules.columnar.chunks import Chunk
from jingkai.core.rules.columnar.delivering import Delivery, Shape
from jingkai.core.rules.columnar.index import amounts as numpy_amounts
from jingkai.core.rules.columnar.index import compiling as numpy_compiling
from jingkai.core.rules.columnar.index import predicates as numpy_index
from jingkai.core.rules.columnar.index.compiling import Index
from jingkai.core.rules.columnar.results import Outcome, Tally

CONDITIONS = 2_325
SECONDS = 10
MOST_MB = 1_000
MOST_SCANS = 3
MOST_MS_MORE = 10
REPEATS = 3


@dataclass(slots=True)
class Watch:
    """Seconds of processor time by stage."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done inside."""
        started = time.process_time()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - started


def main() -> None:
    """Match the workload and print what each stage costs."""
    watch = Watch()
    with watch.stage("read and plan 500 policies"):
        work = rules_workload.workload()
    with watch.stage("compile"):
        index = numpy_compiling.compiled(work.plan)
    chunks = tuple(work.chunks())
    with TemporaryDirectory() as folder:
        delivery = Delivery(folder=Path(folder), shape=Shape.BITMAPS)
        run = meters.spent(lambda: _finish(work, index, chunks, watch, delivery))
    watch.spent["match"] = _least(lambda: _match(index, chunks))
    _show(watch, run, _scan(chunks), _one_more())


def _match(index: Index, chunks: Sequence[Chunk]) -> None:
    for chunk in chunks:
        numpy_index.match(index, chunk)


def _finish(
    work: Workload, index: Index, chunks: Sequence[Chunk], watch: Watch, delivery: Delivery
) -> Tally:
    """Do what follows the match, which is done once more for it and not counted again."""
    tally = Tally()
    for number, chunk in enumerate(chunks):
        planes = numpy_index.match(index, chunk)
        with watch.stage("amounts, exclusion, stacking"):
            pairs = numpy_amounts.pairs(chunk, planes.eligible, index.policies)
        outcome = Outcome(chunk=chunk, planes=planes, pairs=pairs)
        with watch.stage("counts and checksum"):
            tally.add(outcome)
        with watch.stage("write bitmaps"):
            delivery.write(outcome, work.plan, number)
    return tally


def _scan(chunks: Sequence[Chunk]) -> float:
    """Return the seconds that as many comparisons cost, of one column in the cache."""
    numbers = chunks[0].numbers["operating_revenue@1"]
    out = np.empty(len(numbers), dtype=np.bool_)

    def scan() -> None:
        for threshold in range(CONDITIONS):
            np.greater_equal(numbers, threshold, out=out)

    return _least(scan) * sum(chunk.rows for chunk in chunks) / len(numbers)


def _one_more() -> float:
    """Return the seconds that 100 more policies add to a chunk, for one policy and a million."""
    seconds = []
    for policies in (400, 500):
        work = rules_workload.workload(enterprises=rules_workload.CHUNK, policies=policies)
        index = numpy_compiling.compiled(work.plan)
        chunk = next(work.chunks())
        seconds.append(_least(lambda index=index, chunk=chunk: numpy_index.match(index, chunk)))  # type: ignore[misc]
    return (seconds[1] - seconds[0]) / 100 * rules_workload.ENTERPRISES / rules_workload.CHUNK


def _least(call: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def _show(watch: Watch, run: meters.Spent, scan: float, one_more: float) -> None:
    tally: Tally = run.result
    table = Table(f"{tally.enterprises:,} enterprises, 500 policies, numpy, one thread")
    for name, seconds in watch.spent.items():
        table.add(name, seconds * 1_000, "ms CPU")
    match = watch.spent["match"]
    table.add("bare scan of 2,325 comparisons", scan * 1_000, "ms CPU")
    table.add("match, in scans", match / scan, "scans", target=MOST_SCANS)
    whole = sum(watch.spent.values())
    table.add("all of it", whole, "s CPU", target=SECONDS)
    table.add("highest memory", run.peak_mb, "MB", target=MOST_MB)
    table.add("one more policy", one_more * 1_000, "ms CPU", target=MOST_MS_MORE)
    table.add("eligible pairs", tally.eligible, "", besides=f"checksum {tally.fingerprint:016x}")
    table.show()


if __name__ == "__main__":
    main()
