"""
The table beside a Shapefile, read byte by byte.

GDAL takes a table of GBK without a .cpg for Latin-1 and says nothing; here its encoding is tried
on every text before one is shown, and numbers keep their digits.
"""

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from .layers import MOST_FIELDS, Note, Reason, Remark, Unreadable, distinct

_HEADER = 32
_DELETED = 0x2A
_TEXTS = frozenset("CM")
_GBK = 0x4D  # the language driver of code page 936
_CHINESE = frozenset({"936", "CP936", "GBK", "GB2312", "GB18030", "ANSI936", "EUCCN"})
_UNICODE = frozenset({"65001", "UTF8", "UNICODE"})
_MOST_RECORDS = 2_000_000
_MOST_DIGITS = 40
_DOUBLE = 15


@dataclass(frozen=True, slots=True)
class Column:
    """A field: its name as bytes, its type, where it begins in a record and how long it is."""

    name: bytes
    kind: str
    begin: int
    length: int
    places: int


class Table:
    """An opened .dbf file."""

    def __init__(self, path: Path, said: str, chosen: str = "") -> None:
        """
        Look at its head and at every text in it.

        :param said: what the .cpg beside it says, "" where there is none
        :param chosen: the encoding that somebody says who knows, whatever the file says
        :raises Unreadable: if it is damaged
        """
        self._path = path
        try:
            self._read_head()
        except (struct.error, IndexError, UnicodeError, ValueError) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None
        self.encoding, notes = (
            self._chosen_encoding(chosen) if chosen else self._found_encoding(said)
        )
        self.fields = distinct(
            [each.name.decode(self.encoding, "ignore") for each in self.columns]
        )
        deleted = sum(record[0] == _DELETED for record in self._records())
        if deleted:
            notes.append(Note(Remark.DELETED, {"count": deleted}))
        self.notes = tuple(notes)

    def rows(self) -> Iterator[list[Any] | None]:
        """Return the values of each record, None for one that is deleted."""
        for record in self._records():
            if record[0] == _DELETED:
                yield None
                continue
            yield [
                _value(record[each.begin : each.begin + each.length], each, self.encoding)
                for each in self.columns
            ]

    def _read_head(self) -> None:
        with self._path.open("rb") as file:
            head = file.read(_HEADER)
            count, self._begin, self._length = struct.unpack_from("<IHH", head, 4)
            self._language = head[29]
            described = file.read(self._begin - _HEADER)
        self.columns = _columns(described)
        if len(self.columns) > MOST_FIELDS:
            raise Unreadable(Reason.FIELDS, most=MOST_FIELDS)
        if self._length < 1:
            raise ValueError("records without length")
        held = (self._path.stat().st_size - self._begin) // self._length
        self.count = min(count, max(held, 0), _MOST_RECORDS)

    def _records(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            file.seek(self._begin)
            for _number in range(self.count):
                record = file.read(self._length)
                if len(record) < self._length:
                    return
                yield record

    def _chosen_encoding(self, chosen: str) -> tuple[str, list[Note]]:
        if _all_readable(list(self._texts()), chosen):
            return chosen, []
        return chosen, [Note(Remark.ENCODING_UNFIT, {"encoding": chosen})]

    def _found_encoding(self, said: str) -> tuple[str, list[Note]]:
        texts = list(self._texts())
        declared = _codec(said) or ("gb18030" if self._language == _GBK else "")
        proposals = [each for each in (declared, "utf-8", "gb18030") if each]
        found = next((each for each in proposals if _all_readable(texts, each)), "")
        if not found:
            return "latin-1", [Note(Remark.ENCODING_UNKNOWN)]
        if said and _codec(said) != found:
            return found, [Note(Remark.ENCODING_WRONG, {"said": said, "encoding": found})]
        if texts and not said:
            return found, [Note(Remark.ENCODING_FOUND, {"encoding": found})]
        return found, []

    def _texts(self) -> set[bytes]:
        """Return the distinct texts that are not plain ASCII."""
        found = {each.name for each in self.columns if not each.name.isascii()}
        columns = [each for each in self.columns if each.kind in _TEXTS]
        for record in self._records():
            if record.isascii():
                continue
            for each in columns:
                text = record[each.begin : each.begin + each.length]
                if not text.isascii():
                    found.add(text.rstrip(b" \0"))
        return found


def _columns(described: bytes) -> list[Column]:
    columns = []
    begin = 1
    for at in range(0, len(described) - 31, 32):
        if described[at] == 0x0D:
            break
        name = described[at : at + 11].split(b"\0")[0]
        kind, length, places = chr(described[at + 11]), described[at + 16], described[at + 17]
        if kind == "C":
            length, places = length + 256 * places, 0
        columns.append(Column(name, kind, begin, length, places))
        begin += length
    return columns


def _codec(said: str) -> str:
    """Return the codec of what a .cpg says, "" if it says nothing that is known."""
    bare = "".join(each for each in said.upper() if each.isalnum())
    if bare in _CHINESE:
        return "gb18030"
    if bare in _UNICODE:
        return "utf-8"
    name = said.strip()
    try:
        b"a".decode(name or "ascii")  # which fails where it is no encoding of texts
        return codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""


def _all_readable(texts: list[bytes], encoding: str) -> bool:
    return all(_is_readable(text, encoding) for text in texts)


def _is_readable(text: bytes, encoding: str) -> bool:
    """Return whether it is text, but for a last character that the field's length cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(text)
    except UnicodeError:
        return False
    return True


def _value(raw: bytes, column: Column, encoding: str) -> Any:
    if column.kind in _TEXTS:
        text = raw.rstrip(b" \0").decode(encoding, "ignore")
        return text.strip() or None
    plain = raw.decode("ascii", "ignore").strip(" \0*")
    if not plain:
        return None
    if column.kind in "NF":
        return _number(plain)
    if column.kind == "D":
        return _day(plain)
    if column.kind == "L":
        return {"T": True, "Y": True, "F": False, "N": False}.get(plain.upper())
    return plain


def _number(text: str) -> int | Decimal | str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return None
    if abs(number.adjusted()) > _MOST_DIGITS:
        return text
    if number == number.to_integral_value():
        return int(number)
    # More digits than a double has are the image of one: 1234.559999999999945 was 1234.56.
    exact = len(number.as_tuple().digits) <= _DOUBLE
    return number if exact and not text.endswith("0") else Decimal(repr(float(number)))


def _day(text: str) -> date | str | None:
    if text.strip("0") == "":
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return text
