"""
The child process: `python -m jingkai.apps.registers.sandbox.child FILE NAME SCRATCH ENCODING`.

It limits itself before it looks at the file, says the heads of the sheets, and then answers one
line of its standard input after the other: {"rows": NAME, "most": COUNT OR NULL} or
{"annotate": PROBLEMS}.
"""

import gc
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from . import wire
from .books import START, Book, Row, Type, measured, type_of
from .excel import ExcelBook
from .guard import is_workbook
from .problems import Problem, Words
from .refusals import Reason, Refusal
from .text import TextBook

MEMORY = 768 * 1024 * 1024  # of address space; 100,000 rows of 12 columns take 150 MB
MEMORY_FOR_COMPOUND = 400 * 1024 * 1024  # two far cells of an xls file, unguarded, take 540 MB
SECONDS = 30
MOST_WRITTEN = 400 * 1024 * 1024
BATCH = 500
BATCH_CELLS = 20_000
BYTES_A_CELL = 100  # of a shape: what of it counts as one more cell
MOST_STYLED = 1_000_000  # elements: some 300,000 cells, four seconds
ANNOTATED = "annotated.xlsx"


@dataclass(frozen=True, slots=True)
class Desk:
    """The file in hand, and where to write."""

    path: Path
    scratch: Path
    book: Book


def main(path: Path, name: str, scratch: Path, encoding: str = "") -> None:
    """Serve one parent about one file."""
    _limit()
    gc.disable()  # the values form no cycles, and a child is short-lived
    try:
        book = opened(path, name, scratch, encoding)
        desk = Desk(path, scratch, book)
        _say(
            {
                "heads": [
                    (head.name, head.hidden, head.last_row, head.merges, head.about)
                    for head in book.heads
                ]
            }
        )
        for request in sys.stdin.buffer:
            _answer(desk, wire.message(request))
    except Refusal as refusal:
        _say({"refused": [refusal.reason, refusal.facts]})
    except MemoryError:
        _say({"refused": [Reason.EXHAUSTED, {}]})


def _limit() -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: MOST_WRITTEN,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def opened(path: Path, name: str, scratch: Path, encoding: str = "") -> Book:
    """
    Return the file, opened by what it is, not by what it is called.

    :param encoding: of its texts, as somebody says who knows; else it is found out
    :raises Refusal: when it is nothing that can be read
    """
    with path.open("rb") as file:
        found = type_of(file.read(START), name)
    if found is Type.TEXT:
        return TextBook(path, encoding)
    if found is Type.SPATIAL or (found is Type.PACKED and not is_workbook(path)):
        from .spatial import SpatialBook  # noqa: PLC0415 -- half a second, and few are spatial

        return SpatialBook(path, name, scratch, encoding)
    if found is Type.COMPOUND:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_FOR_COMPOUND, MEMORY))
    return ExcelBook(path, scratch, packed=found is Type.PACKED)


def _answer(desk: Desk, request: dict[str, Any]) -> None:
    if "annotate" in request:
        problems = [Problem(*problem) for problem in request["annotate"]]
        _annotate(desk, problems, Words(*request["words"]), styled=request["styled"])
        _say({"end": True})
        return
    rows = islice(desk.book.rows(request["rows"]), request["most"])
    for batch in _batches(measured(rows)):
        _say({"batch": batch})
    _say({"end": True})


def _annotate(desk: Desk, problems: list[Problem], words: Words, *, styled: bool) -> None:
    out = desk.scratch / ANNOTATED
    vetted = desk.book.vetted if isinstance(desk.book, ExcelBook) else None
    if styled and vetted and vetted.elements <= MOST_STYLED:
        from .marking import mark  # noqa: PLC0415 -- openpyxl costs 0.2 s, and few ask for it

        mark(desk.path, out, problems, words)
    else:
        from .values import write  # noqa: PLC0415 -- as above

        write(desk.book, out, problems, words)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    held = 0
    for row in rows:
        batch.append(row)
        held += len(row[1]) + sum(len(c) // BYTES_A_CELL for c in row[1] if type(c) is bytes)
        if len(batch) >= BATCH or held >= BATCH_CELLS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _say(message: object) -> None:
    sys.stdout.buffer.write(wire.line(message))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
