"""What the register knows of one parcel, as the engine takes it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Foundation(StrEnum):
    """The kind of foundation, on which the test of commencement depends (第三十条)."""

    PIT = "pit"  # 需挖深基坑
    PILES = "piles"  # 使用桩基
    OTHER = "other"  # 其他项目


class Works(StrEnum):
    """What an officer found on the site; colloquial, so it never replaces the test of 第三十条."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    SUSPENDED = "suspended"
    COMPLETED = "completed"


class Cause(StrEnum):
    """Why works were delayed: the closed list of 第八条, the holder's own, preliminary works."""

    G1 = "g1"  # 未按约定期限、条件交付土地
    G2 = "g2"  # 规划依法修改
    G3 = "g3"  # 国家出台相关政策
    G4 = "g4"  # 群众信访事项
    G5 = "g5"  # 军事管制、文物保护
    G6 = "g6"  # 政府、政府有关部门的其他行为
    G7 = "g7"  # 自然灾害等不可抗力, treated likewise
    ENTERPRISE = "enterprise"
    PRELIMINARY_WORKS = "preliminary_works"  # 房地产管理法第二十六条: real-estate land alone


GOVERNMENT_CAUSES = frozenset(
    {Cause.G1, Cause.G2, Cause.G3, Cause.G4, Cause.G5, Cause.G6, Cause.G7}
)


class Option(StrEnum):
    """The ways of disposal by agreement (第十二条第一款)."""

    EXTENSION = "extension"  # 延长动工开发期限
    NEW_CONDITIONS = "new_conditions"  # 调整土地用途、规划条件
    TEMPORARY_USE = "temporary_use"  # 由政府安排临时使用
    PAID_RECOVERY = "paid_recovery"  # 协议有偿收回
    SWAP = "swap"  # 置换土地
    OTHER = "other"  # 其他处置方式


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """
    A time in which works could not go on; ``until_on`` is exclusive, None while it goes on.

    It counts from the day on which it was accepted; until then it is a claim. ``refused_on``:
    the claim was examined and not accepted.
    """

    cause: Cause
    from_on: date
    until_on: date | None = None
    accepted_on: date | None = None
    refused_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """
    A supplementary agreement: what it agrees anew, and the option of 第十二条 that it carries out.

    ``agreed_start_on`` is the start day agreed anew; ``latest_start_on`` the last day to start by
    where the agreement extends the time from that day. ``option`` None is not on record.
    """

    signed_on: date | None = None
    option: Option | None = None
    agreed_start_on: date | None = None
    latest_start_on: date | None = None
    temporary_from_on: date | None = None
    temporary_until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """
    A lawyer's reading instead of the computed one, from a day on; it needs a reason.

    ``counted_from_on``: the day from which time counts against the holder;
    ``holder_days``: how many days did by then; those after it count as computed.
    """

    on: date
    by: str
    reason: str
    counted_from_on: date | None = None
    holder_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What the register knows of one parcel of state-owned construction land.

    ``None`` means *not on record*. What happens once is the exception: a completion, a resumption,
    an end of the right, a delay, an agreement that is not on record has not happened.
    """

    is_supplied: bool | None = None  # False: 批而未供, nobody holds it
    right_ended_on: date | None = None  # recovered, returned, expired
    is_recovered: bool = False  # as the authority said, on a day that nobody recorded

    # The contract or 划拨决定书, and what was agreed after it.
    signed_on: date | None = None
    agrees_start: bool | None = None  # False: no start day is agreed, or not clearly (第二十二条)
    agreed_start_on: date | None = None
    agreed_completion_on: date | None = None
    handed_over_on: date | None = None  # 交地确认书
    agreements: tuple[Agreement, ...] = ()

    # The works, by the latest statement of the day.
    works: Works | None = None
    construction_permit_on: date | None = None
    foundation: Foundation | None = None
    foundation_share: Fraction | Decimal | None = None  # of the pit, the piles, the foundation
    commenced_on: date | None = None  # the day on which the milestone of 第三十条 was reached
    suspended_since: date | None = None
    resumed_on: date | None = None
    completed_on: date | None = None
    in_production_on: date | None = None

    # How far: both amounts without the land price and the taxes on it (第三十条).
    required_area_m2: Decimal | None = None
    developed_area_m2: Decimal | None = None
    total_investment_wan: Decimal | None = None
    invested_wan: Decimal | None = None
    invested_includes_price: bool | None = None

    delays: tuple[Delay, ...] = ()

    price_wan: Decimal | None = None  # 出让或划拨价款
    price_paid_wan: Decimal | None = None
    funds_in_place: bool | None = None  # 落实项目资金
    registered_on: date | None = None  # in the 土地市场动态监测与监管系统 (第二十五条)
    is_mortgaged: bool | None = None
    is_real_estate: bool | None = None  # 房地产开发用地
    is_hoarding: bool | None = None  # 恶意囤地、炒地, as the authority found
    term_until_on: date | None = None

    override: Override | None = None
