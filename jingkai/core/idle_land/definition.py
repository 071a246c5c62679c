"""第二条: whether the land is idle, before anybody asks whose doing it was."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .commencement import Start, commenced, is_completed, start
from .facts import Facts, Works
from .faults import (
    contradicts_standstill,
    developed_share,
    invested_share,
    is_contracted,
)
from .results import Ground, Outcome, Reason, ReasonCode, Track
from .spans import years_later
from .statutes import Statute, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What 第二条 says; ``since`` is the first day on which it was met."""

    outcome: Outcome
    track: Track | None = None
    grounds: tuple[Ground, ...] = ()
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    counted_from_on: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Test:
    """One condition of the second paragraph: met, not met, or None with what is missing."""

    is_met: bool | None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def defined(facts: Facts, *, on: date, statute: Statute) -> Finding:
    """Return what 第二条 says of the parcel on the day."""
    settled = _settled(facts, on)
    if settled is not None:
        return settled
    works = commenced(facts, on=on, statute=statute)
    if works.is_reached is None:
        return _either(facts, on, statute, works.missing)
    if works.is_reached:
        return _started(facts, on, statute)
    return _not_started(facts, on, statute)


def starting(facts: Facts, *, on: date, statute: Statute) -> Start:
    """Return the start day as a lawyer overrode it, else as the law has it."""
    override = facts.override
    if override is not None and override.counted_from_on is not None and override.on <= on:
        return Start(override.counted_from_on, ReasonCode.START_BY_OVERRIDE)
    return start(facts, on=on, statute=statute)


def _settled(facts: Facts, on: date) -> Finding | None:
    """Return the finding on land that nobody holds or that is built, None for all other."""
    if facts.right_ended_on is not None and facts.right_ended_on <= on:
        return _not_idle(Reason(code=ReasonCode.RIGHT_ENDED, day=facts.right_ended_on))
    if facts.is_recovered:
        return _not_idle(Reason(code=ReasonCode.RECOVERED))
    if facts.is_supplied is False and not is_contracted(facts):
        return _not_idle(Reason(code=ReasonCode.NOT_SUPPLIED))
    if is_completed(facts, on=on):
        day = facts.completed_on or facts.in_production_on
        return _not_idle(Reason(code=ReasonCode.COMPLETED, day=day))
    return None


def _not_idle(*reasons: Reason) -> Finding:
    return Finding(outcome=Outcome.NOT_IDLE, reasons=reasons)


def _either(facts: Facts, on: date, statute: Statute, missing: tuple[str, ...]) -> Finding:
    """Return what is so whether works have commenced or not, else what is missing to tell."""
    article = statute.articles[Topic.COMMENCEMENT]
    unknown = Reason(code=ReasonCode.COMMENCEMENT_UNKNOWN, article=article)
    unbuilt, built = _not_started(facts, on, statute), _started(facts, on, statute)
    if unbuilt.outcome is built.outcome is Outcome.NOT_IDLE:
        return _not_idle(unknown, *unbuilt.reasons[1:], *built.reasons[1:])
    return Finding(
        outcome=Outcome.UNKNOWN,
        reasons=(unknown, *unbuilt.reasons[1:]),
        missing=missing + unbuilt.missing,
        counted_from_on=unbuilt.counted_from_on,
    )


def _not_started(facts: Facts, on: date, statute: Statute) -> Finding:
    """Return what the first paragraph says of land on which works have not commenced."""
    articles = statute.articles
    not_begun = Reason(code=ReasonCode.NOT_COMMENCED, article=articles[Topic.COMMENCEMENT])
    begun = starting(facts, on=on, statute=statute)
    if begun.on is None or begun.reason is None:
        return Finding(outcome=Outcome.UNKNOWN, reasons=(not_begun,), missing=begun.missing)
    full_on = years_later(begun.on, statute.thresholds.idle_after_years)
    is_idle = on >= full_on
    return Finding(
        outcome=Outcome.IDLE if is_idle else Outcome.NOT_IDLE,
        track=Track.NEVER_STARTED,
        grounds=(Ground.NOT_STARTED,) if is_idle else (),
        reasons=(
            not_begun,
            Reason(
                code=begun.reason,
                article=None if begun.topic is None else articles[begun.topic],
                day=begun.on,
            ),
            Reason(
                code=_elapsed(begun.on, full_on, on),
                article=articles[Topic.NEVER_STARTED],
                day=full_on,
                days=(on - begun.on).days,
            ),
        ),
        counted_from_on=begun.on,
        since=full_on if is_idle else None,
    )


