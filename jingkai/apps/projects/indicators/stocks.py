"""What there is on the last day of a period: stages, 六未, overdue projects."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.indicator import Indicator, count
from jingkai.core.indicators import Better, Definition, Period, PeriodRule
from jingkai.core.lifecycle import StallKind

from .. import queries
from ..models import Stage

Rows = QuerySet[Any]

_AS_OF = _("退回的阶段自退回之日起不再计算")
_NOT_LOST = _("截至期末已流失的项目不计")


def _on_record(period: Period) -> Rows:
    return queries.in_library_or_beyond(on=period.end)


def _at_stage(stage: Stage) -> Callable[[Period], Rows]:
    return lambda period: queries.at_stage(stage, on=period.end)


def _stalled(kind: StallKind) -> Callable[[Period], Rows]:
    return lambda period: queries.stalled(kind, on=period.end)


def _overdue(period: Period) -> Rows:
    return queries.overdue(on=period.end)


def _stage_figure(stage: Stage, name: Any) -> Indicator:
    return Indicator(
        definition=Definition(
            code=f"projects_{stage.value}",
            name=name,
            unit=_("个"),
            period_rule=PeriodRule.STOCK,
            date_used=_("阶段推进日期，截至期末"),
            counts=_("期末处于该阶段的项目，不论状态"),
            exclusions=_AS_OF,
            not_to_be_confused_with=_("期内进入该阶段的项目"),
            better=Better.NEITHER,
            needs=("planned_wan", "industry_code"),
        ),
        register="projects",
        rows=_at_stage(stage),
        measure=count,
    )


def _stall_figure(kind: StallKind, name: Any, counts: Any, *needs: str) -> Indicator:
    return Indicator(
        definition=Definition(
            code=kind.value,
            name=name,
            unit=_("个"),
            period_rule=PeriodRule.STOCK,
            date_used=_("各节点日期，截至期末"),
            counts=counts,
            exclusions=_NOT_LOST,
            not_to_be_confused_with=_("超期项目：只计已过约定时限的"),
            better=Better.LOWER,
            needs=needs,
        ),
        register="projects",
        rows=_stalled(kind),
        measure=count,
    )


STOCK_FIGURES = (
    Indicator(
        definition=Definition(
            code="projects",
            name=_("项目总数"),
            unit=_("个"),
            period_rule=PeriodRule.STOCK,
            date_used=_("入库日期，截至期末"),
            counts=_("期末已入库的全部项目，不论阶段和状态"),
            not_to_be_confused_with=_("招商线索"),
            better=Better.NEITHER,
            needs=("planned_wan", "industry_code"),
        ),
        register="projects",
        rows=_on_record,
        measure=count,
    ),
    _stage_figure(Stage.IN_LIBRARY, _("在库阶段项目")),
    _stage_figure(Stage.SIGNED, _("签约阶段项目")),
    _stage_figure(Stage.TO_START, _("拟开工阶段项目")),
    _stage_figure(Stage.STARTED, _("开工阶段项目")),
    _stage_figure(Stage.IN_PRODUCTION, _("投产阶段项目")),
    _stage_figure(Stage.AT_CAPACITY, _("达产阶段项目")),
    _stage_figure(Stage.AT_TARGET, _("达效阶段项目")),
    _stall_figure(
        StallKind.SIGNED_NOT_SETTLED,
        _("签约未落地"),
        _("已签约、项目公司尚未注册落地的项目"),
        "agreed_settle_on",
    ),
    _stall_figure(
        StallKind.SUPPLIED_NOT_STARTED,
        _("供地未开工"),
        _("已供地、尚未开工的项目"),
        "agreed_start_on",
    ),
    _stall_figure(
        StallKind.STARTED_NOT_COMPLETED,
        _("开工未竣工"),
        _("已开工、尚未竣工的项目"),
        "agreed_completion_on",
    ),
    _stall_figure(
        StallKind.COMPLETED_NOT_PRODUCING,
        _("竣工未投产"),
        _("已竣工、尚未投产的项目"),
        "agreed_production_on",
    ),
    _stall_figure(
        StallKind.PRODUCING_NOT_AT_CAPACITY,
        _("投产未达产"),
        _("已投产、尚未达产的项目"),
        "agreed_capacity_on",
    ),
    _stall_figure(
        StallKind.AT_CAPACITY_NOT_AT_TARGET,
        _("达产未达效"),
        _("已达产、尚未达效的项目"),
        "agreed_target_on",
    ),
    Indicator(
        definition=Definition(
            code="overdue_projects",
            name=_("超期项目"),
            unit=_("个"),
            period_rule=PeriodRule.STOCK,
            date_used=_("约定时限，截至期末"),
            counts=_("期末有约定时限已过而未完成的项目（红灯）"),
            exclusions=_("截至期末已停滞、流失的单列，不计"),
            not_to_be_confused_with=_("六未项目：不论是否约定时限"),
            better=Better.LOWER,
            needs=("agreed_start_on", "agreed_completion_on", "agreed_production_on"),
        ),
        register="projects",
        rows=_overdue,
        measure=count,
    ),
)
