"""How a person wants to be told."""

from datetime import datetime
from typing import Any

from django.db import transaction

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from ..models import Preference

_NAMES = ("quiet_from", "quiet_until", "workdays_only", "ways")


@transaction.atomic
def choose_ways(
    *, zone: Zone, person: str, values: dict[str, Any], by: str, at: datetime
) -> Preference:
    """Keep the person's ways, quiet hours and address; the trail does not repeat the address."""
    held = Preference.everywhere.select_for_update(of=("self",)).filter(zone=zone, person=person)
    found = held.first()
    before = _plain(found) if found else None
    chosen = found or Preference(zone=zone, person=person)
    for name, value in values.items():
        setattr(chosen, name, value)
    chosen.save()
    audit.record(
        verb="notices.preference.changed",
        actor=by,
        target_kind="notice-preference",
        target_id=person,
        target_label=person,
        zone_code=zone.code,
        at=at,
        changes=[
            audit.Changed("notice-preference", str(chosen.pk), person, before, _plain(chosen))
        ],
    )
    return chosen


def _plain(preference: Preference) -> dict[str, Any]:
    return {name: getattr(preference, name) for name in _NAMES}
