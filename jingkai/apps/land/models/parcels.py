"""Approvals of construction land, and the parcels of the zone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import M2Field, WanField
from jingkai.apps.registers.models import Classified, Located, Record, sorted_by

from . import choices
from .laws import dated, in_order, not_negative, within

DECIDED = (
    choices.Statutory.IDLE_BY_HOLDER,
    choices.Statutory.IDLE_BY_GOVERNMENT,
    choices.Statutory.FEE_DECIDED,
    choices.Statutory.RECOVERED,
)


class LandApproval(Classified):
    """批次用地: construction land whose conversion or expropriation was approved."""

    document_number = models.CharField(_("批准文号"), max_length=80)
    approved_on = models.DateField(_("批准日期"))
    area_m2 = M2Field(_("批准面积（平方米）"))
    expropriated_on = models.DateField(_("征收完成日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("批次用地")
        verbose_name_plural = _("批次用地")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(area_m2__gt=0),
                name="landapproval_area_is_positive",
                violation_error_message=_("批准面积应大于 0"),
            ),
            in_order(
                "landapproval",
                "approved_on",
                "expropriated_on",
                _("征收完成日期不能早于批准日期"),
            ),
        ]
        indexes = [models.Index(fields=["zone", "-approved_on", "-id"], name="approval_latest")]

    def __str__(self) -> str:
        return self.document_number


class Parcel(Located, Classified):
    """
    宗地: one parcel of land, described on axes that are kept apart.

    Its registered area governs; ``statutory`` is what the authority has said and needs its
    document's number once decided; ``retired_on`` is the day of its split or merger.
    """

    name = models.CharField(_("宗地名称"), max_length=120)
    parcel_code = models.CharField(_("宗地代码"), max_length=19, blank=True)
    real_estate_unit_code = models.CharField(_("不动产单元号"), max_length=28, blank=True)
    certificate_number = models.CharField(_("不动产权证号"), max_length=80, blank=True)
    approval = models.ForeignKey(
        LandApproval,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("批次用地"),
        related_name="parcels",
    )
    location = models.CharField(_("坐落"), max_length=200, blank=True)
    area_m2 = M2Field(_("登记面积（平方米）"), null=True, blank=True)
    use = choices.axis(_("规划用途"), choices.Use)
    right = choices.axis(_("使用权类型"), choices.Right)
    term_years = models.PositiveSmallIntegerField(_("使用年限（年）"), null=True, blank=True)
    term_from_on = models.DateField(_("使用期限起"), null=True, blank=True)
    term_until_on = models.DateField(_("使用期限止（不含）"), null=True, blank=True)
    holder_name = models.CharField(_("土地使用权人"), max_length=120, blank=True)
    holder_credit_code = models.CharField(_("使用权人信用代码"), max_length=18, blank=True)
    mortgagee_name = models.CharField(_("抵押权人"), max_length=120, blank=True)
    price_wan = WanField(_("出让或划拨价款（万元）"), null=True, blank=True)
    price_paid_wan = WanField(_("已缴价款（万元）"), null=True, blank=True)
    price_paid_on = models.DateField(_("价款缴清或最近缴款日期"), null=True, blank=True)
    monitoring_number = models.CharField(_("动态监测监管系统备案号"), max_length=80, blank=True)
    registered_in_monitoring_on = models.DateField(_("备案日期"), null=True, blank=True)

    supply = choices.axis(_("供应与利用状态"), choices.Supply)
    stage = choices.axis(_("开发进度"), choices.Stage)
    occupancy = choices.axis(_("使用现状"), choices.Occupancy)
    statutory = choices.axis(_("法定状态"), choices.Statutory)
    statutory_document = models.CharField(_("认定或决定文号"), max_length=80, blank=True)
    follow_up = choices.axis(_("跟进状态"), choices.FollowUp)
    measure = choices.axis(_("处置盘活方式"), choices.Measure)
    obstacle = choices.axis(_("卡点"), choices.Obstacle)
    obstacle_owner = choices.axis(_("卡点由谁解决"), choices.ObstacleOwner)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("经办人"),
        related_name="+",
    )
    retired_on = models.DateField(_("分割合并注销日期"), null=True, blank=True, editable=False)
    note = models.TextField(_("备注"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("宗地")
        verbose_name_plural = _("宗地")
        constraints = [
            *Located.Meta.constraints,
            models.UniqueConstraint(
                fields=["zone", "parcel_code"],
                condition=~Q(parcel_code="") & Q(retired_on__isnull=True),
                name="parcel_code_of_one_parcel",
                violation_error_message=_("宗地代码已登记在另一宗地上"),
            ),
            models.CheckConstraint(
                condition=Q(area_m2__gt=0) | Q(area_m2__isnull=True),
                name="parcel_area_is_positive",
                violation_error_message=_("登记面积应大于 0；不知道时留空"),
            ),
            not_negative("parcel", ("price_wan", "price_paid_wan"), _("价款不能小于 0")),
            within("parcel", "price_paid_wan", "price_wan", _("已缴价款不能大于应缴价款")),
            models.CheckConstraint(
                condition=Q(price_paid_on__isnull=True) | Q(price_paid_wan__isnull=False),
                name="parcel_paid_on_what",
                violation_error_message=_("填写了缴款日期，请同时填写已缴价款"),
            ),
            in_order("parcel", "term_from_on", "term_until_on", _("使用期限止不能早于使用期限起")),
            dated(
                "parcel",
                "monitoring_number",
                "registered_in_monitoring_on",
                _("动态监测监管系统的备案号与备案日期应同时填写"),
            ),
            models.CheckConstraint(
                condition=~Q(statutory__in=DECIDED) | ~Q(statutory_document=""),
                name="parcel_decided_by_a_document",
                violation_error_message=_(
                    "认定、征缴、收回由自然资源主管部门作出，须填写其认定或决定文号（办法第四条）"
                ),
            ),
            models.CheckConstraint(
                condition=Q(obstacle_owner="") | ~Q(obstacle=""),
                name="parcel_obstacle_and_owner",
                violation_error_message=_("填写了卡点由谁解决，请同时填写卡点"),
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "approval"], name="parcel_of_approval"),
            models.Index(fields=["zone", "officer"], name="parcel_of_officer"),
            *sorted_by(
                "parcel",
                "classification",
                "name",
                "parcel_code",
                "area_m2",
                "use",
                "holder_name",
                "supply",
                "stage",
                "occupancy",
                "statutory",
                "follow_up",
                "measure",
                "obstacle",
            ),
        ]

    def __str__(self) -> str:
        return self.name
