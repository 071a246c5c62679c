"""What a zone has entered of the State Council's holiday notices, beside those that ship."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class HolidayNotice(ZoneRecord):
    """
    A notice as it was pasted, and the days that were read of it.

    It counts from the moment it is entered; until another person has confirmed it, every day that
    it could move is 暂定. A withdrawn one keeps its row and counts no more.
    """

    year = models.PositiveSmallIntegerField(_("年份"))
    document_number = models.CharField(_("文号"), max_length=60)
    issued_on = models.DateField(_("印发日期"))
    source = models.CharField(_("来源"), max_length=300, blank=True)
    text = models.TextField(_("通知正文"))
    arrangements = models.JSONField(_("放假安排"))
    entered_by = models.CharField(_("录入人"), max_length=60)
    entered_at = models.DateTimeField(_("录入时间"))
    confirmed_by = models.CharField(_("核对人"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    withdrawn_by = models.CharField(_("撤回人"), max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_for = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("节假日安排通知")
        verbose_name_plural = _("节假日安排通知")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "document_number"],
                condition=Q(withdrawn_at=None),
                name="holiday_notice_once_a_zone",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="holiday_notice_confirmed_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")),
                name="holiday_notice_maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_for="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_for="")),
                name="holiday_notice_withdrawn_at_by_and_for",
            ),
        ]
        indexes = [models.Index(fields=["zone", "year"], name="holiday_notice_of_year")]

    def __str__(self) -> str:
        return self.document_number
