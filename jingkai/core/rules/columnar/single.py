"""One enterprise out of a table: a pair of it with a policy is explained when somebody asks."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from jingkai.core.rules.policies.facts import Fact, Facts, Key, Plain

from .chunks import MISSING, NO_TEXT, NO_TRUTH, Chunk
from .plans.ir import Column, Kind
from .plans.values import EPOCH, Schema
from .tables import Source


class NoSuchEnterprise(LookupError):
    """No row of the table bears the code."""


def facts_of(source: Source, code: str, schema: Schema, *, told: str) -> Facts:
    """
    Return what the table, of that name, says of the enterprise of the code.

    Where the table has no codes, the code is the number of a row, from 1.

    :raises NoSuchEnterprise: if no row bears the code
    :raises BadTable: if a value before it can't be read
    """
    for number in range(source.chunks()):
        chunk = source.chunk(number)
        row = _row(chunk, code)
        if row is not None:
            return Facts(dict(_facts(chunk, row, schema, source, told)))
    raise NoSuchEnterprise(f"{told} 中没有代码为“{code}”的企业")


def _row(chunk: Chunk, code: str) -> int | None:
    if chunk.ids is None:
        place = int(code) - 1 - chunk.first if code.isdecimal() else -1
        return place if 0 <= place < chunk.rows else None
    found = np.flatnonzero(chunk.ids == code)
    return int(found[0]) if found.size else None


def _facts(
    chunk: Chunk, row: int, schema: Schema, source: Source, told: str
) -> Iterator[tuple[Key, Fact]]:
    for named, column in schema.columns.items():
        if column.name not in source.columns:
            continue
        year = None if named.years_back is None else schema.on.year - named.years_back
        place = f"{told}“{source.columns[column.name]}”列"
        yield (named.item, year), Fact(value=_value(chunk, row, column), source=place)


def _value(chunk: Chunk, row: int, column: Column) -> Plain:
    match column.kind:
        case Kind.TRUTH:
            truth = int(chunk.truths[column.name][row])
            return None if truth == NO_TRUTH else bool(truth)
        case Kind.TEXT:
            texts = chunk.texts[column.name]
            code = int(texts.codes[row])
            return None if code == NO_TEXT else texts.distinct[code]
    number = int(chunk.numbers[column.name][row])
    if number == MISSING:
        return None
    return _day(number) if column.kind is Kind.DAY else Decimal(number) / column.scale


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)
