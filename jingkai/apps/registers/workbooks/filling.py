"""
A superior's own workbook, filled in: its styles, widths, merges and formulas stay as they are.

Placeholders: ``{{编号}}`` (a column, by its heading) makes its row the one that repeats;
``{{序号}}`` counts it; ``{{合计:计划总投资}}``, ``{{条数}}``, ``{{填报单位}}``, ``{{填报人}}``,
``{{审核人}}``, ``{{联系电话}}``, ``{{填报时间}}`` and ``{{台账}}`` may stand anywhere.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..declaration import BoundColumn, Register
from ..kinds import Refused
from . import spreadsheet
from .moving import MAIN, Moving, text_of
from .official import Tally
from .reading import read

MOST_FILLED = 20_000
MOST_UNPACKED = 20 * 1024 * 1024
NUMBER = "序号"
SUM = "合计:"
FACTS = ("填报单位", "填报人", "审核人", "联系电话", "填报时间", "条数", "台账")
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
LEFT_OUT = "xl/calcChain.xml"  # Excel makes it anew; ours would name cells that have moved
_PLACE = re.compile(r"\{\{([^{}]+)\}\}")
_UNIT = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True, slots=True)
class Filling:
    """What is put in: the rows by column name, the sums, who fills it in."""

    register: Register
    columns: Sequence[BoundColumn]
    rows: Sequence[dict[str, Any]]
    facts: dict[str, str]

    def tally(self) -> Tally:
        """Return the sums of the columns."""
        found = Tally(list(self.columns))
        for _row in found.over(self.rows):
            pass
        return found


class _Words:
    """What the words between the braces mean, whatever the reader's language."""

    def __init__(self, register: Register) -> None:
        self._columns: dict[str, BoundColumn] = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                for column in register.bound:
                    label = str(column.label)
                    for word in (label, _UNIT.sub("", label), column.name):
                        self._columns.setdefault(word, column)

    def column(self, word: str) -> BoundColumn | None:
        """Return the column of that heading, with or without its unit, or of its sum."""
        return self._columns.get(word.removeprefix(SUM))

    def is_known(self, word: str) -> bool:
        """Whether the word means something."""
        column = self.column(word)
        if word.startswith(SUM):
            return column is not None and column.adds_up
        return column is not None or word == NUMBER or word in FACTS

    def repeats(self, word: str) -> bool:
        """Whether the word makes its row the one that repeats."""
        if word in FACTS or word.startswith(SUM):
            return False
        return word == NUMBER or self.column(word) is not None


def check(register: Register, content: bytes) -> None:
    """
    Refuse a workbook that can't be filled in, naming the cell and what is wrong with it.

    :raises Refused: for an unknown placeholder, none at all, or two rows that would repeat
    :raises reading.Unreadable: when the file can't be read at all
    """
    _guard(content)
    words = _Words(register)
    found = False
    for _name, tree, texts in _sheets(content):
        repeated = set()
        for reference, word in _places(tree, texts):
            found = True
            if not words.is_known(word):
                told = {"cell": reference, "word": word}
                raise Refused(_("单元格 %(cell)s 的占位符“%(word)s”不是本台账的列") % told, "file")
            if words.repeats(word):
                repeated.add(int(re.sub(r"\D", "", reference)))
        if len(repeated) > 1:
            rows = {"first": min(repeated), "second": max(repeated)}
            raise Refused(
                _("明细只能有一行：第 %(first)s 行与第 %(second)s 行都有列占位符") % rows, "file"
            )
    if not found:
        raise Refused(_("工作簿中没有占位符，例如 {{编号}}；请先在表样中标出要填的位置"), "file")


def _guard(content: bytes) -> None:
    if content[:2] != b"PK":
        raise Refused(_("表样应为 .xlsx 工作簿"), "file")
    read(content, "form.xlsx")  # refuses what would exhaust the machine
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
            raise Refused(_("表样解压后超过 20 MB，请删去其中的明细"), "file")


def columns(register: Register, content: bytes) -> list[BoundColumn]:
    """Return the columns that the workbook asks for."""
    words = _Words(register)
    asked = [
        words.column(word)
        for _name, tree, texts in _sheets(content)
        for _reference, word in _places(tree, texts)
    ]
    return list({column.name: column for column in asked if column is not None}.values())


def fill(content: bytes, filling: Filling, to: BinaryIO) -> None:
    """
    Write the workbook with every placeholder filled in.

    :raises spreadsheet.Unwritable: when there are more rows than a form should have
    """
    if len(filling.rows) > MOST_FILLED:
        told = {"most": f"{MOST_FILLED:,}"}
        raise spreadsheet.Unwritable(_("表样最多填入 %(most)s 行，请缩小筛选范围") % told)
    filled = {name: _filled(tree, texts, filling) for name, tree, texts in _sheets(content)}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name != LEFT_OUT:
                target.writestr(
                    name, filled.get(name) or _without_results(name, source.read(name))
                )


