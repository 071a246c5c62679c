"""What this area itself does by the clock."""

from datetime import datetime

from django.utils import timezone

from .actions import keys


def sweep_keys(_at: datetime) -> None:
    """Forget the answers to forms that are a week old, by the real time."""
    keys.sweep(at=timezone.now())
