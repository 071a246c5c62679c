"""
From a workbook to checked rows: every error with its sheet, row, column, value and rule.

Nothing is written here: ``check`` returns a Plan, ``actions.import_workbook`` writes it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User, Zone

from . import workbooks
from .declaration import BoundColumn, Register
from .kinds import Person, Refused, plain
from .models import Record

BATCH = 500
MOST_ERRORS = 1_000


@dataclass(frozen=True, slots=True)
class RowError:
    """One cell or row that breaks a rule; ``rule`` is a sentence that says what to do."""

    sheet: str
    row: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the workbook, read: its values by column name, and the record it updates."""

    row: int
    values: dict[str, Any]
    existing: Record | None
    changed: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What importing a workbook would do, or why it can't be."""

    register: Register
    sheet: str = ""
    lines: list[Line] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    rows: int = 0
    more_errors: int = 0

    @property
    def creates(self) -> list[Line]:
        """Return the rows that are not on record yet."""
        return [line for line in self.lines if line.existing is None]

    @property
    def updates(self) -> list[Line]:
        """Return the rows that change a record."""
        return [line for line in self.lines if line.existing is not None and line.changed]

    @property
    def unchanged(self) -> int:
        """Return how many rows say what is on record already."""
        return len(self.lines) - len(self.creates) - len(self.updates)

    @property
    def is_clean(self) -> bool:
        """Whether nothing stands in the way of importing."""
        return not self.errors

    def refuse(self, row: int, column: str, value: object, rule: str) -> None:
        """Note an error; beyond MOST_ERRORS they are only counted."""
        if len(self.errors) >= MOST_ERRORS:
            self.more_errors += 1
            return
        self.errors.append(RowError(self.sheet, row, column, plain(value), rule))

    def report(self) -> dict[str, Any]:
        """Return the outcome as plain data, for the log of imports and ``--report``."""
        return {
            "kind": self.register.kind,
            "sheet": self.sheet,
            "rows": self.rows,
            "created": len(self.creates) if self.is_clean else 0,
            "updated": len(self.updates) if self.is_clean else 0,
            "unchanged": self.unchanged if self.is_clean else 0,
            "errors": [asdict(error) for error in self.errors],
            "more_errors": self.more_errors,
            "unknown_columns": self.unknown_columns,
        }


def check(
    register: Register, zone: Zone, sheets: list[workbooks.Sheet], mapping: dict[str, str]
) -> Plan:
    """
    Return what importing the sheets would do.

    ``mapping`` leads from a foreign heading to a column's name; unknown headings are reported and
    left. The first sheet with the register's headings is read.
    """
    plan = Plan(register)
    for sheet in sheets:
        header = _header(register, sheet, mapping)
        if header:
            plan.sheet = sheet.name
            _read_rows(plan, zone, sheet, header)
            return plan
    plan.sheet = sheets[0].name if sheets else ""
    wanted = _("、").join(str(column.label) for column in register.typed if column.required)
    plan.refuse(
        1, "", "", _("前 20 行内没有找到表头；至少要有这些列：%(columns)s") % {"columns": wanted}
    )
    return plan


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    columns: dict[int, BoundColumn]
    unknown: list[str]


def _header(register: Register, sheet: workbooks.Sheet, mapping: dict[str, str]) -> _Header | None:
    names = _headings(register)
    key = register.by_name[register.key]
    for row, cells in sheet.rows[: workbooks.HEADER_WITHIN]:
        texts = [plain(cell).rstrip(workbooks.REQUIRED).strip() for cell in cells]
        known = {
            index: register.by_name[mapping.get(text) or names[text]]
            for index, text in enumerate(texts)
            if text in mapping or text in names
        }
        if key in known.values():
            unknown = [text for index, text in enumerate(texts) if text and index not in known]
            typed = {index: column for index, column in known.items() if column.typed}
            return _Header(row, typed, unknown)
    return None


def _headings(register: Register) -> dict[str, str]:
    """Return the column names by heading, in both languages and as the identifier itself."""
    found = {column.name: column.name for column in register.bound}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found |= {str(column.label): column.name for column in register.bound}
    return found


def _read_rows(plan: Plan, zone: Zone, sheet: workbooks.Sheet, header: _Header) -> None:
    plan.unknown_columns = header.unknown
    body = [
        (row, cells)
        for row, cells in sheet.rows
        if row > header.row and any(plain(cell) for cell in cells)
    ]
    plan.rows = len(body)
    _refuse_missing_columns(plan, header)
    references = resolve(zone, header.columns.values(), _keys(body, header.columns))
    parsed = [(row, _values(plan, row, cells, header, references)) for row, cells in body]
    _refuse_repeated_keys(plan, parsed)
    existing = _existing(plan.register, zone, [values for _row, values in parsed if values])
    for row, values in parsed:
        if values is not None:
            _add_line(plan, row, values, existing.get(values[plan.register.key]))


def _refuse_missing_columns(plan: Plan, header: _Header) -> None:
    present = {column.name for column in header.columns.values()}
    for column in plan.register.typed:
        if column.required and column.name not in present:
            plan.refuse(header.row, str(column.label), "", _("缺少必填列"))


