"""标准地: what was promised together with the land."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import ScaledDecimalField
from jingkai.apps.registers.models import Record

from .parcels import Parcel


class PromisedField(ScaledDecimalField):
    """A promised or reached value of any unit, to four places."""

    places = 4


class StandardIndicator(models.TextChoices):
    """What a 标准地 contract commonly fixes; consumption and emissions are ceilings."""

    INVESTMENT_PER_MU = "investment_per_mu", _("亩均固定资产投资")
    OUTPUT_PER_MU = "output_per_mu", _("亩均产值")
    TAX_PER_MU = "tax_per_mu", _("亩均税收")
    FLOOR_AREA_RATIO = "floor_area_ratio", _("容积率")
    BUILDING_COEFFICIENT = "building_coefficient", _("建筑系数")
    EMPLOYMENT = "employment", _("就业人数")
    RESEARCH_SHARE = "research_share", _("研发投入占比")
    ENERGY_PER_OUTPUT = "energy_per_output", _("单位产值能耗")
    EMISSION_PER_OUTPUT = "emission_per_output", _("单位产值污染物排放")
    OFFICE_SHARE = "office_share", _("行政办公及生活服务设施用地占比")
    OTHER = "other", _("其他")


CEILINGS = (
    StandardIndicator.ENERGY_PER_OUTPUT,
    StandardIndicator.EMISSION_PER_OUTPUT,
    StandardIndicator.OFFICE_SHARE,
)


class StandardObligation(Record):
    """One indicator that the holder promised for a parcel, and whether it was kept."""

    parcel = models.ForeignKey(
        Parcel, models.PROTECT, verbose_name=_("宗地"), related_name="obligations"
    )
    indicator = models.CharField(_("指标"), max_length=30, choices=StandardIndicator)
    unit = models.CharField(_("计量单位"), max_length=30)
    promised = PromisedField(_("约定值"))
    due_on = models.DateField(_("考核日期"), null=True, blank=True)
    checked_on = models.DateField(_("核查日期"), null=True, blank=True)
    kept_value = PromisedField(_("核查值"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("标准地承诺")
        verbose_name_plural = _("标准地承诺")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kept_value__isnull=True, checked_on__isnull=True)
                | Q(kept_value__isnull=False, checked_on__isnull=False),
                name="standard_value_and_when",
                violation_error_message=_("核查值与核查日期应同时填写"),
            ),
        ]
        indexes = [
            models.Index(fields=["parcel", "due_on"], name="standard_of_parcel"),
            models.Index(fields=["zone", "due_on", "id"], name="standard_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_indicator_display()}"
