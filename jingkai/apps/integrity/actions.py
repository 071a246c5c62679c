"""What people do with the trail itself; this too leaves its event."""

from datetime import datetime

from django.db import transaction

from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.chain import Verdict

from .queries import VERIFIED

EXPORTED = "integrity.trail.exported"
TRAIL = "trail"


def verify(*, zone_code: str, zone_name: str, by: str, at: datetime) -> Verdict:
    """Verify the zone's chain now, and keep the outcome in the trail for everybody to see."""
    checked = trail.head(zone_code)
    verdict = trail.verify(zone_code)
    flaw = verdict.first_bad
    with transaction.atomic():
        audit.record(
            verb=VERIFIED,
            actor=by,
            target_kind=TRAIL,
            target_id=zone_code,
            target_label=zone_name,
            zone_code=zone_code,
            at=at,
            details={
                "ok": verdict.ok,
                "events": verdict.events,
                "changes": verdict.changes,
                "head": str(checked),
                "first_bad": flaw and {"sequence": flaw.sequence, "fault": flaw.fault.value},
            },
        )
    return verdict


@transaction.atomic
def note_export(*, zone_code: str, zone_name: str, query: str, by: str, at: datetime) -> None:
    """Leave in the trail that somebody took part of it out, and which part."""
    audit.record(
        verb=EXPORTED,
        actor=by,
        target_kind=TRAIL,
        target_id=zone_code,
        target_label=zone_name,
        zone_code=zone_code,
        at=at,
        details={"query": query},
    )
