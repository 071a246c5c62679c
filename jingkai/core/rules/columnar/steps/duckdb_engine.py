"""The engine over DuckDB: a chunk as a Parquet file, the plan as its SQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np

from ..chunks import Chunk
from ..plans.plan import Plan
from ..results import Outcome
from . import frames
from . import sql as sql_writing
from .sql import TABLE, Dialect
from .staging import ROW

MEMORY = "400MB"  # beside the frames of a chunk


@contextmanager
def opened(plan: Plan) -> Iterator[Callable[[Chunk], Outcome]]:
    """Let the block match with a database of its own, in memory."""
    queries = list(sql_writing.queries(plan, Dialect.DUCKDB))
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as database:
        database.execute("SET memory_limit = $1", [MEMORY])
        database.execute("SET temp_directory = $1", [folder])
        path = Path(folder) / "chunk.parquet"

        def match(chunk: Chunk) -> Outcome:
            frames.frame(chunk, plan).write_parquet(path, compression="uncompressed")
            database.read_parquet(str(path)).create_view(TABLE, replace=True)
            found: dict[str, Any] = {}
            for query in queries:
                answers = database.execute(query).fetchnumpy()
                order = np.argsort(answers.pop(ROW))
                found |= {name: own[order] for name, own in answers.items()}
            return frames.outcome(chunk, plan, found)

        yield match
