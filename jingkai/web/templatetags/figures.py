"""
Filters for figures; each shows None as 无数据 with the hint that it is not zero.

- ``{{ 1234.5|wan }}`` 1,234.5 万元, ``{{ 123500|wan }}`` 12.35 亿元, in English CNY 12.35 m
- ``{{ 1234567|figure }}`` 1,234,567; ``{{ value|figure:1 }}`` with at most one decimal
- ``{{ share|percent }}`` 33.3% of an exact share; never 100% before it is reached
- ``{{ share|delta }}`` +12.5%
- ``{{ signed_on|day }}`` 2024-12-31; ``{{ recorded_at|minute }}`` 2024-12-31 09:05
- ``{{ value|known }}`` the value itself, or 无数据
"""

from datetime import date, datetime

from django import template

from jingkai.web import figures
from jingkai.web.components.status import no_data
from jingkai.web.figures import Number

register = template.Library()


@register.filter
def wan(value_wan: Number | None) -> str:
    """Return an amount of 万元 in 万元 or 亿元."""
    return no_data() if value_wan is None else figures.wan(value_wan)


@register.filter
def figure(value: Number | None, places: int = 2) -> str:
    """Return the number in groups of three."""
    return no_data() if value is None else figures.number(value, places)


@register.filter
def percent(share: Number | None, places: int = 1) -> str:
    """Return a share as a percentage."""
    return no_data() if share is None else figures.percent(share, places)


@register.filter
def delta(share: Number | None, places: int = 1) -> str:
    """Return a change as a percentage with its sign."""
    return no_data() if share is None else figures.delta(share, places)


@register.filter
def day(moment: date | None) -> str:
    """Return the day of a date or an instant."""
    return no_data() if moment is None else figures.day(moment)


@register.filter
def minute(moment: datetime | None) -> str:
    """Return an instant to the minute."""
    return no_data() if moment is None else figures.minute(moment)


@register.filter
def known(value: object) -> object:
    """Return the value, or the mark of what is not on record."""
    return no_data() if value is None or value == "" else value
