"""What is done to many records at once: what was asked, what each row was to become, what came."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import ZoneRecord


class BatchState(models.TextChoices):
    """How far a batch has come."""

    PLANNING = "planning", _("预览生成中")
    READY = "ready", _("待确认")
    APPLIED = "applied", _("已执行")
    UNDONE = "undone", _("已撤销")


class RowOutcome(models.TextChoices):
    """What a batch does to one row, or why it leaves it."""

    READY = "ready", _("将变更")
    UNCHANGED = "unchanged", _("没有变化")
    REFUSED = "refused", _("不能变更")
    APPLIED = "applied", _("已变更")
    STALE = "stale", _("预览后已被他人更新")


class Batch(ZoneRecord):
    """
    One thing to do to many records: columns set, a verb of the area called, or records deleted.

    ``verb`` is "change", "delete" or the name of a transition; ``asked`` its values by column as
    the trail keeps them; ``query`` the filters that chose the rows, where they did. ``is_whole``:
    nothing is done where one row can't be.
    """

    kind = models.CharField(_("台账"), max_length=40)
    verb = models.CharField(_("操作"), max_length=40)
    asked = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    query = models.TextField(blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    is_whole = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.PLANNING)
    by = models.CharField(_("操作人"), max_length=150)
    at = models.DateTimeField(_("时间"))
    applied_at = models.DateTimeField(_("执行时间"), null=True, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=150, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("批量操作")
        verbose_name_plural = _("批量操作")
        indexes = [models.Index(fields=["zone", "kind", "-at"], name="batch_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="")
                | (Q(undone_at__isnull=False, applied_at__isnull=False) & ~Q(undone_by="")),
                name="batch_undone_by_whom_after_it_was_applied",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.verb} · {self.pk}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the person's own: another's rows may be about sealed records."""
        seal = scope.present_seal()
        return rows.filter(by=seal.person) if seal else rows


class BatchRow(ZoneRecord):
    """
    One record of a batch at the version that was previewed, with what it says and is to say.

    ``kept`` is the whole row of a deleted record, so that deleting can be undone.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    record_id = models.BigIntegerField()
    label = models.CharField(_("记录"), max_length=400)
    version = models.PositiveIntegerField()
    outcome = models.CharField(_("结果"), max_length=10, choices=RowOutcome)
    message = models.TextField(_("原因"), blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    kept = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("批量操作的行")
        verbose_name_plural = _("批量操作的行")
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batchrow_once_a_place")
        ]
        indexes = [models.Index(fields=["batch", "outcome", "position"], name="batchrow_outcome")]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return the person's own: another's rows may be about sealed records."""
        seal = scope.present_seal()
        return rows.filter(batch__by=seal.person) if seal else rows
