"""A workbook into staged rows, batch by batch: bounded memory, and a kill costs one batch."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .. import workbooks
from ..declaration import Register
from ..models import ImportRun, StagedRow
from . import mapping, staged, tables
from .judging import Judge, Raw
from .mapping import Reading

BATCH = 1_000
MOST_ASIDE = 200
Tell = Callable[[int, int | None], object]


@dataclass(slots=True)
class Seen:
    """What a workbook holds besides its records: for the report of the import."""

    sheets: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    aside: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "sheet": self.sheets[0] if self.sheets else "",
            "sheets": self.sheets,
            "unread_sheets": self.unread,
            "unknown_columns": list(self.unknown),
            "aside": self.aside,
            "columns": self.columns,
        }


def stage(register: Register, run: ImportRun, tell: Tell) -> Seen:
    """
    Judge the rows of the workbook that are not staged yet, and keep them; return what else it has.

    ``tell(done, total)`` is called in the transaction of each batch.

    :raises workbooks.Unreadable: when the file can't be read to its end
    """
    reading = Reading.of(run.reading)
    judge = Judge(register, run.zone, reading)
    done = _recall(judge, run)
    seen = Seen()
    with workbooks.opened(bytes(run.content), run.file_name) as book:
        total = sum(head.last_row or 0 for head in book.sheets) or None
        found = (raw for raw in _rows(register, reading, book, seen) if raw.position > done)
        for batch in _batches(found):
            rows = judge.rows(batch)
            for row in rows:
                row.run = run
            with transaction.atomic():
                staged.insert(rows)
                tell(batch[-1].position, total)
    return seen


def _recall(judge: Judge, run: ImportRun) -> int:
    """Let the judge know the rows that an earlier, interrupted run has staged."""
    done = StagedRow.everywhere.filter(run=run).aggregate(last=Max("position"))["last"] or 0
    if done:
        known = StagedRow.everywhere.filter(run=run).order_by("position")
        for key, sheet, row in known.values_list("key", "sheet", "row").iterator():
            if key:
                judge.first.setdefault(key, (sheet, row))
    return int(done)


def _batches(rows: Iterable[Raw]) -> Iterator[list[Raw]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _rows(register: Register, reading: Reading, book: workbooks.Book, seen: Seen) -> Iterator[Raw]:
    position = 0
    for sheet in book.sheets:
        if not _is_wanted(sheet, reading):
            continue
        table = tables.table(register, reading, sheet, book.rows(sheet.name))
        if table is None:
            seen.unread.append(sheet.name)
            continue
        _note(seen, table.head, register)
        for number, cells in table.body:
            left = tables.aside(table.head, number, cells)
            if left is None:
                position += 1
                yield Raw(position, sheet.name, number, _cells(table.head, cells))
            elif len(seen.aside) < MOST_ASIDE:
                seen.aside.append(asdict(left))


def _is_wanted(sheet: workbooks.SheetHead, reading: Reading) -> bool:
    return sheet.name in reading.sheets if reading.sheets else not sheet.hidden


def _note(seen: Seen, head: tables.Head, register: Register) -> None:
    seen.sheets.append(head.sheet)
    seen.columns[head.sheet] = {str(c.label): i + 1 for i, c in head.columns.items()}
    names = mapping.names(register)
    for text in head.unknown.values():
        if mapping.known(text, names) is None and not tables.is_counter(text):
            seen.unknown.setdefault(text)


def _cells(head: tables.Head, cells: list[Any]) -> dict[str, Any]:
    return {
        column.name: cells[index] if index < len(cells) else None
        for index, column in head.columns.items()
    }


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a workbook as the page of the mapping shows it."""

    heading: str
    samples: list[str]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A first look at a workbook: its sheets, its columns, and what is missing for a check."""

    sheets: list[str]
    columns: list[Column]
    missing: list[str]
    has_key: bool
    rows: int | None

    @property
    def foreign(self) -> list[str]:
        """Return the headings that lead to no column by themselves."""
        return [column.heading for column in self.columns if not column.is_known]

    @property
    def source(self) -> str:
        """Return what workbooks with these headings share."""
        return mapping.source(column.heading for column in self.columns)


def look(register: Register, reading: Reading, content: bytes, file_name: str) -> Look:
    """
    Return a first look at the workbook.

    :raises workbooks.Unreadable: when the file can't be read at all
    """
    with workbooks.opened(content, file_name) as book:
        sheets = [sheet for sheet in book.sheets if _is_wanted(sheet, reading)]
        looks = [_look_at(register, reading, sheet, book) for sheet in sheets]
        found = [look for look in looks if look is not None]
        total = sum(head.last_row or 0 for head in book.sheets) or None
        names = [sheet.name for sheet in book.sheets if not sheet.hidden]
    if not found:
        raise workbooks.Unreadable(_("工作簿中没有内容"))
    best = max(found, key=lambda one: (one.has_key, -len(one.missing), len(one.columns)))
    return Look(names, best.columns, best.missing, best.has_key, total)


def _look_at(
    register: Register, reading: Reading, sheet: workbooks.SheetHead, book: workbooks.Book
) -> Look | None:
    first, _rest = tables.first_rows(book.rows(sheet.name))
    head = tables.find(register, reading, sheet, first)
    if head is None or not head.headings:
        return None
    known = mapping.names(register)
    body = [
        cells
        for number, cells in first
        if number > head.row and tables.aside(head, number, cells) is None
    ]
    columns = [
        Column(
            text,
            mapping.sample(cells[i] for cells in body if i < len(cells)),
            mapping.known(text, known) is not None or tables.is_counter(text),
        )
        for i, text in head.headings.items()
    ]
    missing = tables.missing(register, head, reading)
    names = {column.name for column in head.columns.values()} | set(reading.constants)
    return Look([sheet.name], columns, [c.name for c in missing], register.key in names, None)
