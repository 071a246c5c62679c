"""Verbs of investment promotion; each is one transaction and leaves its audit event."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import actions as audit
from jingkai.apps.notices import actions as notices
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.registers.models import Record

from . import queries
from .models import Lead, MaturityCard, Obligation, Signing

WAN_PER_MU = Obligation.Unit.WAN_PER_MU
# What an agreement says becomes a promise: the column that says it, the promise, its unit, and
# the column of the day by which it is due.
AGREED = (
    ("agreed_start_on", Obligation.Kind.START, "", "agreed_start_on"),
    ("agreed_completion_on", Obligation.Kind.COMPLETION, "", "agreed_completion_on"),
    ("agreed_production_on", Obligation.Kind.PRODUCTION, "", "agreed_production_on"),
    (
        "fixed_investment_wan",
        Obligation.Kind.INVESTMENT,
        Obligation.Unit.WAN,
        "agreed_completion_on",
    ),
    ("agreed_intensity_wan_per_mu", Obligation.Kind.INTENSITY, WAN_PER_MU, "agreed_completion_on"),
    ("agreed_tax_wan_per_mu", Obligation.Kind.TAX, WAN_PER_MU, ""),
)


class Protected(Refused):
    """Another officer follows this investor and is protected; taking over needs a reason."""


class NotOpen(Refused):
    """The lead was lost or signed, so nobody can follow it."""


class NotLost(Refused):
    """A lead that is not lost cannot be revived."""


class Overlapping(Refused):
    """Two scorecards would be in force on the same day."""


@transaction.atomic
def assign_lead(
    *, lead: Lead, to: User, protected_until: date | None, by: str, at: datetime, reason: str = ""
) -> Lead:
    """
    Give the lead to an officer from today on, protected until a day (exclusive) or not at all.

    :raises NotOpen: if the lead was lost or formally signed
    :raises Protected: if somebody else's protection covers today and no reason is given
    """
    today = timezone.localdate(at)
    lead = _locked(lead)
    _refuse_unless_open(lead)
    if protected_until is not None and protected_until <= today:
        raise Refused(_("保护期截止日应晚于今天"), "protected_until")
    if not reason.strip():
        _refuse_if_protected(lead, to, today)
    values = {"assigned_to": to, "assigned_on": today, "protected_until": protected_until}
    _change(lead, "assigned", values, by=by, at=at, reason=reason)
    notices.send(
        zone=lead.zone,
        to=[to.username],
        kind="assigned",
        title=_("线索交给了您：%(lead)s") % {"lead": lead},
        text=reason,
        url=reverse("leads-detail", args=[lead.zone.code, lead.pk]),
        by=by,
        at=at,
        permission=Permission.READ_INVESTMENT,
        about=f"leads:{lead.pk}",
    )
    return lead


@transaction.atomic
def lose_lead(*, lead: Lead, on: date, reason: str, note: str, by: str, at: datetime) -> Lead:
    """
    Record that the lead was lost on the day, and for which of ``Lead.LostReason``.

    :raises NotOpen: if it was lost already or formally signed
    :raises Refused: if the day is before the lead was found or in the future
    """
    lead = _locked(lead)
    _refuse_unless_open(lead)
    if on > timezone.localdate(at) or on < lead.found_on:
        raise Refused(_("流失日期应在线索获得日期与今天之间"), "on")
    if lead.revived_on is not None and on < lead.revived_on:
        raise Refused(_("流失日期不能早于上次唤醒日期"), "on")
    values = {
        "lost_on": on,
        "lost_reason": reason,
        "lost_note": note,
        "revived_on": None,
        "revived_note": "",
    }
    return _change(lead, "lost", values, by=by, at=at, reason=note)


@transaction.atomic
def revive_lead(*, lead: Lead, on: date, note: str, by: str, at: datetime) -> Lead:
    """
    Record that a lost lead is followed again from the day on, and why.

    :raises NotLost: if it is not lost
    :raises Refused: if the day is before the loss or in the future, or no word says why
    """
    lead = _locked(lead)
    if lead.lost_on is None or lead.revived_on is not None:
        raise NotLost(_("线索“%(lead)s”未流失，无需唤醒") % {"lead": lead})
    if not lead.lost_on <= on <= timezone.localdate(at):
        raise Refused(_("唤醒日期应在流失日期与今天之间"), "on")
    if not note.strip():
        raise Refused(_("唤醒必须说明理由"), "note")
    return _change(
        lead, "revived", {"revived_on": on, "revived_note": note}, by=by, at=at, reason=note
    )


@transaction.atomic
def track_promises(*, signing: Signing, by: str, at: datetime) -> list[Obligation]:
    """
    Turn what the agreement says into promises to follow; those followed already are left.

    :raises Refused: if the agreement has nothing that is not followed yet
    """
    Signing.everywhere.select_for_update(of=("self",)).get(pk=signing.pk)
    followed = set(Obligation.everywhere.filter(signing=signing).values_list("kind", flat=True))
    said = [line for line in AGREED if getattr(signing, line[0]) and line[1] not in followed]
    if not said:
        raise Refused(_("协议中没有尚未纳入跟踪的约定"))
    made = [_obligation(signing, *line, by=by, at=at) for line in said]
    audit.record(
        verb="investment.promises.tracked",
        actor=by,
        target_kind="signings",
        target_id=str(signing.pk),
        target_label=str(signing),
        zone_code=signing.zone.code,
        at=at,
        changes=[
            audit.Changed("obligations", str(row.pk), str(row), None, _plain(_promised(row)))
            for row in made
        ],
    )
    return made


@transaction.atomic
def put_card_in_force(
    *, zone: Zone, values: dict[str, Any], by: str, at: datetime
) -> MaturityCard:
    """
    Put a scorecard in force; the one before it, if open-ended, ends the day the new one starts.

    A card that is in force stays as it is: what was judged by it can be judged again.

    :raises Overlapping: if another card covers one of its days
    """
    Zone.objects.select_for_update(of=("self",)).get(pk=zone.pk)
    code, start = values["code"], values["effective_from"]
    if MaturityCard.everywhere.filter(zone=zone, code=code).exists():
        raise Refused(_("编号“%(code)s”已存在") % {"code": code}, "code")
    ended = _end_card_before(zone, start, by=by, at=at)
    _refuse_overlap(zone, start, values.get("effective_to"))
    card = MaturityCard(zone=zone, recorded_at=at, recorded_by=by, changed_at=at, changed_by=by)
    for name, value in values.items():
        setattr(card, name, "" if value is None and name == "source" else value)
    card.save(force_insert=True)
    audit.record(
        verb="investment.card.put-in-force",
        actor=by,
        target_kind="maturity-cards",
        target_id=str(card.pk),
        target_label=str(card),
        zone_code=zone.code,
        at=at,
        changes=[_changed("maturity-cards", card, None, values), *ended],
    )
    return card


def _refuse_unless_open(lead: Lead) -> None:
    if lead.lost_on is not None and lead.revived_on is None:
        raise NotOpen(_("线索“%(lead)s”已流失，请先唤醒") % {"lead": lead})
    if queries.is_formally_signed(lead):
        raise NotOpen(_("线索“%(lead)s”已签约，不能再变更") % {"lead": lead})


def _refuse_if_protected(lead: Lead, to: User, today: date) -> None:
    for duplicate in queries.protections([lead.investor_id], on=today):
        if duplicate.officer != to:
            message = _("%(protection)s；改派他人须说明理由") % {"protection": duplicate}
            raise Protected(message, "reason")


def _locked(lead: Lead) -> Lead:
    rows = Lead.everywhere.select_for_update(of=("self",))
    return rows.select_related("zone", "assigned_to").get(pk=lead.pk)


def _change(
    lead: Lead, verb: str, values: dict[str, Any], *, by: str, at: datetime, reason: str
) -> Lead:
    before = {name: getattr(lead, name) for name in values}
    _assign(lead, values, by=by, at=at)
    audit.record(
        verb=f"investment.lead.{verb}",
        actor=by,
        target_kind="leads",
        target_id=str(lead.pk),
        target_label=str(lead),
        zone_code=lead.zone.code,
        at=at,
        reason=reason,
        changes=[_changed("leads", lead, before, values)],
    )
    return lead


def _assign(record: Record, values: dict[str, Any], *, by: str, at: datetime) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.version += 1
    record.changed_at = at
    record.changed_by = by
    record.save(update_fields=[*values, "version", "changed_at", "changed_by"])


def _obligation(
    signing: Signing, column: str, kind: str, unit: str, due: str, *, by: str, at: datetime
) -> Obligation:
    return Obligation.everywhere.create(
        zone=signing.zone,
        code=f"{signing.code[:30]}-{kind}"[:40],
        source=signing.agreement_no,
        signing=signing,
        kind=kind,
        promised=getattr(signing, column) if unit else None,
        unit=unit,
        due_on=getattr(signing, due) if due else None,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )


def _promised(row: Obligation) -> dict[str, Any]:
    names = ("code", "kind", "promised", "unit", "due_on")
    return {"signing": row.signing} | {name: getattr(row, name) for name in names}


def _end_card_before(zone: Zone, start: date, *, by: str, at: datetime) -> list[audit.Changed]:
    current = MaturityCard.everywhere.filter(
        zone=zone, effective_to__isnull=True, effective_from__lt=start
    ).first()
    if current is None:
        return []
    _assign(current, {"effective_to": start}, by=by, at=at)
    before, after = {"effective_to": None}, {"effective_to": start}
    return [_changed("maturity-cards", current, before, after)]


def _refuse_overlap(zone: Zone, start: date, end: date | None) -> None:
    others = Q(effective_to__isnull=True) | Q(effective_to__gt=start)
    if end is not None:
        others &= Q(effective_from__lt=end)
    other = MaturityCard.everywhere.filter(others, zone=zone).first()
    if other is not None:
        message = _("与评分卡“%(card)s”的有效期重叠") % {"card": other.code}
        raise Overlapping(message, "effective_from")


def _changed(
    kind: str, record: Record, before: dict[str, Any] | None, after: dict[str, Any]
) -> audit.Changed:
    plain_before = None if before is None else _plain(before)
    return audit.Changed(kind, str(record.pk), str(record), plain_before, _plain(after))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as the trail keeps them: records and people by their natural key."""
    return {
        name: getattr(value, "username", None) or getattr(value, "code", value)
        for name, value in values.items()
    }
