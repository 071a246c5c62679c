"""盘活利用: land by supply state, idle-land cases, what came back to use and what it brought."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingkai.core import units
from jingkai.documents.model import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Figure,
    Row,
    Series,
    Table,
    Text,
)

from .. import shown
from ..land import BY_MEASURE, BY_STEP, BY_SUPPLY, WHOLE
from ..standings import Standing
from . import cells
from .clauses import told
from .material import Material

STOCK = (WHOLE, "approved_unsupplied_area", "idle_plants", "idle_plant_area")
CASES = ("idle_parcels", "idle_area", "idle_cases", "idle_area_disposed", "idle_fee_decided")
REUSE = (
    "finished_disposals",
    "reused_land_m2",
    "reused_plants",
    "regained_rent",
    "regained_output",
    "open_disposals",
)
RATES = ("unsupplied_disposal_rate", "idle_disposal_rate")
OVERDUE = "idle_cases_overdue"
PLACES = 2


def blocks(material: Material) -> tuple[Block, ...]:
    """Return what the report tells of land; a table only where its whole has data."""
    found: list[Block] = [told(material, *STOCK)]
    if material[WHOLE].value is not None:
        found += [_by_supply(material), _drawn(material)]
    found.append(told(material, *CASES))
    if material["idle_cases"].value is not None:
        found.append(_by_step(material))
    found.append(told(material, *REUSE))
    if material["finished_disposals"].value:
        found.append(_by_measure(material))
    return (*found, told(material, *RATES))


def _by_supply(material: Material) -> Table:
    """Return parcels, area and share of the area by supply state, with the total."""
    parts = [
        _supply_row(material, Text(str(label)), material[code])
        for code, label in BY_SUPPLY.items()
    ]
    total = _supply_row(material, Text(_("合计"), strong=True), material[WHOLE])
    return Table(
        caption=_("宗地面积按供应与利用状态"),
        unit_note=_("单位：宗、亩"),
        columns=(
            Column(heading=_("供应与利用状态"), weight=4),
            _numbers(_("宗数")),
            _numbers(_("登记面积")),
            _numbers(_("面积占比"), ColumnKind.PERCENT),
        ),
        rows=(*parts, Row(total.cells, is_total=True)),
    )


def _supply_row(material: Material, label: Text, standing: Standing) -> Row:
    return Row(
        (
            label,
            _records(material, standing, _("宗")),
            cells.beside(material, standing, "area", standing.value),
            _share(material, standing),
        )
    )


def _share(material: Material, standing: Standing) -> Figure | None:
    """Return the figure's share in the area of all parcels, None where either is not known."""
    whole, part = material[WHOLE].value, standing.value
    if not whole or part is None:
        return None
    return cells.percent(material, standing, "share", Fraction(part) / Fraction(whole))


def _drawn(material: Material) -> Chart:
    return Chart(
        kind=ChartKind.BAR,
        caption=_("宗地面积分布"),
        categories=tuple(str(label) for label in BY_SUPPLY.values()),
        series=(Series(_("登记面积"), tuple(_drawn_area(material[code]) for code in BY_SUPPLY)),),
        unit=_("亩"),
    )


def _drawn_area(standing: Standing) -> Decimal | None:
    """Return the area as a chart writes it beside its bar."""
    area = standing.value
    return None if area is None else units.rounded(Decimal(area), places=PLACES)


def _by_step(material: Material) -> Table:
    """Return the open cases by where they stand, and how many of all are overdue."""
    overdue = material[OVERDUE]
    return Table(
        caption=_("期末在办闲置土地案件"),
        unit_note=_("单位：件"),
        columns=(Column(heading=_("所处环节"), weight=4), _numbers(_("件数"))),
        rows=(
            *_counted(material, BY_STEP),
            _count_row(material, Text(_("合计"), strong=True), "idle_cases", is_total=True),
            Row((Text(_("其中超过法定期限")), _records(material, overdue, _("件")))),
        ),
    )


def _by_measure(material: Material) -> Table:
    """Return the disposals that were finished in the year, by measure; none of no disposal."""
    used = {code: label for code, label in BY_MEASURE.items() if _was_used(material[code])}
    return Table(
        caption=_("当年办结处置按处置方式"),
        unit_note=_("单位：件"),
        columns=(
            Column(heading=_("处置方式"), weight=4),
            _numbers(_("件数")),
            _numbers(_("上年同期")),
            _numbers(_("同比"), ColumnKind.PERCENT),
        ),
        rows=(
            *(_measure_row(material, Text(str(label)), code) for code, label in used.items()),
            _measure_row(
                material, Text(_("合计"), strong=True), "finished_disposals", is_total=True
            ),
        ),
    )


def _was_used(standing: Standing) -> bool:
    before = standing.year_on_year.base if standing.year_on_year else None
    return bool(standing.value or before)


def _measure_row(material: Material, label: Text, code: str, *, is_total: bool = False) -> Row:
    standing = material[code]
    before = standing.year_on_year.base if standing.year_on_year else None
    change = shown.change(standing.indicator, standing.year_on_year)
    return Row(
        (
            label,
            _records(material, standing, _("件")),
            cells.beside(material, standing, "last_year", before),
            cells.growth(material, code, change),
        ),
        is_total=is_total,
    )


def _counted(material: Material, parts: Mapping[str, str | Promise]) -> list[Row]:
    return [_count_row(material, Text(str(label)), code) for code, label in parts.items()]


def _count_row(material: Material, label: Text, code: str, *, is_total: bool = False) -> Row:
    return Row((label, _records(material, material[code], _("件"))), is_total=is_total)


def _records(material: Material, standing: Standing, unit: str) -> Figure | None:
    """Return how many records the figure has, None where it has no data."""
    if standing.value is None:
        return None
    return cells.records(material, standing, unit)


def _numbers(heading: str, kind: ColumnKind = ColumnKind.NUMBER) -> Column:
    return Column(heading=heading, align=Align.RIGHT, kind=kind, weight=3)
