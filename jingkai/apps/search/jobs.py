"""What this area does by the clock."""

from datetime import datetime

from jingkai.apps.accounts.models import Zone

from . import index


def catch_up(_at: datetime) -> None:
    """Bring the index of every zone up to its trail."""
    for zone in Zone.objects.filter(level=Zone.Level.ZONE).order_by("pk"):
        index.catch_up(zone)
