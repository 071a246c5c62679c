"""A workbook into staged rows, batch by batch: bounded memory, and a kill costs one batch."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .. import workbooks
from ..declaration import Register
from ..kinds import Exact, Whole, bare, plain
from ..models import ImportRun, StagedRow, State
from . import beside, findings, georeference, looking, mapping, placing, staged, tables
from .judging import Judge
from .looking import Look
from .mapping import Reading
from .raw import Pair, Raw, Shared

BATCH = 1_000
MOST_ASIDE = 200
Tell = Callable[[int, int | None], object]
Known = Callable[[str], Reading | None]


@dataclass(slots=True)
class Seen:
    """
    What a workbook holds besides its records: for the report of the import.

    ``left`` counts the rows that are no records; ``aside`` names the first of them.

    ``asks``: nothing is staged, because a person must first say what the columns mean.
    """

    sheets: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    aside: list[dict[str, Any]] = field(default_factory=list)
    left: int = 0
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    look: Look | None = None
    asks: bool = False

    def report(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "sheet": self.sheets[0] if self.sheets else "",
            "sheets": self.sheets,
            "unread_sheets": self.unread,
            "unknown_columns": list(self.unknown),
            "aside": self.aside,
            "left": self.left,
            "columns": self.columns,
            "look": self.look.data() if self.look else {},
        }


def stage(
    register: Register, run: ImportRun, known: Known, tell: Tell, most: int | None = None
) -> Seen | None:
    """
    Judge the rows of the workbook that are not staged yet, and keep them; return what else it has.

    ``known(source)`` says how workbooks with the same headings were read last; ``tell(done,
    total)`` is called in the transaction of each batch. Nothing is staged and None returned where
    the workbook has more than ``most`` rows.

    :raises workbooks.Unreadable: when the file can't be read to its end
    """
    encoding = Reading.of(run.reading).encoding
    with workbooks.opened(bytes(run.content), run.file_name, encoding) as book:
        seen = _looked(register, run, known, book)
        if seen.asks:
            return seen
        if Reading.of(run.reading).encoding == encoding:
            if most is not None and run.report["rows"] > most:
                return None
            _stage(register, run, book, seen, tell)
            return seen
    return stage(register, run, known, tell, most)  # written otherwise, as somebody said last


def _looked(register: Register, run: ImportRun, known: Known, book: workbooks.Book) -> Seen:
    """Look at the workbook; settle at the first look how it is read, for a later check too."""
    reading = Reading.of(run.reading)
    near = findings.extent(register, run.zone).window
    look = looking.look(register, reading, book, near)
    if not run.source and not run.reading and (last := known(look.source)):
        if last.encoding != reading.encoding:
            run.source, run.reading, run.report["anew"] = look.source, last.data(), True
            return Seen()
        reading = last
        look = looking.look(register, reading, book, near)
    if not run.source or run.report.pop("anew", False):
        reading = _settled(look, reading, near)
        run.source, run.reading = run.source or look.source, reading.data()
        run.report["asks"] = look.asks
    run.report |= {"rows": look.rows or 0, "look": look.data()}
    told = {"source": run.source, "reading": run.reading, "report": run.report}
    ImportRun.everywhere.filter(pk=run.pk, state=State.CHECKING).update(**told)
    return Seen(look=look, asks=run.report.get("asks", False))


def _settled(look: Look, reading: Reading, near: georeference.Window | None) -> Reading:
    """Return the reading with the systems that are certain, those of single sheets included."""
    if look.has_outline and not reading.system:
        found = georeference.certain(look, reading, near)
        reading = replace(reading, system="" if found == placing.OWN else found)
    found_of = {one.name: georeference.certain(one, reading, near) for one in look.others}
    told = {name: system for name, system in found_of.items() if system}
    return replace(reading, systems=told | dict(reading.systems)) if told else reading


def _stage(
    register: Register, run: ImportRun, book: workbooks.Book, seen: Seen, tell: Tell
) -> None:
    reading = Reading.of(run.reading)
    judge = Judge(register, run.zone, reading)
    done = _recall(judge, run)
    total = run.report["rows"] or None
    found = (raw for raw in _rows(register, reading, book, seen) if raw.position > done)
    places = placing.Placing(register, reading, run.file_name)
    for batch in _batches(found):
        rows = judge.rows(places.placed(batch))
        for row in rows:
            row.run = run
        with transaction.atomic():
            staged.insert(rows)
            tell(batch[-1].position, total)
    beside.find(register, run)


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
        if not looking.is_wanted(sheet, reading):
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
                yield _raw(register, table.head, (position, number), cells)
                continue
            seen.left += 1
            if len(seen.aside) < MOST_ASIDE:
                seen.aside.append(asdict(left))


def _note(seen: Seen, head: tables.Head, register: Register) -> None:
    seen.sheets.append(head.sheet)
    seen.columns[head.sheet] = {str(c.label): i + 1 for i, c in head.columns.items()}
    names = mapping.names(register)
    for place, text in head.unknown.items():
        if place in head.again:
            told = {"heading": text, "other": head.again[place]}
            seen.unknown.setdefault(_("%(heading)s（与“%(other)s”是同一列，只读后者）") % told)
        elif mapping.known(text, names) is None and not tables.is_counter(text):
            seen.unknown.setdefault(text)


def _raw(register: Register, head: tables.Head, place: tuple[int, int], cells: list[Any]) -> Raw:
    """Return a row at its position among the records and its number in the sheet."""
    position, number = place
    read = _cells(register, head, cells)
    told: list[findings.Finding] = []
    for name, cell in read.items():
        column = register.by_name[name]
        if isinstance(cell, Shared) and not isinstance(bare(column.kind), Exact | Whole):
            read[name] = cell.cell
            if cell.first != number:
                rule = _("与第 %(row)s 行合并的单元格，按同样的内容登记") % {"row": cell.first}
                told.append(findings.of_cell(findings.READ, column, cell.cell, rule))
    return Raw(position, head.sheet, number, read, tuple(told))


def _cells(register: Register, head: tables.Head, cells: list[Any]) -> dict[str, Any]:
    found = {
        column.name: cells[index] if index < len(cells) else None
        for index, column in head.columns.items()
    }
    if head.has_point:
        axes = {name: cells[i] if i < len(cells) else None for i, name in head.axes.items()}
        said = plain(axes.get(mapping.OWN_SYSTEM))
        found[register.outline] = Pair(axes[mapping.X], axes[mapping.Y], said)
    return found
