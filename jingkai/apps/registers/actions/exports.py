"""What leaves the product leaves a mark."""

from datetime import datetime

from django.db import transaction

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.core.identifiers import scrub

from ..declaration import Register


@transaction.atomic
def note_export(
    *,
    register: Register,
    zone: Zone,
    query: str,
    shape: str,
    by: str,
    at: datetime,
    reason: str = "",
) -> None:
    """
    Leave in the trail that somebody took a list out, which, and in what shape.

    The reason is that for which personal data went out as it is.
    """
    audit.record(
        verb=f"registers.{register.kind}.exported",
        actor=by,
        target_kind=register.kind,
        target_id="list",
        target_label=str(register.name),
        zone_code=zone.code,
        at=at,
        reason=reason,
        details={"query": scrub(query), "format": shape},
    )
