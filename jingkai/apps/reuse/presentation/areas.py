"""Areas and names as people of a zone read them."""

from decimal import Decimal

from jingkai.core import units
from jingkai.web import figures

from ..models import MEASURES

_NAMES = dict(MEASURES)


def mu(area_m2: Decimal | None) -> str | None:
    """Return an area of m² in 亩, to two places; None where it is not on record."""
    return None if area_m2 is None else figures.number(units.mu_from_m2(area_m2))


def digits(value: Decimal) -> str:
    """Return a limit without the zeros that its column keeps."""
    return f"{value.normalize():f}"


def measure_name(code: str) -> str:
    """Return the name of a measure."""
    return str(_NAMES[code])
