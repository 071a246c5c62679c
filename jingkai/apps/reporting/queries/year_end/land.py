"""盘活利用: land by supply state, idle-land cases, what came back to use and what it brought."""

from collections.abc import Iterable, Iterator, Mapping

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
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    Text,
)
from jingkai.web import figures

from ..breakdowns import Part
from ..land import BY_STEP, WHOLE
from ..standings import Standing
from . import cells
from .clauses import told
from .material import BY_MEASURE, Cut, Material
from .wording import Runs, listed, paragraph, sentence

STOCK = ("approved_unsupplied_area", "idle_plants", "idle_plant_area", "idle_plant_days")
CASES = ("idle_parcels", "idle_area", "idle_cases", "idle_area_disposed", "idle_fee_decided")
REUSE = (
    "finished_disposals",
    "reused_land",
    "reused_plants",
    "reused_plant_area",
    "regained_rent",
    "regained_output",
    "open_disposals",
)
RATES = ("unsupplied_disposal_rate", "idle_disposal_rate")
OVERDUE = "idle_cases_overdue"
SUPPLY = "supply"
PLACES = 2


def blocks(material: Material) -> tuple[Block, ...]:
    """Return what the report tells of land; a table only where its whole has data."""
    found: list[Block] = []
    if material[WHOLE].value is not None:
        found += [_stock_told(material), _by_supply(material), _drawn(material)]
    else:
        found.append(told(material, WHOLE))
    found += [told(material, *STOCK), told(material, *CASES)]
    if material["idle_cases"].value is not None:
        found.append(_by_step(material))
    found.append(told(material, *REUSE))
    if material["finished_disposals"].value:
        found.append(_by_measure(material))
    return (*found, told(material, *RATES))


def appendix(material: Material) -> tuple[Section, ...]:
    """Return 附表: the area of parcels by every further axis; none without a parcel."""
    cuts = [
        cut
        for (code, axis), cut in material.cuts.items()
        if code == WHOLE and axis != SUPPLY and material[WHOLE].value
    ]
    if not cuts:
        return ()
    said = _("宗地现状按报告生成时的登记统计，不保留历史，不作同比；每项各行之和等于合计。")
    return (
        Section(
            heading=_("附表：宗地分类统计"),
            blocks=(paragraph([sentence(said)]), *(_by_axis(material, cut) for cut in cuts)),
        ),
    )


def _stock_told(material: Material) -> Paragraph:
    """Return how much land is on record, and of what supply state, each with its figure."""
    whole, supply = material[WHOLE], material.cuts[WHOLE, SUPPLY]
    area_ha = units.rounded(units.hectares_from_mu(whole.value or 0), places=PLACES)
    opening = sentence(
        _("截至%(day)s，登记宗地%(records)s宗，面积%(area)s亩（合%(area_ha)s公顷）。"),
        day=figures.day(material.as_of),
        records=cells.records(material, whole, _("宗")),
        area=cells.told(material, WHOLE),
        area_ha=figures.number(area_ha),
    )
    parts = [_supply_told(material, supply, part) for part in supply.parts if part.records]
    return paragraph([opening, sentence(_("其中%(parts)s。"), parts=listed(parts))])


def _supply_told(material: Material, cut: Cut, part: Part) -> Runs:
    area = cells.of_part(material, cut, part, "area", part.value, unit=_("亩"))
    if area is None:
        number = cells.of_part(material, cut, part, "records", part.records, unit=_("宗"))
        return sentence(
            _("%(state)s%(number)s宗（面积未登记）"), state=part.label, number=number or ""
        )
    return sentence(_("%(state)s%(area)s亩"), state=part.label, area=area)


def _by_supply(material: Material) -> Table:
    """Return parcels, area and share of the area by supply state, with the total."""
    cut = material.cuts[WHOLE, SUPPLY]
    return _area_table(material, cut, _("宗地面积按供应与利用状态"), cut.parts)


def _by_axis(material: Material, cut: Cut) -> Table:
    """Return the same by another axis: the states that there are."""
    caption = _("宗地面积按%(axis)s") % {"axis": cut.dimension.name}
    return _area_table(material, cut, caption, [part for part in cut.parts if not part.is_bare])


def _area_table(material: Material, cut: Cut, caption: str, parts: Iterable[Part]) -> Table:
    whole = material[WHOLE]
    total = (
        Text(_("合计"), strong=True),
        cells.records(material, whole, _("宗")),
        cells.beside(material, whole, "area", whole.value),
        Text("100%"),
    )
    return Table(
        caption=caption,
        unit_note=_("单位：宗、亩"),
        columns=(
            Column(heading=str(cut.dimension.name), weight=4),
            _numbers(_("宗数")),
            _numbers(_("登记面积")),
            _numbers(_("面积占比"), ColumnKind.PERCENT),
        ),
        rows=(*(_area_row(material, cut, part) for part in parts), Row(total, is_total=True)),
    )


def _area_row(material: Material, cut: Cut, part: Part) -> Row:
    return Row(
        (
            Text(part.label),
            cells.of_part(material, cut, part, "records", part.records, unit=_("宗")),
            cells.of_part(material, cut, part, "area", part.value, unit=_("亩")),
            cells.share_of_part(material, cut, part, "share", part.share),
        )
    )


def _drawn(material: Material) -> Chart:
    parts = material.cuts[WHOLE, SUPPLY].parts
    areas = tuple(
        None if part.value is None else units.rounded(part.value, places=PLACES) for part in parts
    )
    return Chart(
        kind=ChartKind.BAR,
        caption=_("宗地面积分布"),
        categories=tuple(part.label for part in parts),
        series=(Series(_("登记面积"), areas),),
        unit=_("亩"),
    )


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
    """Return by measure what was finished in the year, what came back to use and its yield."""
    return Table(
        caption=_("当年盘活成效按处置方式"),
        unit_note=_("单位：件、亩、处、平方米、万元"),
        columns=(
            Column(heading=_("处置方式"), weight=4),
            _numbers(_("办结")),
            _numbers(_("盘活土地")),
            _numbers(_("盘活厂房")),
            _numbers(_("厂房面积")),
            _numbers(_("租金")),
            _numbers(_("产值")),
        ),
        rows=(*_measure_rows(material), _measure_total(material)),
    )


def _measure_rows(material: Material) -> Iterator[Row]:
    """Yield a row for each measure by which something was finished, or brought something."""
    cuts = [material.cuts[code, "measure"] for code in BY_MEASURE]
    for found in zip(*(cut.parts for cut in cuts), strict=True):
        if any(part.records for part in found):
            row = [_measure_cell(material, *pair) for pair in zip(cuts, found, strict=True)]
            yield Row((Text(found[0].label), *row))


def _measure_cell(material: Material, cut: Cut, part: Part) -> Figure | None:
    if not part.records:
        return None
    unit = str(material[cut.indicator].indicator.definition.unit)
    return cells.of_part(material, cut, part, "value", part.value, unit=unit)


def _measure_total(material: Material) -> Row:
    found = [cells.beside(material, material[c], "total", material[c].value) for c in BY_MEASURE]
    return Row((Text(_("合计"), strong=True), *found), is_total=True)


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
