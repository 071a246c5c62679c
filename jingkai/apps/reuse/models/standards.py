"""What a zone calls inefficient land, by version, and what was found by it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import ZoneRecord
from jingkai.apps.land.models import Parcel
from jingkai.apps.registers.fields import ShareField, WanField
from jingkai.apps.registers.models import Record, visible
from jingkai.core.land import inefficiency


class Combination(models.TextChoices):
    """How many criteria make land inefficient."""

    ANY = inefficiency.Combination.ANY.value, _("任一条件")
    ALL = inefficiency.Combination.ALL.value, _("全部条件")
    AT_LEAST = inefficiency.Combination.AT_LEAST.value, _("至少几项")


class Fact(models.TextChoices):
    """What a criterion looks at."""

    TAX_PER_MU = inefficiency.Fact.TAX_PER_MU.value, _("亩均税收（万元/亩）")
    OUTPUT_PER_MU = inefficiency.Fact.OUTPUT_PER_MU.value, _("亩均产值（万元/亩）")
    FLOOR_AREA_RATIO = inefficiency.Fact.FLOOR_AREA_RATIO.value, _("容积率")
    INVESTED_PERCENT = inefficiency.Fact.INVESTED_PERCENT.value, _("投资到位占约定的比例（%）")
    STOPPED_MONTHS = inefficiency.Fact.STOPPED_MONTHS.value, _("停工停产月数（月）")
    HAZARDOUS_USE = inefficiency.Fact.HAZARDOUS_USE.value, _("属危险或淘汰类用途（1 是，0 否）")


class Operator(models.TextChoices):
    """How a fact is compared."""

    BELOW = inefficiency.Operator.BELOW.value, _("低于")
    AT_MOST = inefficiency.Operator.AT_MOST.value, _("不高于")
    AT_LEAST = inefficiency.Operator.AT_LEAST.value, _("不低于")
    ABOVE = inefficiency.Operator.ABOVE.value, _("高于")


class InefficiencyStandard(Record):
    """One version of the local standard; published by somebody else than who drafted it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草案")
        PUBLISHED = "published", _("已发布")

    name = models.CharField(_("标准名称"), max_length=120)
    document_number = models.CharField(_("文号"), max_length=120, blank=True)
    effective_from = models.DateField(_("生效日期"))
    effective_to = models.DateField(_("失效日期（不含）"), null=True, blank=True)
    combination = models.CharField(_("认定方式"), max_length=10, choices=Combination)
    at_least = models.PositiveSmallIntegerField(_("至少项数"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    published_on = models.DateField(_("发布日期"), null=True, blank=True, editable=False)
    published_by = models.CharField(_("发布人"), max_length=60, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("低效用地标准")
        verbose_name_plural = _("低效用地标准")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
                name="inefficiency_standard_ends_after_start",
                violation_error_message=_("失效日期应晚于生效日期"),
            ),
            models.CheckConstraint(
                condition=Q(
                    combination=Combination.AT_LEAST, at_least__isnull=False, at_least__gte=1
                )
                | ~Q(combination=Combination.AT_LEAST) & Q(at_least__isnull=True),
                name="inefficiency_standard_says_how_many",
                violation_error_message=_("“至少几项”须填项数，其他方式不填"),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_on__isnull=True, published_by="")
                | Q(state="published", published_on__isnull=False)
                & ~Q(published_by="")
                & ~Q(document_number=""),
                name="inefficiency_standard_published_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InefficiencyCriterion(Record):
    """One condition of a standard."""

    standard = models.ForeignKey(
        InefficiencyStandard, models.PROTECT, verbose_name=_("标准"), related_name="criteria"
    )
    fact = models.CharField(_("指标"), max_length=30, choices=Fact)
    operator = models.CharField(_("比较"), max_length=10, choices=Operator)
    value = ShareField(_("界限值"))
    basis = models.CharField(_("依据"), max_length=200)
    is_confirmed = models.BooleanField(_("依据已核实"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("低效用地条件")
        verbose_name_plural = _("低效用地条件")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["standard", "fact", "operator"], name="inefficiency_criterion_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ParcelOutput(Record):
    """What was produced on a parcel in a year."""

    parcel = models.ForeignKey(
        Parcel, models.PROTECT, verbose_name=_("宗地"), related_name="outputs"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    tax_wan = WanField(_("税收（万元）"), null=True, blank=True)
    output_wan = WanField(_("产值（万元）"), null=True, blank=True)
    is_hazardous = models.BooleanField(_("属危险或淘汰类用途"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("地块产出")
        verbose_name_plural = _("地块产出")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["parcel", "year"], name="parceloutput_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="parceloutput_year_is_a_year",
                violation_error_message=_("年度应为四位数的年份"),
            ),
        ]
        indexes = [models.Index(fields=["zone", "-year", "-id"], name="parceloutput_latest")]

    def __str__(self) -> str:
        return self.code


class Appraisal(ZoneRecord):
    """What a standard says of one parcel on a day, and on what; the next one takes its place."""

    class Verdict(models.TextChoices):
        INEFFICIENT = "inefficient", _("符合低效条件")
        EFFICIENT = "efficient", _("不符合")
        UNKNOWN = "unknown", _("资料不足")

    standard = models.ForeignKey(
        InefficiencyStandard, models.PROTECT, verbose_name=_("标准"), related_name="appraisals"
    )
    parcel = models.ForeignKey(
        Parcel, models.CASCADE, verbose_name=_("宗地"), related_name="appraisals"
    )
    appraised_on = models.DateField(_("评定日期"))
    verdict = models.CharField(_("结论"), max_length=12, choices=Verdict)
    findings = models.JSONField(_("逐条结果"), default=list)

    class Meta(ZoneRecord.Meta):
        verbose_name = _("低效用地评定")
        verbose_name_plural = _("低效用地评定")
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "parcel"], name="appraisal_once_a_standard"
            )
        ]
        indexes = [
            models.Index(fields=["zone", "standard", "verdict", "parcel"], name="appraisal_found")
        ]

    def __str__(self) -> str:
        return f"{self.parcel} · {self.get_verdict_display()}"

    @classmethod
    def unsealed(cls, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those whose parcel is not sealed."""
        return visible(rows)
