"""
Every limit that a parcel is under, with its day, and early warnings before each.

The limits are law; how early to warn, and the marks between them, are product choices and data.
The clocks of a case once opened stand with its steps (``course``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jingkai.core.calendar import corresponding

from .agreements import agreements_on
from .commencement import commenced, is_completed
from .consequences import accepted
from .definition import starting
from .facts import GOVERNMENT_CAUSES, Cause, Delay, Facts
from .faults import developed_share, invested_share
from .spans import MONTHS_OF_A_YEAR, counted_on, reached_on, years_later
from .statutes import PAYMENT_RULE, STATUTES, Article, Statute, Topic, statute_on


class LimitCode(StrEnum):
    """What falls due."""

    START = "start"  # 动工开发日期
    IDLE = "idle"  # a full year, whosever doing: 第二条第一款
    FEE = "fee"  # a full year that counts against the holder
    RECOVERY = "recovery"  # two full years that do
    SUSPENDED = "suspended"  # a full year of suspension
    COMPLETION = "completion"  # 约定竣工日期
    PRICE_PAYMENT = "price_payment"
    TEMPORARY_USE = "temporary_use"
    TERM_END = "term_end"


class Level(StrEnum):
    """How much a mark weighs."""

    NOTICE = "notice"
    CAUTION = "caution"
    GRAVE = "grave"
    CRITICAL = "critical"


class Nearness(StrEnum):
    """Where a day lies from today."""

    AHEAD = "ahead"
    SOON = "soon"
    PAST = "past"  # today or before


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDay:
    """The day on which a limit is reached, None where a delay without end keeps it off."""

    code: LimitCode
    on: date | None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A warning so many months after the start day, before it where negative."""

    months: int
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRules:
    """When to warn, from a day until, not including, another; a zone may have its own."""

    effective_from: date
    effective_to: date | None = None
    basis: str
    marks: tuple[Mark, ...]
    soon_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """
    A day to act before; ``days_left`` is negative once it is past.

    ``months`` is set for a mark of the warning rules, which is a product choice and no law.
    """

    code: LimitCode
    on: date
    days_left: int
    nearness: Nearness
    level: Level
    article: Article | None = None
    months: int | None = None


WARNING_RULES = (
    WarningRules(
        effective_from=date(2000, 1, 1),
        basis="系统默认：约定动工前3个月、到期日及其后6、11、12、18、23、24个月提醒，非法定",
        marks=(
            Mark(-3, Level.NOTICE),
            Mark(0, Level.NOTICE),
            Mark(6, Level.CAUTION),
            Mark(11, Level.CAUTION),
            Mark(12, Level.GRAVE),
            Mark(18, Level.GRAVE),
            Mark(23, Level.CRITICAL),
            Mark(24, Level.CRITICAL),
        ),
        soon_days=30,
    ),
)
PAYMENT_DAYS = 60  # 签订合同后六十日内，支付全部土地使用权出让金


def dates(facts: Facts, *, on: date) -> tuple[LimitDay, ...]:
    """Return every limit that the parcel is under on the day, the earliest first."""
    statute = statute_on(on) or STATUTES[0]
    if facts.is_recovered or (facts.right_ended_on is not None and facts.right_ended_on <= on):
        return ()
    found = (
        *_of_start(facts, on, statute),
        *_of_suspension(facts, on, statute),
        *_others(facts, on),
    )
    return tuple(sorted(found, key=lambda each: each.on or date.max))


def warnings(
    facts: Facts, *, on: date, rules: WarningRules = WARNING_RULES[-1]
) -> tuple[Alert, ...]:
    """Return the marks and limits of the parcel with the days left, the earliest first."""
    found = (*_marks(facts, on, rules), *_near(facts, on, rules))
    return tuple(sorted(found, key=lambda each: (each.on, each.code)))


def upcoming(alerts: tuple[Alert, ...]) -> Alert | None:
    """Return the next day that is still to come."""
    return next((each for each in alerts if each.days_left > 0), None)


def _is_open(facts: Facts, on: date, statute: Statute) -> bool:
    """Return whether the start is still owed, as far as is on record."""
    if is_completed(facts, on=on):
        return False
    return commenced(facts, on=on, statute=statute).is_reached is not True


def _counting(facts: Facts, on: date) -> tuple[Delay, ...]:
    """Return the accepted delays that push the holder's limits back."""
    exempt = GOVERNMENT_CAUSES | ({Cause.PRELIMINARY_WORKS} if facts.is_real_estate else set())
    return tuple(each for each in accepted(facts.delays, on=on) if each.cause in exempt)


