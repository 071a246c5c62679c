"""The base of every row of a 台账."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class Record(ZoneRecord):
    """
    One row of a 台账: it says who recorded it, when, and from which source.

    ``version`` grows with every change, so that the loser of a concurrent edit is told.
    ``custom`` holds the columns that the zone added itself: code of the field -> value as JSON.
    """

    code = models.CharField(_("编号"), max_length=40)
    source = models.CharField(_("数据来源"), max_length=120, blank=True)
    custom = models.JSONField(_("自定义字段"), default=dict, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    recorded_by = models.CharField(_("登记人"), max_length=60, editable=False)
    changed_at = models.DateTimeField(_("更新时间"), editable=False)
    changed_by = models.CharField(_("更新人"), max_length=60, editable=False)

    class Meta(ZoneRecord.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "code"], name="%(app_label)s_%(class)s_code_once_a_zone"
            )
        ]

    def __str__(self) -> str:
        return self.code
