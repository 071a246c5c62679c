"""The base of every row of a 台账."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord

from .classification import Classification, visible


def sorted_by(name: str, *columns: str) -> list[models.Index]:
    """Return the indexes by which a long list of the table called so is sorted by its columns."""
    return [
        models.Index(fields=["zone", column, "id"], name=f"{name}_by_{column}")
        for column in columns
    ]


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

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those of the records that are not sealed."""
        return visible(rows)


class Classified(Record):
    """A record that is marked by itself; what leads to it is as secret as it is."""

    classification = models.CharField(
        _("保密级别"),
        max_length=10,
        choices=Classification,
        blank=True,
        help_text=_("不得录入国家秘密；“敏感”的记录仅限有权限的人员查看"),
    )

    class Meta(Record.Meta):
        abstract = True
