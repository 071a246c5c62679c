"""Agreements and what they promise."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingkai.apps.registers.fields import MuField, ScaledDecimalField, WanField
from jingkai.apps.registers.models import Classified, Record, sorted_by

from .leads import Investor, Lead


class PromisedField(ScaledDecimalField):
    """A promised number in the unit beside it, to a ten-thousandth."""

    places = 4


class Signing(Classified):
    """An investment agreement; a framework agreement is counted apart from a formal one."""

    class Kind(models.TextChoices):
        FORMAL = "formal", _("正式协议")
        FRAMEWORK = "framework", _("框架协议")

    name = models.CharField(pgettext_lazy("一个", "签约项目"), max_length=120)
    kind = models.CharField(_("协议类型"), max_length=10, choices=Kind)
    signed_on = models.DateField(_("签约日期"))
    agreement_no = models.CharField(_("协议编号"), max_length=60, blank=True)
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="signings", verbose_name=_("客商")
    )
    lead = models.ForeignKey(
        Lead,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signings",
        verbose_name=_("线索"),
    )
    industry_code = models.CharField(_("行业代码"), max_length=4, blank=True)
    planned_wan = WanField(_("计划总投资（万元）"), null=True, blank=True)
    fixed_investment_wan = WanField(_("其中：固定资产投资（万元）"), null=True, blank=True)
    land_mu = MuField(_("用地（亩）"), null=True, blank=True)
    agreed_intensity_wan_per_mu = WanField(_("约定投资强度（万元/亩）"), null=True, blank=True)
    agreed_tax_wan_per_mu = WanField(_("约定亩均税收（万元/亩）"), null=True, blank=True)
    agreed_start_on = models.DateField(_("约定开工日期"), null=True, blank=True)
    agreed_completion_on = models.DateField(_("约定竣工日期"), null=True, blank=True)
    agreed_production_on = models.DateField(_("约定投产日期"), null=True, blank=True)
    clauses = models.TextField(_("主要条款"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("签约")
        verbose_name_plural = _("签约")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(planned_wan__isnull=True) | Q(planned_wan__gte=0),
                name="signing_planned_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(fixed_investment_wan__isnull=True)
                | Q(fixed_investment_wan__gte=0)
                & (Q(planned_wan__isnull=True) | Q(fixed_investment_wan__lte=F("planned_wan"))),
                name="signing_fixed_part_of_planned",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "-signed_on", "-id"], name="signing_newest"),
            models.Index(fields=["zone", "kind", "signed_on"], name="signing_kind"),
            *sorted_by("signing", "classification"),
        ]

    def __str__(self) -> str:
        return self.name


class Obligation(Record):
    """Something that a signing promises: a number, a date, or a number by a date."""

    class Kind(models.TextChoices):
        INTENSITY = "intensity", _("投资强度")
        TAX = "tax", _("税收")
        INVESTMENT = "investment", _("投资额")
        START = "start", _("开工")
        COMPLETION = "completion", _("竣工")
        PRODUCTION = "production", _("投产")
        EMPLOYMENT = "employment", _("就业")

    class Unit(models.TextChoices):
        WAN = "wan", _("万元")
        WAN_PER_MU = "wan_per_mu", _("万元/亩")
        PERSONS = "persons", _("人")

    signing = models.ForeignKey(
        Signing, models.PROTECT, related_name="obligations", verbose_name=_("签约")
    )
    kind = models.CharField(_("承诺事项"), max_length=20, choices=Kind)
    promised = PromisedField(_("承诺值"), null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, choices=Unit, blank=True)
    due_on = models.DateField(_("履行期限"), null=True, blank=True)
    kept_on = models.DateField(_("履行日期"), null=True, blank=True)
    kept_value = PromisedField(_("实际值"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("履约承诺")
        verbose_name_plural = _("履约承诺")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(promised__isnull=True, unit="")
                | (Q(promised__isnull=False, promised__gte=0) & ~Q(unit="")),
                name="obligation_number_with_unit",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["start", "completion", "production"])
                | Q(promised__isnull=True),
                name="obligation_of_a_date_has_no_number",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "due_on", "id"], name="obligation_due"),
            models.Index(fields=["signing", "kind"], name="obligation_of_signing"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_kind_display()}"
