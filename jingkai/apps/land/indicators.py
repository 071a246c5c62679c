"""The figures of land and plants: areas, 批而未供, idle plants; each cut by any axis."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DateField, F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from jingkai.apps.registers.indicator import Indicator, Number, by_choice, count, total
from jingkai.core.indicators import Better, Definition, Period, PeriodRule
from jingkai.core.units import rounded

from . import queries
from .models import Parcel, Plant, Supply

Rows = QuerySet[Any]

_AS_RECORDED = _("现状按查询时的登记；分割合并注销日期截至期末")
_RETIRED = _("截至期末已分割、合并注销的宗地不计；面积未登记的只计宗数")
_HANDLING = ("follow_up", "measure", "obstacle", "obstacle_owner")

# By what the figures of parcels and plants are cut; what an axis said last year nobody has kept.
DIMENSIONS = (
    *(
        by_choice("parcels", Parcel, axis, has_past=False)
        for axis in ("supply", "stage", "occupancy", "statutory", *_HANDLING, "use")
    ),
    *(by_choice("plants", Plant, axis, has_past=False) for axis in ("occupancy", *_HANDLING)),
)


def _standing(period: Period) -> Rows:
    return queries.standing(period.end).annotate(counted_mu=queries.area_mu())


def _supplied_as(state: str) -> Callable[[Period], Rows]:
    return lambda period: _standing(period).filter(supply=state)


def _unsupplied(period: Period) -> Rows:
    rows = queries.approvals_by(period.end).annotate(left_m2=queries.unsupplied_m2())
    return rows.annotate(counted_mu=queries.area_mu("left_m2"))


def _idle(period: Period) -> Rows:
    return queries.vacant_plants().annotate(
        counted_until=Value(period.end, output_field=DateField())
    )


def _idle_since_known(period: Period) -> Rows:
    return _idle(period).filter(idle_since__isnull=False, idle_since__lte=F("counted_until"))


def _area_mu(rows: Rows) -> Number | None:
    """Return the area in 亩: none of no parcel, unknown where no parcel's area is on record."""
    return total("counted_mu")(rows) if rows.exists() else 0


def _average_days(rows: Rows) -> Number | None:
    """Return the average days from ``idle_since`` to the period's end, None without a plant."""
    pairs: list[tuple[date, date]] = list(rows.values_list("idle_since", "counted_until"))
    if not pairs:
        return None
    days = sum((until - since).days for since, until in pairs)
    return rounded(Decimal(days) / len(pairs), places=1)


def _area(state: str, name: Any) -> Indicator:
    return Indicator(
        definition=Definition(
            code=f"land_{state}",
            name=name,
            unit=_("亩"),
            period_rule=PeriodRule.STOCK,
            date_used=_AS_RECORDED,
            counts=_("供应与利用状态登记为该项的宗地的登记面积"),
            exclusions=_RETIRED,
            not_to_be_confused_with=_("法定认定的闲置土地"),
            better=Better.LOWER,
            needs=("area_m2",),
        ),
        register="parcels",
        rows=_supplied_as(state),
        measure=_area_mu,
        contribution="counted_mu",
        has_past=False,
        filtered_by=(("supply", state),),
    )


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        definition=Definition(
            code="land_area",
            name=_("登记宗地面积"),
            unit=_("亩"),
            period_rule=PeriodRule.STOCK,
            date_used=_AS_RECORDED,
            counts=_("全部宗地的登记面积（证载），1 亩＝2000/3 平方米"),
            exclusions=_RETIRED,
            not_to_be_confused_with=_("图形计算面积"),
            better=Better.NEITHER,
            needs=("area_m2", "supply", "stage", "occupancy"),
        ),
        register="parcels",
        rows=_standing,
        measure=_area_mu,
        contribution="counted_mu",
        has_past=False,
        filtered_by=(),
    ),
    _area(Supply.APPROVED_UNSUPPLIED, _("批而未供宗地面积")),
    _area(Supply.SUPPLIED_UNUSED, _("供而未用土地面积")),
    _area(Supply.PARTLY_USED, _("用而未尽土地面积")),
    _area(Supply.BUILT_NOT_PRODUCING, _("建而未投土地面积")),
    _area(Supply.BELOW_TARGET, _("投而未达土地面积")),
    Indicator(
        definition=Definition(
            code="approved_unsupplied_area",
            name=_("批而未供面积"),
            unit=_("亩"),
            period_rule=PeriodRule.STOCK,
            date_used=_("批准日期截至期末；供应状态按查询时的登记"),
            counts=_("各批次批准面积减去其已供应宗地的登记面积"),
            exclusions=_("供应状态未登记的宗地按未供应计，另列待核实"),
            not_to_be_confused_with=_("批而未供宗地面积：只计已落宗的"),
            better=Better.LOWER,
            needs=("area_m2",),
        ),
        register="land-approvals",
        rows=_unsupplied,
        measure=_area_mu,
        contribution="counted_mu",
        has_past=False,
    ),
    Indicator(
        definition=Definition(
            code="idle_plants",
            name=_("空置厂房"),
            unit=_("处"),
            period_rule=PeriodRule.STOCK,
            date_used=_("现状按查询时的登记"),
            counts=_("使用现状为空置、部分空置，或登记了空置面积的厂房"),
            not_to_be_confused_with=_("闲置土地：以法定认定为准"),
            better=Better.LOWER,
            needs=("idle_area_m2", "idle_since"),
        ),
        register="plants",
        rows=_idle,
        measure=count,
        has_past=False,
    ),
    Indicator(
        definition=Definition(
            code="idle_plant_area",
            name=_("厂房空置面积"),
            unit=_("平方米"),
            period_rule=PeriodRule.STOCK,
            date_used=_("现状按查询时的登记"),
            counts=_("空置、部分空置厂房登记的空置面积"),
            exclusions=_("空置面积未登记的只计处数"),
            not_to_be_confused_with=_("厂房建筑面积"),
            better=Better.LOWER,
            needs=("idle_area_m2",),
        ),
        register="plants",
        rows=_idle,
        measure=total("idle_area_m2"),
        contribution="idle_area_m2",
        has_past=False,
    ),
    Indicator(
        definition=Definition(
            code="idle_plant_days",
            name=_("厂房平均空置天数"),
            unit=_("天"),
            period_rule=PeriodRule.STOCK,
            date_used=_("空置起始日期至期末"),
            counts=_("空置厂房从空置起始日期到期末的日历天数，按处平均"),
            exclusions=_("空置起始日期未登记的不计"),
            not_to_be_confused_with=_("加权平均：不按面积加权"),
            better=Better.LOWER,
            needs=("idle_since",),
        ),
        register="plants",
        rows=_idle_since_known,
        measure=_average_days,
        has_past=False,
    ),
)
