"""A record that lies somewhere: its outline, where that came from, and what follows from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..fields import ComputedAreaField, EdgeField, ShapeField
from .records import Record


class Located(Record):
    """
    One row of a 台账 that has a place on the map.

    ``outline`` is in CGCS2000 whatever ``outline_system`` it came in. West, south, east and north
    and the computed area follow from it by themselves; the *registered* area, which the area
    declares, governs.
    """

    outline = ShapeField(_("图形"), null=True, blank=True)
    outline_source = models.CharField(_("图形来源"), max_length=120, blank=True)
    outline_system = models.CharField(_("原坐标系"), max_length=40, blank=True)
    west = EdgeField(_("西"))
    south = EdgeField(_("南"))
    east = EdgeField(_("东"))
    north = EdgeField(_("北"))
    computed_area_m2 = ComputedAreaField(_("图形面积（平方米）"))

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    outline__isnull=True,
                    west__isnull=True,
                    south__isnull=True,
                    east__isnull=True,
                    north__isnull=True,
                    computed_area_m2__isnull=True,
                )
                | Q(
                    outline__isnull=False,
                    west__isnull=False,
                    south__isnull=False,
                    east__isnull=False,
                    north__isnull=False,
                ),
                name="%(app_label)s_%(class)s_edges_with_outline",
            ),
        ]
