"""The figures of investment promotion: each one definition and one query."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.indicator import Indicator, count, median_days, share, total
from jingkai.core.indicators import Better, Definition, Period, PeriodRule

from . import queries
from .models import Lead, Negotiation, Signing, Visit

Rows = QuerySet[Any]


def _visits(direction: Visit.Direction) -> Callable[[Period], Rows]:
    def rows(period: Period) -> Rows:
        days = (period.start, period.end)
        return Visit.objects.filter(direction=direction, visited_on__range=days)

    return rows


def _negotiations(period: Period) -> Rows:
    return Negotiation.objects.filter(negotiated_on__range=(period.start, period.end))


def _signings(kind: Signing.Kind) -> Callable[[Period], Rows]:
    def rows(period: Period) -> Rows:
        return Signing.objects.filter(kind=kind, signed_on__range=(period.start, period.end))

    return rows


def _leads_found(period: Period) -> Rows:
    return Lead.objects.filter(found_on__range=(period.start, period.end))


def _lead_cohort(period: Period) -> Rows:
    """Return the leads found in the period, each with the day it was signed, if by its end."""
    return _leads_found(period).annotate(signed_by_end=queries.formally_signed_on(period.end))


def _library(period: Period) -> Rows:
    return queries.library(period.end)


def _mature(period: Period) -> Rows:
    return queries.mature_leads(period.end)


def _overdue(period: Period) -> Rows:
    return queries.obligations_due(on=period.end, by=period.end - timedelta(days=1))


def _is_signed() -> Q:
    return Q(signed_by_end__isnull=False)


FORMAL, FRAMEWORK = Signing.Kind.FORMAL, Signing.Kind.FRAMEWORK
PIPELINE = _("在谈、拟签约与框架协议均不计入")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        definition=Definition(
            code="visits",
            name=_("客商来访"),
            unit=_("批次"),
            period_rule=PeriodRule.FLOW,
            date_used=_("来访日期"),
            counts=_("方向为来访的记录，一行为一批次"),
            exclusions=_("外出招商另计"),
            not_to_be_confused_with=_("来访人数：一批次可有多人"),
            needs=("visited_on", "people", "level"),
        ),
        register="visits",
        rows=_visits(Visit.Direction.INBOUND),
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="outreach",
            name=_("外出招商"),
            unit=_("批次"),
            period_rule=PeriodRule.FLOW,
            date_used=_("外出日期"),
            counts=_("方向为外出的记录，一行为一批次"),
            exclusions=_("客商来访另计"),
            not_to_be_confused_with=_("客商来访"),
            needs=("visited_on", "people", "level"),
        ),
        register="visits",
        rows=_visits(Visit.Direction.OUTBOUND),
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="negotiations",
            name=_("项目洽谈"),
            unit=_("次"),
            period_rule=PeriodRule.FLOW,
            date_used=_("洽谈日期"),
            counts=_("每一次有实质内容的洽谈，面谈、实地、线上均计"),
            exclusions=_("礼节性来访只计入客商来访"),
            not_to_be_confused_with=_("在谈项目数：一个项目可洽谈多次"),
            needs=("negotiated_on", "topic", "result"),
        ),
        register="negotiations",
        rows=_negotiations,
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="leads_new",
            name=_("新增线索"),
            unit=_("条"),
            period_rule=PeriodRule.FLOW,
            date_used=_("线索获得日期"),
            counts=_("期内获得的线索，不论现在是否流失或签约"),
            not_to_be_confused_with=_("在库线索：期末仍在跟进并已入库的"),
            needs=("found_on", "industry_code", "planned_wan"),
        ),
        register="leads",
        rows=_leads_found,
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="leads_in_library",
            name=_("在库线索"),
            unit=_("条"),
            period_rule=PeriodRule.STOCK,
            date_used=_("入库日期，截至期末"),
            counts=_("期末已入库、未流失、未正式签约的线索"),
            exclusions=_("流失后已唤醒的计入；签框架协议的仍计入"),
            not_to_be_confused_with=_("新增线索：期内获得的"),
            needs=("entered_library_on", "planned_wan"),
        ),
        register="leads",
        rows=_library,
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="mature_leads",
            name=_("成熟线索"),
            unit=_("条"),
            period_rule=PeriodRule.STOCK,
            date_used=_("截至期末的最近一次成熟度评估"),
            counts=_("期末在库线索中，按评估当日有效的评分卡达到分数线且无否决项的"),
            exclusions=_("否决项未登记的不算成熟"),
            not_to_be_confused_with=_("在库线索：包括尚不成熟的"),
            basis=_("成熟度评分卡"),
            needs=("entered_library_on",),
        ),
        register="leads",
        rows=_mature,
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="signings",
            name=_("签约项目"),
            unit=_("个"),
            period_rule=PeriodRule.FLOW,
            date_used=_("签约日期"),
            counts=_("签订正式投资协议的项目"),
            exclusions=PIPELINE,
            not_to_be_confused_with=_("框架协议"),
            needs=("signed_on", "planned_wan", "industry_code"),
        ),
        register="signings",
        rows=_signings(FORMAL),
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="framework_agreements",
            name=_("框架协议"),
            unit=_("个"),
            period_rule=PeriodRule.FLOW,
            date_used=_("签约日期"),
            counts=_("签订的框架协议、战略合作协议"),
            exclusions=_("正式投资协议另计"),
            not_to_be_confused_with=_("签约项目"),
            needs=("signed_on",),
        ),
        register="signings",
        rows=_signings(FRAMEWORK),
        measure=count,
    ),
    Indicator(
        definition=Definition(
            code="signed_planned_wan",
            name=_("签约计划总投资"),
            unit=_("万元"),
            period_rule=PeriodRule.FLOW,
            date_used=_("签约日期"),
            counts=_("正式投资协议约定的计划总投资之和"),
            exclusions=PIPELINE,
            not_to_be_confused_with=_("到位资金、固定资产投资完成额：都不是协议数"),
            needs=("planned_wan",),
        ),
        register="signings",
        rows=_signings(FORMAL),
        measure=total("planned_wan"),
        contribution="planned_wan",
    ),
    Indicator(
        definition=Definition(
            code="signed_fixed_wan",
            name=_("签约固定资产投资"),
            unit=_("万元"),
            period_rule=PeriodRule.FLOW,
            date_used=_("签约日期"),
            counts=_("正式投资协议约定的固定资产投资之和"),
            exclusions=PIPELINE,
            not_to_be_confused_with=_("固定资产投资完成额：统计部门核定的实际完成数"),
            needs=("fixed_investment_wan",),
        ),
        register="signings",
        rows=_signings(FORMAL),
        measure=total("fixed_investment_wan"),
        contribution="fixed_investment_wan",
    ),
    Indicator(
        definition=Definition(
            code="lead_conversion",
            name=_("线索签约率"),
            unit=_("%"),
            period_rule=PeriodRule.COHORT,
            date_used=_("线索获得日期；是否签约看期末"),
            counts=_("期内获得的线索中，期末已正式签约的占比"),
            exclusions=_("往年获得、本期签约的线索不计入"),
            not_to_be_confused_with=_("签约数除以新增线索数：两者不是同一批线索"),
            needs=("found_on",),
        ),
        register="leads",
        rows=_lead_cohort,
        measure=share(_is_signed),
    ),
    Indicator(
        definition=Definition(
            code="days_lead_to_signing",
            name=_("线索到签约天数（中位数）"),
            unit=_("天"),
            period_rule=PeriodRule.COHORT,
            date_used=_("线索获得日期至正式签约日期"),
            counts=_("期内获得且期末已正式签约的线索，从获得到签约天数的中位数"),
            exclusions=_("尚未签约的不计入，早期的队列因此偏短"),
            not_to_be_confused_with=_("平均天数：会被个别长周期项目拉高"),
            better=Better.LOWER,
            needs=("found_on",),
        ),
        register="leads",
        rows=_lead_cohort,
        measure=median_days("found_on", "signed_by_end"),
    ),
    Indicator(
        definition=Definition(
            code="obligations_overdue",
            name=_("逾期未履行承诺"),
            unit=_("项"),
            period_rule=PeriodRule.STOCK,
            date_used=_("履行期限，截至期末"),
            counts=_("期限在期末之前、期末尚未履行或实际值未达承诺值的承诺"),
            exclusions=_("期限未登记的不计入"),
            not_to_be_confused_with=_("逾期履行：期限之后已经履行的"),
            better=Better.LOWER,
            needs=("due_on",),
        ),
        register="obligations",
        rows=_overdue,
        measure=count,
    ),
)
