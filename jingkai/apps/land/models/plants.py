"""Plants, their halls, and to whom they are let."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.fields import HundredthField, M2Field, WanField
from jingkai.apps.registers.models import Classified, Located, Record, sorted_by

from . import choices
from .laws import dated, not_negative, within
from .parcels import Parcel

SUPPLIES = (
    "power_kva",
    "water_t_per_day",
    "gas_m3_per_h",
    "steam_t_per_h",
    "wastewater_t_per_day",
)


class FireClass(models.TextChoices):
    """耐火等级 (GB 50016)."""

    ONE = "1", _("一级")
    TWO = "2", _("二级")
    THREE = "3", _("三级")
    FOUR = "4", _("四级")


class HazardClass(models.TextChoices):
    """生产的火灾危险性类别 (GB 50016)."""

    A = "a", _("甲类")
    B = "b", _("乙类")
    C = "c", _("丙类")
    D = "d", _("丁类")
    E = "e", _("戊类")


class Structure(models.TextChoices):
    """How a plant is built."""

    STEEL = "steel", _("钢结构")
    CONCRETE = "concrete", _("钢筋混凝土")
    MIXED = "mixed", _("砖混")
    LIGHT = "light", _("轻钢")
    OTHER = "other", _("其他")


class Plant(Located, Classified):
    """厂房: a building or a works that is used, let or vacant."""

    name = models.CharField(_("厂房名称"), max_length=120)
    parcel = models.ForeignKey(
        Parcel,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("宗地"),
        related_name="plants",
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    owner_name = models.CharField(_("产权人"), max_length=120, blank=True)
    owner_credit_code = models.CharField(_("产权人信用代码"), max_length=18, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    built_year = models.PositiveSmallIntegerField(_("建成年份"), null=True, blank=True)
    structure = choices.axis(_("结构类型"), Structure)
    floors = models.PositiveSmallIntegerField(_("层数"), null=True, blank=True)
    floor_area_m2 = M2Field(_("建筑面积（平方米）"), null=True, blank=True)
    idle_area_m2 = M2Field(_("空置面积（平方米）"), null=True, blank=True)
    idle_since = models.DateField(_("空置起始日期"), null=True, blank=True)
    rent_yuan_per_m2_month = HundredthField(_("租金（元/平方米·月）"), null=True, blank=True)
    sale_price_wan = WanField(_("出售价（万元）"), null=True, blank=True)
    fire_class = choices.axis(_("耐火等级"), FireClass)
    hazard_class = choices.axis(_("火灾危险性类别"), HazardClass)
    environmental_limits = models.CharField(_("环保限制"), max_length=300, blank=True)
    power_kva = HundredthField(_("电力容量（kVA）"), null=True, blank=True)
    water_t_per_day = HundredthField(_("供水（吨/日）"), null=True, blank=True)
    gas_m3_per_h = HundredthField(_("燃气（立方米/时）"), null=True, blank=True)
    steam_t_per_h = HundredthField(_("蒸汽（吨/时）"), null=True, blank=True)
    wastewater_t_per_day = HundredthField(_("污水排放（吨/日）"), null=True, blank=True)
    occupancy = choices.axis(_("使用现状"), choices.Occupancy)
    follow_up = choices.axis(_("跟进状态"), choices.FollowUp)
    measure = choices.axis(_("处置盘活方式"), choices.Measure)
    obstacle = choices.axis(_("卡点"), choices.Obstacle)
    obstacle_owner = choices.axis(_("卡点由谁解决"), choices.ObstacleOwner)
    measured_by = models.CharField(_("量测人"), max_length=60, blank=True)
    measured_on = models.DateField(_("量测日期"), null=True, blank=True)
    is_public = models.BooleanField(_("在招商地图公开"), null=True, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("经办人"),
        related_name="+",
    )
    note = models.TextField(_("备注"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("厂房")
        verbose_name_plural = _("厂房")
        constraints = [
            *Located.Meta.constraints,
            within("plant", "idle_area_m2", "floor_area_m2", _("空置面积不能大于建筑面积")),
            dated("plant", "measured_by", "measured_on", _("量测人与量测日期应同时填写")),
            models.CheckConstraint(
                condition=Q(obstacle_owner="") | ~Q(obstacle=""),
                name="plant_obstacle_and_owner",
                violation_error_message=_("填写了卡点由谁解决，请同时填写卡点"),
            ),
            not_negative(
                "plant",
                (
                    "floor_area_m2",
                    "idle_area_m2",
                    "rent_yuan_per_m2_month",
                    "sale_price_wan",
                    *SUPPLIES,
                ),
                _("面积、价格、容量不能小于 0"),
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "parcel"], name="plant_of_parcel"),
            models.Index(fields=["zone", "officer"], name="plant_of_officer"),
            *sorted_by(
                "plant",
                "classification",
                "name",
                "occupancy",
                "floor_area_m2",
                "idle_area_m2",
                "idle_since",
                "owner_name",
                "follow_up",
                "measure",
                "obstacle",
                "measured_on",
                "is_public",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Hall(Record):
    """厂房单元: one hall or floor of a plant, as somebody measured it."""

    plant = models.ForeignKey(Plant, models.PROTECT, verbose_name=_("厂房"), related_name="halls")
    floor = models.SmallIntegerField(_("楼层"), null=True, blank=True)
    area_m2 = M2Field(_("面积（平方米）"), null=True, blank=True)
    vacant_area_m2 = M2Field(_("空置面积（平方米）"), null=True, blank=True)
    clear_height_m = HundredthField(_("净高（米）"), null=True, blank=True)
    span_m = HundredthField(_("跨度（米）"), null=True, blank=True)
    column_grid = models.CharField(_("柱网（米×米）"), max_length=40, blank=True)
    floor_load_kn_per_m2 = HundredthField(_("地面荷载（kN/平方米）"), null=True, blank=True)
    crane_t = HundredthField(_("行车吨位（吨）"), null=True, blank=True)
    crane_count = models.PositiveSmallIntegerField(_("行车台数"), null=True, blank=True)
    vacant_from_on = models.DateField(_("可用日期"), null=True, blank=True)
    measured_by = models.CharField(_("量测人"), max_length=60, blank=True)
    measured_on = models.DateField(_("量测日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("厂房单元")
        verbose_name_plural = _("厂房单元")
        constraints = [
            *Record.Meta.constraints,
            within("hall", "vacant_area_m2", "area_m2", _("空置面积不能大于单元面积")),
            dated("hall", "measured_by", "measured_on", _("量测人与量测日期应同时填写")),
            not_negative(
                "hall",
                (
                    "area_m2",
                    "vacant_area_m2",
                    "clear_height_m",
                    "span_m",
                    "floor_load_kn_per_m2",
                    "crane_t",
                ),
                _("面积、尺寸、荷载不能小于 0"),
            ),
        ]
        indexes = [models.Index(fields=["plant", "floor"], name="hall_of_plant")]

    def __str__(self) -> str:
        return self.code


class Lease(Record):
    """租赁合同: a plant or one of its halls, let with the safety agreement that the law asks."""

    plant = models.ForeignKey(Plant, models.PROTECT, verbose_name=_("厂房"), related_name="leases")
    hall = models.ForeignKey(
        Hall,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("厂房单元"),
        related_name="leases",
    )
    tenant_name = models.CharField(_("承租人"), max_length=120)
    tenant_credit_code = models.CharField(_("承租人信用代码"), max_length=18, blank=True)
    from_on = models.DateField(_("租期起"))
    until_on = models.DateField(_("租期止（不含）"))
    area_m2 = M2Field(_("租赁面积（平方米）"), null=True, blank=True)
    rent_yuan_per_m2_month = HundredthField(_("租金（元/平方米·月）"), null=True, blank=True)
    safety_agreement_on = models.DateField(_("安全生产管理协议签订日期"))
    safety_agreement_number = models.CharField(
        _("安全生产管理协议编号"), max_length=80, blank=True
    )
    filed_on = models.DateField(_("租赁备案日期"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("厂房租赁")
        verbose_name_plural = _("厂房租赁")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="lease_ends_after_it_starts",
                violation_error_message=_("租期止应晚于租期起"),
            ),
            not_negative(
                "lease", ("area_m2", "rent_yuan_per_m2_month"), _("面积、租金不能小于 0")
            ),
        ]
        indexes = [
            models.Index(fields=["plant", "-from_on", "-id"], name="lease_of_plant"),
            models.Index(fields=["zone", "until_on", "id"], name="lease_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_name} · {self.from_on}"
