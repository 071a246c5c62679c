"""What happened in a period: stages reached, money in place."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.indicator import Indicator, count, total
from jingkai.core.indicators import Definition, Period, PeriodRule

from .. import queries
from ..models import FundsReceipt, Stage

Rows = QuerySet[Any]

_AS_OF = _("退回的阶段自退回之日起不再计算")


def _reached(stage: Stage) -> Callable[[Period], Rows]:
    def rows(period: Period) -> Rows:
        return queries.reached_within(stage, start=period.start, end=period.end)

    return rows


def _started_earlier(period: Period) -> Rows:
    """Return what started, of agreements dated before; without one, of steps dated before."""
    started = queries.reached_within(Stage.STARTED, start=period.start, end=period.end)
    before = queries.steps(Stage.SIGNED, on=period.end).filter(moved_on__lt=period.start)
    unrecorded = Q(signing__isnull=True, pk__in=before.values("project"))
    return started.filter(Q(signing__signed_on__lt=period.start) | unrecorded)


def _funds(*kinds: FundsReceipt.Kind) -> Callable[[Period], Rows]:
    def rows(period: Period) -> Rows:
        received = (period.start, period.end)
        return FundsReceipt.objects.filter(kind__in=kinds, received_on__range=received)

    return rows


def _reached_figure(stage: Stage, code: str, name: Any, counts: Any, other: Any) -> Indicator:
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=_("个"),
            period_rule=PeriodRule.FLOW,
            date_used=_("进入该阶段的日期"),
            counts=counts,
            exclusions=_AS_OF,
            not_to_be_confused_with=other,
            needs=("planned_wan", "industry_code", "site"),
        ),
        register="projects",
        rows=_reached(stage),
        measure=count,
    )


def _sum_of_started(code: str, name: Any, field: str, other: Any) -> Indicator:
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=_("万元"),
            period_rule=PeriodRule.FLOW,
            date_used=_("开工日期"),
            counts=_("期内开工项目的金额合计，往年签约今年开工的一并计入"),
            exclusions=_AS_OF,
            not_to_be_confused_with=other,
            needs=(field,),
        ),
        register="projects",
        rows=_reached(Stage.STARTED),
        measure=total(field),
        contribution=field,
    )


def _funds_figure(code: str, name: Any, counts: Any, *kinds: FundsReceipt.Kind) -> Indicator:
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=_("万元"),
            period_rule=PeriodRule.FLOW,
            date_used=_("资金到位日期"),
            counts=counts,
            exclusions=_("承诺未到位的资金不计"),
            not_to_be_confused_with=_("计划总投资；固定资产投资完成额"),
            needs=("voucher_no",),
        ),
        register="funds-receipts",
        rows=_funds(*kinds),
        measure=total("amount_wan"),
        contribution="amount_wan",
    )


REACHED_FIGURES = (
    _reached_figure(
        Stage.STARTED,
        "started_projects",
        _("开工项目"),
        _("期内凭施工许可证和现场照片（租赁厂房为租赁合同和设备安装照片）开工的项目"),
        _("签约即开工：只计期内签约的"),
    ),
    Indicator(
        definition=Definition(
            code="started_earlier_signings",
            name=_("往年签约今年开工"),
            unit=_("个"),
            period_rule=PeriodRule.FLOW,
            date_used=_("开工日期；签约日期早于期初"),
            counts=_("期内开工、签约在期初以前的项目"),
            exclusions=_AS_OF,
            not_to_be_confused_with=_("签约即开工：签约也在期内"),
            needs=("planned_wan", "industry_code"),
        ),
        register="projects",
        rows=_started_earlier,
        measure=count,
    ),
    _reached_figure(
        Stage.IN_PRODUCTION,
        "in_production",
        _("投产项目"),
        _("期内凭首张销售发票投产的项目"),
        _("期末处于投产阶段的项目"),
    ),
    _reached_figure(
        Stage.AT_CAPACITY,
        "at_capacity",
        _("达产项目"),
        _("期内凭产值证明达产的项目"),
        _("期末处于达产阶段的项目"),
    ),
    _reached_figure(
        Stage.AT_TARGET,
        "at_target",
        _("达效项目"),
        _("期内凭产值和税收证明达效的项目"),
        _("期末处于达效阶段的项目"),
    ),
    _sum_of_started(
        "started_planned_wan",
        _("开工项目计划总投资"),
        "planned_wan",
        _("签约项目计划总投资"),
    ),
    _sum_of_started(
        "started_fixed_wan",
        _("开工项目固定资产投资"),
        "fixed_investment_wan",
        _("固定资产投资完成额：统计口径"),
    ),
)

FUNDS_FIGURES = (
    _funds_figure(
        "funds_in_place",
        _("到位资金"),
        _("期内凭凭证到位的内资和外资"),
        FundsReceipt.Kind.DOMESTIC,
        FundsReceipt.Kind.FOREIGN,
    ),
    _funds_figure(
        "funds_domestic",
        _("内资到位资金"),
        _("期内凭凭证到位的内资"),
        FundsReceipt.Kind.DOMESTIC,
    ),
    _funds_figure(
        "funds_foreign",
        _("外资到位资金"),
        _("期内凭凭证到位的外资，折合人民币"),
        FundsReceipt.Kind.FOREIGN,
    ),
)
