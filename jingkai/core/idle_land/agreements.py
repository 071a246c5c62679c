"""Supplementary agreements: the limits that 第十二条 and 第二十五条 set them."""

from collections.abc import Iterator
from datetime import date

from jingkai.core.calendar import term_end

from .facts import Agreement, Facts, Option
from .results import Fault, FaultCode
from .spans import years_later
from .statutes import STATUTES, Statute, Topic


def agreements_on(facts: Facts, on: date) -> tuple[Agreement, ...]:
    """Return the agreements signed by the day, in the order of signing; undated ones first."""
    signed = (each for each in facts.agreements if each.signed_on is None or each.signed_on <= on)
    return tuple(sorted(signed, key=lambda each: each.signed_on or date.min))


def restarting(facts: Facts, on: date) -> Agreement | None:
    """Return the last agreement that sets the start day anew (第十二条第二款)."""
    if not facts.agreements:
        return None
    anew = (each for each in reversed(agreements_on(facts, on)) if _restarts(each))
    return next(anew, None)


def refusals(
    agreement: Agreement, facts: Facts, statute: Statute = STATUTES[-1]
) -> tuple[Fault, ...]:
    """Return why an agreement is refused: too long a time, an option without registration."""
    return tuple(_refusals(agreement, facts, statute))


def is_lawful(agreement: Agreement, statute: Statute = STATUTES[-1]) -> bool:
    """Return whether the times that the agreement sets keep within the limits of 第十二条."""
    return not (_is_overlong(agreement, statute) or _is_overused(agreement, statute))


def latest_extension(agreement: Agreement, statute: Statute = STATUTES[-1]) -> date | None:
    """
    Return the last day to which the agreement may extend the start.

    It runs from the start day agreed in it; where only one day is agreed, from its signing.
    """
    base = agreement.signed_on
    if agreement.agreed_start_on is not None and agreement.latest_start_on is not None:
        base = agreement.agreed_start_on
    return None if base is None else years_later(base, statute.thresholds.max_extension_years)


def latest_day(agreement: Agreement, statute: Statute = STATUTES[-1]) -> date | None:
    """Return the last day that the option allows: to start by, or until which the use may run."""
    first = agreement.temporary_from_on
    if first is not None:
        return term_end(first, statute.thresholds.max_temporary_use_years)
    return latest_extension(agreement, statute)


def is_checked(agreement: Agreement) -> bool:
    """Return whether enough is on record to hold the agreement against 第十二条第一款第一项."""
    if agreement.option is None:
        return False
    return agreement.option is not Option.EXTENSION or latest_extension(agreement) is not None


def _restarts(agreement: Agreement) -> bool:
    if agreement.option is Option.PAID_RECOVERY:
        return False
    has_day = agreement.agreed_start_on is not None or agreement.latest_start_on is not None
    return has_day or agreement.option is not None


def _refusals(agreement: Agreement, facts: Facts, statute: Statute) -> Iterator[Fault]:
    if _is_overlong(agreement, statute):
        article = statute.articles[Topic.EXTENSION]
        yield Fault(FaultCode.EXTENSION_TOO_LONG, ("agreements",), article)
    if _is_overused(agreement, statute):
        article = statute.articles[Topic.TEMPORARY_USE]
        yield Fault(FaultCode.TEMPORARY_USE_TOO_LONG, ("agreements",), article)
    if agreement.option is not None and not _was_registered(agreement, facts):
        article = statute.articles[Topic.REGISTRATION]
        yield Fault(FaultCode.OPTION_UNREGISTERED, ("registered_on",), article)


def _is_overlong(agreement: Agreement, statute: Statute) -> bool:
    day = agreement.latest_start_on or agreement.agreed_start_on
    latest = latest_extension(agreement, statute)
    if agreement.option is not Option.EXTENSION or day is None or latest is None:
        return False
    return day > latest


def _is_overused(agreement: Agreement, statute: Statute) -> bool:
    first, end = agreement.temporary_from_on, agreement.temporary_until_on
    if first is None or end is None:
        return False
    return end > term_end(first, statute.thresholds.max_temporary_use_years)


def _was_registered(agreement: Agreement, facts: Facts) -> bool:
    if facts.registered_on is None:
        return False
    return agreement.signed_on is None or facts.registered_on <= agreement.signed_on
