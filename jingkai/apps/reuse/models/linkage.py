"""增存挂钩: what stood idle or unsupplied on a base date, against which disposal is measured."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.land.models import LandApproval, Parcel
from jingkai.apps.registers.fields import HundredthField, M2Field
from jingkai.apps.registers.models import Record, visible


class Kind(models.TextChoices):
    """Which stock is measured; each has a rate of its own."""

    UNSUPPLIED = "unsupplied", _("批而未供")
    IDLE = "idle", _("闲置土地")


class StockTarget(Record):
    """The share of a stock that is to be disposed of in a year; a draft until its basis stands."""

    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("存量种类"), max_length=12, choices=Kind)
    base_on = models.DateField(_("基准日"))
    target_percent = HundredthField(_("处置率目标（%）"), null=True, blank=True)
    basis = models.CharField(_("目标依据"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("依据已核实"), default=False)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("存量处置目标")
        verbose_name_plural = _("存量处置目标")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["zone", "year", "kind"], name="stocktarget_once"),
            models.CheckConstraint(
                condition=Q(target_percent__isnull=True)
                | Q(target_percent__gte=0, target_percent__lte=100),
                name="stocktarget_is_a_share",
                violation_error_message=_("处置率目标应在 0 与 100 之间"),
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | ~Q(basis=""),
                name="stocktarget_confirmed_with_basis",
                violation_error_message=_("确认目标须写明依据文件"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class StockItem(ZoneRecord):
    """A parcel, or what is left of an approval, that belonged to the stock when it was taken."""

    target = models.ForeignKey(
        StockTarget, models.CASCADE, verbose_name=_("存量处置目标"), related_name="items"
    )
    parcel = models.ForeignKey(
        Parcel, models.PROTECT, null=True, verbose_name=_("宗地"), related_name="stocked"
    )
    approval = models.ForeignKey(
        LandApproval, models.PROTECT, null=True, verbose_name=_("批次用地"), related_name="stocked"
    )
    area_m2 = M2Field(_("面积（平方米）"), null=True)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("存量清单")
        verbose_name_plural = _("存量清单")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "parcel"],
                condition=Q(parcel__isnull=False),
                name="stockitem_parcel_once",
            ),
            models.UniqueConstraint(
                fields=["target", "approval"],
                condition=Q(approval__isnull=False),
                name="stockitem_approval_once",
            ),
            models.CheckConstraint(
                condition=Q(parcel__isnull=False, approval__isnull=True)
                | Q(parcel__isnull=True, approval__isnull=False),
                name="stockitem_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.parcel or self.approval)

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose parcel or approval is not sealed."""
        return visible(rows)
