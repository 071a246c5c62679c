"""Grant contracts, what was built when, and what delayed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import HundredthField, M2Field, ShareField, WanField
from jingkai.apps.registers.models import Record
from jingkai.core import idle_land

from . import choices
from .laws import dated, in_order, not_negative
from .parcels import Parcel


class Foundation(models.TextChoices):
    """The kind of foundation, on which 办法第三十条 makes the commencement depend."""

    PIT = idle_land.Foundation.PIT.value, _("深基坑")
    PILES = idle_land.Foundation.PILES.value, _("桩基")
    OTHER = idle_land.Foundation.OTHER.value, _("其他基础")


class Cause(models.TextChoices):
    """Why works were delayed: the closed list of 办法第八条, and what is the holder's own."""

    G1 = idle_land.Cause.G1.value, _("未按约定期限、条件交付土地（第八条第一项）")
    G2 = idle_land.Cause.G2.value, _("规划依法修改（第八条第二项）")
    G3 = idle_land.Cause.G3.value, _("国家出台相关政策（第八条第三项）")
    G4 = idle_land.Cause.G4.value, _("群众信访事项（第八条第四项）")
    G5 = idle_land.Cause.G5.value, _("军事管制、文物保护（第八条第五项）")
    G6 = idle_land.Cause.G6.value, _("政府、有关部门的其他行为（第八条第六项）")
    G7 = idle_land.Cause.G7.value, _("自然灾害等不可抗力（第八条第二款）")
    ENTERPRISE = idle_land.Cause.ENTERPRISE.value, _("企业自身原因")
    PRELIMINARY_WORKS = idle_land.Cause.PRELIMINARY_WORKS.value, _("动工开发必需的前期工作")


class Option(models.TextChoices):
    """The option of 办法第十二条 that a supplementary agreement carries out."""

    EXTENSION = idle_land.Option.EXTENSION.value, _("延长动工开发期限（第一项）")
    NEW_CONDITIONS = idle_land.Option.NEW_CONDITIONS.value, _("调整用途、规划条件（第二项）")
    TEMPORARY_USE = idle_land.Option.TEMPORARY_USE.value, _("政府安排临时使用（第三项）")
    PAID_RECOVERY = idle_land.Option.PAID_RECOVERY.value, _("协议有偿收回（第四项）")
    SWAP = idle_land.Option.SWAP.value, _("置换土地（第五项）")
    OTHER = idle_land.Option.OTHER.value, _("其他处置方式（第六项）")


