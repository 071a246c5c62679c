"""Comma-separated text in the encodings and with the separators that Chinese offices meet."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from .books import MOST_TEXT, Row, SheetHead
from .cells import MOST_COLUMNS, MOST_ROWS, column_letters
from .refusals import Reason, Refusal

NAME = "CSV"
SEPARATORS = ",;\t"
SAMPLE = 64 * 1024
PIECE = 1 << 20
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\0")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class TextBook:
    """A csv file: one sheet."""

    def __init__(self, path: Path) -> None:
        """
        Find out encoding and separator.

        :raises Refusal: when no encoding fits
        """
        self._path = path
        self._encoding = _encoding(path)
        self.heads = [SheetHead(NAME)]

    def rows(self, name: str) -> Iterator[Row]:  # noqa: ARG002 -- there is one
        """
        Return the rows that hold something; the leading ' that export adds is taken off.

        :raises Refusal: when there are too many, or one is too long
        """
        csv.field_size_limit(MOST_TEXT)
        with self._path.open(encoding=self._encoding, newline="") as file:
            separator = _separator(file.read(SAMPLE))
            file.seek(0)
            try:
                for number, row in enumerate(csv.reader(file, delimiter=separator), 1):
                    _refuse_far(number, len(row))
                    if any(row):
                        yield number, [unquoted(value) or None for value in row]
            except csv.Error:
                raise Refusal(Reason.LONG, cell="") from None


def _refuse_far(row: int, columns: int) -> None:
    if row > MOST_ROWS or columns > MOST_COLUMNS:
        raise Refusal(Reason.FAR, cell=f"{column_letters(columns)}{row}")


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    named = [encoding for mark, encoding in _BOMS if start.startswith(mark)]
    for encoding in named or ["utf-8", "gb18030"]:
        if _is_written_in(path, encoding):
            return encoding
    raise Refusal(Reason.ENCODING)


def _is_written_in(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(PIECE):
                pass
    except UnicodeError:
        return False
    return True


def _separator(sample: str) -> str:
    """Return the separator that stands most often outside quotes in the first lines."""
    bare = "".join(sample.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def unquoted(text: str) -> str:
    """Return the text without the ' that keeps Excel from reading it as a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in {*FORMULA_START, "'"} else text
