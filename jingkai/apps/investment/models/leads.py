"""Investors, leads, and how mature a lead is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import MuField, WanField
from jingkai.apps.registers.models import Classified, Record, sorted_by


class Investor(Classified):
    """Somebody who may invest: an enterprise, or one that brings enterprises."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业")
        ASSOCIATION = "association", _("商协会")
        INSTITUTION = "institution", _("科研院所")
        FUND = "fund", _("基金")

    name = models.CharField(_("客商名称"), max_length=100)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    kind = models.CharField(_("客商类别"), max_length=20, choices=Kind, default=Kind.ENTERPRISE)
    origin_province = models.CharField(_("来源省份"), max_length=20, blank=True)
    origin_city = models.CharField(_("来源城市"), max_length=30, blank=True)
    is_foreign = models.BooleanField(_("外资"), null=True, blank=True)
    industry_code = models.CharField(_("行业代码"), max_length=4, blank=True)
    contact_person = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("客商")
        verbose_name_plural = _("客商")
        constraints = [*Record.Meta.constraints]
        indexes = [
            models.Index(fields=["zone", "credit_code"], name="investor_credit_code"),
            *sorted_by(
                "investor",
                "classification",
                "name",
                "kind",
                "origin_province",
                "is_foreign",
                "industry_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lead(Classified):
    """
    A possible project before it is signed.

    Where it stands is derived from its dates and its signings. ``lost_on`` and ``revived_on`` tell
    the latest loss; those before it are in the trail.
    """

    class Source(models.TextChoices):
        VISIT = "visit", _("来访")
        OUTREACH = "outreach", _("外出招商")
        REFERRAL = "referral", _("推荐")
        PLATFORM = "platform", _("平台")
        SELF = "self", _("自主联系")
        OTHER = "other", _("其他")

    class LostReason(models.TextChoices):
        OTHER_PLACE = "other_place", _("落户外地")
        NO_SITE = "no_site", _("用地或厂房不匹配")
        NO_FUNDS = "no_funds", _("资金未落实")
        NO_ADMISSION = "no_admission", _("不符合准入要求")
        POSTPONED = "postponed", _("投资计划搁置")
        NO_CONTACT = "no_contact", _("失去联系")
        OTHER = "other", _("其他")

    name = models.CharField(_("线索名称"), max_length=120)
    investor = models.ForeignKey(
        Investor, models.PROTECT, related_name="leads", verbose_name=_("客商")
    )
    origin = models.CharField(_("线索来源"), max_length=20, choices=Source)
    found_on = models.DateField(_("获得日期"))
    industry_code = models.CharField(_("行业代码"), max_length=4, blank=True)
    planned_wan = WanField(_("计划总投资（万元）"), null=True, blank=True)
    land_mu = MuField(_("需用地（亩）"), null=True, blank=True)
    plant_m2 = models.PositiveIntegerField(_("需厂房（平方米）"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("跟进人"),
    )
    assigned_on = models.DateField(_("分派日期"), null=True, blank=True)
    next_follow_up_on = models.DateField(_("下次跟进日期"), null=True, blank=True)
    protected_until = models.DateField(_("保护期至（不含）"), null=True, blank=True)
    entered_library_on = models.DateField(_("入库日期"), null=True, blank=True)
    lost_on = models.DateField(_("流失日期"), null=True, blank=True)
    lost_reason = models.CharField(_("流失原因"), max_length=20, choices=LostReason, blank=True)
    lost_note = models.CharField(_("流失说明"), max_length=300, blank=True)
    revived_on = models.DateField(_("唤醒日期"), null=True, blank=True)
    revived_note = models.CharField(_("唤醒说明"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("招商线索")
        verbose_name_plural = _("招商线索")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True, assigned_on__isnull=True)
                | Q(assigned_to__isnull=False, assigned_on__isnull=False),
                name="lead_assigned_to_and_on",
            ),
            models.CheckConstraint(
                condition=Q(lost_on__isnull=True, lost_reason="")
                | (Q(lost_on__isnull=False) & ~Q(lost_reason="")),
                name="lead_lost_on_and_why",
            ),
            models.CheckConstraint(
                condition=Q(revived_on__isnull=True)
                | Q(lost_on__isnull=False, revived_on__gte=F("lost_on")),
                name="lead_revived_after_it_was_lost",
            ),
            models.CheckConstraint(
                condition=Q(entered_library_on__isnull=True)
                | Q(entered_library_on__gte=F("found_on")),
                name="lead_enters_library_once_found",
            ),
            models.CheckConstraint(
                condition=Q(planned_wan__isnull=True) | Q(planned_wan__gte=0),
                name="lead_planned_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "-found_on", "-id"], name="lead_newest"),
            models.Index(fields=["zone", "entered_library_on"], name="lead_library"),
            models.Index(fields=["zone", "next_follow_up_on"], name="lead_follow_up"),
            *sorted_by("lead", "classification", "name", "origin", "planned_wan"),
        ]

    def __str__(self) -> str:
        return self.name


class LeadAssessment(Record):
    """What was known of a lead on a day: one answer a criterion, None where not on record."""

    lead = models.ForeignKey(
        Lead, models.PROTECT, related_name="assessments", verbose_name=_("线索")
    )
    assessed_on = models.DateField(_("评估日期"))
    investor_verified = models.BooleanField(_("投资主体已核实"), null=True, blank=True)
    funds_proved = models.BooleanField(_("资金实力已证明"), null=True, blank=True)
    site_matched = models.BooleanField(_("用地或厂房已匹配"), null=True, blank=True)
    policy_screened = models.BooleanField(_("准入与政策已预审"), null=True, blank=True)
    decision_on = models.DateField(_("投资决策日期"), null=True, blank=True)
    industry_prohibited = models.BooleanField(_("产业禁止准入"), null=True, blank=True)
    environment_vetoed = models.BooleanField(_("环保一票否决"), null=True, blank=True)
    safety_vetoed = models.BooleanField(_("安全一票否决"), null=True, blank=True)
    credit_vetoed = models.BooleanField(_("严重失信"), null=True, blank=True)
    note = models.CharField(_("评估意见"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("成熟度评估")
        verbose_name_plural = _("成熟度评估")
        constraints = [*Record.Meta.constraints]
        indexes = [
            models.Index(fields=["zone", "-assessed_on", "-id"], name="assessment_newest"),
            models.Index(fields=["lead", "-assessed_on", "-id"], name="assessment_of_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.assessed_on}"


class MaturityCard(Record):
    """The zone's scorecard of leads while in force: weights that add up to 100, a threshold."""

    effective_from = models.DateField(_("生效日期"))
    effective_to = models.DateField(_("失效日期（不含）"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    investor_verified_weight = models.PositiveSmallIntegerField(_("投资主体已核实 · 权重"))
    funds_proved_weight = models.PositiveSmallIntegerField(_("资金实力已证明 · 权重"))
    site_matched_weight = models.PositiveSmallIntegerField(_("用地或厂房已匹配 · 权重"))
    policy_screened_weight = models.PositiveSmallIntegerField(_("准入与政策已预审 · 权重"))
    decision_dated_weight = models.PositiveSmallIntegerField(_("投资决策日期已明确 · 权重"))
    threshold = models.PositiveSmallIntegerField(_("成熟分数线"))

    class Meta(Record.Meta):
        verbose_name = _("成熟度评分卡")
        verbose_name_plural = _("成熟度评分卡")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")),
                name="maturitycard_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(
                    investor_verified_weight=100
                    - F("funds_proved_weight")
                    - F("site_matched_weight")
                    - F("policy_screened_weight")
                    - F("decision_dated_weight")
                ),
                name="maturitycard_weights_add_up_to_100",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=1, threshold__lte=100),
                name="maturitycard_threshold_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.effective_from}"
