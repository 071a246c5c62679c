"""Projects with their stages, evidence, service officers and funds."""

from itertools import pairwise

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import MuField, WanField
from jingkai.apps.registers.models import Classified, Record, sorted_by
from jingkai.core import lifecycle


class Stage(models.TextChoices):
    """How far a project has come; apart from its status."""

    IN_LIBRARY = lifecycle.Stage.IN_LIBRARY.value, _("在库")
    SIGNED = lifecycle.Stage.SIGNED.value, _("签约")
    TO_START = lifecycle.Stage.TO_START.value, _("拟开工")
    STARTED = lifecycle.Stage.STARTED.value, _("开工")
    IN_PRODUCTION = lifecycle.Stage.IN_PRODUCTION.value, _("投产")
    AT_CAPACITY = lifecycle.Stage.AT_CAPACITY.value, _("达产")
    AT_TARGET = lifecycle.Stage.AT_TARGET.value, _("达效")


class Status(models.TextChoices):
    """How a project fares, whatever its stage."""

    ONGOING = lifecycle.Status.ONGOING.value, _("推进中")
    DELAYED = lifecycle.Status.DELAYED.value, _("滞后")
    DORMANT = lifecycle.Status.DORMANT.value, _("停滞")
    LOST = lifecycle.Status.LOST.value, _("流失")


class Site(models.TextChoices):
    """Where a project is built; its gates depend on it."""

    NEW_LAND = "new_land", _("新供地")
    LEASED_PLANT = lifecycle.LEASED_PLANT, _("租赁厂房")
    OWN_LAND = "own_land", _("自有土地")


# The date on which a stage was reached; only ``actions.move_project`` writes it.
STAGE_DATES = {
    Stage.SIGNED: "signed_on",
    Stage.TO_START: "to_start_on",
    Stage.STARTED: "started_on",
    Stage.IN_PRODUCTION: "production_started_on",
    Stage.AT_CAPACITY: "at_capacity_on",
    Stage.AT_TARGET: "at_target_on",
}


def _dates_agree_with_stage() -> list[models.CheckConstraint]:
    """Return the law that a stage's date is on record exactly when the stage is reached."""
    order = list(Stage)
    return [
        models.CheckConstraint(
            condition=Q(stage__in=order[order.index(stage) :], **{f"{field}__isnull": False})
            | Q(stage__in=order[: order.index(stage)], **{f"{field}__isnull": True}),
            name=f"project_{field}_agrees_with_stage",
        )
        for stage, field in STAGE_DATES.items()
    ]


