"""The tables of a workbook: where the headings stand, which rows are records and which are not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import Any

from django.utils.translation import gettext as _

from .. import workbooks
from ..declaration import BoundColumn, Register
from ..kinds import Refused, bare, plain
from . import mapping
from .mapping import Reading
from .raw import Shared

Cells = list[Any]
Numbered = tuple[int, Cells]

_TOTALS = re.compile(r"^(本页)?(合\s*计|总\s*计|小\s*计|累\s*计|total|sum)[:：]?$", re.IGNORECASE)
_LINES = re.compile(
    r"^(填报单位|填报人|填报时间|填报日期|填表人|填表单位|填表日期|填表时间|制表|制表人|制表单位|审核人|审核"
    r"|负责人|单位负责人|联系人|联系电话|单位|备注|说明|注|reporting unit|notes?)"
    r"\s*\d*\s*([（(][^）)]*[）)])?\s*[:：]",
    re.IGNORECASE,
)
MOST_IN_A_LINE = 6  # cells that a line of signatures fills
_REMARK = re.compile(r"[（(【\[［][^（(【\[［）)】\]］]*[）)】\]］]")
_UNIT = re.compile(
    r"([千万亿]?元|万?美元|亿美元|[公平]?亩|公顷|平方米|平方公里|㎡|m²|m2|[万千]?人|人次|[个家户项次件条台套名]"
    r"|[%％‰]|百分比|吨|万?吨标准煤|[千万]?瓦时|千瓦|[年月日天]|元/平方米|万元/亩)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """
    The headings of one sheet: which column of the register each leads to.

    ``again`` are those that lead to a column which another one gives, with that one's text.
    """

    sheet: str
    key: str
    row: int
    headings: dict[int, str]
    columns: dict[int, BoundColumn]
    axes: dict[int, str]
    again: dict[int, str] = field(default_factory=dict)

    @property
    def has_point(self) -> bool:
        """Return whether two columns give the coordinates of a point."""
        return set(mapping.AXES) <= set(self.axes.values())

    @property
    def place(self) -> int | None:
        """Return where the key stands."""
        return next((i for i, c in self.columns.items() if c.name == self.key), None)

    @property
    def unknown(self) -> dict[int, str]:
        """Return the headings that lead to no column."""
        known = self.columns.keys() | self.axes.keys()
        return {i: text for i, text in self.headings.items() if i not in known}


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that is no record, and why it is left."""

    sheet: str
    row: int
    text: str
    reason: str


@dataclass(slots=True)
class Table:
    """One sheet with its head and what follows."""

    head: Head
    body: Iterator[Numbered]


def table(
    register: Register, reading: Reading, head: workbooks.SheetHead, rows: Iterable[Numbered]
) -> Table | None:
    """Return the sheet as a table, or None where it has no heading of the register's key."""
    rest = iter(rows)
    first = list(islice(rest, workbooks.HEADER_WITHIN))
    found = find(register, reading, head, first)
    if found is None or register.key not in given(register, found, reading):
        return None
    body = (row for row in chain(first, rest) if row[0] > found.row)
    return Table(found, _shared(body, found, head.merges))


def _shared(
    rows: Iterable[Numbered], head: Head, merges: Iterable[workbooks.Merge]
) -> Iterator[Numbered]:
    """Yield the rows with what is merged over several of them in each: Excel keeps it in one."""
    tall = (merge for merge in merges if merge.last_row > merge.first_row > head.row)
    waiting = sorted(tall, reverse=True)
    reaching: list[tuple[int, Shared]] = []
    for number, cells in rows:
        reaching = [each for each in reaching if each[1].last >= number]
        while waiting and waiting[-1].first_row <= number:
            merge = waiting.pop()
            place = merge.first_column - 1
            if merge.first_row == number and plain("".join(map(str, cells[place : place + 1]))):
                shared = Shared(cells[place], merge.first_row, merge.last_row)
                reaching.append((place, shared))
        for place, shared in reaching:
            cells.extend([None] * (place + 1 - len(cells)))
            cells[place] = shared
        yield number, cells


