"""The value of a cell or a field; what a record holds, and where the two differ."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User, Zone

from ..declaration import BoundColumn, Secrecy
from ..kinds import Person, Refused, Veiled, custom, is_mask
from ..models import Record

BATCH = 500


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
            yield from ((getattr(row, kind.key), row) for row in kind.to.unsealed(rows))


def value_of(column: BoundColumn, raw: object, references: dict[str, dict[str, Any]]) -> Any:
    """
    Return the value of one cell.

    :raises Refused: when it breaks the column's rule, or means a record that does not exist
    """
    if column.secrecy is not Secrecy.OPEN:
        _refuse_mask(column, raw)
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


def _refuse_mask(column: BoundColumn, raw: object) -> None:
    """Refuse a mask that comes back from a masked export: it is not what it stands for."""
    if is_mask(raw, is_personal=column.secrecy is Secrecy.PERSONAL):
        raise Veiled(_("这是脱敏后的内容，不能登记；请填写完整内容"), column.name)


def changed(values: dict[str, Any], existing: Record | None) -> tuple[str, ...]:
    """Return the names of the columns in which the values differ from the record."""
    if existing is None:
        return tuple(values)
    return tuple(name for name, value in values.items() if stored(existing, name) != value)


def stored(record: Record, name: str) -> Any:
    """Return what the record holds in the column; empty text is not on record."""
    value = custom.taken(record.custom, name) if custom.is_code(name) else getattr(record, name)
    return None if value == "" else value
