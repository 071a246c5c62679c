"""Workbooks in: rows with their true numbers from Excel or CSV, read by a child with limits."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ..sandbox.books import START, Row, SheetHead, type_of
from ..sandbox.cells import Merge
from ..sandbox.refusals import Refusal
from .child import Child
from .refusals import Unreadable, unreadable

MOST_BYTES = 50 * 1024 * 1024
HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its rows with the numbers that the person sees in Excel, from 1."""

    name: str
    rows: list[tuple[int, list[Any]]]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()


class Book:
    """An opened workbook: the heads of its sheets, and the rows of one at a time."""

    def __init__(self, child: Child) -> None:
        """Take the heads from the child."""
        self._child = child
        self._unread = False
        self.sheets = [
            SheetHead(name, hidden, last_row, tuple(Merge(*m) for m in merges), about)
            for name, hidden, last_row, merges, about in child.answer()["heads"]
        ]

    def rows(self, name: str, most: int | None = None) -> Iterator[Row]:
        """
        Return the rows of the sheet that hold something, with their numbers from 1; the first few.

        Cells hold None, text, int, float, bool, date, datetime, time, timedelta, CellError, or
        the bytes of a shape.

        :raises Unreadable: while they are read, when the file turns out to be damaged
        """
        try:
            yield from self._rows(name, most)
        except Refusal as refusal:
            raise unreadable(refusal) from None

    def _rows(self, name: str, most: int | None) -> Iterator[Row]:
        while self._unread:
            self._unread = "end" not in self._child.answer()
        self._child.ask({"rows": name, "most": most})
        self._unread = True
        while "end" not in (said := self._child.answer()):
            yield from ((number, cells) for number, cells in said["batch"])
        self._unread = False


def refuse_other(content: bytes, file_name: str) -> None:
    """
    Refuse what is no workbook by its size or its first bytes, without opening it.

    :raises Unreadable: saying which
    """
    _refuse_large(len(content))
    try:
        type_of(content[:START], file_name)
    except Refusal as refusal:
        raise unreadable(refusal) from None


@contextmanager
def opened(file: bytes | Path, file_name: str, encoding: str = "") -> Iterator[Book]:
    """
    Open an xlsx, xlsm (its macros are not looked at), xls, csv or spatial file for reading.

    :param encoding: of its texts, one of ``ENCODINGS``, as a person says; else it is found out
    :raises Unreadable: when the file is too large, damaged, a bomb, or of another type
    """
    with started(file, file_name, encoding) as child:
        try:
            book = Book(child)
        except Refusal as refusal:
            raise unreadable(refusal) from None
        yield book


@contextmanager
def started(file: bytes | Path, file_name: str, encoding: str = "") -> Iterator[Child]:
    """Start a child on the file, in a folder that goes with it."""
    size = file.stat().st_size if isinstance(file, Path) else len(file)
    _refuse_large(size)
    with tempfile.TemporaryDirectory(prefix="jingkai-") as folder:
        scratch = Path(folder)
        if isinstance(file, bytes):
            path = scratch / "uploaded"
            path.write_bytes(file)
            file = path
        child = Child(file, file_name, scratch, encoding)
        try:
            yield child
        finally:
            child.close()


def _refuse_large(size: int) -> None:
    if size > MOST_BYTES:
        raise Unreadable(_("文件超过 50 MB，请拆分后导入"))


def read(file: bytes | Path, file_name: str) -> list[Sheet]:
    """
    Return the sheets of a workbook, rows and all; for files that fit into memory.

    :raises Unreadable: when the file is too large, damaged, a bomb, or of another type
    """
    with opened(file, file_name) as book:
        return [
            Sheet(head.name, list(book.rows(head.name)), head.hidden, head.merges)
            for head in book.sheets
        ]
