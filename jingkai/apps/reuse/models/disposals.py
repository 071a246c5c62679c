"""A disposal carried to its end: its steps, its money, and what was assumed before choosing it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.land.models import Measure, Parcel, Plant
from jingkai.apps.registers.fields import M2Field, WanField
from jingkai.apps.registers.models import Classified, Record, sorted_by
from jingkai.core.land import measures

MEASURES = [(value, label) for value, label in Measure.choices if value != "not_applicable"]


class Status(models.TextChoices):
    """How far a disposal has come."""

    PLANNED = "planned", _("已计划")
    UNDER_WAY = "under_way", _("处置中")
    FINISHED = "finished", _("已完成")
    WITHDRAWN = "withdrawn", _("已撤销")


OPEN = (Status.PLANNED, Status.UNDER_WAY)


class Proof(models.TextChoices):
    """What shows that land or a plant is in use again."""

    PRODUCTION = measures.Proof.PRODUCTION.value, _("投产")
    RENT = measures.Proof.RENT.value, _("租约起租")
    CONTRACT = measures.Proof.CONTRACT.value, _("新签出让合同或划拨决定书")
    REGISTRATION = measures.Proof.REGISTRATION.value, _("不动产转移登记")
    RESERVE = measures.Proof.RESERVE.value, _("纳入土地储备")
    COMMENCEMENT = measures.Proof.COMMENCEMENT.value, _("动工开发")
    TEMPORARY = measures.Proof.TEMPORARY.value, _("临时利用启用")


class Party(models.TextChoices):
    """Whose money it is."""

    PUBLIC = "public", _("财政（管委会）")
    HOLDER = "holder", _("原权利人")
    USER = "user", _("新用地、用房方")
    OUTSIDE = "outside", _("其他方")


class Category(models.TextChoices):
    """What money, output or work is counted."""

    COMPENSATION = "compensation", _("收回补偿")
    PURCHASE = "purchase", _("转让或收购价款")
    LAND_PRICE = "land_price", _("土地出让价款")
    RENT = "rent", _("租金")
    TAX = "tax", _("税收")
    TAX_FOREGONE = "tax_foregone", _("减免或放弃的税费")
    IDLE_FEE = "idle_fee", _("土地闲置费")
    RELOCATION = "relocation", _("搬迁")
    REMEDIATION = "remediation", _("土壤治理与场地整理")
    CONSTRUCTION = "construction", _("改造与配套建设")
    OTHER = "other", _("其他收支")
    OUTPUT = "output", _("产值")
    JOBS = "jobs", _("就业")


NOT_MONEY = (Category.OUTPUT, Category.JOBS)


def _has_subject(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(parcel__isnull=False) | Q(plant__isnull=False),
        name=name,
        violation_error_message=_("请填写宗地或厂房"),
    )


def _counted(name: str) -> list[models.CheckConstraint]:
    """Return the laws of a line: jobs are heads, the rest is money; money has two parties."""
    jobs = Q(category=Category.JOBS)
    return [
        models.CheckConstraint(
            condition=jobs & Q(people__isnull=False, amount_wan__isnull=True)
            | ~jobs & Q(people__isnull=True, amount_wan__isnull=False, amount_wan__gte=0),
            name=f"{name}_is_heads_or_money",
            violation_error_message=_("就业填人数，其他类别填金额（万元）"),
        ),
        models.CheckConstraint(
            condition=Q(category__in=NOT_MONEY, payer="", payee="")
            | ~Q(category__in=NOT_MONEY) & ~Q(payer="") & ~Q(payee="") & ~Q(payer=F("payee")),
            name=f"{name}_has_two_parties",
            violation_error_message=_("收支须填付款方和收款方且不能相同；产值、就业不填"),
        ),
        models.CheckConstraint(
            condition=~Q(source=""),
            name=f"{name}_has_a_source",
            violation_error_message=_("请写明数据来源"),
        ),
    ]


class Disposal(Classified):
    """One parcel or plant on its way back to use by one measure."""

    parcel = models.ForeignKey(
        Parcel,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("宗地"),
        related_name="disposals",
    )
    plant = models.ForeignKey(
        Plant,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("厂房"),
        related_name="disposals",
    )
    measure = models.CharField(_("处置方式"), max_length=30, choices=MEASURES)
    project_name = models.CharField(_("承接项目"), max_length=120, blank=True)
    investor_name = models.CharField(_("受让、承租或合作方"), max_length=120, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("经办人"),
        related_name="+",
    )
    planned_on = models.DateField(_("立项日期"), blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    basis_document = models.CharField(_("决定文号"), max_length=120, blank=True)
    area_m2 = M2Field(_("处置面积（平方米）"), null=True, blank=True)
    agreed_from_on = models.DateField(_("约定起始日期"), null=True, blank=True)
    agreed_until_on = models.DateField(_("约定截止日期（不含）"), null=True, blank=True)
    due_on = models.DateField(_("计划完成日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True)

    status = models.CharField(
        _("状态"), max_length=20, choices=Status, default=Status.PLANNED, editable=False
    )
    started_on = models.DateField(_("启动日期"), null=True, blank=True, editable=False)
    finished_on = models.DateField(_("完成日期"), null=True, blank=True, editable=False)
    reused_area_m2 = M2Field(_("盘活面积（平方米）"), null=True, blank=True, editable=False)
    proof = models.CharField(
        _("盘活佐证"), max_length=20, choices=Proof, blank=True, editable=False
    )
    proof_document = models.CharField(
        _("佐证文号或合同号"), max_length=120, blank=True, editable=False
    )
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=200, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("处置")
        verbose_name_plural = _("处置")
        constraints = [
            *Record.Meta.constraints,
            _has_subject("disposal_has_a_subject"),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
                name="disposal_area_is_positive",
                violation_error_message=_("处置面积应大于 0"),
            ),
            models.CheckConstraint(
                condition=Q(agreed_from_on__isnull=True)
                | Q(agreed_until_on__isnull=True)
                | Q(agreed_until_on__gt=F("agreed_from_on")),
                name="disposal_agreed_until_after_from",
                violation_error_message=_("约定截止日期应晚于约定起始日期"),
            ),
            models.CheckConstraint(
                condition=Q(reused_area_m2__isnull=True)
                | Q(reused_area_m2__gt=0)
                & (Q(area_m2__isnull=True) | Q(reused_area_m2__lte=F("area_m2"))),
                name="disposal_reused_within_area",
                violation_error_message=_("盘活面积应大于 0 且不超过处置面积"),
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Status.FINISHED, finished_on__isnull=False, started_on__isnull=False
                )
                & ~Q(proof="")
                & ~Q(proof_document="")
                | ~Q(status=Status.FINISHED)
                & Q(finished_on__isnull=True, reused_area_m2__isnull=True, proof=""),
                name="disposal_finished_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_on__isnull=False)
                & ~Q(withdrawn_reason="")
                | ~Q(status=Status.WITHDRAWN) & Q(withdrawn_on__isnull=True, withdrawn_reason=""),
                name="disposal_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PLANNED) & ~Q(status=Status.UNDER_WAY)
                | Q(status=Status.PLANNED, started_on__isnull=True)
                | Q(status=Status.UNDER_WAY, started_on__isnull=False),
                name="disposal_started_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(started_on__gte=F("planned_on")),
                name="disposal_started_after_planned",
                violation_error_message=_("启动日期不能早于立项日期"),
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(finished_on__gte=F("started_on")),
                name="disposal_finished_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "status", "-id"], name="disposal_status"),
            models.Index(fields=["zone", "finished_on"], name="disposal_finished"),
            models.Index(fields=["zone", "planned_on"], name="disposal_planned"),
            *sorted_by("disposal", "classification", "measure", "due_on"),
        ]

    def __str__(self) -> str:
        return self.code


class DisposalStep(Record):
    """One step of a disposal's measure: when it was meant to be done, and when it was."""

    disposal = models.ForeignKey(
        Disposal, models.PROTECT, verbose_name=_("处置"), related_name="steps"
    )
    step = models.CharField(_("步骤"), max_length=40)
    planned_on = models.DateField(_("计划日期"), null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    document = models.CharField(_("文号或合同号"), max_length=120, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("经办人"),
        related_name="+",
    )
    note = models.CharField(_("说明"), max_length=400, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("处置步骤")
        verbose_name_plural = _("处置步骤")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["disposal", "step"], name="disposalstep_once"),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(done_on__isnull=False),
                name="disposalstep_planned_or_done",
                violation_error_message=_("请填写计划日期或完成日期"),
            ),
        ]
        indexes = [models.Index(fields=["zone", "-done_on", "-id"], name="disposalstep_latest")]

    def __str__(self) -> str:
        return self.code


