"""Of the signings of a period: how many have started, how many are yet to."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.investment import indicators as investment
from jingkai.apps.registers.indicator import Indicator, count, median_days, share
from jingkai.core.indicators import Better, Definition, Period, PeriodRule

from .. import queries

Rows = QuerySet[Any]

_SIGNINGS = next(one for one in investment.INDICATORS if one.code == "signings")


def _signings(period: Period) -> Rows:
    """Return the formal signings of the period, each with its first start by the period's end."""
    return _SIGNINGS.rows(period).annotate(started_by_end=queries.started_on(on=period.end))


def _is_started() -> Q:
    return Q(started_by_end__isnull=False)


def _signed_and_started(period: Period) -> Rows:
    return _signings(period).filter(_is_started())


def _signed_to_start(period: Period) -> Rows:
    return _signings(period).filter(started_by_end__isnull=True)


SIGNED_FIGURES = (
    Indicator(
        definition=Definition(
            code="signed_and_started",
            name=_("签约即开工"),
            unit=_("个"),
            period_rule=PeriodRule.COHORT,
            date_used=_("正式签约日期；开工日期截至期末"),
            counts=_("期内正式签约、截至期末其项目已开工的签约"),
            exclusions=_("框架协议不计；往年签约今年开工的不计"),
            not_to_be_confused_with=_("开工项目：不论何年签约"),
            needs=("planned_wan", "industry_code"),
        ),
        register="signings",
        rows=_signed_and_started,
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="signed_to_start",
            name=_("签约待开工"),
            unit=_("个"),
            period_rule=PeriodRule.COHORT,
            date_used=_("正式签约日期；开工日期截至期末"),
            counts=_("期内正式签约、截至期末尚无项目开工的签约"),
            exclusions=_("框架协议不计"),
            not_to_be_confused_with=_("拟开工阶段的项目"),
            better=Better.NEITHER,
            needs=("planned_wan", "industry_code", "agreed_start_on"),
        ),
        register="signings",
        rows=_signed_to_start,
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="signings_started_share",
            name=_("签约开工率"),
            unit=_("%"),
            period_rule=PeriodRule.COHORT,
            date_used=_("正式签约日期；开工日期截至期末"),
            counts=_("期内正式签约中截至期末已开工的占比"),
            exclusions=_("框架协议不计"),
            not_to_be_confused_with=_("年度目标完成率"),
        ),
        register="signings",
        rows=_signings,
        measure=share(_is_started),
    ),
    Indicator(
        definition=Definition(
            code="days_signing_to_start",
            name=_("签约至开工天数（中位数）"),
            unit=_("天"),
            period_rule=PeriodRule.COHORT,
            date_used=_("正式签约日期至首个项目开工日期"),
            counts=_("期内正式签约且截至期末已开工的，日历天数的中位数"),
            exclusions=_("截至期末未开工的不计"),
            not_to_be_confused_with=_("审批用时"),
            better=Better.LOWER,
        ),
        register="signings",
        rows=_signed_and_started,
        measure=median_days("signed_on", "started_by_end"),
    ),
)
