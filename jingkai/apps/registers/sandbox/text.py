"""Comma-separated text in the encodings and with the separators that Chinese offices meet."""

import codecs
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from .books import MOST_TEXT, Row, SheetHead
from .cells import MOST_COLUMNS, MOST_ROWS, column_letters
from .refusals import Reason, Refusal

NAME = "CSV"
SEPARATORS = ",;\t"
SAMPLE = 64 * 1024
PIECE = 1 << 20
CHINESE = "gb18030"
WESTERN = "cp1252"  # what a text is shown in of which nobody knows how it is written
UNKNOWN = "encoding_unknown"  # as ``files.Remark`` calls it; loading that takes half a second
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\0")
_AS_TEXT = re.compile(r'="[^"]*"')  # ="00123", by which systems keep the zeros of a code
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class TextBook:
    """A csv file: one sheet."""

    def __init__(self, path: Path, encoding: str = "") -> None:
        """
        Find out encoding and separator.

        :param encoding: as somebody says who knows; bytes that have no sense in it stay as marks
        :raises Refusal: when it is no text
        """
        self._path = path
        self._encoding, remark = (encoding, "") if encoding else _encoding(path)
        about = {"encoding": self._encoding}
        if remark:
            about["notes"] = json.dumps([(remark, {"encoding": self._encoding})])
        self.heads = [SheetHead(NAME, about=about)]

    def rows(self, name: str) -> Iterator[Row]:  # noqa: ARG002 -- there is one
        """
        Return the rows that hold something; the leading ' that export adds is taken off.

        :raises Refusal: when there are too many, or one is too long
        """
        csv.field_size_limit(MOST_TEXT)
        with self._path.open(encoding=self._encoding, errors="replace", newline="") as file:
            separator = _separator(file.read(SAMPLE))
            file.seek(0)
            # Not strict, a quote that nobody closes would take the rows below into its cell.
            lines = csv.reader(file, delimiter=separator, strict=True)
            number = 0
            try:
                for number, row in enumerate(lines, 1):
                    _refuse_far(number, len(row))
                    if any(row):
                        yield number, [unquoted(value) or None for value in row]
            except csv.Error as reason:
                if "field larger" in str(reason):
                    raise Refusal(Reason.LONG, cell="") from None
                raise Refusal(Reason.QUOTES, row=number + 1) from None


def _refuse_far(row: int, columns: int) -> None:
    if row > MOST_ROWS or columns > MOST_COLUMNS:
        raise Refusal(Reason.FAR, cell=f"{column_letters(columns)}{row}")


def _encoding(path: Path) -> tuple[str, str]:
    """
    Return how the file is written, and the code of what is to be said of it.

    :raises Refusal: when it is no text
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    named = [encoding for mark, encoding in _BOMS if start.startswith(mark)]
    for encoding in named or ["utf-8", CHINESE]:
        if _is_written_in(path, encoding) and (encoding != CHINESE or _is_chinese(path)):
            return encoding, ""
    if named or b"\0" in start:
        raise Refusal(Reason.ENCODING)
    return WESTERN, UNKNOWN


def _is_written_in(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(PIECE):
                pass
    except UnicodeError:
        return False
    return True


def _is_chinese(path: Path) -> bool:
    """Return whether there is a common character: almost any western text passes as rare ones."""
    with path.open(encoding=CHINESE, newline="") as file:
        while piece := file.read(PIECE):
            if any(letter.encode("gb2312", "ignore") for letter in piece if letter > "\x7f"):
                return True
    return False


def _separator(sample: str) -> str:
    """Return the separator that stands most often outside quotes in the first lines."""
    bare = "".join(sample.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def unquoted(text: str) -> str:
    """Return the text without what keeps Excel from reading it as a formula or a number."""
    if text.startswith("'") and text[1:2] in {*FORMULA_START, "'"}:
        return text[1:]
    return text[2:-1] if _AS_TEXT.fullmatch(text) else text
