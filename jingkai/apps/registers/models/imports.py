"""The log of imports, the rows that wait in it, and how foreign workbooks are read."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import ZoneRecord


class State(models.TextChoices):
    """How far an import has come."""

    UNMAPPED = "unmapped", _("待对应列")
    CHECKING = "checking", _("校验中")
    REFUSED = "refused", _("有错误")
    READY = "ready", _("待确认")
    IMPORTED = "imported", _("已导入")
    UNDONE = "undone", _("已撤销")


class Outcome(models.TextChoices):
    """What importing one row does."""

    CREATED = "created", _("新增")
    CHANGED = "changed", _("更新")
    UNCHANGED = "unchanged", _("没有变化")
    REFUSED = "refused", _("有错误")
    ABSENT = "absent", _("文件中没有")


class ImportRun(ZoneRecord):
    """
    One workbook that was checked or imported, and what came of it.

    ``reading`` says how it is read (``imports.Reading``), ``signature`` which columns the register
    had then, ``source`` which headings the workbook has.
    """

    kind = models.CharField(max_length=40)
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    reading = models.JSONField(default=dict)
    signature = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=64, blank=True)
    by = models.CharField(_("导入人"), max_length=60)
    at = models.DateTimeField(_("时间"))
    imported_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    report = models.JSONField(default=dict)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("导入记录")
        verbose_name_plural = _("导入记录")
        indexes = [
            models.Index(fields=["zone", "kind", "-at"], name="importrun_latest"),
            models.Index(fields=["zone", "kind", "sha256"], name="importrun_same_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True) | models.Q(imported_at__isnull=False),
                name="importrun_undone_after_import",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.file_name}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the person's own: another's rows may be about sealed records."""
        seal = scope.present_seal()
        return rows.filter(by=seal.person) if seal else rows


class StagedRow(ZoneRecord):
    """
    One row of a workbook, read and judged, before anything of it is written.

    ``values`` are what it says (of a refused row: the cells as text), ``before`` what the record
    says in the columns that change, both as the trail keeps them. ``findings`` are warnings.
    ``version`` is the record's when it was judged. Of a record that the file leaves out,
    ``chosen`` says whether it goes.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("工作表"), max_length=40, blank=True)
    row = models.PositiveIntegerField(_("行号"))
    key = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(null=True, blank=True)
    errors = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    chosen = models.BooleanField(default=False)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("待导入的行")
        verbose_name_plural = _("待导入的行")
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="stagedrow_once_a_place")
        ]
        indexes = [models.Index(fields=["run", "outcome", "position"], name="stagedrow_outcome")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the person's own: another's rows may be about sealed records."""
        seal = scope.present_seal()
        return rows.filter(run__by=seal.person) if seal else rows


class ImportMapping(ZoneRecord):
    """How a workbook with these headings was read last, offered when one like it comes again."""

    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=64)
    reading = models.JSONField(default=dict)
    by = models.CharField(_("更新人"), max_length=60)
    at = models.DateTimeField(_("更新时间"))

    class Meta(ZoneRecord.Meta):
        verbose_name = _("列对应关系")
        verbose_name_plural = _("列对应关系")
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "kind", "source"], name="importmapping_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source[:12]}"
