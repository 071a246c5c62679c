"""When works had to start (第二十二条, 第十二条) and whether they have (第三十条)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .agreements import is_lawful, restarting
from .facts import Agreement, Facts, Foundation, Works
from .results import ReasonCode
from .spans import years_later
from .statutes import Statute, Topic

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Start:
    """The day from which idleness counts and why, None with the facts that are missing."""

    on: date | None
    reason: ReasonCode | None = None
    topic: Topic | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commencement:
    """Whether works have commenced in the sense of the law, None with what is missing."""

    is_reached: bool | None
    missing: tuple[str, ...] = ()


def start(facts: Facts, *, on: date, statute: Statute) -> Start:
    """Return the start day in force on the day, as agreed or as agreed anew."""
    anew = restarting(facts, on)
    if anew is not None:
        return _agreed_anew(anew, statute)
    if facts.agrees_start is not False:
        if facts.agreed_start_on is None:
            return Start(None, missing=("agreed_start_on",))
        return Start(facts.agreed_start_on, ReasonCode.START_AGREED, Topic.NEVER_STARTED)
    if facts.agreed_start_on is not None:  # contradicted: a fault says so
        return Start(None, missing=("agrees_start", "agreed_start_on"))
    if facts.handed_over_on is None:
        return Start(None, missing=("handed_over_on",))
    years = statute.thresholds.start_after_hand_over_years
    day = years_later(facts.handed_over_on, years)
    return Start(day, ReasonCode.START_BY_HAND_OVER, Topic.START_DAY)


def commenced(facts: Facts, *, on: date, statute: Statute) -> Commencement:
    """
    Return whether works have commenced: the permit and the milestone of the foundation, both.

    A completed building has; a site on which an officer saw nothing has not.
    """
    if is_completed(facts, on=on):
        return Commencement(is_reached=True)
    permit = _reached(facts.construction_permit_on, on)
    milestone = milestone_reached(facts, on=on, statute=statute)
    has_ended = any(_reached(day, on) for day in (facts.completed_on, facts.in_production_on))
    if (permit and milestone) or has_ended:
        if facts.works is Works.NOT_STARTED:
            return Commencement(is_reached=None, missing=("works",))
        return Commencement(is_reached=True)
    if permit is False or milestone is False or facts.works is Works.NOT_STARTED:
        return Commencement(is_reached=False)
    of_permit = () if permit else ("construction_permit_on",)
    of_milestone = () if milestone else _of_milestone(facts)
    return Commencement(is_reached=None, missing=(*of_permit, *of_milestone))


def is_completed(facts: Facts, *, on: date) -> bool:
    """Return whether the works are on record as completed by the day."""
    days = (facts.completed_on, facts.in_production_on)
    if any(day is not None and day <= on for day in days):
        return facts.works is not Works.NOT_STARTED
    return facts.works is Works.COMPLETED and not any(days)


def milestone_reached(facts: Facts, *, on: date, statute: Statute) -> bool | None:
    """Return whether the pit is dug, all piles driven, or a third of the foundation done."""
    stated = _reached(facts.commenced_on, on)
    found = measured(facts, statute)
    if stated is None or found is None:
        return found if stated is None else stated
    return stated if stated == found else None


def measured(facts: Facts, statute: Statute) -> bool | None:
    """Return whether the share of the foundation is enough, None where its kind must be known."""
    if facts.foundation_share is None or not 0 <= facts.foundation_share <= 1:
        return None
    third = statute.thresholds.foundation_share
    if facts.foundation is None:
        certain = facts.foundation_share >= WHOLE or facts.foundation_share < third
        return facts.foundation_share >= WHOLE if certain else None
    needed = third if facts.foundation is Foundation.OTHER else WHOLE
    return facts.foundation_share >= needed


def _reached(day: date | None, on: date) -> bool | None:
    return None if day is None else day <= on


def _of_milestone(facts: Facts) -> tuple[str, ...]:
    if facts.foundation_share is None:
        return ("foundation_share",)
    return ("foundation",) if facts.foundation is None else ("foundation_share", "commenced_on")


def _agreed_anew(agreement: Agreement, statute: Statute) -> Start:
    if not is_lawful(agreement, statute):
        return Start(None, missing=("agreements",))
    day = agreement.latest_start_on or agreement.agreed_start_on
    if day is None:
        return Start(None, missing=("agreements.agreed_start_on",))
    return Start(day, ReasonCode.START_AGREED_ANEW, Topic.RESTART)
