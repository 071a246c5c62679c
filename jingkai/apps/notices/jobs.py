"""What this area does by the clock."""

from datetime import datetime

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone

from .actions import deliver


def deliver_mail(at: datetime) -> None:
    """Send what is due by mail, zone by zone."""
    for zone in Zone.objects.order_by("pk"):
        with scope.zones(zone.pk):
            deliver(zone=zone, at=at)
