"""The engine over PostgreSQL: a chunk copied into a temporary table, the answers copied out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from ..chunks import Chunk
from ..plans.ir import Kind
from ..plans.plan import Plan
from ..results import Outcome
from . import frames
from . import sql as sql_writing
from .sql import TABLE, Dialect
from .staging import ROW

TYPES = {
    Kind.NUMBER: sql.SQL("BIGINT"),
    Kind.DAY: sql.SQL("BIGINT"),
    Kind.TEXT: sql.SQL('TEXT COLLATE "C"'),
    Kind.TRUTH: sql.SQL("BOOLEAN"),
}


@contextmanager
def opened(plan: Plan, url: str) -> Iterator[Callable[[Chunk], Outcome]]:
    """
    Let the block match in the database at the URL, which is left as it was.

    :raises psycopg.Error: if the database can't be reached
    """
    queries = [one.encode() for one in sql_writing.queries(plan, Dialect.POSTGRESQL)]
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("SET jit = off")  # compiling thousands of expressions costs minutes
        cursor.execute(_table(plan))

        def match(chunk: Chunk) -> Outcome:
            _fill(cursor, frames.frame(chunk, plan))
            found: dict[str, Any] = {}
            for query in queries:
                answers = _answers(cursor, query).sort(ROW).drop(ROW)
                found |= {name: answers[name].to_numpy() for name in answers.columns}
            return frames.outcome(chunk, plan, found)

        yield match


def _table(plan: Plan) -> sql.Composed:
    columns = [
        sql.SQL("{} BIGINT").format(sql.Identifier(ROW)),
        *(
            sql.SQL("{} {}").format(sql.Identifier(column.name), TYPES[column.kind])
            for column in plan.columns
        ),
    ]
    return sql.SQL("CREATE TEMPORARY TABLE {} ({})").format(
        sql.Identifier(TABLE), sql.SQL(", ").join(columns)
    )


def _fill(cursor: "psycopg.Cursor[Any]", given: pl.DataFrame) -> None:
    """Copy a frame in; an empty text is quoted, and nothing at all is not on record."""
    rows = given.write_csv(include_header=False, quote_style="non_numeric").encode()
    name = sql.Identifier(TABLE)
    cursor.execute(sql.SQL("TRUNCATE {}").format(name))
    with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(name)) as copy:
        copy.write(rows)
    cursor.execute(sql.SQL("ANALYZE {}").format(name))


def _answers(cursor: "psycopg.Cursor[Any]", query: bytes) -> pl.DataFrame:
    said = BytesIO()
    with cursor.copy(b"COPY (" + query + b") TO STDOUT (FORMAT csv, HEADER)") as copy:
        for piece in copy:
            said.write(piece)
    said.seek(0)
    return pl.read_csv(said, infer_schema=False).cast(pl.Int64)