class Line(Record):
    """What flows once: from whom to whom, how much, and who says so."""

    category = models.CharField(_("类别"), max_length=20, choices=Category)
    payer = models.CharField(_("付款方"), max_length=10, choices=Party, blank=True)
    payee = models.CharField(_("收款方"), max_length=10, choices=Party, blank=True)
    amount_wan = WanField(_("金额（万元）"), null=True, blank=True)
    people = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta(Record.Meta):
        abstract = True


class DisposalMoney(Line):
    """Money, output or jobs of one disposal, planned or actual."""

    class State(models.TextChoices):
        PLANNED = "planned", _("计划")
        ACTUAL = "actual", _("实际")

    disposal = models.ForeignKey(
        Disposal, models.PROTECT, verbose_name=_("处置"), related_name="money"
    )
    state = models.CharField(_("计划或实际"), max_length=10, choices=State)
    on = models.DateField(_("日期"))

    class Meta(Record.Meta):
        verbose_name = _("处置收支")
        verbose_name_plural = _("处置收支")
        constraints = [*Record.Meta.constraints, *_counted("disposalmoney")]
        indexes = [models.Index(fields=["zone", "state", "on"], name="disposalmoney_on")]

    def __str__(self) -> str:
        return self.code


class Assumption(Line):
    """What somebody expects of one measure for a parcel or a plant in a year, and why."""

    parcel = models.ForeignKey(
        Parcel,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("宗地"),
        related_name="assumptions",
    )
    plant = models.ForeignKey(
        Plant,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("厂房"),
        related_name="assumptions",
    )
    measure = models.CharField(_("处置方式"), max_length=30, choices=MEASURES)
    year = models.PositiveSmallIntegerField(_("年度"))

    class Meta(Record.Meta):
        verbose_name = _("处置测算")
        verbose_name_plural = _("处置测算")
        constraints = [
            *Record.Meta.constraints,
            _has_subject("assumption_has_a_subject"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="assumption_year_is_a_year",
                violation_error_message=_("年度应为四位数的年份"),
            ),
            *_counted("assumption"),
        ]
        indexes = [models.Index(fields=["zone", "-id"], name="assumption_latest")]

    def __str__(self) -> str:
        return self.code
