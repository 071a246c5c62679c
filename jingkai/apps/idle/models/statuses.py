"""What the engine says of every parcel today, kept for lists; and what people were told of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.registers.fields import WanField
from jingkai.apps.registers.models import visible

from . import choices


class IdleStatus(ZoneRecord):
    """
    The determination of one parcel on a day: derived, never typed, made anew from the records.

    ``facts`` is the digest of what it was made of, with the statute's number. ``next_on`` is the
    nearest limit that has not passed.
    """

    parcel = models.OneToOneField(
        "land.Parcel", models.CASCADE, verbose_name=_("宗地"), related_name="idle_status"
    )
    as_of = models.DateField(_("判定日期"))
    facts = models.CharField(max_length=64)
    statute = models.CharField(_("适用文号"), max_length=80, blank=True)
    outcome = models.CharField(_("判定"), max_length=20, choices=choices.Outcome)
    track = models.CharField(_("情形"), max_length=20, choices=choices.Track, blank=True)
    cause = models.CharField(_("原因归属"), max_length=20, choices=choices.Attribution, blank=True)
    disposal = models.CharField(_("法定处置"), max_length=20, choices=choices.Disposal, blank=True)
    idle_since = models.DateField(_("起算日期"), null=True, blank=True)
    idle_days = models.PositiveIntegerField(_("已计天数"), null=True, blank=True)
    fee_wan = WanField(_("应征闲置费（万元）"), null=True, blank=True)
    options = models.JSONField(_("可选处置方式"), default=list)
    missing = models.JSONField(_("缺少的事实"), default=list)
    is_disputed = models.BooleanField(_("有未认可的延误主张"), default=False)
    next_limit = models.CharField(_("下一期限"), max_length=40, blank=True)
    next_on = models.DateField(_("下一期限日"), null=True, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("闲置判定")
        verbose_name_plural = _("闲置判定")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_limit="", next_on__isnull=True)
                | ~Q(next_limit="") & Q(next_on__isnull=False),
                name="idlestatus_limit_and_day",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "outcome", "parcel"], name="idlestatus_outcome"),
            models.Index(fields=["zone", "disposal", "parcel"], name="idlestatus_disposal"),
            models.Index(fields=["zone", "next_on", "parcel"], name="idlestatus_next"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel} · {self.get_outcome_display()}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose parcel is not sealed."""
        return visible(rows)


class Mark(ZoneRecord):
    """How far the statuses of a zone follow its trail, and for which day they were made."""

    sequence = models.PositiveBigIntegerField(default=0)
    as_of = models.DateField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("判定进度")
        verbose_name_plural = _("判定进度")
        constraints = [
            models.UniqueConstraint(fields=["zone"], name="idle_mark_once_a_zone"),
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} #{self.sequence}"


class WarningPlan(ZoneRecord):
    """When a zone warns: so many months after the start day, before it where negative."""

    months = models.JSONField(_("提醒时点（距动工日期的月数）"))
    soon_days = models.PositiveSmallIntegerField(_("临近天数"))
    changed_at = models.DateTimeField(_("更新时间"))
    changed_by = models.CharField(_("更新人"), max_length=60)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("预警时点")
        verbose_name_plural = _("预警时点")
        constraints = [
            models.UniqueConstraint(fields=["zone"], name="warning_plan_once_a_zone"),
        ]

    def __str__(self) -> str:
        return str(self.months)


class Warned(ZoneRecord):
    """That somebody was told of a limit of a parcel: once a limit, its day and its threshold."""

    parcel = models.ForeignKey("land.Parcel", models.CASCADE, related_name="+")
    limit = models.CharField(max_length=40)
    limit_on = models.DateField()
    told_at = models.DateTimeField()

    class Meta(ZoneRecord.Meta):
        verbose_name = _("期限预警")
        verbose_name_plural = _("期限预警")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "limit", "limit_on"], name="warned_once_a_limit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.limit} {self.limit_on}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose parcel is not sealed."""
        return visible(rows)


class Authority(ZoneRecord):
    """Who decides in the zone's county and how they are reached: what the papers say of them."""

    name = models.CharField(_("自然资源主管部门"), max_length=120, blank=True)
    contact = models.CharField(_("联系人、电话及地址"), max_length=200, blank=True)
    government = models.CharField(_("本级人民政府"), max_length=120, blank=True)
    approving_government = models.CharField(_("有批准权的人民政府"), max_length=120, blank=True)
    reconsideration_organ = models.CharField(_("行政复议机关"), max_length=120, blank=True)
    court = models.CharField(_("有管辖权的人民法院"), max_length=120, blank=True)
    payment_way = models.CharField(_("闲置费缴纳方式"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("更新时间"))
    changed_by = models.CharField(_("更新人"), max_length=60)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("主管部门信息")
        verbose_name_plural = _("主管部门信息")
        constraints = [
            models.UniqueConstraint(fields=["zone"], name="authority_once_a_zone"),
        ]

    def __str__(self) -> str:
        return self.name


class Reading(ZoneRecord):
    """A lawyer's reading of a parcel instead of the computed one, with its reason."""

    parcel = models.ForeignKey("land.Parcel", models.CASCADE, related_name="idle_readings")
    on = models.DateField(_("自何日起采用"))
    counted_from_on = models.DateField(_("起算日期"), null=True, blank=True)
    holder_days = models.PositiveIntegerField(_("计入使用权人的天数"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=400)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.CharField(_("登记人"), max_length=60)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("法务复核意见")
        verbose_name_plural = _("法务复核意见")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reading_has_a_reason"),
            models.CheckConstraint(
                condition=Q(counted_from_on__isnull=False) | Q(holder_days__isnull=False),
                name="reading_says_something",
                violation_error_message=_("请填写起算日期或计入天数"),
            ),
            models.UniqueConstraint(
                fields=["parcel"],
                condition=Q(withdrawn_at__isnull=True),
                name="reading_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.on}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose parcel is not sealed."""
        return visible(rows)
