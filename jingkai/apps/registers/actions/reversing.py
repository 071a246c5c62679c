"""What verbs of areas did to many records, kept as plain data and taken back as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries as trail

from .. import checking, queries, writing
from ..declaration import Register
from ..kinds import Refused, bare, custom
from ..models import Record
from .changes import Why
from .rows import delete_one

CHUNK = 500
MOST_NAMED = 5
_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Step:
    """What was done to one record; ``before`` None: it is new. It was left at the version."""

    place: _Place
    label: str
    before: dict[str, Any] | None
    after: dict[str, Any]
    version: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "_Step":
        return cls((data["kind"], data["pk"]), *(data[n] for n in cls.__slots__[1:]))

    def data(self) -> dict[str, Any]:
        kind, pk = self.place
        told = {name: getattr(self, name) for name in self.__slots__[1:]}
        return {"kind": kind, "pk": pk, **told}


def steps_of(*, done: Mapping[int, Sequence[audit.Changed]]) -> dict[int, list[dict[str, Any]]]:
    """
    Return as plain data what verbs did, and at which versions they left the records.

    Nothing where a verb did more than add to registers and change what is in them: that stands.
    """
    versions = _versions(change for told in done.values() for change in told)
    found = {key: [_step(change, versions) for change in told] for key, told in done.items()}
    return {
        key: [step.data() for step in steps if step] if None not in steps else []
        for key, steps in found.items()
    }


def take_back(*, zone: Zone, steps: Sequence[Mapping[str, Any]], why: Why) -> list[audit.Changed]:
    """
    Take back what verbs did, the last first, and return what the caller's event is to tell.

    :raises Refused: when somebody has worked on one of the records since, or needs it
    """
    done = [_Step.of(step) for step in steps]
    records = _records(zone, done)
    _refuse_worked_on(zone, done, records)
    try:
        with transaction.atomic():
            for step in reversed(done):
                _take_back(records[step.place], step, why)
    except IntegrityError:
        raise Refused(_("与已有记录或数据约束冲突")) from None
    return [
        audit.Changed(step.place[0], str(step.place[1]), step.label, step.after, step.before)
        for step in reversed(done)
    ]


def _step(change: audit.Changed, versions: Mapping[_Place, int]) -> _Step | None:
    place = (change.kind, int(change.object_id)) if change.object_id.isdecimal() else None
    if place is None or place not in versions or change.after is None:
        return None
    register = queries.registers()[change.kind]
    if not all(custom.is_code(name) or _field(register, name) for name in change.before or ()):
        return None
    before = None if change.before is None else dict(change.before)
    return _Step(place, change.label, before, dict(change.after), versions[place])


def _versions(told: Iterator[audit.Changed]) -> dict[_Place, int]:
    asked: dict[str, set[int]] = {}
    for change in told:
        if change.object_id.isdecimal():
            asked.setdefault(change.kind, set()).add(int(change.object_id))
    found: dict[_Place, int] = {}
    for kind, register in queries.registers().items():
        for keys in _chunks(asked.get(kind, set())):
            rows = register.model.everywhere.filter(pk__in=keys).values_list("pk", "version")
            found |= {(kind, pk): version for pk, version in rows}
    return found


def _records(zone: Zone, steps: Sequence[_Step]) -> dict[_Place, Record]:
    asked: dict[str, set[int]] = {}
    for step in steps:
        asked.setdefault(step.place[0], set()).add(step.place[1])
    return {
        (kind, pk): record
        for kind, keys in asked.items()
        for pk, record in queries.locked(queries.registers()[kind], zone, sorted(keys)).items()
    }


def _refuse_worked_on(
    zone: Zone, steps: Sequence[_Step], records: Mapping[_Place, Record]
) -> None:
    busy = _busy(zone, [step.place for step in steps if step.before is None])
    worked_on = {
        step.label
        for step in steps
        if (record := records.get(step.place)) is None
        or record.version != step.version
        or step.place in busy
    }
    if worked_on:
        raise Refused(
            _("其中 %(count)s 条之后又有人更新或登记过：%(names)s")
            % {"count": len(worked_on), "names": _("、").join(sorted(worked_on)[:MOST_NAMED])}
        )


def _busy(zone: Zone, added: Sequence[_Place]) -> set[_Place]:
    """Return which of the added records an event is about: a file, a comment, a follow-up."""
    asked: dict[str, set[int]] = {}
    for kind, pk in added:
        asked.setdefault(kind, set()).add(pk)
    found: set[_Place] = set()
    for kind, keys in asked.items():
        for chunk in _chunks(keys):
            later = trail.events(zone.code).filter(
                target_kind=kind, target_id__in=list(map(str, chunk))
            )
            found |= {(kind, int(pk)) for pk in later.values_list("target_id", flat=True)}
    return found


def _take_back(record: Record, step: _Step, why: Why) -> None:
    register = queries.registers()[step.place[0]]
    if step.before is None:
        delete_one(register=register, record=record)
        return
    values = {name: _value(register, record.zone, name, raw) for name, raw in step.before.items()}
    writing.assign(record, values, why.by, why.at)
    record.save(update_fields=writing.model_fields(type(record), values))


def _value(register: Register, zone: Zone, name: str, raw: Any) -> Any:
    """Return the value behind what the trail keeps of it, also of a field without a column."""
    column = register.recorded.get(name)
    if raw is None:
        return None
    if column is None or (not column.is_reference and not custom.is_code(name)):
        field = _field(register, name)
        return field.to_python(raw) if field else None
    if not column.is_reference:
        return bare(column.kind).parse(raw)
    found = checking.resolve(zone, [column], {name: {str(raw)}})[name].get(raw)
    if found is None:
        raise Refused(_("没有找到“%(key)s”，请先登记") % {"key": raw}, name)
    return found


def _field(register: Register, name: str) -> "models.Field[Any, Any] | None":
    fields = cast("list[models.Field[Any, Any]]", list(register.model._meta.concrete_fields))
    return next((field for field in fields if field.name == name), None)


def _chunks(keys: set[int]) -> Iterator[list[int]]:
    told = sorted(keys)
    return (told[start : start + CHUNK] for start in range(0, len(told), CHUNK))
