"""What a zone settles for all its cases, and a lawyer's reading of one parcel."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.land.models import Parcel

from ..models import Authority, Reading, WarningPlan
from . import told

_FARTHEST = 600  # months: no term is longer than fifty years


class NotRead(Exception):
    """The computed determination stands; the message says why."""


class NotPlanned(Exception):
    """The warnings stay as they are; the message says why."""


@transaction.atomic
def name_authority(*, zone: Zone, said: Mapping[str, str], by: str, at: datetime) -> Authority:
    """Tell who decides in the zone's county and how they are reached, and return it."""
    found = Authority.everywhere.filter(zone=zone).first() or Authority(zone=zone)
    before = {name: getattr(found, name) for name in said} if found.pk else None
    for name, value in said.items():
        setattr(found, name, value.strip())
    found.changed_at, found.changed_by = at, by
    found.save()
    after = {name: getattr(found, name) for name in said}
    _tell("idle.authority.named", zone, ("idle-authority", found), before, after, (by, at))
    return found


@transaction.atomic
def plan_warnings(
    *, zone: Zone, months: Iterable[int], soon_days: int, by: str, at: datetime
) -> WarningPlan:
    """
    Settle when the zone is warned, in months from the start day, and return it.

    :raises NotPlanned: for no months, or such as no term reaches
    """
    wanted = sorted(set(months))
    if not wanted or not all(-_FARTHEST <= each <= _FARTHEST for each in wanted):
        raise NotPlanned(_("请填写至少一个提醒时点，以月为单位，动工日期之前为负数"))
    found = WarningPlan.everywhere.filter(zone=zone).first() or WarningPlan(zone=zone)
    before = {"months": told.plain(value=found.months)} if found.pk else None
    found.months, found.soon_days = wanted, soon_days
    found.changed_at, found.changed_by = at, by
    found.save()
    after = {"months": told.plain(value=found.months), "soon_days": soon_days}
    _tell("idle.warnings.planned", zone, ("idle-warnings", found), before, after, (by, at))
    return found


@transaction.atomic
def read_anew(
    *,
    parcel: Parcel,
    on: date,
    counted_from_on: date | None,
    holder_days: int | None,
    reason: str,
    by: str,
    at: datetime,
) -> Reading:
    """
    Let a lawyer's reading stand instead of the computed one, from a day on.

    :raises NotRead: without a reason or anything read, or where another reading stands
    """
    parcel = Parcel.everywhere.select_for_update(of=("self",)).get(pk=parcel.pk)
    _refuse_reading(parcel, on, reason, timezone.localdate(at))
    if counted_from_on is None and holder_days is None:
        raise NotRead(_("请至少填写起算日期或计入天数之一"))
    made = Reading.everywhere.create(
        zone=parcel.zone,
        parcel=parcel,
        on=on,
        counted_from_on=counted_from_on,
        holder_days=holder_days,
        reason=reason.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    after = {
        "parcel": parcel.code,
        "on": told.plain(value=on),
        "counted_from_on": told.plain(value=counted_from_on),
        "holder_days": holder_days,
        "reason": made.reason,
    }
    _tell("idle.reading.made", parcel.zone, ("idle-readings", made), None, after, (by, at))
    return made


@transaction.atomic
def withdraw_reading(*, reading: Reading, reason: str, by: str, at: datetime) -> Reading:
    """
    Let the computed determination stand again.

    :raises NotRead: without a reason, or when it was withdrawn already
    """
    found = Reading.everywhere.select_for_update(of=("self",)).get(pk=reading.pk)
    if not reason.strip() or found.withdrawn_at is not None:
        raise NotRead(_("撤回必须说明理由，且只能撤回一次"))
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    before, after = {"reason": found.reason}, {"reason": reason.strip()}
    target = ("idle-readings", found)
    _tell("idle.reading.withdrawn", found.zone, target, before, after, (by, at))
    return found


def _refuse_reading(parcel: Parcel, on: date, reason: str, today: date) -> None:
    if not reason.strip():
        raise NotRead(_("法务复核意见必须说明理由"))
    if on > today:
        raise NotRead(_("采用日期不能晚于今天"))
    if Reading.everywhere.filter(parcel=parcel, withdrawn_at=None).exists():
        raise NotRead(_("该宗地已有法务复核意见，请先撤回"))


def _tell(  # noqa: PLR0917 - one event
    verb: str,
    zone: Zone,
    target: tuple[str, Any],
    before: dict[str, Any] | None,
    after: dict[str, Any],
    told_by: tuple[str, datetime],
) -> None:
    kind, record = target
    by, at = told_by
    audit.record(
        verb=verb,
        actor=by,
        target_kind=kind,
        target_id=str(record.pk),
        target_label=str(record),
        zone_code=zone.code,
        at=at,
        changes=[audit.Changed(kind, str(record.pk), str(record), before, after)],
    )
