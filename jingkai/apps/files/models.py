"""A file kept once under its digest, and the records that it is attached to."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord, beside_unsealed


class StoredFile(ZoneRecord):
    """A file of the zone; the same content is kept once, however often it proves something."""

    sha256 = models.CharField(_("摘要"), max_length=64)
    name = models.CharField(_("文件名"), max_length=120)
    media_type = models.CharField(_("类型"), max_length=100)
    size_bytes = models.PositiveBigIntegerField(_("大小（字节）"))
    path = models.CharField(max_length=200, help_text="below the data folder's files")
    is_scanned = models.BooleanField(_("已查毒"), default=False)
    kept_at = models.DateTimeField(_("上传时间"))
    kept_by = models.CharField(_("上传人"), max_length=60)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        constraints = [
            models.UniqueConstraint(fields=["zone", "sha256"], name="stored_file_once_a_zone"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="stored_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(ZoneRecord):
    """A file on a record of any register, which is known by its kind and id."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    label = models.CharField(_("所属记录"), max_length=200)
    title = models.CharField(_("证明内容"), max_length=120, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("经办人"), max_length=60)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "object_id", "file"], name="attachment_once_a_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.file}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the files on records that are not sealed."""
        return beside_unsealed(rows, "kind", "object_id")
