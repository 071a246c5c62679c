"""What a determination says: the law's own distinctions survive in these types."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .facts import Option
from .statutes import Article, Statute


class Outcome(StrEnum):
    """Whether the parcel is idle land by 第二条; nothing here is a decision of the authority."""

    NOT_IDLE = "not_idle"
    IDLE = "idle"  # 第一款: 是指……
    MAY_BE_IDLE = "may_be_idle"  # 第二款: 也可以认定 — the authority decides
    UNKNOWN = "unknown"  # a fact that the law needs is not on record


class Track(StrEnum):
    """Which of the two definitions applies; their consequences differ."""

    NEVER_STARTED = "never_started"
    SUSPENDED = "suspended"


class Ground(StrEnum):
    """Which test of 第二条 is met."""

    NOT_STARTED = "not_started"
    UNDER_DEVELOPED = "under_developed"  # 不足三分之一
    UNDER_INVESTED = "under_invested"  # 不足百分之二十五


class Attribution(StrEnum):
    """To whom the idleness is put down."""

    HOLDER = "holder"
    GOVERNMENT = "government"  # 第八条, force majeure likewise
    PRELIMINARY_WORKS = "preliminary_works"


class Disposal(StrEnum):
    """What the measure provides for, in the order in which it weighs on the holder."""

    EXCEPTED = "excepted"  # 房地产管理法第二十六条: neither fee nor recovery
    OPTIONS = "options"  # 第十二条
    FEE = "fee"  # 第十四条第一项
    RECOVERY = "recovery"  # 第十四条第二项, a ground and no decision


class ReasonCode(StrEnum):
    """Why the outcome is what it is."""

    NO_STATUTE = "no_statute"
    NOT_SUPPLIED = "not_supplied"
    RIGHT_ENDED = "right_ended"
    RECOVERED = "recovered"
    COMPLETED = "completed"
    COMMENCED = "commenced"
    NOT_COMMENCED = "not_commenced"
    COMMENCEMENT_UNKNOWN = "commencement_unknown"
    START_AGREED = "start_agreed"
    START_BY_HAND_OVER = "start_by_hand_over"
    START_AGREED_ANEW = "start_agreed_anew"
    START_BY_OVERRIDE = "start_by_override"
    BEFORE_START = "before_start"
    WITHIN_A_YEAR = "within_a_year"
    A_YEAR_PAST = "a_year_past"
    NOT_SUSPENDED = "not_suspended"
    SUSPENDED_WITHIN_A_YEAR = "suspended_within_a_year"
    SUSPENDED_FOR_A_YEAR = "suspended_for_a_year"
    DEVELOPED_ENOUGH = "developed_enough"
    UNDER_DEVELOPED = "under_developed"
    INVESTED_ENOUGH = "invested_enough"
    UNDER_INVESTED = "under_invested"
    DELAYS_COUNTED_OUT = "delays_counted_out"
    HOLDER_BELOW_A_YEAR = "holder_below_a_year"
    HOLDER_A_YEAR = "holder_a_year"
    HOLDER_TWO_YEARS = "holder_two_years"
    ONLY_OPTIONS = "only_options"
    EXCEPTED = "excepted"
    OVERRIDDEN = "overridden"


class CautionCode(StrEnum):
    """What a reader must know besides, though it changes nothing here."""

    FEE_UP_TO = "fee_up_to"  # 房地产管理法: 百分之二十以下
    CITED_ARTICLE_MOVED = "cited_article_moved"  # 办法 cites 第三十七条, now 第三十八条
    EXTENSION_UNCHECKED = "extension_unchecked"  # its option or signing day is not on record
    MIXED_CAUSES = "mixed_causes"  # partly the government's doing, partly not
    DELAY_GOES_ON = "delay_goes_on"
    PRICE_UNKNOWN = "price_unknown"  # so that the fee can't be computed
    PERMIT_NOT_ON_RECORD = "permit_not_on_record"  # completed without one on record
    STATEMENT_NOT_ENOUGH = "statement_not_enough"  # works seen under way are no commencement


class DutyCode(StrEnum):
    """What the procedure demands because of the outcome."""

    PUBLISH = "publish"
    PUBLISH_CAUSE = "publish_cause"
    TELL_GOVERNMENT = "tell_government"
    REGISTER = "register"
    COPY_TO_FINANCE = "copy_to_finance"
    APPROVAL_SAME_LEVEL = "approval_same_level"
    APPROVAL_WITH_POWER = "approval_with_power"
    HEARING_NOTICE = "hearing_notice"
    NOTIFY_MORTGAGEE = "notify_mortgagee"
    COPY_TO_MORTGAGEE = "copy_to_mortgagee"
    ASK_FOR_MORTGAGE = "ask_for_mortgage"  # not on record whether there is one
    REFUSE_NEW_LAND = "refuse_new_land"  # 第二十四条
    REFUSE_TRANSACTIONS = "refuse_transactions"


class ObstacleCode(StrEnum):
    """Why an option of 第十二条 may not be used."""

    NOT_REGISTERED = "not_registered"
    PRICE_NOT_PAID = "price_not_paid"
    FUNDS_NOT_IN_PLACE = "funds_not_in_place"
    PLAN_NOT_CHANGED = "plan_not_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A step of the argument: its article, the day and the figure on which it rests."""

    code: ReasonCode
    article: Article | None = None
    day: date | None = None
    days: int | None = None
    share: Fraction | None = None
    limit: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know besides."""

    code: CautionCode
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done."""

    code: DutyCode
    article: Article


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against an option."""

    code: ObstacleCode
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionCheck:
    """Whether an option may be used: yes, no with obstacles, or None with what is missing."""

    option: Option
    article: Article
    is_allowed: bool | None
    obstacles: tuple[Obstacle, ...] = ()
    missing: tuple[str, ...] = ()


class FaultCode(StrEnum):
    """A fact that the law does not admit, or that others contradict."""

    INVESTED_INCLUDES_PRICE = "invested_includes_price"
    INVESTED_ABOVE_TOTAL = "invested_above_total"
    DEVELOPED_ABOVE_REQUIRED = "developed_above_required"
    NEGATIVE = "negative"
    FOUNDATION_SHARE_NO_SHARE = "foundation_share_no_share"
    EXTENSION_TOO_LONG = "extension_too_long"
    TEMPORARY_USE_TOO_LONG = "temporary_use_too_long"
    OPTION_UNREGISTERED = "option_unregistered"
    START_CONTRADICTED = "start_contradicted"
    COMMENCEMENT_CONTRADICTED = "commencement_contradicted"
    WORKS_CONTRADICTED = "works_contradicted"
    SUSPENSION_CONTRADICTED = "suspension_contradicted"
    SUPPLY_CONTRADICTED = "supply_contradicted"
    NO_DAY_LEFT = "no_day_left"  # a delay that ends before it begins
    OVERRIDE_WITHOUT_REASON = "override_without_reason"


@dataclass(frozen=True, slots=True)
class Fault:
    """What to correct: the facts, and the article that refuses them."""

    code: FaultCode
    fields: tuple[str, ...]
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """
    What the law says of a parcel on a day, and why.

    ``counted_from_on``: the start day, or that of the suspension, from which time counts.
    ``idle_since``: the first day on which 第二条 was met. ``idle_days``: days since
    ``counted_from_on``; ``holder_days``: those of them that count against the holder.
    ``if_accepted``: what the disposal would become if every claimed delay were accepted, None
    where that changes nothing. ``computed``: what was computed before a lawyer overrode it.
    """

    outcome: Outcome
    on: date
    statute: Statute | None
    track: Track | None = None
    grounds: tuple[Ground, ...] = ()
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    counted_from_on: date | None = None
    idle_since: date | None = None
    idle_days: int | None = None
    holder_days: int | None = None
    cause: Attribution | None = None
    disposal: Disposal | None = None
    fee_wan: Decimal | None = None
    options: tuple[OptionCheck, ...] = ()
    duties: tuple[Duty, ...] = ()
    cautions: tuple[Caution, ...] = ()
    faults: tuple[Fault, ...] = ()
    if_accepted: Disposal | None = None
    computed: "Determination | None" = None
