"""What importing each row would do: read its cells, find its record, ask rules and laws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.core.geometry.shapes import Shape

from .. import kinds, workbooks, writing
from ..checking.asked import broken_rules
from ..checking.laws import Candidate, Laws
from ..checking.values import changed, resolve, stored, value_of
from ..declaration import BoundColumn, Register, Secrecy
from ..kinds import Refused, Veiled, alike, plain
from ..models import Outcome, Record, StagedRow
from . import findings, units
from .mapping import Reading
from .raw import Raw, Shared, Unplaced

MOST_KEPT = 20_000  # cells and references that are remembered, a column


@dataclass(slots=True)
class _Judged:
    raw: Raw
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    told: list[findings.Finding] = field(default_factory=list)
    existing: Record | None = None
    changed: tuple[str, ...] = ()


@dataclass
class Judge:
    """Judges the rows of one workbook, batch after batch; remembers what it has seen."""

    register: Register
    zone: Zone
    reading: Reading
    first: dict[str, tuple[str, int]] = field(default_factory=dict)
    _cells: dict[str, dict[Any, Any]] = field(default_factory=dict)
    _remarks: dict[str, dict[Any, str]] = field(default_factory=dict)
    _references: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make ready what every batch needs."""
        self.columns = self.register.by_name
        self.key = self.columns[self.register.key]
        self._rewritten = self._otherwise_written()
        self.required = [c for c in self.register.typed if c.required or c is self.key]
        self.laws = Laws(self.register, self.zone.pk)
        self.extent = findings.extent(self.register, self.zone)

    @cached_property
    def _twins(self) -> dict[str, str]:
        """Return a key of those on record, and of the rows staged before, for all alike."""
        rows = self.register.model.everywhere.filter(zone=self.zone)
        codes = self.register.model.unsealed(rows).values_list(self.key.name, flat=True)
        return {alike(code): code for code in (*self.first, *codes.iterator())}

    def _otherwise_written(self) -> set[str]:
        """Return the columns whose cells may be rewritten before they are read."""
        amounts, days = (kinds.Exact, kinds.Whole), (kinds.Day,) if self.reading.dates else ()
        return {
            c.name for c in self.register.typed if isinstance(kinds.bare(c.kind), amounts + days)
        }

    def rows(self, batch: Sequence[Raw]) -> list[StagedRow]:
        """Return the rows of the batch, judged."""
        cells = [self._with_constants(raw) for raw in batch]
        self._learn(cells)
        judged = [self._read(raw, row) for raw, row in zip(batch, cells, strict=True)]
        existing = self._existing(judged)
        self._refuse_sealed(judged, existing)
        self._read_ahead(judged, existing)
        for row in judged:
            self._meet(row, existing)
        self._ask_laws(judged)
        return [self._staged(row) for row in judged]

    def restored(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
        """Return the values that staged rows hold, None where they no longer mean anything."""
        self._learn(rows)
        return [self._restored(row) for row in rows]

    def _restored(self, cells: Mapping[str, Any]) -> dict[str, Any] | None:
        values = {name: self._cell(self.columns[name], cell) for name, cell in cells.items()}
        lost = any(isinstance(value, Refused) for value in values.values())
        return None if lost else values

    def records(self, keys: Iterable[str], *, locked: bool = False) -> dict[str, Record]:
        """Return the records that bear the keys."""
        rows = self.register.model.everywhere.filter(
            zone=self.zone, **{f"{self.key.name}__in": set(keys)}
        )
        if locked:
            rows = rows.select_for_update(of=("self",)).order_by("pk")
        return {getattr(record, self.key.name): record for record in rows}

    def ids(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the ids of the records that bear the keys."""
        name = self.key.name
        rows = self.register.model.everywhere.filter(zone=self.zone, **{f"{name}__in": set(keys)})
        return dict(rows.values_list(name, "pk"))

    def _with_constants(self, raw: Raw) -> dict[str, Any]:
        cells: dict[str, Any] = dict(self.reading.constants)
        for name, cell in raw.cells.items():
            words = self.reading.words.get(name)
            cells[name] = words.get(plain(cell), cell) if words else cell
        for name in self._rewritten & cells.keys():
            cells[name] = self._rewrite(self.columns[name], cells[name])
        return cells

    def _rewrite(self, column: BoundColumn, cell: Any) -> Any:
        """Return a cell of another unit, or a date in another order, as the register has it."""
        if isinstance(cell, Shared):
            return cell
        cell = units.converted(column, cell, self.reading.units)
        return units.dated(column, cell, self.reading.dates)

    def _learn(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Look up the records that the batch refers to and that are not known yet."""
        asked: dict[str, set[str]] = {}
        columns: list[BoundColumn] = []
        for name in {name for cells in rows for name in cells}:
            column = self.columns[name]
            if not column.is_reference:
                continue
            known = self._references.setdefault(name, {})
            if len(known) > MOST_KEPT:
                known.clear()
            columns.append(column)
            asked[name] = {plain(cells.get(name)) for cells in rows} - known.keys()
        for name, found in resolve(self.zone, columns, asked).items():
            self._references[name] |= found

    def _read(self, raw: Raw, cells: Mapping[str, Any]) -> _Judged:
        row = _Judged(raw)
        for name, cell in cells.items():
            found = self._cell(self.columns[name], cell)
            if isinstance(found, Veiled):
                row.values[name] = found
            elif isinstance(found, Refused):
                row.errors.append(_error(self.columns[name], cell, str(found)))
            else:
                row.values[name] = found
            if (known := self._remarks.get(name)) and (rule := known.get(_asked(cell))):
                row.told.append(_read_so(self.columns[name], cell, rule))
        for name in self._rewritten:
            cell = raw.cells.get(name)
            if cell is cells.get(name):
                continue
            column = self.columns[name]
            if rule := units.remark(column, cell, cells[name]):
                row.told.append(_read_so(column, cell, rule))
        return row

    def _cell(self, column: BoundColumn, cell: Any) -> Any:
        """Return the cell's value or why it is refused; the same cell is read once."""
        if isinstance(cell, Shape | Unplaced):  # no two are alike
            return self._parsed(column, cell)
        known = self._cells.setdefault(column.name, {})
        asked = _asked(cell)
        if asked in known:
            return known[asked]
        if len(known) > MOST_KEPT:
            known.clear()
            self._remarks.pop(column.name, None)
        found = self._parsed(column, cell)
        if not isinstance(found, Refused) and (
            rule := kinds.bare(column.kind).remark(cell, found)
        ):
            self._remarks.setdefault(column.name, {})[asked] = rule
        if not column.is_reference:
            known[asked] = found
        return found

    def _parsed(self, column: BoundColumn, cell: Any) -> Any:
        if isinstance(cell, workbooks.CellError):
            return Refused(_("单元格是错误值 %(code)s，请改为实际内容") % {"code": cell.code})
        if isinstance(cell, Unplaced):
            return Refused(cell.rule)
        if isinstance(cell, Shared):
            told = {"first": cell.first, "last": cell.last}
            rule = _("第 %(first)s–%(last)s 行合并成一格，分不清各行的数；请取消合并后逐行填写")
            return Refused(rule % told)
        try:
            return value_of(column, cell, self._references)
        except Refused as reason:
            return None if column.required and not plain(cell) else reason

    def _existing(self, rows: Iterable[_Judged]) -> dict[str, Record]:
        keys = {row.values[self.key.name] for row in rows if row.values.get(self.key.name)}
        references = [c.name for c in self.register.held if c.is_reference]
        found = self.register.model.everywhere.filter(
            zone=self.zone, **{f"{self.key.name}__in": keys}
        ).select_related(*references)
        found = self.register.model.unsealed(found)
        return {getattr(record, self.key.name): record for record in found}

    def _refuse_sealed(self, rows: Iterable[_Judged], existing: Mapping[str, Record]) -> None:
        """Refuse what would be written over a record that the person may not see."""
        codes = {code for row in rows if (code := row.values.get(self.key.name))}
        taken = self.ids(codes - existing.keys()) if scope.present_seal() else {}
        for row in rows:
            code = row.values.get(self.key.name)
            if code in taken:
                message = _("编号已被使用，您无权查看该记录，不能通过导入修改")
                row.errors.append(_error(self.key, code, message))

    def _read_ahead(self, rows: Sequence[_Judged], existing: Mapping[str, Record]) -> None:
        """Read at once what the rules will ask of the records that the rows refer to."""
        for name, read in self.register.reads.items():
            known = (existing.get(row.values.get(self.key.name) or "") for row in rows)
            held = [getattr(record, name) for record in known if record is not None]
            told = [*(row.values.get(name) for row in rows), *held]
            read({id(one): one for one in told if one is not None}.values())

    def _meet(self, row: _Judged, existing: Mapping[str, Record]) -> None:
        """Bring the row together with its record, and ask the rules."""
        code = row.values.get(self.key.name)
        if code is not None:
            row.existing = existing.get(code) if isinstance(code, str) else None
            self._refuse_repeated(row, code)
        self._settle_empty(row)
        if row.errors:
            return
        self._tell_origin(row)
        row.changed = changed(row.values, row.existing)
        if row.existing is not None and not row.changed:
            return  # it says what is on record, whatever is asked of a change
        if self.register.write is not None and row.existing and row.changed:
            row.errors.append(_error(None, row.existing, _("这条记录已登记，不能通过导入修改")))
        for broken in broken_rules(self.register, row.values, row.existing):
            column = self.columns.get(broken.column)
            row.errors.append(_error(column, self._text(column, row), str(broken)))

    def _tell_origin(self, row: _Judged) -> None:
        """Say of an outline that is taken where it comes from, unless the file does."""
        shape = row.values.get(self.register.outline)
        if shape is not None and shape != getattr(row.existing, self.register.outline, None):
            for name, text in row.raw.origin.items():
                row.values[name] = row.values.get(name) or text

    def _text(self, column: BoundColumn | None, row: _Judged) -> str:
        return kinds.bare(column.kind).text(row.values.get(column.name)) if column else ""

    def _refuse_repeated(self, row: _Judged, code: Any) -> None:
        if self.register.write is not None:
            return
        sheet, number = self.first.setdefault(code, (row.raw.sheet, row.raw.row))
        if (sheet, number) == (row.raw.sheet, row.raw.row):
            self._tell_twin(row, str(code))
            return
        told = {"row": number, "sheet": sheet}
        message = (
            _("编号与第 %(row)s 行重复") % told
            if sheet == row.raw.sheet
            else _("编号与工作表“%(sheet)s”第 %(row)s 行重复") % told
        )
        row.errors.append(_error(self.key, code, message))

    def _tell_twin(self, row: _Judged, code: str) -> None:
        """Tell of a new key that differs from another by what nobody sees or means."""
        if row.existing is not None:
            return
        twin = self._twins.setdefault(alike(code), code)
        if twin != code:
            rule = _("与“%(twin)s”只差大小写、全角半角、空格或横线的写法，请核对是不是同一条")
            rule %= {"twin": twin}
            row.told.append(findings.of_cell(findings.TWIN, self.key, code, rule))

    def _settle_empty(self, row: _Judged) -> None:
        """Decide what empty and masked cells say: nothing, that the value goes, or an error."""
        for name, value in list(row.values.items()):
            if isinstance(value, Veiled):
                del row.values[name]
                if row.existing is None:
                    row.errors.append(_error(self.columns[name], "", str(value)))
            elif value is None and row.existing is not None and not self.reading.clears:
                del row.values[name]
        refused = {error["column"] for error in row.errors}
        for column in self.required:
            is_told = row.values.get(column.name) is not None or str(column.label) in refused
            if not is_told and (row.existing is None or column.name in row.values):
                row.errors.append(_error(column, "", _("必填，不能为空")))

    def _ask_laws(self, rows: Sequence[_Judged]) -> None:
        if self.register.write is not None:
            return  # the area's verb decides, when it is rehearsed
        asked = [row for row in rows if not row.errors and (row.changed or not row.existing)]
        candidates = [self._candidate(row) for row in asked]
        for place, sentences in self.laws.broken(candidates).items():
            label = plain(asked[place].values.get(self.key.name))
            asked[place].errors += [_error(None, label, told) for told in sentences]

    def _candidate(self, row: _Judged) -> Candidate:
        return self.laws.candidate(row.raw.row, row.values, row.existing)

    def _staged(self, row: _Judged) -> StagedRow:
        staged = StagedRow(
            zone=self.zone,
            position=row.raw.position,
            sheet=row.raw.sheet[:40],
            row=row.raw.row,
            key=plain(row.values.get(self.key.name) or row.raw.cells.get(self.key.name))[:200],
            outcome=_outcome(row),
            version=row.existing.version if row.existing else None,
            errors=row.errors,
        )
        staged.findings = [
            *row.raw.findings,
            *row.told,
            *findings.of_row(self.register, row.values, row.existing, self.extent),
        ]
        if row.errors:
            staged.values = self._as_written(row.raw.cells)
        elif row.existing is None:
            told = {name: value for name, value in row.values.items() if value is not None}
            staged.values = writing.plain(self.register, told)
        else:
            names = row.changed
            staged.values = writing.plain(self.register, {n: row.values[n] for n in names})
            before = {name: stored(row.existing, name) for name in names}
            staged.before = writing.plain(self.register, before)
        return staged

    def _as_written(self, cells: Mapping[str, Any]) -> dict[str, str]:
        return {
            name: findings.shown(self.columns[name], cell)
            for name, cell in cells.items()
            if plain(cell)
        }


def _outcome(row: _Judged) -> Outcome:
    if row.errors:
        return Outcome.REFUSED
    if row.existing is None:
        return Outcome.CREATED
    return Outcome.CHANGED if row.changed else Outcome.UNCHANGED


def _asked(cell: Any) -> Any:
    """Return what is the same for cells that are read the same: 1, 1.0 and True are not."""
    return cell if isinstance(cell, str) else (type(cell), cell)


def _read_so(column: BoundColumn, cell: Any, rule: str) -> findings.Finding:
    """Return the finding of how a cell was read; of a secret one not what it holds."""
    if column.secrecy is not Secrecy.OPEN:
        rule = _("读出的内容与单元格的写法不同，请核对")
    return findings.of_cell(findings.READ, column, cell, rule)


def _error(column: BoundColumn | None, value: Any, rule: str) -> dict[str, str]:
    label = str(column.label) if column else ""
    told = {"column": label, "value": findings.shown(column, value), "rule": rule}
    return told | value.facts if isinstance(value, Unplaced) else told