def given(register: Register, head: Head, reading: Reading) -> set[str]:
    """Return the names of the columns that a heading, two axes or a fixed value give."""
    found = {column.name for column in head.columns.values()} | set(reading.constants)
    return found | {register.outline} if head.has_point else found


def missing(register: Register, head: Head, reading: Reading) -> list[BoundColumn]:
    """Return the required columns that neither a heading nor a fixed value gives."""
    found = given(register, head, reading)
    return [c for c in register.typed if c.required and c.name not in found]


def find(
    register: Register, reading: Reading, sheet: workbooks.SheetHead, first: Sequence[Numbered]
) -> Head | None:
    """Return the row whose headings lead to most columns; where none does, the likeliest row."""
    names = mapping.names(register)
    best: tuple[tuple[bool, int, int, int], Head] | None = None
    for place, (number, cells) in enumerate(first):
        for head in _heads(register, reading, names, sheet, first[place:]):
            worth = _worth(register, head, cells, number)
            if best is None or worth > best[0]:
                best = (worth, head)
    return best[1] if best else None


def _worth(
    register: Register, head: Head, cells: Cells, number: int
) -> tuple[bool, int, int, int]:
    found = {column.name for column in head.columns.values()}
    texts = {plain(cell) for cell in cells if isinstance(cell, str) and not _is_number(cell)}
    # One column alone may be a word that a row of data holds by chance: "outline planning".
    count = len(found) if register.key in found or len(found) > 1 else 0
    return (register.key in found, count, len(texts - {""}), -number)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,/-]+", text))


def _heads(
    register: Register,
    reading: Reading,
    names: dict[str, str],
    sheet: workbooks.SheetHead,
    rows: Sequence[Numbered],
) -> Iterator[Head]:
    """Yield the heads that may start in the first row: of one line, and of more by its merges."""
    for count in workbooks.depths(rows, sheet.merges):
        texts = workbooks.headings(list(rows[:count]), sheet.merges)
        headings = distinct(texts)
        led = {i: _column(text, reading, names) or "" for i, text in headings.items()}
        typed = {column.name: column for column in register.typed}
        chosen = _chosen(headings, led)
        columns = {i: typed[name] for name, i in chosen.items() if name in typed}
        of_point = (*mapping.AXES, mapping.OWN_SYSTEM)
        axes = {i: name for i, name in led.items() if name in of_point}
        again = {
            i: headings[chosen[name]]
            for i, name in led.items()
            if name in typed and chosen[name] != i
        }
        row = rows[count - 1][0]
        yield Head(sheet.name, register.key, row, headings, columns, axes, again)


def _chosen(headings: dict[int, str], led: dict[int, str]) -> dict[str, int]:
    """Return for each column the first heading that leads to it; an identifier comes last."""
    by_worth = sorted(led, key=lambda i: (headings[i] == led[i], i))
    return {led[i]: i for i in reversed(by_worth)}


def _column(heading: str, reading: Reading, names: dict[str, str]) -> str | None:
    if heading in reading.columns:
        return reading.columns[heading]
    return mapping.known(heading, names)


def is_counter(heading: str) -> bool:
    """Return whether a heading is that of the rows' running number, which says nothing."""
    return heading.strip().lower() in {"序号", "no.", "no", "#"}


def distinct(texts: Sequence[str]) -> dict[int, str]:
    """Return the headings by place; the second of two that are alike is told apart."""
    found: dict[int, str] = {}
    for index, raw in enumerate(texts):
        text = raw.rstrip(workbooks.REQUIRED).strip()
        if not text:
            continue
        again = sum(other == text or other.startswith(f"{text} (") for other in found.values())
        found[index] = f"{text} ({again + 1})" if again else text
    return found


