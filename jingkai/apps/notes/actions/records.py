"""The record that something is written beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A record as this area knows it: its page, and the permission that reading it needs."""

    zone: Zone
    kind: str
    object_id: str
    label: str
    permission: str
    url: str

    @property
    def fields(self) -> dict[str, Any]:
        """Return the record as the rows beside it keep it."""
        return {
            "zone": self.zone,
            "kind": self.kind,
            "object_id": self.object_id,
            "label": self.label[:200],
            "permission": self.permission,
        }

    @property
    def key(self) -> str:
        """Return the record as notices name it."""
        return f"{self.kind}:{self.object_id}"


def record(
    *,
    verb: str,
    beside: Any,
    by: str,
    at: datetime,
    changes: Iterable[audit.Changed] = (),
    details: dict[str, Any] | None = None,
) -> None:
    """Leave in the trail of the record what was done beside it."""
    audit.record(
        verb=f"notes.{verb}",
        actor=by,
        target_kind=beside.kind,
        target_id=beside.object_id,
        target_label=beside.label,
        zone_code=beside.zone.code,
        at=at,
        changes=changes,
        details=details,
    )
