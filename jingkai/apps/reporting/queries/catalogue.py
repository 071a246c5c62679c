"""Every indicator of the product, listed by name: no area registers itself."""

from collections.abc import Iterable
from functools import cache

from jingkai.apps.investment import indicators as investment
from jingkai.apps.projects import indicators as projects
from jingkai.apps.registers.indicator import Indicator
from jingkai.core.indicators import Partition


class UnknownIndicator(LookupError):
    """There is no indicator of that code."""


def indicators() -> tuple[Indicator, ...]:
    """Return every indicator, in the order in which a report names them."""
    return (*investment.INDICATORS, *projects.INDICATORS)


def partitions() -> tuple[Partition, ...]:
    """Return the figures whose parts must add up."""
    return tuple(projects.PARTITIONS)


def find(code: str) -> Indicator:
    """
    Return the indicator of that code.

    :raises UnknownIndicator: when there is none
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownIndicator(code) from None


def some(codes: Iterable[str]) -> tuple[Indicator, ...]:
    """Return the indicators of these codes, in this order."""
    return tuple(find(code) for code in codes)


@cache
def _by_code() -> dict[str, Indicator]:
    return {indicator.code: indicator for indicator in indicators()}
