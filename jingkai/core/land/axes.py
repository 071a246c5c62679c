"""
The axes on which a parcel or a plant is described, each apart from the others.

A ledger that squeezes them into one column can't say that a parcel is supplied, half built, let
and under inquiry at the same time. An empty value means *not on record*; ``not_applicable`` is an
answer of its own.
"""

from enum import StrEnum


class Use(StrEnum):
    """规划用途, by the groups in which a zone counts its land."""

    INDUSTRIAL = "industrial"
    WAREHOUSE = "warehouse"
    RESEARCH = "research"
    COMMERCIAL = "commercial"
    RESIDENTIAL = "residential"
    PUBLIC = "public"  # 公共管理与公共服务
    TRANSPORT = "transport"
    UTILITIES = "utilities"
    GREEN = "green"
    OTHER = "other"


class Right(StrEnum):
    """How the right to use state-owned construction land is held."""

    GRANT = "grant"  # 出让
    ALLOCATION = "allocation"  # 划拨
    LEASE = "lease"  # 租赁
    CONTRIBUTION = "contribution"  # 作价出资（入股）


class Supply(StrEnum):
    """供应与利用状态: the labels that local ledgers show."""

    APPROVED_UNSUPPLIED = "approved_unsupplied"  # 批而未供
    SUPPLIED_UNUSED = "supplied_unused"  # 供而未用
    PARTLY_USED = "partly_used"  # 用而未尽
    BUILT_NOT_PRODUCING = "built_not_producing"  # 建而未投
    BELOW_TARGET = "below_target"  # 投而未达
    IN_USE = "in_use"  # 正常利用
    NOT_APPLICABLE = "not_applicable"


class Stage(StrEnum):
    """开发进度 of a parcel."""

    NOT_CLEARED = "not_cleared"  # 未达净地
    CLEARED = "cleared"  # 净地
    NOT_COMMENCED = "not_commenced"  # 未动工
    COMMENCED = "commenced"  # 已动工
    SUSPENDED = "suspended"  # 停工
    COMPLETED = "completed"  # 已竣工
    IN_PRODUCTION = "in_production"  # 已投产
    NOT_APPLICABLE = "not_applicable"


class Occupancy(StrEnum):
    """使用现状 of a parcel or a plant."""

    VACANT = "vacant"  # 空置
    PARTLY = "partly"  # 部分空置
    OWN_USE = "own_use"  # 自用
    LET = "let"  # 出租
    STORAGE = "storage"  # 堆放
    OCCUPIED = "occupied"  # 被占用
    NOT_APPLICABLE = "not_applicable"


class Statutory(StrEnum):
    """法定状态: what the authority has said of the land, never what the product thinks of it."""

    NOT_IDLE = "not_idle"
    SUSPECTED = "suspected"  # 涉嫌闲置
    UNDER_INQUIRY = "under_inquiry"  # 调查中
    IDLE_BY_HOLDER = "idle_by_holder"  # 已认定（企业原因）
    IDLE_BY_GOVERNMENT = "idle_by_government"  # 已认定（政府原因等）
    FEE_DECIDED = "fee_decided"  # 已决定征缴闲置费
    RECOVERED = "recovered"  # 已收回
    DISPOSED = "disposed"  # 已处置
    NOT_APPLICABLE = "not_applicable"


class FollowUp(StrEnum):
    """跟进状态 of whoever looks after it."""

    TO_VERIFY = "to_verify"  # 待核实
    WATCHED = "watched"  # 持续关注
    NEGOTIATING = "negotiating"  # 洽谈中
    MATCHED = "matched"  # 已对接项目
    IN_DISPOSAL = "in_disposal"  # 处置中
    SETTLED = "settled"  # 已了结
    NOT_APPLICABLE = "not_applicable"


class Measure(StrEnum):
    """处置盘活方式 that is intended or under way."""

    REDEVELOPMENT = "redevelopment"  # 再开发利用
    RECLAIM_BY_AGREEMENT = "reclaim_by_agreement"  # 协议收回
    RECLAIM_WITHOUT_COMPENSATION = "reclaim_without_compensation"  # 无偿收回
    TRANSFER = "transfer"  # 转让
    LEASE = "lease"  # 租赁
    SWAP = "swap"  # 置换
    COOPERATION = "cooperation"  # 合作经营
    TEMPORARY_USE = "temporary_use"  # 临时利用
    BOND_PURCHASE = "bond_purchase"  # 专项债收回收购
    EXTENSION = "extension"  # 延长动工期限
    SUPPLY = "supply"  # 供应（批而未供）
    NOT_APPLICABLE = "not_applicable"


class Obstacle(StrEnum):
    """卡点: what keeps it from being used."""

    NONE = "none"
    PLAN = "plan"  # 规划调整
    TITLE = "title"  # 权属纠纷
    SEIZURE = "seizure"  # 查封
    MORTGAGE = "mortgage"  # 抵押
    CLEARANCE = "clearance"  # 征迁未完成
    INFRASTRUCTURE = "infrastructure"  # 配套不到位
    CAPITAL = "capital"  # 企业资金
    MARKET = "market"  # 市场变化
    PERMITS = "permits"  # 手续未齐
    BANKRUPTCY = "bankruptcy"  # 破产清算
    POLLUTION = "pollution"  # 土壤污染
    OTHER = "other"
    NOT_APPLICABLE = "not_applicable"


class ObstacleOwner(StrEnum):
    """卡点由谁解决."""

    HOLDER = "holder"
    COMMITTEE = "committee"
    NATURAL_RESOURCES = "natural_resources"
    HOUSING = "housing"
    ENVIRONMENT = "environment"
    FINANCE = "finance"
    COURT = "court"
    UTILITIES = "utilities"
    STREET = "street"
    OTHER = "other"
    NOT_APPLICABLE = "not_applicable"
