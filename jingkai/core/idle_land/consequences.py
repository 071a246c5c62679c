"""第十二条 to 第十五条: what follows once the land is idle, by whose doing it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jingkai.core import units

from .facts import GOVERNMENT_CAUSES, Cause, Delay, Facts
from .results import Attribution, Disposal, Duty, DutyCode, Outcome, Reason, ReasonCode
from .spans import counted_days, years_later
from .statutes import REAL_ESTATE_LAW, Statute, Topic

FEN_PLACES = 6  # 万元 with six places is 分


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """The way of disposal, None with the missing facts where it can't be told."""

    disposal: Disposal | None
    cause: Attribution | None = None
    holder_days: int | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def of_suspended(statute: Statute) -> Consequence:
    """Return the consequence of the second paragraph: never a fee, never recovery."""
    article = statute.articles[Topic.SUSPENDED_OPTIONS]
    reason = Reason(code=ReasonCode.ONLY_OPTIONS, article=article)
    return Consequence(disposal=Disposal.OPTIONS, reasons=(reason,))


def of_never_started(
    facts: Facts, start_on: date, delays: Sequence[Delay], *, on: date, statute: Statute
) -> Consequence:
    """
    Return the consequence of the first paragraph, by the days that count against the holder.

    ``delays`` are those taken as accepted. Necessary preliminary works count out for real-estate
    land alone; where that is not on record and would matter, it is what is missing.
    """
    excepting = any(each.cause is Cause.PRELIMINARY_WORKS for each in delays)
    if not excepting or facts.is_real_estate is not None:
        is_real_estate = bool(facts.is_real_estate)
        return _of_days(facts, start_on, delays, on, statute, is_real_estate=is_real_estate)
    either = [
        _of_days(facts, start_on, delays, on, statute, is_real_estate=each)
        for each in (False, True)
    ]
    if either[0] == either[1]:
        return either[0]
    return Consequence(disposal=None, missing=("is_real_estate",), reasons=either[0].reasons)


def _of_days(
    facts: Facts,
    start_on: date,
    delays: Sequence[Delay],
    on: date,
    statute: Statute,
    *,
    is_real_estate: bool,
) -> Consequence:
    government = tuple(each for each in delays if each.cause in GOVERNMENT_CAUSES)
    exempt = government
    if is_real_estate:
        exempt += tuple(each for each in delays if each.cause is Cause.PRELIMINARY_WORKS)
    days = _holder_days(facts, start_on, exempt, on)
    limits = _Limits.of(start_on, statute)
    reasons = (
        *_counted_out(start_on, exempt, on, statute),
        _of_holder(days, limits, statute),
    )
    if days >= limits.recovery or days >= limits.fee:
        disposal = Disposal.RECOVERY if days >= limits.recovery else Disposal.FEE
        return Consequence(
            disposal=disposal, cause=Attribution.HOLDER, holder_days=days, reasons=reasons
        )
    if _holder_days(facts, start_on, government, on) < limits.fee:
        return Consequence(
            disposal=Disposal.OPTIONS,
            cause=Attribution.GOVERNMENT,
            holder_days=days,
            reasons=reasons,
        )
    excepted = Reason(code=ReasonCode.EXCEPTED, article=REAL_ESTATE_LAW)
    return Consequence(
        disposal=Disposal.EXCEPTED,
        cause=Attribution.PRELIMINARY_WORKS,
        holder_days=days,
        reasons=(*reasons, excepted),
    )


@dataclass(frozen=True, slots=True)
class _Limits:
    """The days of one and of two years from the start, by the calendar."""

    fee: int
    recovery: int

    @classmethod
    def of(cls, start_on: date, statute: Statute) -> "_Limits":
        numbers = statute.thresholds
        return cls(
            fee=(years_later(start_on, numbers.idle_after_years) - start_on).days,
            recovery=(years_later(start_on, numbers.recovery_after_years) - start_on).days,
        )


def _holder_days(facts: Facts, start_on: date, exempt: Sequence[Delay], on: date) -> int:
    override = facts.override
    if override is not None and override.holder_days is not None and override.on <= on:
        return override.holder_days + counted_days(override.on, on, exempt)
    return counted_days(start_on, on, exempt)


def _counted_out(
    start_on: date, exempt: Sequence[Delay], on: date, statute: Statute
) -> Iterator[Reason]:
    """Yield how many days do not count, by the paragraph that says so."""
    days = counted_days(start_on, on, ()) - counted_days(start_on, on, exempt)
    if days:
        is_nature = all(each.cause is Cause.G7 for each in exempt)
        topic = Topic.FORCE_MAJEURE if is_nature else Topic.GOVERNMENT_CAUSE
        article = statute.articles[topic]
        if all(each.cause is Cause.PRELIMINARY_WORKS for each in exempt):
            article = REAL_ESTATE_LAW
        yield Reason(code=ReasonCode.DELAYS_COUNTED_OUT, article=article, days=days)


