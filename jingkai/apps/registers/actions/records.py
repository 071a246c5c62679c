"""Writes on one record of any register, each with its audit event."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Zone
from jingkai.apps.files import actions as files
from jingkai.apps.notes import actions as notes

from .. import checking, writing
from ..declaration import Register
from ..kinds import Refused
from ..models import Record, names_seen


class Conflict(Exception):
    """Somebody else changed the record since it was read."""

    def __init__(self, current: Record) -> None:
        """Keep the record as it now stands."""
        who = accounts.authors([current.changed_by])[current.changed_by]
        at = f"{localtime(current.changed_at):%Y-%m-%d %H:%M}"
        super().__init__(_("%(who)s 在 %(at)s 更新了这条记录") % {"who": who, "at": at})
        self.current = current


@transaction.atomic
def create_record(
    *, register: Register, zone: Zone, values: dict[str, Any], by: str, at: datetime
) -> Record:
    """
    Add one record and return it.

    :raises Refused: when the row breaks a rule or its number is taken
    """
    writing.refuse_broken(register, values, None)
    if register.write is not None:
        return register.write(zone=zone, values=values, by=by, at=at)
    code = values[register.key]
    if register.model.everywhere.filter(zone=zone, **{register.key: code}).exists():
        raise Refused(_("编号“%(code)s”已存在") % {"code": code}, register.key)
    record = writing.new(register, zone, values, by, at)
    writing.refuse_impossible(record)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:  # somebody else was quicker by a moment
        raise Refused(_("与已有记录冲突"), register.key) from None
    after = writing.plain(register, values)
    writing.note(register, record, writing.Did(verb="created", by=by, at=at, after=after))
    return record


@transaction.atomic
def change_record(
    *,
    register: Register,
    record: Record,
    values: dict[str, Any],
    version: int,
    by: str,
    at: datetime,
    reason: str = "",
) -> Record:
    """
    Change one record and return it; nothing happens where nothing differs.

    :raises Conflict: when the record is no longer at the version that was read
    :raises Refused: when the row breaks a rule
    """
    current = register.model.everywhere.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != version:
        raise Conflict(current)
    writing.refuse_broken(register, values, current)
    names = checking.changed(values, current)
    if not names:
        return current
    before = writing.plain(register, {name: checking.stored(current, name) for name in names})
    writing.assign(current, {name: values[name] for name in names}, by, at)
    writing.refuse_impossible(current)
    current.save()
    after = writing.plain(register, {name: values[name] for name in names})
    did = writing.Did(verb="changed", by=by, at=at, before=before, after=after, reason=reason)
    writing.note(register, current, did)
    return current


@transaction.atomic
def delete_record(
    *, register: Register, record: Record, by: str, at: datetime, reason: str
) -> None:
    """
    Take one record out of the register; the trail keeps what it said.

    :raises Refused: when no reason is given or other records refer to it
    """
    if not reason.strip():
        raise Refused(_("删除必须说明理由"), "reason")
    before = writing.plain(register, checking.of_record(register, record))
    writing.note(
        register, record, writing.Did(verb="deleted", by=by, at=at, before=before, reason=reason)
    )
    notes.release(zone=record.zone, kind=register.kind, object_ids=[str(record.pk)])
    files.release(zone=record.zone, kind=register.kind, object_id=str(record.pk), by=by, at=at)
    try:
        record.delete()
    except models.ProtectedError as protected:
        names = _("、").join(sorted(names_seen(protected.protected_objects))[:5])
        raise Refused(_("被其他记录引用，不能删除：%(names)s") % {"names": names}) from None