def _in_order(*fields: str) -> list[models.CheckConstraint]:
    """Return the law that each date does not come before the last one on record."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{later}__gte": F(earlier)})
            | Q(**{f"{later}__isnull": True})
            | Q(**{f"{earlier}__isnull": True}),
            name=f"project_{later}_not_before_{earlier}",
            violation_error_message=_("日期先后颠倒，请核对各阶段日期与约定日期"),
        )
        for earlier, later in pairwise(fields)
    ]


class Project(Classified):
    """An investment project from the library to its promised effect."""

    name = models.CharField(_("项目名称"), max_length=120)
    signing = models.ForeignKey(
        "investment.Signing",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("签约"),
        related_name="projects",
    )
    investor = models.ForeignKey(
        "investment.Investor",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("客商"),
        related_name="projects",
    )
    enterprise_name = models.CharField(_("项目公司"), max_length=120, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    industry_code = models.CharField(_("行业代码"), max_length=5, blank=True)
    planned_wan = WanField(_("计划总投资（万元）"), null=True, blank=True)
    fixed_investment_wan = WanField(_("其中固定资产投资（万元）"), null=True, blank=True)
    land_mu = MuField(_("用地（亩）"), null=True, blank=True)
    site = models.CharField(_("用地方式"), max_length=20, choices=Site, blank=True)
    entered_on = models.DateField(_("入库日期"))

    stage = models.CharField(
        _("阶段"), max_length=20, choices=Stage, default=Stage.IN_LIBRARY, editable=False
    )
    signed_on = models.DateField(_("签约日期"), null=True, blank=True, editable=False)
    to_start_on = models.DateField(_("拟开工日期"), null=True, blank=True, editable=False)
    started_on = models.DateField(_("开工日期"), null=True, blank=True, editable=False)
    production_started_on = models.DateField(_("投产日期"), null=True, blank=True, editable=False)
    at_capacity_on = models.DateField(_("达产日期"), null=True, blank=True, editable=False)
    at_target_on = models.DateField(_("达效日期"), null=True, blank=True, editable=False)

    settled_on = models.DateField(_("注册落地日期"), null=True, blank=True)
    land_supplied_on = models.DateField(_("供地日期"), null=True, blank=True)
    completed_on = models.DateField(_("竣工日期"), null=True, blank=True)

    agreed_settle_on = models.DateField(_("约定注册落地日期"), null=True, blank=True)
    agreed_start_on = models.DateField(_("约定开工日期"), null=True, blank=True)
    agreed_completion_on = models.DateField(_("约定竣工日期"), null=True, blank=True)
    agreed_production_on = models.DateField(_("约定投产日期"), null=True, blank=True)
    agreed_capacity_on = models.DateField(_("约定达产日期"), null=True, blank=True)
    agreed_target_on = models.DateField(_("约定达效日期"), null=True, blank=True)

    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.ONGOING, editable=False
    )
    status_reason = models.CharField(_("状态原因"), max_length=200, blank=True, editable=False)
    status_since = models.DateField(_("状态起始日期"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        constraints = [
            *Record.Meta.constraints,
            *_dates_agree_with_stage(),
            *_in_order("entered_on", *STAGE_DATES.values()),
            *_in_order("started_on", "completed_on"),
            *_in_order(
                "agreed_start_on",
                "agreed_completion_on",
                "agreed_production_on",
                "agreed_capacity_on",
                "agreed_target_on",
            ),
            models.CheckConstraint(
                condition=Q(fixed_investment_wan__lte=F("planned_wan"))
                | Q(fixed_investment_wan__isnull=True)
                | Q(planned_wan__isnull=True),
                name="project_fixed_investment_within_planned",
                violation_error_message=_("固定资产投资不能大于计划总投资"),
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ONGOING)
                | Q(status_since__isnull=False) & ~Q(status_reason=""),
                name="project_status_has_a_reason_and_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "stage", "-id"], name="project_stage"),
            models.Index(fields=["zone", "-entered_on", "-id"], name="project_entered"),
            models.Index(fields=["zone", "started_on"], name="project_started"),
            *sorted_by("project", "classification", "name", "status", "planned_wan"),
        ]

    def __str__(self) -> str:
        return self.name


class Transition(Record):
    """
    One step to the next stage, or a return to an earlier one.

    A step that a later return has taken back says so by ``undone_on``, so that the stage on any
    past day can be read from dated rows alone: it is the last whose step stood on that day.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name=_("项目"), related_name="transitions"
    )
    from_stage = models.CharField(_("原阶段"), max_length=20, choices=Stage)
    to_stage = models.CharField(_("进入阶段"), max_length=20, choices=Stage)
    moved_on = models.DateField(_("日期"))
    is_return = models.BooleanField(_("退回"), default=False)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    undone_on = models.DateField(_("退回日期"), null=True, blank=True)
    is_forced = models.BooleanField(_("强制通过"), default=False)
    force_reason = models.CharField(_("强制理由"), max_length=200, blank=True)
    missing = models.JSONField(_("通过时缺少"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("阶段推进")
        verbose_name_plural = _("阶段推进")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(from_stage=F("to_stage")), name="transition_goes_somewhere"
            ),
            models.UniqueConstraint(
                fields=["project", "to_stage"],
                condition=Q(is_return=False, undone_on__isnull=True),
                name="transition_stage_reached_once",
            ),
            models.CheckConstraint(
                condition=Q(is_return=False) | ~Q(reason=""), name="transition_back_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(is_forced=False, force_reason="")
                | Q(is_forced=True) & ~Q(force_reason=""),
                name="transition_forced_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True) | Q(undone_on__gte=F("moved_on")),
                name="transition_undone_not_before_made",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "to_stage", "moved_on"], name="transition_reached"),
            models.Index(fields=["zone", "to_stage", "moved_on"], name="transition_stage"),
            models.Index(fields=["zone", "-moved_on", "-id"], name="transition_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.get_from_stage_display()} → {self.get_to_stage_display()}"


class Evidence(Record):
    """A document or photograph that proves a step of a project."""

    class Kind(models.TextChoices):
        FILING = "filing", _("备案证明")
        AGREEMENT = "agreement", _("投资协议")
        LAND_CONTRACT = "land_contract", _("出让合同")
        LEASE_CONTRACT = "lease_contract", _("租赁合同")
        CONSTRUCTION_PERMIT = "construction_permit", _("施工许可证")
        SITE_PHOTO = "site_photo", _("开工现场照片")
        INSTALLATION_PHOTO = "installation_photo", _("设备安装照片")
        FIRST_INVOICE = "first_invoice", _("首张销售发票")
        OUTPUT_PROOF = "output_proof", _("产值证明")
        TAX_PROOF = "tax_proof", _("税收证明")
        OTHER = "other", _("其他")

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name=_("项目"), related_name="evidence"
    )
    kind = models.CharField(_("材料种类"), max_length=20, choices=Kind)
    title = models.CharField(_("材料名称"), max_length=120)
    document_no = models.CharField(_("文号"), max_length=80, blank=True)
    dated_on = models.DateField(_("材料日期"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("项目佐证材料")
        verbose_name_plural = _("项目佐证材料")
        indexes = [
            models.Index(fields=["zone", "kind", "project"], name="evidence_kind"),
            models.Index(fields=["zone", "-dated_on", "-id"], name="evidence_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.title}"


class OfficerAssignment(Record):
    """A project's service officer, from one day until another."""

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name=_("项目"), related_name="assignments"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("服务专员"), related_name="+"
    )
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期（不含）"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("移交人"),
        related_name="+",
    )
    note = models.CharField(_("交接说明"), max_length=400, blank=True)
    acknowledged_on = models.DateField(_("签收日期"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("服务专员")
        verbose_name_plural = _("服务专员")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(until__isnull=True),
                name="assignment_one_officer_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="assignment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_by__isnull=True) | ~Q(note=""),
                name="assignment_handed_over_with_a_note",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "officer", "until"], name="assignment_officer"),
            models.Index(fields=["zone", "-since", "-id"], name="assignment_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.officer}"


class FundsReceipt(Record):
    """Money that has really arrived for a project."""

    class Kind(models.TextChoices):
        DOMESTIC = "domestic", _("内资")
        FOREIGN = "foreign", _("外资")

    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name=_("项目"), related_name="receipts"
    )
    received_on = models.DateField(_("到位日期"))
    amount_wan = WanField(_("到位金额（万元）"))
    kind = models.CharField(_("资金来源"), max_length=10, choices=Kind)
    voucher_no = models.CharField(_("凭证号"), max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("到位资金")
        verbose_name_plural = _("到位资金")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(amount_wan__gt=0), name="funds_are_positive"),
        ]
        indexes = [models.Index(fields=["zone", "-received_on", "-id"], name="funds_latest")]

    def __str__(self) -> str:
        return f"{self.project} · {self.received_on}"
