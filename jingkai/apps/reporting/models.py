"""Targets, and figures as they stood when a period was frozen."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.registers.fields import ScaledDecimalField
from jingkai.apps.registers.models import Record


class ExactField(ScaledDecimalField):
    """A figure in its indicator's unit, to a millionth: 万元 stay exact to the 分."""

    places = 6


class Target(Record):
    """What the zone means to reach in a year, for one indicator."""

    indicator = models.CharField(_("指标"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年度"))
    value = ExactField(_("目标值"))
    basis = models.CharField(_("下达依据"), max_length=120, blank=True)
    note = models.TextField(_("备注"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("目标任务")
        verbose_name_plural = _("目标任务")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["zone", "indicator", "year"], name="target_once_a_year"
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="target_is_positive"),
        ]
        indexes = [models.Index(fields=["zone", "-year", "-id"], name="target_latest")]

    def __str__(self) -> str:
        return f"{self.year} · {self.indicator}"


class Freeze(ZoneRecord):
    """A period whose figures were kept as they stood; it is never changed."""

    label = models.CharField(_("名称"), max_length=60)
    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止（统计截止日）"))
    frozen_at = models.DateTimeField(_("封存时间"))
    frozen_by = models.CharField(_("封存人"), max_length=60)
    note = models.TextField(_("说明"), blank=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("封存期间")
        verbose_name_plural = _("封存期间")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="freeze_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["zone", "-frozen_at"], name="freeze_latest")]

    def __str__(self) -> str:
        return self.label


class FrozenFigure(ZoneRecord):
    """
    One figure of a frozen period, with its definition and the records behind it.

    ``contributions`` maps each record's id to its label and its share in the figure as a decimal
    text; shares add up to the value where the figure is a count or a sum.
    """

    freeze = models.ForeignKey(
        Freeze, models.PROTECT, related_name="figures", verbose_name=_("封存期间")
    )
    indicator = models.CharField(_("指标"), max_length=40)
    definition = models.JSONField(_("口径"))
    value = ExactField(_("数值"), null=True)
    records = models.PositiveIntegerField(_("记录数"))
    contributions = models.JSONField(_("组成记录"))

    class Meta(ZoneRecord.Meta):
        verbose_name = _("封存指标")
        verbose_name_plural = _("封存指标")
        constraints = [
            models.UniqueConstraint(fields=["freeze", "indicator"], name="figure_frozen_once")
        ]

    def __str__(self) -> str:
        return f"{self.freeze} · {self.indicator}"