def _without_results(name: str, content: bytes) -> bytes:
    """Return a part that lets Excel compute every formula anew when the file is opened."""
    match name:
        case "[Content_Types].xml":
            return re.sub(rb"<Override[^>]*calcChain[^>]*/>", b"", content)
        case "xl/_rels/workbook.xml.rels":
            return re.sub(rb"<Relationship [^>]*calcChain[^>]*/>", b"", content)
        case "xl/workbook.xml":
            return re.sub(rb"<calcPr[^>]*/>", b'<calcPr calcId="0" fullCalcOnLoad="1"/>', content)
    return content


def _sheets(content: bytes) -> Iterator[tuple[str, ET.Element, list[str]]]:
    """Yield each sheet's part with its tree, and the texts that its cells share."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 - guarded
            shared = [text_of(item) for item in root.findall(f"{MAIN}si")]
        for name in archive.namelist():
            if SHEETS.fullmatch(name):
                yield name, ET.fromstring(archive.read(name)), shared  # noqa: S314 - guarded


def _places(tree: ET.Element, texts: list[str]) -> Iterator[tuple[str, str]]:
    for cell in tree.iter(f"{MAIN}c"):
        for word in _PLACE.findall(_text(cell, texts)):
            yield cell.get("r", ""), word.strip()


def _text(cell: ET.Element, texts: list[str]) -> str:
    if cell.get("t") == "s":
        value = cell.findtext(f"{MAIN}v")
        return texts[int(value)] if value and int(value) < len(texts) else ""
    inline = cell.find(f"{MAIN}is")
    return text_of(inline) if inline is not None else ""


def _filled(tree: ET.Element, texts: list[str], filling: Filling) -> bytes:
    """Return the sheet with its placeholders filled in."""
    values = _Values(filling, filling.tally(), _Words(filling.register))
    repeated = None
    for line in tree.iter(f"{MAIN}row"):
        words = [word for cell in line for word in _PLACE.findall(_text(cell, texts))]
        if any(values.words.repeats(word.strip()) for word in words):
            repeated = line
            continue
        for cell in line:
            _fill_cell(cell, texts, values.fact)
    if repeated is None:
        return Moving(row=0, copies=1).write(tree, None, [])
    moving = Moving(row=int(repeated.get("r", "0")), copies=max(len(filling.rows), 1))
    lines = moving.copies_of(repeated, lambda at, cell: _fill_cell(cell, texts, values.of_row(at)))
    return moving.write(tree, repeated, lines)


@dataclass(frozen=True, slots=True)
class _Values:
    """What a placeholder becomes."""

    filling: Filling
    tally: Tally
    words: _Words

    def fact(self, word: str) -> Any:
        """Return what stands for a word outside the repeated row."""
        if word.startswith(SUM):
            return self._sum(self.words.column(word))
        if word == "条数":
            return self.tally.count
        return self.filling.facts.get(word, "")

    def _sum(self, column: BoundColumn | None) -> Any:
        if column is None or column.name not in self.tally.sums:
            return None
        known = self.tally.is_on_record(column.name)
        return column.kind.cell(self.tally.sums[column.name]) if known else None

    def of_row(self, at: int) -> Callable[[str], Any]:
        """Return what gives the words of one row, from 0."""

        def value(word: str) -> Any:
            if not self.words.repeats(word):
                return self.fact(word)
            if at >= len(self.filling.rows):
                return None
            column = self.words.column(word)
            if column is None:
                return at + 1
            return column.kind.cell(self.filling.rows[at][column.name])

        return value


def _fill_cell(cell: ET.Element, texts: list[str], value: Callable[[str], Any]) -> None:
    """Put what its placeholders stand for into a cell; its style stays."""
    text = _text(cell, texts)
    words = _PLACE.findall(text)
    if not words:
        return
    whole = len(words) == 1 and text.strip() == f"{{{{{words[0]}}}}}"
    made = (
        value(words[0].strip())
        if whole
        else _PLACE.sub(lambda found: _shown(value(found.group(1).strip())), text)
    )
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    style = int(cell.get("s", "0"))
    written = ET.fromstring(f'<c xmlns="{MAIN[1:-1]}"{spreadsheet.cell(made, style)}')  # noqa: S314 - ours
    cell.attrib.update(written.attrib)
    cell.extend(list(written))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