class GrantContract(Record):
    """
    A grant contract or 划拨决定书, or a supplementary agreement that replaces its dates.

    ``agrees_start`` is False where the contract agrees no start day, so that 办法第二十二条 counts
    from the hand-over; a day that nobody recorded is unknown. The last four columns are of an
    agreement that carries out an option of 第十二条.
    """

    parcel = models.ForeignKey(
        Parcel, models.PROTECT, verbose_name=_("宗地"), related_name="contracts"
    )
    right = choices.axis(_("供地方式"), choices.Right)
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)
    agrees_start = models.BooleanField(_("合同约定了动工日期"), null=True, blank=True)
    agreed_start_on = models.DateField(_("约定动工日期"), null=True, blank=True)
    agreed_completion_on = models.DateField(_("约定竣工日期"), null=True, blank=True)
    handed_over_on = models.DateField(_("交地日期"), null=True, blank=True)
    hand_over_document = models.CharField(_("交地确认书编号"), max_length=80, blank=True)
    total_investment_wan = WanField(_("总投资额（万元，不含价款税费）"), null=True, blank=True)
    required_area_m2 = M2Field(_("应动工开发建设面积（平方米）"), null=True, blank=True)
    funds_in_place = models.BooleanField(_("开发建设资金已落实"), null=True, blank=True)
    floor_area_ratio_min = HundredthField(_("容积率下限"), null=True, blank=True)
    floor_area_ratio_max = HundredthField(_("容积率上限"), null=True, blank=True)
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("所补充的合同"),
        related_name="superseded_by",
    )
    option = choices.axis(_("处置方式（办法第十二条）"), Option)
    extended_until_on = models.DateField(_("动工期限延长至"), null=True, blank=True)
    temporary_from_on = models.DateField(_("临时使用起"), null=True, blank=True)
    temporary_until_on = models.DateField(_("临时使用止（不含）"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("出让合同")
        verbose_name_plural = _("出让合同")
        constraints = [
            *Record.Meta.constraints,
            in_order("contract", "signed_on", "agreed_start_on", _("约定动工不能早于签订日期")),
            in_order(
                "contract",
                "agreed_start_on",
                "agreed_completion_on",
                _("约定竣工不能早于约定动工"),
            ),
            in_order(
                "contract",
                "floor_area_ratio_min",
                "floor_area_ratio_max",
                _("容积率上限不能小于下限"),
            ),
            models.CheckConstraint(
                condition=Q(hand_over_document="") | Q(handed_over_on__isnull=False),
                name="contract_hand_over_document_and_when",
                violation_error_message=_("填写了交地确认书编号，请同时填写交地日期"),
            ),
            models.CheckConstraint(
                condition=Q(agreed_start_on__isnull=True)
                | Q(agrees_start=True)
                | Q(agrees_start__isnull=True),
                name="contract_start_as_agreed",
                violation_error_message=_("填写了约定动工日期，“合同约定了动工日期”不能为“否”"),
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=False)
                | Q(
                    option="",
                    extended_until_on__isnull=True,
                    temporary_from_on__isnull=True,
                    temporary_until_on__isnull=True,
                ),
                name="contract_option_of_an_agreement",
                violation_error_message=_(
                    "处置方式、延长期限、临时使用只填在补充协议上，请同时填写所补充的合同"
                ),
            ),
            models.CheckConstraint(
                condition=Q(temporary_from_on__isnull=True, temporary_until_on__isnull=True)
                | Q(
                    temporary_from_on__isnull=False,
                    temporary_until_on__isnull=False,
                    temporary_until_on__gt=F("temporary_from_on"),
                ),
                name="contract_temporary_from_and_until",
                violation_error_message=_("临时使用的起止日期应同时填写，且止应晚于起"),
            ),
            not_negative(
                "contract",
                (
                    "total_investment_wan",
                    "required_area_m2",
                    "floor_area_ratio_min",
                    "floor_area_ratio_max",
                ),
                _("金额、面积、容积率不能小于 0"),
            ),
        ]
        indexes = [
            models.Index(fields=["parcel", "-signed_on", "-id"], name="contract_of_parcel"),
            models.Index(fields=["zone", "-signed_on", "-id"], name="contract_latest"),
            models.Index(fields=["zone", "agreed_start_on"], name="contract_start"),
        ]

    def __str__(self) -> str:
        return self.code


class WorksProgress(Record):
    """What was known of the works on a parcel on a day; the latest statement counts."""

    parcel = models.ForeignKey(
        Parcel, models.PROTECT, verbose_name=_("宗地"), related_name="works"
    )
    reported_on = models.DateField(_("核查日期"))
    construction_permit_on = models.DateField(_("施工许可日期"), null=True, blank=True)
    construction_permit_number = models.CharField(_("施工许可证号"), max_length=80, blank=True)
    foundation = choices.axis(_("基础类型"), Foundation)
    foundation_share = ShareField(_("基础施工完成比例（0 至 1）"), null=True, blank=True)
    commenced_on = models.DateField(_("动工日期"), null=True, blank=True)
    developed_area_m2 = M2Field(_("已动工开发建设面积（平方米）"), null=True, blank=True)
    invested_wan = WanField(_("已投资额（万元，不含价款税费）"), null=True, blank=True)
    invested_includes_price = models.BooleanField(_("已投资额含土地价款"), null=True, blank=True)
    suspended_since = models.DateField(_("中止开发建设日期"), null=True, blank=True)
    resumed_on = models.DateField(_("恢复建设日期"), null=True, blank=True)
    completed_on = models.DateField(_("竣工日期"), null=True, blank=True)
    in_production_on = models.DateField(_("投产日期"), null=True, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("核查人"),
        related_name="+",
    )
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("建设进度")
        verbose_name_plural = _("建设进度")
        constraints = [
            *Record.Meta.constraints,
            in_order("works", "commenced_on", "completed_on", _("竣工不能早于动工")),
            in_order("works", "completed_on", "in_production_on", _("投产不能早于竣工")),
            in_order("works", "suspended_since", "resumed_on", _("恢复建设不能早于中止")),
            in_order("works", "commenced_on", "suspended_since", _("中止不能早于动工")),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(suspended_since__isnull=False),
                name="works_resumed_after_a_suspension",
                violation_error_message=_("填写了恢复建设日期，请同时填写中止日期"),
            ),
            models.CheckConstraint(
                condition=Q(construction_permit_number="")
                | Q(construction_permit_on__isnull=False),
                name="works_permit_number_and_when",
                violation_error_message=_("填写了施工许可证号，请同时填写许可日期"),
            ),
            models.CheckConstraint(
                condition=Q(foundation_share__gte=0, foundation_share__lte=1)
                | Q(foundation_share__isnull=True),
                name="works_foundation_share_is_a_share",
                violation_error_message=_("基础施工完成比例应在 0 与 1 之间"),
            ),
            models.CheckConstraint(
                condition=Q(foundation_share__isnull=True) | ~Q(foundation=""),
                name="works_share_of_which_foundation",
                violation_error_message=_("填写了基础施工完成比例，请同时填写基础类型"),
            ),
            models.CheckConstraint(
                condition=Q(invested_includes_price=False)
                | Q(invested_includes_price__isnull=True),
                name="works_invested_without_price",
                violation_error_message=_(
                    "已投资额不得包含出让价款、划拨价款和向国家缴纳的相关税费（办法第三十条）"
                    "，请填写扣除后的数额"
                ),
            ),
            not_negative(
                "works", ("developed_area_m2", "invested_wan"), _("面积、投资额不能小于 0")
            ),
        ]
        indexes = [
            models.Index(fields=["parcel", "-reported_on", "-id"], name="works_of_parcel"),
            models.Index(fields=["zone", "-reported_on", "-id"], name="works_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.reported_on}"


class Delay(Record):
    """A time in which the works could not go on, and whose doing it was."""

    parcel = models.ForeignKey(
        Parcel, models.PROTECT, verbose_name=_("宗地"), related_name="delays"
    )
    cause = models.CharField(_("原因"), max_length=30, choices=Cause)
    from_on = models.DateField(_("起始日期"))
    until_on = models.DateField(_("截止日期（不含）"), null=True, blank=True)
    basis = models.CharField(_("事实与证据"), max_length=400, blank=True)
    accepted_on = models.DateField(_("认可日期"), null=True, blank=True)
    accepted_document = models.CharField(_("认可文号"), max_length=80, blank=True)
    refused_on = models.DateField(_("不予认可日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("延误情形")
        verbose_name_plural = _("延误情形")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="delay_ends_after_it_starts",
                violation_error_message=_("截止日期应晚于起始日期"),
            ),
            models.CheckConstraint(
                condition=Q(refused_on__isnull=True) | Q(accepted_on__isnull=True),
                name="delay_accepted_or_refused",
                violation_error_message=_("认可与不予认可只能填写其一"),
            ),
            dated("delay", "accepted_document", "accepted_on", _("认可日期与认可文号应同时填写")),
        ]
        indexes = [
            models.Index(fields=["parcel", "from_on"], name="delay_of_parcel"),
            models.Index(fields=["zone", "-from_on", "-id"], name="delay_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_cause_display()}"
