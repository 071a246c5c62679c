"""A notice is entered by one person and confirmed by another; a wrong one is withdrawn."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.core.calendar import reading

from . import facts, queries
from .models import HolidayNotice

KIND = "holiday-notices"


class NotEntered(Exception):
    """The notice was not taken over; the message says why."""


class NotConfirmed(Exception):
    """The notice stays unconfirmed; the message says why."""


class NotWithdrawn(Exception):
    """The notice stays as it is; the message says why."""


@transaction.atomic
def enter_notice(
    *, zone: Zone, text: str, said: dict[str, Any], by: str, at: datetime
) -> HolidayNotice:
    """
    Take over a notice of the State Council: its days count at once, and are 暂定.

    :param said: ``document_number``, ``issued_on`` and ``source``
    :raises NotEntered: when the text has a fault that no one may let stand, counts already, or is
        of a day to come
    """
    found = reading.read(text)
    if not found.is_readable or found.year is None:
        raise NotEntered(_("通知正文还有未改正的问题，未录入；请逐条核对后再试"))
    number: str = said["document_number"]
    if queries.active(zone.pk, number):
        raise NotEntered(_("%(number)s 已经在日历中，不必重复录入") % {"number": number})
    issued_on: date = said["issued_on"]
    if issued_on > timezone.localdate(at):
        raise NotEntered(_("印发日期不能晚于今天"))
    made = HolidayNotice.everywhere.create(
        zone=zone,
        year=found.year,
        document_number=number,
        issued_on=issued_on,
        source=said["source"],
        text=text,
        arrangements=facts.kept(found.arrangements),
        entered_by=by,
        entered_at=at,
    )
    days = {"year": made.year, "issued_on": issued_on.isoformat(), "source": made.source}
    change = _changed(made, None, days | {"arrangements": made.arrangements})
    _record("entered", made, by, at, change)
    return made


@transaction.atomic
def confirm_notice(*, notice: HolidayNotice, by: str, at: datetime) -> HolidayNotice:
    """
    Confirm, as another person than entered it, that the days are those of the notice.

    :raises NotConfirmed: when it was entered by the same person, confirmed or withdrawn
    """
    found = _held(notice)
    if found.withdrawn_at is not None:
        raise NotConfirmed(_("%(number)s 已撤回，不能核对") % {"number": found})
    if found.confirmed_at is not None:
        raise NotConfirmed(_("%(number)s 已由他人核对") % {"number": found})
    if found.entered_by == by:
        raise NotConfirmed(_("%(number)s 由您录入，须由另一人核对") % {"number": found})
    found.confirmed_by, found.confirmed_at = by, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    change = _changed(found, {"confirmed_by": None}, {"confirmed_by": by})
    _record("confirmed", found, by, at, change)
    return found


@transaction.atomic
def withdraw_notice(*, notice: HolidayNotice, reason: str, by: str, at: datetime) -> HolidayNotice:
    """
    Take a notice out of the calendar again; its row and its words stay.

    :raises NotWithdrawn: without a reason, or when it is withdrawn already
    """
    found = _held(notice)
    if found.withdrawn_at is not None:
        raise NotWithdrawn(_("%(number)s 已经撤回") % {"number": found})
    if not reason.strip():
        raise NotWithdrawn(_("请写明撤回原因，日历上的到期日会随之改变"))
    found.withdrawn_by, found.withdrawn_at, found.withdrawn_for = by, at, reason.strip()
    found.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_for"])
    change = _changed(found, {"arrangements": found.arrangements}, {"arrangements": []})
    _record("withdrawn", found, by, at, change, reason=found.withdrawn_for)
    return found


def _held(notice: HolidayNotice) -> HolidayNotice:
    """Return the row as it stands, kept from others until the transaction ends."""
    rows = HolidayNotice.everywhere.select_for_update(of=("self",)).select_related("zone")
    return rows.get(pk=notice.pk)


def _changed(
    notice: HolidayNotice, before: dict[str, Any] | None, after: dict[str, Any]
) -> audit.Changed:
    return audit.Changed(KIND, str(notice.pk), str(notice), before, after)


def _record(  # noqa: PLR0917 - the parts of one event
    verb: str,
    notice: HolidayNotice,
    by: str,
    at: datetime,
    change: audit.Changed,
    reason: str = "",
) -> None:
    audit.record(
        verb=f"calendar.notice.{verb}",
        actor=by,
        target_kind=KIND,
        target_id=str(notice.pk),
        target_label=str(notice),
        zone_code=notice.zone.code,
        at=at,
        reason=reason,
        changes=[change],
    )
