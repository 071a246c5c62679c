"""Every indicator of the product, listed by name: no area registers itself."""

from collections.abc import Iterable
from functools import cache

from jingkai.apps.idle import indicators as idle
from jingkai.apps.investment import indicators as investment
from jingkai.apps.land import indicators as land
from jingkai.apps.projects import indicators as projects
from jingkai.apps.registers.indicator import Dimension, Indicator
from jingkai.apps.reuse import indicators as reuse
from jingkai.core.indicators import Partition

_AREAS = (investment, projects, land, idle, reuse)


class UnknownIndicator(LookupError):
    """There is no indicator of that code."""


def indicators() -> tuple[Indicator, ...]:
    """Return every indicator, in the order in which a report names them."""
    return tuple(indicator for area in _AREAS for indicator in area.INDICATORS)


def partitions() -> tuple[Partition, ...]:
    """Return the figures whose parts must add up."""
    return (
        *projects.PARTITIONS,
        *idle.PARTITIONS,
    )


def dimensions() -> tuple[Dimension, ...]:
    """Return by what the areas cut the figures of their registers."""
    return (*land.DIMENSIONS, *idle.DIMENSIONS, *reuse.DIMENSIONS)


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