def _of_start(facts: Facts, on: date, statute: Statute) -> Iterator[LimitDay]:
    begun = starting(facts, on=on, statute=statute)
    if begun.on is None or not _is_open(facts, on, statute):
        return
    articles, numbers = statute.articles, statute.thresholds
    delays = _counting(facts, on)
    article = None if begun.topic is None else articles[begun.topic]
    yield LimitDay(code=LimitCode.START, on=begun.on, article=article)
    idle_on = years_later(begun.on, numbers.idle_after_years)
    yield LimitDay(code=LimitCode.IDLE, on=idle_on, article=articles[Topic.NEVER_STARTED])
    for code, years, topic in (
        (LimitCode.FEE, numbers.idle_after_years, Topic.FEE),
        (LimitCode.RECOVERY, numbers.recovery_after_years, Topic.RECOVERY),
    ):
        day = _reached_on(facts, begun.on, MONTHS_OF_A_YEAR * years, delays, on=on)
        yield LimitDay(code=code, on=day, article=articles[topic])


def _reached_on(
    facts: Facts, start_on: date, months: int, delays: tuple[Delay, ...], *, on: date
) -> date | None:
    """Return the day on which so many months count, from the days that a lawyer read where any."""
    override = facts.override
    if months <= 0 or override is None or override.holder_days is None or override.on > on:
        return reached_on(start_on, months, delays)
    whole = (corresponding(start_on, months) - start_on).days
    return counted_on(override.on, max(whole - override.holder_days, 0), delays)


def _of_suspension(facts: Facts, on: date, statute: Statute) -> Iterator[LimitDay]:
    since = facts.suspended_since
    has_resumed = facts.resumed_on is not None and facts.resumed_on <= on
    if since is None or since > on or has_resumed or is_completed(facts, on=on):
        return
    numbers = statute.thresholds
    is_enough = (developed_share(facts) or 0) >= numbers.min_developed_share and (
        invested_share(facts) or 0
    ) >= numbers.min_invested_share
    if not is_enough:
        day = years_later(since, numbers.suspended_years)
        yield LimitDay(code=LimitCode.SUSPENDED, on=day, article=statute.articles[Topic.SUSPENDED])


def _others(facts: Facts, on: date) -> Iterator[LimitDay]:
    if facts.agreed_completion_on is not None and not is_completed(facts, on=on):
        yield LimitDay(code=LimitCode.COMPLETION, on=facts.agreed_completion_on)
    if facts.signed_on is not None and _owes_price(facts):
        day = facts.signed_on + timedelta(days=PAYMENT_DAYS)
        yield LimitDay(code=LimitCode.PRICE_PAYMENT, on=day, article=PAYMENT_RULE)
    for agreement in agreements_on(facts, on):
        if agreement.temporary_until_on is not None:
            article = STATUTES[-1].articles[Topic.TEMPORARY_USE]
            day = agreement.temporary_until_on
            yield LimitDay(code=LimitCode.TEMPORARY_USE, on=day, article=article)
    if facts.term_until_on is not None:
        yield LimitDay(code=LimitCode.TERM_END, on=facts.term_until_on)


def _owes_price(facts: Facts) -> bool:
    if facts.price_wan is None:
        return False
    return facts.price_paid_wan is None or facts.price_paid_wan < facts.price_wan


def _marks(facts: Facts, on: date, rules: WarningRules) -> Iterator[Alert]:
    statute = statute_on(on) or STATUTES[0]
    begun = next((each for each in dates(facts, on=on) if each.code is LimitCode.START), None)
    if begun is None or begun.on is None:
        return
    delays = _counting(facts, on)
    for mark in rules.marks:
        day = _reached_on(facts, begun.on, mark.months, delays, on=on)
        if day is None:
            continue
        code, topic = _meaning(mark.months, statute)
        yield Alert(
            code=code,
            on=day,
            days_left=(day - on).days,
            nearness=_nearness(day, on, rules),
            level=mark.level,
            article=None if topic is None else statute.articles[topic],
            months=mark.months,
        )


def _meaning(months: int, statute: Statute) -> tuple[LimitCode, Topic | None]:
    """Return the limit that a mark stands at or leads up to, and its article at the limit."""
    numbers = statute.thresholds
    fee = MONTHS_OF_A_YEAR * numbers.idle_after_years
    recovery = MONTHS_OF_A_YEAR * numbers.recovery_after_years
    if months <= 0:
        return LimitCode.START, None
    if months <= fee:
        return LimitCode.FEE, Topic.FEE if months == fee else None
    return LimitCode.RECOVERY, Topic.RECOVERY if months == recovery else None


def _near(facts: Facts, on: date, rules: WarningRules) -> Iterator[Alert]:
    """Yield the limits that no mark stands for."""
    for limit in dates(facts, on=on):
        if limit.on is None or limit.code in _MARKED:
            continue
        yield Alert(
            code=limit.code,
            on=limit.on,
            days_left=(limit.on - on).days,
            nearness=_nearness(limit.on, on, rules),
            level=Level.GRAVE if limit.code in _IDLE else Level.CAUTION,
            article=limit.article,
        )


def _nearness(day: date, on: date, rules: WarningRules) -> Nearness:
    left = (day - on).days
    if left <= 0:
        return Nearness.PAST
    return Nearness.SOON if left <= rules.soon_days else Nearness.AHEAD


_MARKED = frozenset({LimitCode.START, LimitCode.FEE, LimitCode.RECOVERY})
_IDLE = frozenset({LimitCode.IDLE, LimitCode.SUSPENDED})
