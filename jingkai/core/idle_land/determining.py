"""The determination of a parcel on a day: the definition, then what follows from it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from .agreements import agreements_on, is_checked
from .commencement import is_completed
from .consequences import (
    Consequence,
    accepted,
    claimed,
    duties,
    fee,
    of_never_started,
    of_suspended,
)
from .definition import Finding, defined
from .facts import GOVERNMENT_CAUSES, Delay, Facts, Override, Works
from .faults import faults
from .options import options
from .results import (
    Caution,
    CautionCode,
    Determination,
    Disposal,
    Outcome,
    Reason,
    ReasonCode,
    Track,
)
from .statutes import LAND_LAW, REAL_ESTATE_LAW, Statute, land_law_on, statute_on

NOTHING = Consequence(disposal=None)


def determine(facts: Facts, *, on: date) -> Determination:
    """
    Return whether the parcel is idle land on the day, by the version in force then, and why.

    Nothing here is a decision: recovery is a ground, and what is stated is what the register
    knows. Claims not yet accepted are shown by what they would change.
    """
    return _determined(facts, on, statute_on(on))


def determine_all(batch: Iterable[Facts], *, on: date) -> Iterator[Determination]:
    """Yield the determination of each parcel in turn, as ``determine`` would."""
    statute = statute_on(on)
    for facts in batch:
        yield _determined(facts, on, statute)


def _determined(facts: Facts, on: date, statute: Statute | None) -> Determination:
    if statute is None:
        reason = Reason(code=ReasonCode.NO_STATUTE, day=on)
        return Determination(
            outcome=Outcome.UNKNOWN, on=on, statute=None, reasons=(reason,), missing=("statute",)
        )
    override = _override(facts, on)
    if override is None:
        return _computed(facts, on, statute)
    found = _computed(facts, on, statute)
    reason = Reason(code=ReasonCode.OVERRIDDEN, day=override.on)
    return replace(
        found,
        reasons=(*found.reasons, reason),
        computed=_computed(replace(facts, override=None), on, statute),
    )


def _override(facts: Facts, on: date) -> Override | None:
    """Return the override that stands on the day; without a reason it is a fault and no more."""
    override = facts.override
    if override is None or override.on > on or not override.reason.strip():
        return None
    return override


def _computed(facts: Facts, on: date, statute: Statute) -> Determination:
    found = faults(facts, statute=statute)
    if facts.override is not None and _override(facts, on) is None:
        facts = replace(facts, override=None)
    finding = defined(facts, on=on, statute=statute)
    delays = _sound(accepted(facts.delays, on=on))
    consequence = _consequence(facts, finding, delays, on, statute)
    is_open = consequence.disposal is Disposal.OPTIONS
    return Determination(
        outcome=finding.outcome,
        on=on,
        statute=statute,
        track=finding.track,
        grounds=finding.grounds,
        reasons=finding.reasons + consequence.reasons,
        missing=finding.missing + consequence.missing,
        counted_from_on=finding.counted_from_on,
        idle_since=finding.since,
        idle_days=_days(finding, on),
        holder_days=consequence.holder_days,
        cause=consequence.cause,
        disposal=consequence.disposal,
        fee_wan=fee(facts, consequence.disposal, statute),
        options=options(facts, on=on, statute=statute) if is_open else (),
        duties=duties(facts, finding.outcome, consequence, statute),
        cautions=tuple(_cautions(facts, finding, consequence, on)),
        faults=found,
        if_accepted=_if_accepted(facts, finding, consequence, on, statute),
    )


def _days(finding: Finding, on: date) -> int | None:
    if finding.since is None or finding.counted_from_on is None:
        return None
    return (on - finding.counted_from_on).days


def _sound(delays: Iterable[Delay]) -> tuple[Delay, ...]:
    return tuple(each for each in delays if each.until_on is None or each.until_on > each.from_on)


def _consequence(
    facts: Facts, finding: Finding, delays: tuple[Delay, ...], on: date, statute: Statute
) -> Consequence:
    if finding.outcome is Outcome.MAY_BE_IDLE:
        return of_suspended(statute)
    if finding.outcome is not Outcome.IDLE or finding.counted_from_on is None:
        return NOTHING
    return of_never_started(facts, finding.counted_from_on, delays, on=on, statute=statute)


def _if_accepted(
    facts: Facts, finding: Finding, consequence: Consequence, on: date, statute: Statute
) -> Disposal | None:
    """Return what the disposal would become if all claims were accepted, None if the same."""
    claims = claimed(facts.delays, on=on)
    if not claims or finding.track is not Track.NEVER_STARTED:
        return None
    delays = _sound((*accepted(facts.delays, on=on), *claims))
    then = _consequence(facts, finding, delays, on, statute).disposal
    return None if then is consequence.disposal else then


def _cautions(
    facts: Facts, finding: Finding, consequence: Consequence, on: date
) -> Iterator[Caution]:
    if any(not is_checked(each) for each in agreements_on(facts, on)):
        yield Caution(CautionCode.EXTENSION_UNCHECKED)
    if is_completed(facts, on=on) and facts.construction_permit_on is None:
        yield Caution(CautionCode.PERMIT_NOT_ON_RECORD)
    if finding.track is Track.NEVER_STARTED and facts.works in {Works.UNDER_WAY, Works.SUSPENDED}:
        yield Caution(CautionCode.STATEMENT_NOT_ENOUGH)
    if consequence.disposal is Disposal.FEE:
        yield from _of_fee(facts)
    if consequence.disposal is Disposal.RECOVERY and land_law_on(on) != LAND_LAW[0].article:
        yield Caution(CautionCode.CITED_ARTICLE_MOVED, land_law_on(on))
    if finding.outcome is Outcome.IDLE:
        yield from _of_delays(facts, consequence, on)


def _of_fee(facts: Facts) -> Iterator[Caution]:
    if facts.is_real_estate is not False:
        yield Caution(CautionCode.FEE_UP_TO, REAL_ESTATE_LAW)
    if facts.price_wan is None:
        yield Caution(CautionCode.PRICE_UNKNOWN)


def _of_delays(facts: Facts, consequence: Consequence, on: date) -> Iterator[Caution]:
    counted = [each for each in accepted(facts.delays, on=on) if each.cause in GOVERNMENT_CAUSES]
    if counted and consequence.holder_days:
        yield Caution(CautionCode.MIXED_CAUSES)
    if any(each.until_on is None or each.until_on > on for each in counted):
        yield Caution(CautionCode.DELAY_GOES_ON)
