"""
The derived table of what the law says of each parcel, and the early warnings.

Neither leaves an event: what they are made of has its own, and a notice is only told.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.land.models import Parcel
from jingkai.apps.notices import actions as notices
from jingkai.apps.registers.models import Classification
from jingkai.core import idle_land
from jingkai.core.idle_land import Determination, Facts
from jingkai.core.idle_land.limits import Alert, Nearness, WarningRules

from .. import facts, queries
from ..models import IdleStatus, Mark, Warned

_Line = tuple[Parcel, Alert]
_LATE = timedelta(
    days=7
)  # a mark is still told of so long after its day: the clock may have stood
_NAMED = 5
_WRITTEN = (
    *("as_of", "facts", "statute", "outcome", "track", "cause", "disposal", "idle_since"),
    *("idle_days", "fee_wan", "options", "missing", "is_disputed", "next_limit", "next_on"),
)


@transaction.atomic
def keep_statuses(*, zone: Zone, parcels: Sequence[Parcel], at: datetime) -> int:
    """Write anew what the law says of the parcels today; return of how many that differs."""
    on, by = timezone.localdate(at), queries.rules(zone.pk)
    held = dict(IdleStatus.everywhere.filter(parcel__in=parcels).values_list("parcel_id", "facts"))
    known = list(facts.of_parcels(parcels, on=on))
    found = idle_land.determine_all((each for _parcel, each in known), on=on)
    rows = [
        _status(zone, parcel, each, determined, by)
        for (parcel, each), determined in zip(known, found, strict=True)
    ]
    IdleStatus.everywhere.bulk_create(
        rows, update_conflicts=True, unique_fields=["parcel"], update_fields=_WRITTEN
    )
    return sum(held.get(row.parcel_id) != row.facts for row in rows)


@transaction.atomic
def keep_mark(*, zone: Zone, sequence: int, at: datetime) -> Mark:
    """Remember how far the statuses follow the trail, and for which day they were made."""
    found, _is_new = Mark.everywhere.update_or_create(
        zone=zone,
        defaults={"sequence": sequence, "as_of": timezone.localdate(at), "made_at": at},
    )
    return found


@transaction.atomic
def warn(*, zone: Zone, parcels: Iterable[Parcel], at: datetime) -> int:
    """
    Tell officers once of each limit of their parcels that is near; return how many limits.

    A parcel without an officer is told to everybody who handles idle land, a person's in one.
    """
    on, by = timezone.localdate(at), queries.rules(zone.pk)
    told: dict[str, list[_Line]] = {}
    handlers = _handlers(zone, on)
    due = [
        (parcel, alert)
        for parcel, each in facts.of_parcels(parcels, on=on)
        for alert in queries.alerts(each, on=on, by=by)
        if _is_to_tell(alert, on)
    ]
    fresh = _untold(zone, due, at)
    for parcel, alert in fresh:
        for person in [parcel.officer.username] if parcel.officer else handlers:
            told.setdefault(person, []).append((parcel, alert))
    for person, lines in told.items():
        for part, about in _apart(lines):
            _tell(zone, person, part, at, about)
    return len(fresh)


def _status(
    zone: Zone, parcel: Parcel, each: Facts, found: Determination, by: WarningRules
) -> IdleStatus:
    statute = found.statute.document_number if found.statute else ""
    nearest = queries.next_limit(each, on=found.on, by=by)
    fee: Any = found.fee_wan
    return IdleStatus(
        zone=zone,
        parcel=parcel,
        as_of=found.on,
        facts=facts.digest(each, statute),
        statute=statute,
        outcome=found.outcome,
        track=found.track or "" if found.outcome != idle_land.Outcome.NOT_IDLE else "",
        cause=found.cause or "",
        disposal=found.disposal or "",
        idle_since=found.idle_since,
        idle_days=found.idle_days,
        fee_wan=fee,
        options=[one.option.value for one in found.options if one.is_allowed],
        missing=list(dict.fromkeys(found.missing)),
        is_disputed=found.if_accepted is not None,
        next_limit=nearest.code if nearest else "",
        next_on=nearest.on if nearest else None,
    )


def _is_to_tell(alert: Alert, on: date) -> bool:
    """Whether the day of a mark has come, or a limit that no mark stands for is near."""
    if alert.months is not None:
        return on - _LATE < alert.on <= on
    return alert.nearness is Nearness.SOON


def _untold(zone: Zone, due: list[_Line], at: datetime) -> list[_Line]:
    """Return those of which nobody was told yet, and remember them as told."""
    keys = {(parcel.pk, _key(alert), alert.on) for parcel, alert in due}
    pks = {pk for pk, _limit, _on in keys}
    held = Warned.everywhere.filter(parcel__in=pks)
    known = set(held.values_list("parcel_id", "limit", "limit_on"))
    fresh = [
        (parcel, alert) for parcel, alert in due if (parcel.pk, _key(alert), alert.on) not in known
    ]
    Warned.everywhere.bulk_create(
        [
            Warned(zone=zone, parcel=parcel, limit=_key(alert), limit_on=alert.on, told_at=at)
            for parcel, alert in fresh
        ],
        ignore_conflicts=True,
    )
    return fresh


def _key(alert: Alert) -> str:
    return alert.code.value if alert.months is None else f"{alert.code}:{alert.months}"


def _handlers(zone: Zone, on: date) -> list[str]:
    return [
        person.username
        for person in accounts.people_of(zone, on=on)
        if Permission.HANDLE_IDLE_LAND
        in accounts.permissions(accounts.roles_in(person, zone, on=on))
    ]


def _apart(lines: list[_Line]) -> Iterator[tuple[list[_Line], str]]:
    """Yield what one notice tells of: each sensitive parcel alone, so that it can be sealed."""
    sealed = [line for line in lines if line[0].classification == Classification.SENSITIVE]
    for line in sealed:
        yield [line], f"parcels:{line[0].pk}"
    others = [line for line in lines if line not in sealed]
    if others:
        yield others, ""


def _tell(zone: Zone, person: str, lines: list[_Line], at: datetime, about: str) -> None:
    named = [
        _("%(parcel)s：%(limit)s %(day)s")
        % {"parcel": parcel, "limit": queries.alert_words(alert), "day": alert.on}
        for parcel, alert in lines[:_NAMED]
    ]
    notices.send(
        zone=zone,
        to=[person],
        kind="idle-limit",
        title=_("有 %(count)s 项宗地期限临近或届满") % {"count": len(lines)},
        text=_("；").join(named),
        url=reverse("idle", args=[zone.code]),
        by=accounts.SYSTEM,
        at=at,
        permission=Permission.READ_LAND,
        about=about,
    )
