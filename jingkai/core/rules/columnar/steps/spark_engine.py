"""
The engine over Spark: a chunk as Parquet parts, the plan as Spark SQL, the answers as Parquet.

The parts lie in a folder that the cluster's workers must reach by the same path. PySpark is an
optional dependency (the extra ``spark``) and needs Java 17.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ..chunks import Chunk
from ..plans.plan import Plan
from ..results import Outcome
from . import frames
from . import sql as sql_writing
from .sql import TABLE, Dialect
from .staging import ROW

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PARTS = 16  # files of a chunk: as many tasks, so that the workers share it
CONFIGURATION = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",  # an overflow would be an error, never a wrong number
    "spark.sql.codegen.wholeStage": "false",  # a query of hundreds of columns is too long for it
    "spark.driver.memory": "1g",
}


class NoSpark(ValueError):
    """PySpark or Java is absent, or the cluster can't be reached; the message says what to do."""


@contextmanager
def opened(plan: Plan, master: str, scratch: Path) -> Iterator[Callable[[Chunk], Outcome]]:
    """
    Let the block match on the cluster at the master's URL.

    :raises NoSpark: if there is none
    """
    queries = list(sql_writing.queries(plan, Dialect.SPARK))
    folder = (scratch / "spark").resolve()
    session = _session(master)

    def match(chunk: Chunk) -> Outcome:
        parts = _written(frames.frame(chunk, plan), folder / "chunk")
        session.read.parquet(parts.as_uri()).createOrReplaceTempView(TABLE)
        found: dict[str, Any] = {}
        for query in queries:
            answers = folder / "answers"
            session.sql(query).write.mode("overwrite").parquet(answers.as_uri())
            done = pl.read_parquet(answers / "*.parquet").sort(ROW).drop(ROW)
            found |= {name: done[name].to_numpy() for name in done.columns}
        return frames.outcome(chunk, plan, found)

    try:
        yield match
    finally:
        session.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _session(master: str) -> "SparkSession":
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an optional dependency
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise NoSpark("没有安装 PySpark：请安装 jingkai[spark] 和 Java 17。") from None
    builder = SparkSession.builder.appName("jingkai match").master(master)
    for name, value in CONFIGURATION.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError) as reason:
        raise NoSpark(f"无法启动 Spark（{master}）：{reason}；请核对地址和 Java 17。") from reason


def _written(given: pl.DataFrame, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = -(-max(given.height, 1) // PARTS)
    for number, part in enumerate(given.iter_slices(rows)):
        part.write_parquet(folder / f"part-{number:02}.parquet")
    return folder