def _keys(
    body: list[tuple[int, list[Any]]], columns: dict[int, BoundColumn]
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {c.name: set() for c in columns.values() if c.is_reference}
    for _row, cells in body:
        for index, column in columns.items():
            if column.is_reference and index < len(cells):
                found[column.name].add(plain(cells[index]))
    return found


def resolve(
    zone: Zone, columns: Iterable[BoundColumn], keys: dict[str, set[str]]
) -> dict[str, dict[str, Any]]:
    """
    Return the records that natural keys mean, by column name and key.

    A person is found by log-in or by name; a name that two bear leads to None.
    """
    found: dict[str, dict[str, Any]] = {}
    for column in columns:
        if column.is_reference:
            asked = sorted(keys[column.name] - {""})
            found[column.name] = dict(_found(zone, column, asked))
    return found


def _found(zone: Zone, column: BoundColumn, asked: list[str]) -> Iterator[tuple[str, Any]]:
    kind: Any = column.kind
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        if isinstance(kind, Person):
            people = User.objects.filter(memberships__zone=zone).distinct()
            named = list(people.filter(name__in=batch))
            often = Counter(person.name for person in named)
            yield from ((p.name, p if often[p.name] == 1 else None) for p in named)
            yield from ((p.username, p) for p in people.filter(username__in=batch))
        else:
            rows = kind.to.everywhere.filter(zone=zone, **{f"{kind.key}__in": batch})
            yield from ((getattr(row, kind.key), row) for row in rows)


def _values(
    plan: Plan, row: int, cells: list[Any], header: _Header, references: dict[str, dict[str, Any]]
) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    before = len(plan.errors) + plan.more_errors
    for index, column in header.columns.items():
        raw = cells[index] if index < len(cells) else None
        try:
            values[column.name] = value_of(column, raw, references)
        except Refused as reason:
            plan.refuse(row, str(column.label), raw, str(reason))
    return values if len(plan.errors) + plan.more_errors == before else None


def value_of(column: BoundColumn, raw: object, references: dict[str, dict[str, Any]]) -> Any:
    """
    Return the value of one cell.

    :raises Refused: when it breaks the column's rule, or means a record that does not exist
    """
    value = column.kind.parse(raw)
    if value is None:
        if column.required:
            raise Refused(_("必填，不能为空"), column.name)
        return None
    if not column.is_reference:
        return value
    known = references.get(column.name, {})
    if value not in known:
        raise Refused(_("没有找到“%(key)s”，请先登记") % {"key": value}, column.name)
    if known[value] is None:
        raise Refused(_("有重名的人员“%(key)s”，请填登录名") % {"key": value}, column.name)
    return known[value]


def _refuse_repeated_keys(plan: Plan, parsed: list[tuple[int, dict[str, Any] | None]]) -> None:
    key = plan.register.by_name[plan.register.key]
    first: dict[Any, int] = {}
    for row, values in parsed:
        if values is None or plan.register.write is not None:
            continue
        code = values[key.name]
        if code in first:
            message = _("编号与第 %(row)s 行重复") % {"row": first[code]}
            plan.refuse(row, str(key.label), code, message)
        first.setdefault(code, row)


def _existing(register: Register, zone: Zone, rows: list[dict[str, Any]]) -> dict[str, Record]:
    codes = [values[register.key] for values in rows]
    references = [column.name for column in register.typed if column.is_reference]
    found: dict[str, Record] = {}
    for start in range(0, len(codes), BATCH):
        batch = codes[start : start + BATCH]
        stored = register.model.everywhere.filter(zone=zone, **{f"{register.key}__in": batch})
        found |= {getattr(r, register.key): r for r in stored.select_related(*references)}
    return found


def _add_line(plan: Plan, row: int, values: dict[str, Any], existing: Record | None) -> None:
    if plan.register.write is not None and changed(values, existing) and existing:
        plan.refuse(row, "", existing, _("这条记录已登记，不能通过导入修改"))
    for error in broken_rules(plan.register, values, existing):
        column = plan.register.by_name[error.column]
        shown = column.kind.text(values.get(column.name))
        plan.refuse(row, str(column.label), shown, str(error))
    plan.lines.append(Line(row, values, existing, changed(values, existing)))


def changed(values: dict[str, Any], existing: Record | None) -> tuple[str, ...]:
    """Return the names of the columns in which the values differ from the record."""
    if existing is None:
        return tuple(values)
    return tuple(name for name, value in values.items() if stored(existing, name) != value)


def stored(record: Record, name: str) -> Any:
    """Return what the record holds in the column; empty text is not on record."""
    value = getattr(record, name)
    return None if value == "" else value


def broken_rules(
    register: Register, values: dict[str, Any], existing: Record | None
) -> list[Refused]:
    """Return the register's rules that the row breaks, the record's other values included."""
    row = {
        column.name: stored(existing, column.name) if existing else None
        for column in register.typed
    } | values
    return [
        Refused(str(rule.message), rule.columns[0])
        for rule in register.rules
        if not rule.check(row)
    ]
