"""GeoPackage: a SQLite database, read as one, row by row, and only its tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .layers import MOST_FIELDS, Format, Layer, Note, Reason, Remark, Row, Unreadable

_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes by the number in the flags
_MOST_VALUE = 64 * 1024 * 1024
_LAYERS = """
    select c.table_name, c.identifier, g.column_name, s.organization, s.organization_coordsys_id,
           s.definition, m.type, m.sql
    from gpkg_contents c
    join gpkg_geometry_columns g on lower(g.table_name) = lower(c.table_name)
    left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
    left join sqlite_master m on lower(m.name) = lower(c.table_name)
    where c.data_type = 'features' order by c.rowid
"""
_COUNTED = frozenset({"INTEGER", "INT", "MEDIUMINT"})  # of a key that only counts the rows
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA}
)


class GeoPackage:
    """An opened GeoPackage."""

    format = Format.GEOPACKAGE

    def __init__(self, path: Path) -> None:
        """
        Look at its tables of shapes.

        :raises Unreadable: if it is damaged or holds none
        """
        self._path = path
        self._tables: dict[str, tuple[str, str]] = {}
        self._types: dict[str, list[str]] = {}
        try:
            with closing(self._connected()) as database:
                self.layers = tuple(self._found(database))
        except (sqlite3.Error, UnicodeError) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None
        if not self.layers:
            raise Unreadable(Reason.EMPTY)

    def rows(self, name: str) -> Iterator[Row]:
        """
        Return the rows of a layer.

        :raises Unreadable: if a page of it is damaged
        """
        layer = next(each for each in self.layers if each.name == name)
        table, shape = self._tables[name]
        chosen = ", ".join(_quoted(each) for each in (shape, *layer.fields))
        try:
            with closing(self._connected()) as database:
                for blob, *values in database.execute(f"select {chosen} from {_quoted(table)}"):  # noqa: S608 -- quoted
                    typed = zip(values, self._types[name], strict=True)
                    yield [_value(each, kind) for each, kind in typed], _wkb(blob)
        except (sqlite3.Error, UnicodeError) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None

    def _connected(self) -> sqlite3.Connection:
        database = sqlite3.connect(
            f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True
        )
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE)
        database.execute("pragma trusted_schema = off")
        database.set_authorizer(_authorise)
        return database

    def _found(self, database: sqlite3.Connection) -> Iterator[Layer]:
        left_out = []
        found = []
        for table, label, shape, authority, number, definition, kind, sql in database.execute(
            _LAYERS
        ).fetchall():
            if kind != "table" or str(sql).upper().split()[:2] == ["CREATE", "VIRTUAL"]:
                left_out.append(Note(Remark.VIEW, {"name": str(table)[:100]}))
                continue
            system = _system(authority, number, definition)
            found.append((str(label or table), str(table), str(shape), system))
        for label, table, shape, system in found:
            name = label if label not in self._tables else table
            yield self._layer(database, name, (table, shape), system, tuple(left_out))

    def _layer(
        self,
        database: sqlite3.Connection,
        name: str,
        place: tuple[str, str],
        system: str,
        notes: tuple[Note, ...],
    ) -> Layer:
        table, shape = place
        columns = database.execute(f"pragma table_info({_quoted(table)})").fetchall()
        kept = [
            (str(column), str(kind).upper())
            for _cid, column, kind, _notnull, _default, key in columns
            if column != shape and not (key and str(kind).upper() in _COUNTED)
        ]
        if len(kept) > MOST_FIELDS:
            raise Unreadable(Reason.FIELDS, most=MOST_FIELDS)
        self._tables[name] = place
        self._types[name] = [kind for _column, kind in kept]
        counted = database.execute(f"select count(*) from {_quoted(table)}")  # noqa: S608 -- quoted
        if not system:
            notes = (*notes, Note(Remark.NO_SYSTEM))
        return Layer(
            name=name,
            fields=tuple(column for column, _kind in kept),
            count=int(counted.fetchone()[0]),
            system=system,
            notes=notes,
        )


def _authorise(action: int, *_about: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _system(authority: Any, number: Any, definition: Any) -> str:
    if str(authority).upper() == "EPSG":
        return f"EPSG:{number}"
    text = str(definition or "")
    return "" if text.lower() in {"", "undefined"} else text


def _wkb(blob: Any) -> bytes | None:
    """Return the well-known binary behind a GeoPackage's own header; empty if it is none."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return b""
    flags = blob[3]
    envelope = _ENVELOPES.get(flags >> 1 & 0b111)
    if envelope is None or flags & 0b100000:  # an extension of somebody's
        return b""
    if flags & 0b10000:  # no shape
        return None
    return blob[8 + envelope :]


def _value(value: Any, kind: str) -> Any:
    if isinstance(value, bytes):
        return None
    if kind == "BOOLEAN" and isinstance(value, int):
        return bool(value)
    if isinstance(value, str):
        return _moment(value, kind) if kind in {"DATE", "DATETIME"} else value.strip() or None
    return value


def _moment(text: str, kind: str) -> date | datetime | str:
    try:
        if kind == "DATE":
            return date.fromisoformat(text)
        return datetime.fromisoformat(text)
    except ValueError:
        return text
