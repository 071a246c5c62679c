"""
Tables of enterprises as chunks of arrays: Parquet, CSV, or a JSON object a line.

Polars reads them, since it reads all three by pieces, lets go of columns that nobody asks for,
and is an engine of its own beside this one. A column is named by the item's code or name and
the year: ``operating_revenue@1`` or ``上年.营业收入`` last year's, ``营业收入@2023`` that of 2023;
``credit_grade`` or ``信用等级`` for an item without years. An empty cell and NaN are *not on
record*.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from jingkai.core.rules.policies.references import YEARS_BACK, Reference

from .chunks import MISSING, NO_TEXT, NO_TRUTH, Chunk, Texts, Whole
from .plans.ir import Column, Kind
from .plans.values import Schema

ROWS = 65_536  # of a chunk: with 500 policies 16 MB of bits, in the third cache
IDS = ("enterprise", "uscc", "统一社会信用代码", "企业代码", "id")
TRUE, FALSE = ("true", "是", "1"), ("false", "否", "0")
EXACT = 2**53  # a float beyond may stand for several whole numbers
PERIODS = {back: name for name, back in YEARS_BACK.items()}


class BadTable(ValueError):
    """The table can't be read; the message names the column, the row, and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table of enterprises: which of its columns hold what the plan reads."""

    path: Path
    rows: int
    id_column: str | None
    columns: Mapping[str, str]  # the table's names by the plan's
    kinds: tuple[Column, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the plan's columns that the table lacks: not on record for any enterprise."""
        return tuple(one.name for one in self.kinds if one.name not in self.columns)

    def chunk(self, number: int) -> Chunk:
        """Return the chunk of this number, from 0."""
        first = number * ROWS
        wanted = list(dict.fromkeys([*self.columns.values(), *filter(None, [self.id_column])]))
        frame = pl.scan_parquet(self.path).slice(first, ROWS).select(wanted).collect()
        return self._read(frame, first)

    def chunks(self) -> int:
        """Return how many chunks there are."""
        return -(-self.rows // ROWS)

    def _read(self, frame: pl.DataFrame, first: int) -> Chunk:
        numbers: dict[str, Whole] = {}
        truths: dict[str, Any] = {}
        texts: dict[str, Texts] = {}
        for column in self.kinds:
            name = self.columns.get(column.name)
            given = pl.Series([None] * frame.height) if name is None else frame[name]
            place = _Place(column, name or column.name, first)
            match column.kind:
                case Kind.NUMBER:
                    numbers[column.name] = _numbers(given, place)
                case Kind.DAY:
                    numbers[column.name] = _days(given, place)
                case Kind.TRUTH:
                    truths[column.name] = _truths(given, place)
                case Kind.TEXT:
                    texts[column.name] = _texts(given)
        ids = frame[self.id_column].cast(pl.String).to_numpy() if self.id_column else None
        return Chunk(
            rows=frame.height, numbers=numbers, truths=truths, texts=texts, ids=ids, first=first
        )


def opened(
    path: Path, schema: Schema, columns: Sequence[Column], *, scratch: Path, id_column: str = ""
) -> Source:
    """
    Return the table with its columns found, before any row is looked at.

    A piece of a text file can't be reached without reading all before it, so CSV and JSON lines
    are first put down as Parquet in ``scratch``.

    :raises BadTable: if it can't be read or has no column that a policy asks about
    """
    if path.suffix not in READERS:
        raise BadTable(f"不认识文件 {path.name}：请提供 .parquet、.csv 或 .jsonl 文件。")
    try:
        lazy = READERS[path.suffix](path)
        found = _found(lazy.collect_schema().names(), schema, columns)
        texts = [found[one.name] for one in columns if one.kind is Kind.TEXT and one.name in found]
        own = _id_column(path, lazy.collect_schema().names(), id_column)
        if path.suffix != ".parquet":
            as_texts = dict.fromkeys([*texts, *filter(None, [own])], pl.String)
            put = scratch / "enterprises.parquet"
            READERS[path.suffix](path, schema_overrides=as_texts).sink_parquet(put)
            path, lazy = put, pl.scan_parquet(put)
        rows = int(lazy.select(pl.len()).collect().item())
    except (OSError, pl.exceptions.PolarsError) as reason:
        raise BadTable(f"无法读取 {path.name}：{reason}") from reason
    if not found:
        raise BadTable(
            f"{path.name} 中没有政策用到的列；列名请用事实目录的代码或名称，如 上年.营业收入。"
        )
    return Source(path, rows, own, found, tuple(columns))


def _found(present: Sequence[str], schema: Schema, columns: Sequence[Column]) -> dict[str, str]:
    wanted = {column.name for column in columns}
    found: dict[str, str] = {}
    for fact, column in schema.columns.items():
        named = next((name for name in _names(fact, column, schema.on) if name in present), None)
        if named is not None and column.name in wanted:
            found[column.name] = named
    return found


def _id_column(path: Path, present: Sequence[str], asked: str) -> str | None:
    if asked and asked not in present:
        raise BadTable(f"{path.name} 中没有“{asked}”这一列，请核对 --id。")
    return asked or next((name for name in IDS if name in present), None)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the table a value stands, for a message that somebody can act upon."""

    column: Column
    name: str
    first: int

    def refuse(self, bad: Any, given: pl.Series, why: str) -> None:
        """Refuse the first of the bad values, if there is one."""
        flags = bad.fill_null(value=False).to_numpy() if isinstance(bad, pl.Series) else bad
        if flags.any():
            row = int(flags.argmax())
            raise BadTable(f"第 {self.first + row + 1} 行“{self.name}”的值 {given[row]} {why}。")


def _names(fact: Reference, column: Column, on: date) -> Iterator[str]:
    yield column.name
    if fact.years_back is None:
        yield fact.item
        return
    code = column.name.partition("@")[0]
    yield f"{PERIODS[fact.years_back]}.{fact.item}"
    yield f"{fact.item}@{on.year - fact.years_back}"
    yield f"{code}@{on.year - fact.years_back}"


# Codes like 0130 stay texts; what a column holds is looked for in all rows, not in the first.
READERS: Mapping[str, Callable[..., pl.LazyFrame]] = {
    ".parquet": pl.scan_parquet,
    ".csv": partial(pl.scan_csv, infer_schema_length=None),
    ".jsonl": partial(pl.scan_ndjson, infer_schema_length=None),
    ".ndjson": partial(pl.scan_ndjson, infer_schema_length=None),
}


def _numbers(given: pl.Series, place: _Place) -> Whole:
    scale = place.column.scale
    if given.dtype.is_integer() or given.dtype == pl.Null:
        plain = given.cast(pl.Int64)
        bound = place.column.limit // scale
        place.refuse(plain.abs() > bound, given, _beyond(place))
        return (plain * scale).fill_null(MISSING).to_numpy()
    if given.dtype.is_decimal():
        exact = given.cast(pl.Decimal(38, 12)) * scale
        whole = exact.cast(pl.Int64)
        place.refuse(whole != exact, given, _too_fine(scale))
        place.refuse(whole.abs() > place.column.limit, given, _beyond(place))
        return whole.fill_null(MISSING).to_numpy()
    if not given.dtype.is_numeric():
        place.refuse(given.is_not_null(), given, "不是数字")
    floats = given.cast(pl.Float64).fill_null(np.nan).to_numpy()
    none = np.isnan(floats)
    whole = np.rint(np.where(none, 0, floats) * scale)
    place.refuse(np.abs(whole) > min(place.column.limit, EXACT), given, _beyond(place))
    # The nearest float of so many decimals is the float itself, or it has more of them.
    place.refuse(~none & (whole / scale != floats), given, _too_fine(scale))
    return np.where(none, MISSING, whole.astype(np.int64))


def _beyond(place: _Place) -> str:
    return f"超出事实目录的上限 {place.column.limit / place.column.scale:,.0f}，请更正"


def _too_fine(scale: int) -> str:
    return f"的小数多于 {len(str(scale)) - 1} 位，请先按目录的精度取舍"


def _days(given: pl.Series, place: _Place) -> Whole:
    days = given
    if given.dtype == pl.String:
        days = given.str.to_date("%Y-%m-%d", strict=False)
    elif given.dtype not in {pl.Date, pl.Null}:
        days = given.cast(pl.Date, strict=False)
    place.refuse(given.is_not_null() & days.is_null(), given, "不是日期，请写成 2024-12-31")
    return days.cast(pl.Date).cast(pl.Int32).cast(pl.Int64).fill_null(MISSING).to_numpy()


def _truths(given: pl.Series, place: _Place) -> Any:
    if given.dtype in {pl.Null, pl.Boolean}:
        return given.cast(pl.Int8).fill_null(NO_TRUTH).to_numpy()
    words = given.cast(pl.String).str.to_lowercase()
    known = words.is_in([*TRUE, *FALSE])
    place.refuse(words.is_not_null() & ~known, given, "不是“是”或“否”（true、false）")
    return words.is_in(TRUE).cast(pl.Int8).fill_null(NO_TRUTH).to_numpy()


def _texts(given: pl.Series) -> Texts:
    words = given.cast(pl.String)
    distinct = words.drop_nulls().unique().sort()
    codes = words.cast(pl.Enum(distinct)).to_physical().cast(pl.Int32).fill_null(NO_TEXT)
    return Texts(codes.to_numpy(), tuple(distinct))
