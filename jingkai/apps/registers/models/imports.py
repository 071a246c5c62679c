"""The log of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


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
