"""What this area does by the clock: the statuses follow the trail and the day."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Change
from jingkai.apps.land.models import Delay, GrantContract, Parcel, WorksProgress

from . import actions, queries
from .models import CaseStep, IdleCase, Reading

_MOST = 2_000  # changes that are followed one by one; beyond them everything is made anew
_AT_ONCE = 1_000
_LEADING = {
    "grant-contracts": (GrantContract, "parcel"),
    "works-progress": (WorksProgress, "parcel"),
    "delays": (Delay, "parcel"),
    "idle-cases": (IdleCase, "parcel"),
    "idle-case-steps": (CaseStep, "case__parcel"),
    "idle-readings": (Reading, "parcel"),
}
_KINDS = ("parcels", *_LEADING)


def follow(at: datetime) -> None:
    """Bring the statuses of every zone up to its trail and to the day, and warn on a new day."""
    for zone in Zone.objects.filter(level=Zone.Level.ZONE).order_by("pk"):
        with scope.zones(zone.pk):
            catch_up(zone, at)


def catch_up(zone: Zone, at: datetime) -> int:
    """Make anew what the trail or the day has changed in the zone; return of how many parcels."""
    mark, head = queries.mark(zone.pk), trail.head(zone.code).sequence
    is_new_day = mark is None or mark.as_of != timezone.localdate(at)
    if mark is not None and mark.sequence == head and not is_new_day:
        return 0
    changes = Change.objects.filter(
        kind__in=_KINDS, event__zone_code=zone.code, event__sequence__lte=head
    )
    if mark is not None:
        changes = changes.filter(event__sequence__gt=mark.sequence)
    rows = _standing(zone)
    if not is_new_day and changes.count() <= _MOST:
        rows = rows.filter(_touched(changes))
    count = 0
    for batch in _batches(rows):
        actions.keep_statuses(zone=zone, parcels=batch, at=at)
        if is_new_day:
            actions.warn(zone=zone, parcels=batch, at=at)
        count += len(batch)
    actions.keep_mark(zone=zone, sequence=head, at=at)
    return count


def _standing(zone: Zone) -> QuerySet[Parcel]:
    """Return the zone's parcels, those of a split or merger as well: they say that they ended."""
    return Parcel.everywhere.filter(zone=zone).select_related("officer").order_by("pk")


def _batches(rows: QuerySet[Parcel]) -> Iterator[list[Parcel]]:
    above = 0
    while batch := list(rows.filter(pk__gt=above)[:_AT_ONCE]):
        yield batch
        above = batch[-1].pk


def _touched(changes: QuerySet[Change]) -> Q:
    """Return the condition on a parcel that one of the changes bears on it."""
    by_kind: dict[str, set[int]] = {}
    codes: set[str] = set()
    for change in changes:
        by_kind.setdefault(change.kind, set()).add(int(change.object_id))
        for said in (change.before, change.after):
            if said and isinstance(said.get("parcel"), str):
                codes.add(said["parcel"])
    found = Q(pk__in=by_kind.pop("parcels", set())) | Q(code__in=codes)
    for kind, pks in by_kind.items():
        model, path = _LEADING[kind]
        found |= Q(pk__in=model.everywhere.filter(pk__in=pks).values(path))
    return found
