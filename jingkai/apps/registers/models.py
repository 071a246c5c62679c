"""The base of every row of a 台账, and the log of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class Record(ZoneRecord):
    """
    One row of a 台账: it says who recorded it, when, and from which source.

    ``version`` grows with every change, so that the loser of a concurrent edit is told.
    """

    code = models.CharField(_("编号"), max_length=40)
    source = models.CharField(_("数据来源"), max_length=120, blank=True)
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


class ImportRun(ZoneRecord):
    """One workbook that was checked or imported, and what came of it."""

    kind = models.CharField(max_length=40)
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    mapping = models.JSONField(default=dict)
    by = models.CharField(_("导入人"), max_length=60)
    at = models.DateTimeField(_("时间"))
    imported_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    report = models.JSONField()

    class Meta(ZoneRecord.Meta):
        verbose_name = _("导入记录")
        verbose_name_plural = _("导入记录")
        indexes = [models.Index(fields=["zone", "kind", "-at"], name="importrun_latest")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.file_name}"
