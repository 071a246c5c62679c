"""The figures of idle land: cases by step, idle area, what was disposed of, fees decided."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.land import queries as land
from jingkai.apps.registers.indicator import UNKNOWN, Dimension, Indicator, count, total
from jingkai.core.indicators import Better, Definition, Partition, Period, PeriodRule

from . import queries
from .models.choices import Step

Rows = QuerySet[Any]

_BASIS = _("《闲置土地处置办法》（国土资源部令第53号）")
_COUNTING = _("已撤回的步骤和未经审核的步骤不计")


def _at_end(read: Callable[[date], Rows]) -> Callable[[Period], Rows]:
    return lambda period: read(period.end)


def _within(read: Callable[[date, date], Rows]) -> Callable[[Period], Rows]:
    return lambda period: read(period.start, period.end)


def _measured(read: Callable[[Period], Rows]) -> Callable[[Period], Rows]:
    """Return the same parcels, each with its area in 亩."""
    return lambda period: read(period).annotate(counted_mu=land.area_mu())


def _by_step(rows: Rows, period: Period) -> Rows:
    reached = Coalesce(queries.step_by(period.end), Value(UNKNOWN), output_field=CharField())
    return rows.annotate(part=reached)


def _step_name(key: str) -> str:
    return str(Step(key).label) if key in Step.values else gettext("尚未办理步骤")


def _cases(code: str, name: Any, counts: Any, rows: Callable[[Period], Rows]) -> Indicator:
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=_("件"),
            period_rule=PeriodRule.STOCK,
            date_used=_("立案、步骤和结案日期，截至期末"),
            counts=counts,
            exclusions=_COUNTING,
            not_to_be_confused_with=_("系统判定为闲置的宗地：不以立案为前提"),
            better=Better.LOWER,
            basis=_BASIS,
        ),
        register="idle-cases",
        rows=rows,
        measure=count,
    )


def _parcels(
    code: str,
    name: Any,
    counts: Any,
    rule: PeriodRule,
    rows: Callable[[Period], Rows],
    *,
    is_area: bool,
) -> Indicator:
    is_stock = rule is PeriodRule.STOCK
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=_("亩") if is_area else _("宗"),
            period_rule=rule,
            date_used=_("认定与结案日期，截至期末") if is_stock else _("结案日期"),
            counts=counts,
            exclusions=_COUNTING,
            not_to_be_confused_with=_("批而未供土地：尚未供应，没有使用权人"),
            better=Better.LOWER if is_stock else Better.HIGHER,
            basis=_BASIS,
            needs=("area_m2",) if is_area else (),
        ),
        register="parcels",
        rows=_measured(rows) if is_area else rows,
        measure=total("counted_mu") if is_area else count,
        contribution="counted_mu" if is_area else "",
    )


INDICATORS: tuple[Indicator, ...] = (
    _cases(
        "idle_cases",
        _("闲置土地在办案件"),
        _("期末已立案、尚未结案的案件"),
        _at_end(queries.open_on),
    ),
    _cases(
        "idle_cases_inquired",
        _("调查中的闲置土地案件"),
        _("期末未结、尚未下达认定书的案件"),
        _at_end(queries.inquired_on),
    ),
    _cases(
        "idle_cases_determined",
        _("已认定待处置的闲置土地案件"),
        _("期末未结、已下达认定书、尚未作出处置决定或签订补充协议的案件"),
        _at_end(queries.determined_on),
    ),
    _cases(
        "idle_cases_decided",
        _("已决定待履行的闲置土地案件"),
        _("期末未结、已作出处置决定或签订补充协议的案件"),
        _at_end(queries.decided_on),
    ),
    _cases(
        "idle_cases_overdue",
        _("超期的闲置土地案件"),
        _("期末未结、当日有须遵守的法定期限已过的案件；按截至期末已办理的步骤计算期限"),
        _at_end(queries.overdue_on),
    ),
    _parcels(
        "idle_parcels",
        _("认定闲置土地宗数"),
        _("期末已由主管部门认定为闲置土地、尚未处置完毕的宗地"),
        PeriodRule.STOCK,
        _at_end(queries.idle_parcels_on),
        is_area=False,
    ),
    _parcels(
        "idle_area",
        _("认定闲置土地面积"),
        _("期末已由主管部门认定为闲置土地、尚未处置完毕的宗地的登记面积"),
        PeriodRule.STOCK,
        _at_end(queries.idle_parcels_on),
        is_area=True,
    ),
    _parcels(
        "idle_area_disposed",
        _("处置闲置土地面积"),
        _("期内以处置方式结案的闲置土地的登记面积"),
        PeriodRule.FLOW,
        _within(queries.disposed_within),
        is_area=True,
    ),
    Indicator(
        definition=Definition(
            code="idle_fee_decided",
            name=_("决定征缴土地闲置费"),
            unit=_("万元"),
            period_rule=PeriodRule.FLOW,
            date_used=_("征缴决定日期"),
            counts=_("期内作出并生效的征缴土地闲置费决定的金额"),
            exclusions=_COUNTING,
            not_to_be_confused_with=_("已缴纳的土地闲置费"),
            better=Better.NEITHER,
            basis=_BASIS,
            needs=("amount_wan",),
        ),
        register="idle-case-steps",
        rows=_within(queries.fees_within),
        measure=total("amount_wan"),
        contribution="amount_wan",
    ),
)

PARTITIONS = (
    Partition(
        "idle_cases", ("idle_cases_inquired", "idle_cases_determined", "idle_cases_decided")
    ),
)

# A case is told by the last step that counted by the day: its past is kept.
DIMENSIONS = (
    Dimension(
        code="step",
        name=_("所处步骤"),
        register="idle-cases",
        mark=_by_step,
        label=_step_name,
        order=tuple(Step.values),
    ),
)
