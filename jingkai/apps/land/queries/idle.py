"""What the law of idle land says of a parcel: asked of the area above, which settings name."""

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from jingkai.core.idle_land import Determination, Facts

from ..models import Parcel


def idle_land(parcel: Parcel, *, on: date) -> tuple[Facts, Determination]:
    """Return what is on record of the parcel on the day, and what the law makes of it."""
    found: tuple[Facts, Determination] = import_string(settings.IDLE_LAND)(parcel, on=on)
    return found
