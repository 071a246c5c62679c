"""The axes of a parcel and a plant as choices: values from the core, labels as ledgers write."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingkai.core.land import axes


class Use(models.TextChoices):
    """规划用途."""

    INDUSTRIAL = axes.Use.INDUSTRIAL.value, _("工业用地")
    WAREHOUSE = axes.Use.WAREHOUSE.value, _("物流仓储用地")
    RESEARCH = axes.Use.RESEARCH.value, _("科研用地")
    COMMERCIAL = axes.Use.COMMERCIAL.value, _("商服用地")
    RESIDENTIAL = axes.Use.RESIDENTIAL.value, _("居住用地")
    PUBLIC = axes.Use.PUBLIC.value, _("公共管理与公共服务用地")
    TRANSPORT = axes.Use.TRANSPORT.value, _("交通运输用地")
    UTILITIES = axes.Use.UTILITIES.value, _("公用设施用地")
    GREEN = axes.Use.GREEN.value, _("绿地")
    OTHER = axes.Use.OTHER.value, _("其他用地")


class Right(models.TextChoices):
    """How the right to use the land is held."""

    GRANT = axes.Right.GRANT.value, pgettext_lazy("土地", "出让")
    ALLOCATION = axes.Right.ALLOCATION.value, _("划拨")
    LEASE = axes.Right.LEASE.value, pgettext_lazy("土地", "租赁")
    CONTRIBUTION = axes.Right.CONTRIBUTION.value, _("作价出资（入股）")


class Supply(models.TextChoices):
    """供应与利用状态."""

    APPROVED_UNSUPPLIED = axes.Supply.APPROVED_UNSUPPLIED.value, _("批而未供")
    SUPPLIED_UNUSED = axes.Supply.SUPPLIED_UNUSED.value, _("供而未用")
    PARTLY_USED = axes.Supply.PARTLY_USED.value, _("用而未尽")
    BUILT_NOT_PRODUCING = axes.Supply.BUILT_NOT_PRODUCING.value, _("建而未投")
    BELOW_TARGET = axes.Supply.BELOW_TARGET.value, _("投而未达")
    IN_USE = axes.Supply.IN_USE.value, _("正常利用")
    NOT_APPLICABLE = axes.Supply.NOT_APPLICABLE.value, _("不适用")


class Stage(models.TextChoices):
    """开发进度."""

    NOT_CLEARED = axes.Stage.NOT_CLEARED.value, _("未达净地")
    CLEARED = axes.Stage.CLEARED.value, _("净地")
    NOT_COMMENCED = axes.Stage.NOT_COMMENCED.value, _("未动工")
    COMMENCED = axes.Stage.COMMENCED.value, _("已动工")
    SUSPENDED = axes.Stage.SUSPENDED.value, _("停工")
    COMPLETED = axes.Stage.COMPLETED.value, _("已竣工")
    IN_PRODUCTION = axes.Stage.IN_PRODUCTION.value, _("已投产")
    NOT_APPLICABLE = axes.Stage.NOT_APPLICABLE.value, _("不适用")


class Occupancy(models.TextChoices):
    """使用现状."""

    VACANT = axes.Occupancy.VACANT.value, _("空置")
    PARTLY = axes.Occupancy.PARTLY.value, _("部分空置")
    OWN_USE = axes.Occupancy.OWN_USE.value, _("自用")
    LET = axes.Occupancy.LET.value, _("出租")
    STORAGE = axes.Occupancy.STORAGE.value, _("堆放")
    OCCUPIED = axes.Occupancy.OCCUPIED.value, _("被占用")
    NOT_APPLICABLE = axes.Occupancy.NOT_APPLICABLE.value, _("不适用")


class Statutory(models.TextChoices):
    """法定状态: what the authority has said."""

    NOT_IDLE = axes.Statutory.NOT_IDLE.value, _("未闲置")
    SUSPECTED = axes.Statutory.SUSPECTED.value, _("涉嫌闲置")
    UNDER_INQUIRY = axes.Statutory.UNDER_INQUIRY.value, _("调查中")
    IDLE_BY_HOLDER = axes.Statutory.IDLE_BY_HOLDER.value, _("已认定闲置（企业原因）")
    IDLE_BY_GOVERNMENT = axes.Statutory.IDLE_BY_GOVERNMENT.value, _("已认定闲置（政府原因等）")
    FEE_DECIDED = axes.Statutory.FEE_DECIDED.value, _("已决定征缴闲置费")
    RECOVERED = axes.Statutory.RECOVERED.value, _("已收回")
    DISPOSED = axes.Statutory.DISPOSED.value, _("已处置")
    NOT_APPLICABLE = axes.Statutory.NOT_APPLICABLE.value, _("不适用")


class FollowUp(models.TextChoices):
    """跟进状态."""

    TO_VERIFY = axes.FollowUp.TO_VERIFY.value, _("待核实")
    WATCHED = axes.FollowUp.WATCHED.value, _("持续关注")
    NEGOTIATING = axes.FollowUp.NEGOTIATING.value, _("洽谈中")
    MATCHED = axes.FollowUp.MATCHED.value, _("已对接项目")
    IN_DISPOSAL = axes.FollowUp.IN_DISPOSAL.value, _("处置中")
    SETTLED = axes.FollowUp.SETTLED.value, _("已了结")
    NOT_APPLICABLE = axes.FollowUp.NOT_APPLICABLE.value, _("不适用")


class Measure(models.TextChoices):
    """处置盘活方式."""

    REDEVELOPMENT = axes.Measure.REDEVELOPMENT.value, _("再开发利用")
    RECLAIM_BY_AGREEMENT = axes.Measure.RECLAIM_BY_AGREEMENT.value, _("协议收回")
    RECLAIM_WITHOUT_COMPENSATION = axes.Measure.RECLAIM_WITHOUT_COMPENSATION.value, _("无偿收回")
    TRANSFER = axes.Measure.TRANSFER.value, pgettext_lazy("土地", "转让")
    LEASE = axes.Measure.LEASE.value, pgettext_lazy("土地", "租赁")
    SWAP = axes.Measure.SWAP.value, _("置换")
    COOPERATION = axes.Measure.COOPERATION.value, _("合作经营")
    TEMPORARY_USE = axes.Measure.TEMPORARY_USE.value, _("临时利用")
    BOND_PURCHASE = axes.Measure.BOND_PURCHASE.value, _("专项债收回收购")
    EXTENSION = axes.Measure.EXTENSION.value, _("延长动工期限")
    SUPPLY = axes.Measure.SUPPLY.value, _("供应（批而未供）")
    NOT_APPLICABLE = axes.Measure.NOT_APPLICABLE.value, _("不适用")


class Obstacle(models.TextChoices):
    """卡点."""

    NONE = axes.Obstacle.NONE.value, _("无")
    PLAN = axes.Obstacle.PLAN.value, _("规划调整")
    TITLE = axes.Obstacle.TITLE.value, _("权属纠纷")
    SEIZURE = axes.Obstacle.SEIZURE.value, _("查封")
    MORTGAGE = axes.Obstacle.MORTGAGE.value, _("抵押")
    CLEARANCE = axes.Obstacle.CLEARANCE.value, _("征迁未完成")
    INFRASTRUCTURE = axes.Obstacle.INFRASTRUCTURE.value, _("配套不到位")
    CAPITAL = axes.Obstacle.CAPITAL.value, _("企业资金")
    MARKET = axes.Obstacle.MARKET.value, _("市场变化")
    PERMITS = axes.Obstacle.PERMITS.value, _("手续未齐")
    BANKRUPTCY = axes.Obstacle.BANKRUPTCY.value, _("破产清算")
    POLLUTION = axes.Obstacle.POLLUTION.value, _("土壤污染")
    OTHER = axes.Obstacle.OTHER.value, _("其他")
    NOT_APPLICABLE = axes.Obstacle.NOT_APPLICABLE.value, _("不适用")


class ObstacleOwner(models.TextChoices):
    """卡点由谁解决."""

    HOLDER = axes.ObstacleOwner.HOLDER.value, _("土地使用权人")
    COMMITTEE = axes.ObstacleOwner.COMMITTEE.value, _("管委会")
    NATURAL_RESOURCES = axes.ObstacleOwner.NATURAL_RESOURCES.value, _("自然资源部门")
    HOUSING = axes.ObstacleOwner.HOUSING.value, _("住建部门")
    ENVIRONMENT = axes.ObstacleOwner.ENVIRONMENT.value, _("生态环境部门")
    FINANCE = axes.ObstacleOwner.FINANCE.value, _("财政部门")
    COURT = axes.ObstacleOwner.COURT.value, _("法院")
    UTILITIES = axes.ObstacleOwner.UTILITIES.value, _("水电气热单位")
    STREET = axes.ObstacleOwner.STREET.value, _("街道（镇）")
    OTHER = axes.ObstacleOwner.OTHER.value, _("其他")
    NOT_APPLICABLE = axes.ObstacleOwner.NOT_APPLICABLE.value, _("不适用")


def axis(label: object, choices: type[models.TextChoices]) -> models.CharField:
    """Return the column of one axis; empty means that nothing is on record."""
    return models.CharField(label, max_length=30, choices=choices, blank=True)  # type: ignore[arg-type]
