"""Jobs and who holds them, what is due by the clock, and the answers kept for repeated forms."""

from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord


class Job(ZoneRecord):
    """
    Work that outlives the request and the worker: kept until it is done, failed or cancelled.

    ``holder`` is the worker's token while the job runs; what it writes counts only as long as the
    token stands. ``checkpoint`` is what its next attempt begins from. ``attempts`` counts those
    since the last checkpoint.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待执行")
        RUNNING = "running", _("正在执行")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")
        CANCELLED = "cancelled", _("已取消")

    kind = models.CharField(_("作业类型"), max_length=100)
    key = models.CharField(_("幂等键"), max_length=200)
    label = models.CharField(_("作业"), max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveBigIntegerField(_("已处理"), default=0)
    total = models.PositiveBigIntegerField(_("总数"), null=True, blank=True)
    checkpoint = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    result_url = models.CharField(max_length=500, blank=True)
    error = models.TextField(_("原因"), blank=True)
    attempts = models.PositiveIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField()
    holder = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    by = models.CharField(_("提交人"), max_length=150)
    at = models.DateTimeField(_("提交时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("后台作业")
        verbose_name_plural = _("后台作业")
        constraints = [
            models.UniqueConstraint(fields=["zone", "kind", "key"], name="job_once_a_key"),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True, holder="")),
                name="job_is_held_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="job_has_ended_at_an_instant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_open",
            ),
            models.Index(fields=["zone", "by", "-id"], name="job_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        """Return whether something is still to be done."""
        return self.state in {Job.State.WAITING, Job.State.RUNNING}

    @property
    def share(self) -> Fraction | None:
        """Return how much is done, where the job's size is known."""
        return Fraction(min(self.done, self.total), self.total) if self.total else None


class Turn(models.Model):
    """When something that is due by the clock was done last and is due again."""

    name = models.CharField(max_length=100, unique=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=32, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("定时任务")
        verbose_name_plural = _("定时任务")

    def __str__(self) -> str:
        return self.name


class FormKey(models.Model):
    """
    A write that a person sent under a key, and the answer it got.

    The row commits together with the write, so that the same request sent again finds the answer
    and takes no second effect. ``digest`` is of person, method, path and key; ``body`` of what was
    sent.
    """

    digest = models.CharField(max_length=64, unique=True)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    content = models.BinaryField(default=bytes)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("表单幂等键")
        verbose_name_plural = _("表单幂等键")

    def __str__(self) -> str:
        return self.digest
