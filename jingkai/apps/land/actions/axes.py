"""Verbs on single axes of a parcel or a plant: statutory state, follow-up, obstacle, officer."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.notices import actions as notices
from jingkai.apps.registers.kinds import Refused

from ..models import DECIDED, Parcel, Plant, Supply
from . import told as telling
from .told import Told

Kept = TypeVar("Kept", Parcel, Plant)


class Undecided(Refused):
    """Only the authority determines or decides; its document's number is missing."""


class Unsupplied(Refused):
    """No contract of the parcel is on record."""


class Retired(Refused):
    """The parcel was split or merged away, so that nothing of it is changed any more."""


@transaction.atomic
def note_statutory(
    *, parcel: Parcel, statutory: str, document: str, by: str, at: datetime
) -> Parcel:
    """
    Record what the authority has said of the parcel, with its document's number.

    :raises Undecided: for a determination or decision without the number (办法第四条)
    :raises Retired: if the parcel was split or merged away
    """
    if statutory in DECIDED and not document.strip():
        raise Undecided(
            _("认定、征缴、收回由自然资源主管部门作出，须填写其认定或决定文号（办法第四条）"),
            "statutory_document",
        )
    values = {"statutory": statutory, "statutory_document": document.strip()}
    return _note("statutory-noted", parcel, values, Told(by, at))


@transaction.atomic
def note_supplied(*, parcel: Parcel, by: str, at: datetime) -> Parcel:
    """
    Let a parcel that was 批而未供 be 供而未用 once its contract is on record, else leave it.

    :raises Unsupplied: without a signed contract or 划拨决定书, which alone shows a supply
    :raises Retired: if the parcel was split or merged away
    """
    if not parcel.contracts.filter(supersedes=None, signed_on__isnull=False).exists():
        raise Unsupplied(
            _("宗地“%(parcel)s”没有登记签订的出让合同或划拨决定书，不能记为已供应")
            % {"parcel": parcel},
            "supply",
        )
    if parcel.supply != Supply.APPROVED_UNSUPPLIED:
        return parcel
    return _note("supplied", parcel, {"supply": Supply.SUPPLIED_UNUSED}, Told(by, at))


@transaction.atomic
def note_follow_up(*, record: Kept, follow_up: str, measure: str, by: str, at: datetime) -> Kept:
    """Record how far the follow-up is and by which measure; silent where nothing differs."""
    values = {"follow_up": follow_up, "measure": measure}
    return _note("follow-up-noted", record, values, Told(by, at))


@transaction.atomic
def note_obstacle(*, record: Kept, obstacle: str, owner: str, by: str, at: datetime) -> Kept:
    """
    Record what keeps it from being used, and who is to remove that.

    :raises Refused: if somebody is named without an obstacle
    """
    values = {"obstacle": obstacle, "obstacle_owner": owner}
    return _note("obstacle-noted", record, values, Told(by, at))


@transaction.atomic
def assign_officer(*, record: Kept, officer: User, by: str, at: datetime) -> Kept:
    """
    Give the parcel or plant to an officer of the zone, who is told.

    :raises Refused: if the officer does not work in the zone
    """
    told = Told(by, at)
    if not accounts.people_of(record.zone, on=told.today).filter(pk=officer.pk).exists():
        raise Refused(_("%(officer)s不是本园区在任人员") % {"officer": officer}, "officer")
    found = _note("officer-assigned", record, {"officer": officer}, told)
    if officer.username != by:
        _tell(found, officer, told)
    return found


def _tell(record: Parcel | Plant, officer: User, told: Told) -> None:
    kind = "parcels" if isinstance(record, Parcel) else "plants"
    notices.send(
        zone=record.zone,
        to=[officer.username],
        kind="assigned",
        title=_("宗地或厂房交给了您：%(name)s") % {"name": record},
        text="",
        url=reverse(f"{kind}-detail", args=[record.zone.code, record.pk]),
        by=told.by,
        at=told.at,
        permission=Permission.READ_LAND,
        about=f"{kind}:{record.pk}",
    )


def _note(verb: str, record: Kept, values: dict[str, Any], told: Told) -> Kept:
    found = telling.locked(record=record)
    retired_on = getattr(found, "retired_on", None)
    if retired_on is not None:
        raise Retired(
            _("宗地“%(parcel)s”已于 %(on)s 分割或合并，请在新宗地上登记")
            % {"parcel": found, "on": retired_on}
        )
    changed = telling.put(record=found, values=values, told=told)
    if changed is not None:
        telling.note(verb=verb, record=found, changes=[changed], told=told)
    return found
