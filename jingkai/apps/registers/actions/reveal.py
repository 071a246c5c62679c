"""Personal data is shown to somebody: once, with a reason, and the trail says so."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit

from .. import checking
from ..declaration import Register
from ..kinds import Refused, bare
from ..models import Record

SHORTEST = 2  # characters of a reason


@transaction.atomic
def reveal(
    *, register: Register, record: Record, column: str, by: str, at: datetime, reason: str
) -> str:
    """
    Return one masked value of one record as it is; the trail keeps who saw it and why.

    :raises Refused: without a reason, or where the column is none that this person may read
    """
    found = register.by_name.get(column)
    if found is None or not found.held or not found.is_masked or not found.may_read:
        raise Refused(_("请选择要查看的字段"), "column")
    if len(reason.strip()) < SHORTEST:
        raise Refused(_("查看个人信息必须说明理由"), "reason")
    audit.record(
        verb=f"registers.{register.kind}.revealed",
        actor=by,
        target_kind=register.kind,
        target_id=str(record.pk),
        target_label=str(record),
        zone_code=record.zone.code,
        at=at,
        reason=reason.strip(),
        details={"column": column},
    )
    return bare(found.kind).shown(checking.stored(record, column))
