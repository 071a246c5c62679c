"""
What the law refuses or the facts themselves contradict; such facts count as not on record.

Forms and imports refuse by the same functions before anything is recorded.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from .agreements import refusals
from .commencement import measured
from .facts import Facts, Works
from .results import Fault, FaultCode
from .statutes import STATUTES, Statute, Topic


def faults(facts: Facts, *, statute: Statute = STATUTES[-1]) -> tuple[Fault, ...]:
    """Return what must be corrected before it can count, each with the article that refuses it."""
    return (
        *_of_figures(facts, statute),
        *_of_dates(facts, statute),
        *(fault for each in facts.agreements for fault in refusals(each, facts, statute)),
    )


def developed_share(facts: Facts) -> Fraction | None:
    """Return 已动工开发建设用地面积 of 应动工开发建设用地总面积, None where either can't count."""
    return _share(facts.developed_area_m2, facts.required_area_m2)


def invested_share(facts: Facts) -> Fraction | None:
    """Return 已投资额 of 总投资额, None where either can't count or the price may be in it."""
    if facts.invested_includes_price is not False:
        return None
    return _share(facts.invested_wan, facts.total_investment_wan)


def _share(part: Decimal | None, whole: Decimal | None) -> Fraction | None:
    if part is None or whole is None or whole <= 0 or not 0 <= part <= whole:
        return None
    return Fraction(part) / Fraction(whole)


def _of_figures(facts: Facts, statute: Statute) -> Iterator[Fault]:
    investment = statute.articles[Topic.INVESTMENT]
    suspended = statute.articles[Topic.SUSPENDED]
    if facts.invested_includes_price:
        yield Fault(
            FaultCode.INVESTED_INCLUDES_PRICE,
            ("invested_wan", "invested_includes_price"),
            investment,
        )
    if _exceeds(facts.invested_wan, facts.total_investment_wan):
        fields = ("invested_wan", "total_investment_wan")
        yield Fault(FaultCode.INVESTED_ABOVE_TOTAL, fields, suspended)
    if _exceeds(facts.developed_area_m2, facts.required_area_m2):
        fields = ("developed_area_m2", "required_area_m2")
        yield Fault(FaultCode.DEVELOPED_ABOVE_REQUIRED, fields, suspended)
    negative = tuple(_below(facts))
    if negative:
        yield Fault(FaultCode.NEGATIVE, negative)
    share = facts.foundation_share
    if share is not None and not 0 <= share <= 1:
        article = statute.articles[Topic.COMMENCEMENT]
        yield Fault(FaultCode.FOUNDATION_SHARE_NO_SHARE, ("foundation_share",), article)


def _exceeds(part: Decimal | None, whole: Decimal | None) -> bool:
    return part is not None and whole is not None and part > whole


def _below(facts: Facts) -> Iterator[str]:
    for name, amount in (
        ("developed_area_m2", facts.developed_area_m2),
        ("invested_wan", facts.invested_wan),
        ("price_wan", facts.price_wan),
        ("price_paid_wan", facts.price_paid_wan),
    ):
        if amount is not None and amount < 0:
            yield name
    for name, whole in (
        ("required_area_m2", facts.required_area_m2),
        ("total_investment_wan", facts.total_investment_wan),
    ):
        if whole is not None and whole <= 0:
            yield name


def _of_dates(facts: Facts, statute: Statute) -> Iterator[Fault]:
    if facts.agrees_start is False and facts.agreed_start_on is not None:
        article = statute.articles[Topic.START_DAY]
        yield Fault(FaultCode.START_CONTRADICTED, ("agrees_start", "agreed_start_on"), article)
    if facts.is_supplied is False and is_contracted(facts):
        yield Fault(FaultCode.SUPPLY_CONTRADICTED, ("is_supplied", "agreed_start_on"))
    if _contradicts_milestone(facts, statute):
        article = statute.articles[Topic.COMMENCEMENT]
        fields = ("commenced_on", "foundation_share")
        yield Fault(FaultCode.COMMENCEMENT_CONTRADICTED, fields, article)
    if facts.works is Works.NOT_STARTED and _has_started(facts, statute):
        yield Fault(FaultCode.WORKS_CONTRADICTED, ("works", "commenced_on", "completed_on"))
    if contradicts_standstill(facts):
        article = statute.articles[Topic.SUSPENDED]
        fields = ("works", "suspended_since")
        yield Fault(FaultCode.SUSPENSION_CONTRADICTED, fields, article)
    if any(each.until_on is not None and each.until_on <= each.from_on for each in facts.delays):
        yield Fault(FaultCode.NO_DAY_LEFT, ("delays",))
    if facts.override is not None and not facts.override.reason.strip():
        yield Fault(FaultCode.OVERRIDE_WITHOUT_REASON, ("override.reason",))


def is_contracted(facts: Facts) -> bool:
    """Return whether anything on record says that the land was supplied."""
    days = (facts.signed_on, facts.agreed_start_on, facts.handed_over_on)
    return any(day is not None for day in days)


def contradicts_standstill(facts: Facts) -> bool:
    """Return whether works are said to go on that are on record as suspended and not resumed."""
    is_standing = facts.suspended_since is not None and facts.resumed_on is None
    return is_standing and facts.works is Works.UNDER_WAY


def _has_started(facts: Facts, statute: Statute) -> bool:
    days = (facts.commenced_on, facts.completed_on, facts.in_production_on)
    is_measured = facts.construction_permit_on is not None and measured(facts, statute)
    return bool(is_measured) or any(day is not None for day in days)


def _contradicts_milestone(facts: Facts, statute: Statute) -> bool:
    return facts.commenced_on is not None and measured(facts, statute) is False