def _of_holder(days: int, limits: _Limits, statute: Statute) -> Reason:
    """Return how many days count against the holder, by the article that asks for them."""
    code, topic = ReasonCode.HOLDER_BELOW_A_YEAR, Topic.OPTIONS
    if days >= limits.recovery:
        code, topic = ReasonCode.HOLDER_TWO_YEARS, Topic.RECOVERY
    elif days >= limits.fee:
        code, topic = ReasonCode.HOLDER_A_YEAR, Topic.FEE
    return Reason(code=code, article=statute.articles[topic], days=days)


def accepted(delays: Iterable[Delay], *, on: date) -> tuple[Delay, ...]:
    """Return the delays that were accepted by the day and can count."""
    return tuple(
        each for each in delays if each.accepted_on is not None and each.accepted_on <= on
    )


def claimed(delays: Iterable[Delay], *, on: date) -> tuple[Delay, ...]:
    """Return the delays that were claimed and, on the day, neither accepted nor refused."""
    return tuple(
        each
        for each in delays
        if (each.accepted_on is None or each.accepted_on > on)
        and (each.refused_on is None or each.refused_on > on)
    )


def fee(facts: Facts, disposal: Disposal | None, statute: Statute) -> Decimal | None:
    """Return 20 % of the land price in 万元, to the 分; None: none is due, or no price known."""
    if disposal is not Disposal.FEE or facts.price_wan is None or facts.price_wan < 0:
        return None
    exact = Fraction(facts.price_wan) * statute.thresholds.fee_share
    return units.rounded(exact, places=FEN_PLACES)


def duties(
    facts: Facts, outcome: Outcome, consequence: Consequence, statute: Statute
) -> tuple[Duty, ...]:
    """Return what must be done about land that is idle or may be determined so."""
    if outcome not in {Outcome.IDLE, Outcome.MAY_BE_IDLE}:
        return ()
    codes = (*_ALWAYS, *_of_cause(consequence), *_of_disposal(consequence), *_of_freeze(facts))
    pairs = (*codes, *_of_mortgage(facts, consequence))
    return tuple(Duty(code, statute.articles[topic]) for code, topic in pairs)


_Pair = tuple[DutyCode, Topic]
_ALWAYS: tuple[_Pair, ...] = (
    (DutyCode.PUBLISH, Topic.PUBLICATION),
    (DutyCode.REGISTER, Topic.REGISTRATION),
    (DutyCode.COPY_TO_FINANCE, Topic.FINANCE_COPY),
)
_BY_DISPOSAL: dict[Disposal, tuple[_Pair, ...]] = {
    Disposal.EXCEPTED: (),
    Disposal.OPTIONS: ((DutyCode.APPROVAL_SAME_LEVEL, Topic.PLAN_APPROVAL),),
    Disposal.FEE: (
        (DutyCode.HEARING_NOTICE, Topic.HEARING),
        (DutyCode.APPROVAL_SAME_LEVEL, Topic.FEE),
    ),
    Disposal.RECOVERY: (
        (DutyCode.HEARING_NOTICE, Topic.HEARING),
        (DutyCode.APPROVAL_WITH_POWER, Topic.RECOVERY),
    ),
}


def _of_cause(consequence: Consequence) -> tuple[_Pair, ...]:
    if consequence.cause is not Attribution.GOVERNMENT:
        return ()
    return (
        (DutyCode.PUBLISH_CAUSE, Topic.PUBLICATION),
        (DutyCode.TELL_GOVERNMENT, Topic.PUBLICATION),
    )


def _of_disposal(consequence: Consequence) -> tuple[_Pair, ...]:
    return () if consequence.disposal is None else _BY_DISPOSAL[consequence.disposal]


def _of_mortgage(facts: Facts, consequence: Consequence) -> tuple[_Pair, ...]:
    found = {
        Disposal.OPTIONS: (DutyCode.NOTIFY_MORTGAGEE, Topic.MORTGAGEE_NOTICE),
        Disposal.RECOVERY: (DutyCode.COPY_TO_MORTGAGEE, Topic.RECOVERY),
    }
    if consequence.disposal not in found or facts.is_mortgaged is False:
        return ()
    code, topic = found[consequence.disposal]
    return ((code if facts.is_mortgaged else DutyCode.ASK_FOR_MORTGAGE, topic),)


def _of_freeze(facts: Facts) -> tuple[_Pair, ...]:
    if not facts.is_hoarding:
        return ()
    return (
        (DutyCode.REFUSE_NEW_LAND, Topic.FREEZE),
        (DutyCode.REFUSE_TRANSACTIONS, Topic.FREEZE),
    )
