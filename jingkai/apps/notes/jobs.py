"""What this area does by the clock."""

from datetime import datetime

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone

from . import actions


def remind(at: datetime) -> None:
    """Tell people of the follow-ups that are due."""
    for zone in Zone.objects.order_by("pk"):
        with scope.zones(zone.pk):
            actions.remind(zone=zone, at=at)


def sweep(at: datetime) -> None:
    """Forget what was opened long ago."""
    for zone in Zone.objects.order_by("pk"):
        with scope.zones(zone.pk):
            actions.sweep(zone=zone, at=at)
