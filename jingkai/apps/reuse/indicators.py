"""The figures of reuse: what is open, what was finished, and what that brought."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import DateField, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from jingkai.apps.land import queries as land
from jingkai.apps.registers.indicator import Indicator, by_choice, count, total
from jingkai.core import units
from jingkai.core.indicators import Better, Definition, Period, PeriodRule

from . import queries
from .models import Category, Disposal, DisposalMoney, Kind, StockTarget

Rows = QuerySet[Any]


def _open_on(period: Period) -> Rows:
    """Return the disposals that were opened by the period's end and not over then."""
    return Disposal.objects.filter(
        Q(finished_on__isnull=True) | Q(finished_on__gt=period.end),
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=period.end),
        planned_on__lte=period.end,
    )


def _land(period: Period) -> Rows:
    found = queries.finished_within(period).filter(plant__isnull=True)
    return found.annotate(counted_mu=land.area_mu("reused_area_m2"))


def _plants(period: Period) -> Rows:
    return queries.finished_within(period).filter(plant__isnull=False)


def _money(category: Category) -> Any:
    def rows(period: Period) -> Rows:
        return queries.money_within(period).filter(category=category)

    return rows


_ACTUAL = _("计划数、测算数和已撤销处置的不计")


def _targets(kind: Kind) -> Any:
    """Return the year's targets of the kind, each with the day as of which it is read."""

    def rows(period: Period) -> Rows:
        found = StockTarget.objects.filter(kind=kind, year=period.end.year)
        return found.annotate(as_of=Value(period.end, output_field=DateField()))

    return rows


def _rate(rows: Rows) -> Decimal | None:
    """Return the per cent of all their stock that was disposed of; None where it is not known."""
    found = [queries.linkage(target, on=target.as_of).rate for target in rows]
    if not found or any(rate.share is None for rate in found):
        return None
    disposed = sum((rate.disposed_area_m2 for rate in found), Decimal(0))
    base = sum((rate.base_area_m2 for rate in found), Decimal(0))
    return units.rounded(Fraction(disposed) / Fraction(base) * 100, places=1)


def _rate_figure(kind: Kind, name: Any) -> Indicator:
    return Indicator(
        definition=Definition(
            code=f"{kind.value}_disposal_rate",
            name=name,
            unit="%",
            period_rule=PeriodRule.STOCK,
            date_used=_("合同签订、处置完成日期，自基准日至期末"),
            counts=_("当年处置面积 ÷ 基准日存量面积；每宗只计一次，不超过其基准日面积"),
            exclusions=_("基准日之后新增的不计；有一项面积未登记时不计算"),
            not_to_be_confused_with=_("盘活土地面积"),
            needs=("target_percent",),
        ),
        register="stock-targets",
        rows=_targets(kind),
        measure=_rate,
    )


def _money_figure(code: str, name: Any, category: Category, counts: Any) -> Indicator:
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=_("万元"),
            period_rule=PeriodRule.FLOW,
            date_used=_("收支日期"),
            counts=counts,
            exclusions=_ACTUAL,
            not_to_be_confused_with=_("处置测算"),
            needs=("source",),
        ),
        register="disposal-money",
        rows=_money(category),
        measure=total("amount_wan"),
        contribution="amount_wan",
    )


def _reused(  # noqa: PLR0913 - what tells the figures of finished disposals apart
    code: str,
    name: Any,
    *,
    unit: Any,
    rows: Any,
    apart_from: Any,
    area: str = "",
    exclusions: Any = "",
    needs: str = "reused_area_m2",
) -> Indicator:
    """Return a figure of the disposals that ended with proof: their number, or an area of them."""
    return Indicator(
        definition=Definition(
            code=code,
            name=name,
            unit=unit,
            period_rule=PeriodRule.FLOW,
            date_used=_("处置完成日期"),
            counts=_("已办结且有盘活佐证的处置"),
            exclusions=exclusions,
            not_to_be_confused_with=apart_from,
            needs=(needs,),
        ),
        register="disposals",
        rows=rows,
        measure=total(area) if area else count,
        contribution=area,
    )


INDICATORS: tuple[Indicator, ...] = (
    _reused(
        "reused_land",
        _("盘活土地面积"),
        unit=_("亩"),
        rows=_land,
        area="counted_mu",
        exclusions=_("厂房处置单列，不计入土地面积"),
        apart_from=_("处置面积：计划处置的面积"),
    ),
    _reused(
        "reused_plants",
        _("盘活厂房"),
        unit=_("处"),
        rows=_plants,
        apart_from=_("空置厂房"),
    ),
    _reused(
        "reused_plant_area",
        _("盘活厂房面积"),
        unit=_("平方米"),
        rows=_plants,
        area="reused_area_m2",
        exclusions=_("土地处置单列，不计入厂房面积"),
        apart_from=_("厂房空置面积"),
    ),
    _reused(
        "finished_disposals",
        _("办结处置"),
        unit=_("件"),
        rows=queries.finished_within,
        apart_from=_("在办处置"),
        needs="area_m2",
    ),
    Indicator(
        definition=Definition(
            code="open_disposals",
            name=_("在办处置"),
            unit=_("件"),
            period_rule=PeriodRule.STOCK,
            date_used=_("立项、完成与撤销日期，截至期末"),
            counts=_("期末已立项、未办结也未撤销的处置"),
            not_to_be_confused_with=_("办结处置"),
            better=Better.NEITHER,
            needs=("officer", "due_on"),
        ),
        register="disposals",
        rows=_open_on,
        measure=count,
    ),
    _rate_figure(Kind.UNSUPPLIED, _("批而未供土地处置率")),
    _rate_figure(Kind.IDLE, _("闲置土地处置率")),
    _money_figure("regained_rent", _("盘活租金"), Category.RENT, _("处置收支中实际发生的租金")),
    _money_figure(
        "regained_output", _("盘活产值"), Category.OUTPUT, _("处置收支中实际产生的产值")
    ),
)

# By which measure: a disposal keeps its measure, so that its past is known.
DIMENSIONS = (
    by_choice("disposals", Disposal, "measure"),
    by_choice("disposal-money", DisposalMoney, "disposal__measure"),
)
