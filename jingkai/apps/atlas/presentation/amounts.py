"""Areas as they are said of land."""

from decimal import Decimal

from django.utils.translation import gettext as _

from jingkai.web import figures


def area_of(area_m2: Decimal | None) -> str:
    """Return an area in hectares, as zones speak of land; small ones in m²; none as nothing."""
    if area_m2 is None:
        return ""
    if area_m2 < 10_000:
        return _("%(area)s 平方米") % {"area": figures.number(area_m2, 0)}
    return _("%(area)s 公顷") % {"area": figures.number(area_m2 / 10_000, 2)}
