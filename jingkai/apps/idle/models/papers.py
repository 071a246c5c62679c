"""What stands beside the steps of a case: suspensions of its clocks, and its papers."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.registers.models import visible

from . import choices
from .cases import IdleCase
from .laws import both


class Suspension(ZoneRecord):
    """Days on which a clock of the case does not run, and how its holder was told."""

    case = models.ForeignKey(IdleCase, models.PROTECT, related_name="suspensions")
    clock = models.CharField(_("期限"), max_length=30, choices=choices.Clock)
    cause = models.CharField(_("事由"), max_length=20, choices=choices.Pause)
    document = models.CharField(_("文书"), max_length=120, blank=True)
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期（不含）"), null=True, blank=True)
    told_on = models.DateField(_("书面告知日期"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.CharField(_("登记人"), max_length=60)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("期限中止")
        verbose_name_plural = _("期限中止")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="suspension_ends_after_it_starts",
                violation_error_message=_("截止日期应晚于起始日期"),
            ),
        ]
        indexes = [models.Index(fields=["case", "from_on"], name="suspension_of_case")]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_clock_display()}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose case is not sealed."""
        return visible(rows)


class Paper(ZoneRecord):
    """
    A document of the procedure as it was drafted from the records; its file never changes.

    Of each kind the number counts up. The one that was issued carries the authority's number.
    """

    case = models.ForeignKey(IdleCase, models.PROTECT, related_name="papers")
    kind = models.CharField(_("文书"), max_length=30, choices=choices.PaperKind)
    number = models.PositiveSmallIntegerField(_("稿次"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    given = models.JSONField(_("拟稿时补充的内容"), default=dict)
    missing = models.JSONField(_("待补内容"), default=list)
    drafted_at = models.DateTimeField(_("拟稿时间"))
    drafted_by = models.CharField(_("拟稿人"), max_length=60)
    document_number = models.CharField(_("正式文号"), max_length=80, blank=True)
    filed_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    filed_by = models.CharField(_("归档人"), max_length=60, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("案件文书")
        verbose_name_plural = _("案件文书")
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "number"], name="paper_once_a_number"),
            both("paper", "filed_by", "filed_at"),
            models.CheckConstraint(
                condition=Q(filed_by="") | ~Q(document_number=""), name="paper_filed_by_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_kind_display()}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose case is not sealed."""
        return visible(rows)