def _elapsed(start_on: date, full_on: date, on: date) -> ReasonCode:
    if on < start_on:
        return ReasonCode.BEFORE_START
    return ReasonCode.A_YEAR_PAST if on >= full_on else ReasonCode.WITHIN_A_YEAR


def _started(facts: Facts, on: date, statute: Statute) -> Finding:
    """Return what the second paragraph says: a full year, and one of the two shares too small."""
    begun = Reason(code=ReasonCode.COMMENCED, article=statute.articles[Topic.COMMENCEMENT])
    standstill = _standstill(facts, on, statute)
    if standstill.is_met is False:
        return _not_idle(begun, *standstill.reasons)
    shares = {
        Ground.UNDER_DEVELOPED: _developed(facts, statute),
        Ground.UNDER_INVESTED: _invested(facts, statute),
    }
    reasons = (begun, *standstill.reasons, *(r for s in shares.values() for r in s.reasons))
    if all(share.is_met is False for share in shares.values()):
        return _not_idle(*reasons)
    grounds = tuple(ground for ground, share in shares.items() if share.is_met)
    missing = standstill.missing
    if not grounds:
        missing += tuple(name for share in shares.values() for name in share.missing)
    if missing:
        return Finding(outcome=Outcome.UNKNOWN, reasons=reasons, missing=missing)
    since = facts.suspended_since
    return Finding(
        outcome=Outcome.MAY_BE_IDLE,
        track=Track.SUSPENDED,
        grounds=grounds,
        reasons=reasons,
        counted_from_on=since,
        since=since and years_later(since, statute.thresholds.suspended_years),
    )


def _standstill(facts: Facts, on: date, statute: Statute) -> _Test:
    """Return whether works have been suspended for a full year."""
    article = statute.articles[Topic.SUSPENDED]
    since = facts.suspended_since
    if since is None:
        if _is_too_young(facts, on, statute) or facts.works is Works.UNDER_WAY:
            return _Test(False, (Reason(code=ReasonCode.NOT_SUSPENDED, article=article),))
        return _Test(None, missing=("suspended_since",))
    has_resumed = facts.resumed_on is not None and since <= facts.resumed_on <= on
    if since > on or has_resumed:
        reason = Reason(code=ReasonCode.NOT_SUSPENDED, article=article, day=facts.resumed_on)
        return _Test(False, (reason,))
    full_on = years_later(since, statute.thresholds.suspended_years)
    is_full = on >= full_on
    if is_full and contradicts_standstill(facts):
        return _Test(None, missing=("works", "suspended_since"))
    code = ReasonCode.SUSPENDED_FOR_A_YEAR if is_full else ReasonCode.SUSPENDED_WITHIN_A_YEAR
    days = (on - since).days
    return _Test(is_full, (Reason(code=code, article=article, day=full_on, days=days),))


def _is_too_young(facts: Facts, on: date, statute: Statute) -> bool:
    """Return whether the land was supplied so lately that no suspension can be a year old."""
    if facts.signed_on is None:
        return False
    return on < years_later(facts.signed_on, statute.thresholds.suspended_years)


def _developed(facts: Facts, statute: Statute) -> _Test:
    missing = _names(
        developed_area_m2=facts.developed_area_m2, required_area_m2=facts.required_area_m2
    )
    return _of_share(
        developed_share(facts),
        statute.thresholds.min_developed_share,
        (ReasonCode.UNDER_DEVELOPED, ReasonCode.DEVELOPED_ENOUGH),
        statute,
        missing,
    )


def _invested(facts: Facts, statute: Statute) -> _Test:
    missing = _names(
        invested_wan=None if facts.invested_includes_price else facts.invested_wan,
        total_investment_wan=facts.total_investment_wan,
        invested_includes_price=facts.invested_includes_price,
    )
    return _of_share(
        invested_share(facts),
        statute.thresholds.min_invested_share,
        (ReasonCode.UNDER_INVESTED, ReasonCode.INVESTED_ENOUGH),
        statute,
        missing,
    )


def _of_share(
    share: Fraction | None,
    limit: Fraction,
    codes: tuple[ReasonCode, ReasonCode],
    statute: Statute,
    missing: tuple[str, ...],
) -> _Test:
    if share is None:
        return _Test(None, missing=missing)
    is_below = share < limit
    code = codes[0] if is_below else codes[1]
    article = statute.articles[Topic.SUSPENDED]
    return _Test(is_below, (Reason(code=code, article=article, share=share, limit=limit),))


def _names(**facts: object) -> tuple[str, ...]:
    """Return the names of what is not on record; all of them where each is, yet none can count."""
    return tuple(name for name, value in facts.items() if value is None) or tuple(facts)