def aside(head: Head, number: int, cells: Cells) -> Aside | None:
    """Return why a row is no record, where it is none: a total, a line of signatures, a note."""
    if number != head.row + 1 and _is_plainly_a_record(head, cells):
        return None
    texts = [plain(cell) for cell in cells]
    filled = [text for text in texts if text]
    reason = _reason(head, number, texts, filled)
    return Aside(head.sheet, number, " ".join(filled)[:80], reason) if reason else None


def _reason(head: Head, number: int, texts: list[str], filled: list[str]) -> str:
    if said := _as_headings(head, texts):
        return said
    if number == head.row + 1 and (reason := _of_headings(head, texts, filled)):
        return reason
    if _names_a_record(head, texts):
        return ""
    if any(_TOTALS.match(text) for text in filled[:3]):
        return _("合计行")
    if _LINES.match(filled[0]) and len(filled) <= MOST_IN_A_LINE:
        return _("填报说明行")
    return ""


def _is_plainly_a_record(head: Head, cells: Cells) -> bool:
    """Return whether its key says so by itself, without a look at the other cells."""
    place = head.place
    named = plain(cells[place]) if place is not None and place < len(cells) else ""
    heading = head.headings[place] if place is not None else ""
    return _is_a_key(named) and named.rstrip(workbooks.REQUIRED).strip() != heading


def _names_a_record(head: Head, texts: list[str]) -> bool:
    """Return whether something stands in the key's column that is not a total's or a note's."""
    place = head.place
    return place is not None and place < len(texts) and _is_a_key(texts[place])


def _is_a_key(text: str) -> bool:
    return bool(text) and not _TOTALS.match(text) and not _LINES.match(text)


def _is_head_again(head: Head, texts: list[str]) -> bool:
    same = [
        texts[index].rstrip(workbooks.REQUIRED).strip() == text
        for index, text in head.headings.items()
        if index < len(texts)
    ]
    return len(same) == len(head.headings) and all(same)


def _as_headings(head: Head, texts: list[str]) -> str:
    """Return that a row repeats the headings, or is those of another table, if it is either."""
    if _is_head_again(head, texts):
        return _("重复的表头")
    if _names_its_heading(head, texts):
        return _("另一个表头；下面各行仍按前面的表头读取，请核对或分成两个文件")
    return ""


def _names_its_heading(head: Head, texts: list[str]) -> bool:
    """Return whether the key's own heading stands in its column: of a table below this one."""
    place = head.place
    if place is None or place >= len(texts):
        return False
    return texts[place].rstrip(workbooks.REQUIRED).strip() == head.headings[place]


def _of_headings(head: Head, texts: list[str], filled: list[str]) -> str:
    """Return why the row under the headings belongs to them: it numbers or explains columns."""
    if _counts_columns(filled, head):
        return _("栏次行")
    if all(map(_is_remark, filled)) and _is_no_record(head, texts):
        return _("单位或说明行")
    return ""


def _is_remark(text: str) -> bool:
    return bool(_REMARK.fullmatch(text) or _UNIT.fullmatch(text))


def _is_no_record(head: Head, texts: list[str]) -> bool:
    """Return whether no key is given, or a cell is none that its column could take."""
    if head.place is None or not "".join(texts[head.place : head.place + 1]):
        return True
    return any(
        not column.is_reference and _refuses(column, texts[index])
        for index, column in head.columns.items()
        if index < len(texts) and texts[index]
    )


def _refuses(column: BoundColumn, text: str) -> bool:
    try:
        bare(column.kind).parse(text)
    except Refused:
        return True
    return False


def _counts_columns(filled: list[str], head: Head) -> bool:
    numbers = [int(text) for text in filled if text.isdigit()]
    return (
        len(filled) >= max(3, len(head.headings) - 2)
        and len(numbers) >= len(filled) - 2
        and numbers[:1] in ([1], [2], [3])
        and all(later == earlier + 1 for earlier, later in pairwise(numbers))
    )
