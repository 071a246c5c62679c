"""What a zone shows of its map to everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class MapPublication(ZoneRecord):
    """
    The 招商地图 of a zone: which layers guests see, and of each which columns.

    Without a row, or while it is not open, the zone has no such map. ``shown`` holds the columns
    by layer; a layer or a column that is no longer declared is not shown.
    """

    is_open = models.BooleanField(_("对外公开"), default=False)
    title = models.CharField(_("地图标题"), max_length=60)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    shown = models.JSONField(_("公开的图层与内容"), default=dict)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("更新时间"), editable=False)
    changed_by = models.CharField(_("更新人"), max_length=60, editable=False)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("招商地图")
        verbose_name_plural = _("招商地图")
        constraints = [
            models.UniqueConstraint(fields=["zone"], name="map_publication_once_a_zone"),
            models.CheckConstraint(
                condition=models.Q(is_open=False) | ~models.Q(title=""),
                name="map_publication_open_has_title",
            ),
        ]

    def __str__(self) -> str:
        return self.title
