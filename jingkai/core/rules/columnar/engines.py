"""The engines by name: each gives the same outcome, bit for bit and 分 for 分."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import psycopg

from . import running
from .chunks import Chunk
from .plans.plan import Plan
from .results import Outcome
from .steps import duckdb_engine as sql_duckdb
from .steps import polars_engine, spark_engine
from .steps import postgresql_engine as sql_postgresql


class Engine(StrEnum):
    """What computes."""

    NUMPY = "numpy"
    POLARS = "polars"
    DUCKDB = "duckdb"
    POSTGRESQL = "postgresql"
    SPARK = "spark"


class NoEngine(ValueError):
    """The engine can't be had; the message says what to do."""


@contextmanager
def opened(
    engine: Engine, plan: Plan, *, scratch: Path, database: str = "", master: str = "local[*]"
) -> Iterator[Callable[[Chunk], Outcome]]:
    """
    Let the block match with an engine.

    ``database`` is the URL of PostgreSQL, ``master`` that of Spark.

    :raises NoEngine: if it is absent or can't be reached
    """
    try:
        match engine:
            case Engine.NUMPY:
                yield running.over_numpy(plan)
            case Engine.POLARS:
                yield polars_engine.compiled(plan)
            case Engine.DUCKDB:
                with sql_duckdb.opened(plan) as match_chunk:
                    yield match_chunk
            case Engine.POSTGRESQL:
                with sql_postgresql.opened(plan, database) as match_chunk:
                    yield match_chunk
            case Engine.SPARK:
                with spark_engine.opened(plan, master, scratch) as match_chunk:
                    yield match_chunk
    except psycopg.OperationalError as reason:
        raise NoEngine(f"无法连接 PostgreSQL，请核对 --database：{reason}") from reason
    except spark_engine.NoSpark as reason:
        raise NoEngine(str(reason)) from reason
