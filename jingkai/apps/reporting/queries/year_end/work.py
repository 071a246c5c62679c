"""二、重点工作: what was done, told from the figures, with tables and charts."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingkai.documents.model import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Row,
    Section,
    Series,
    Table,
    Text,
)

from .. import shown
from ..breakdowns import Part
from ..standings import Standing
from . import cells, land
from .clauses import told
from .material import Cut, Material
from .wording import Runs, paragraph, sentence

MOST_PARTS_DRAWN = 12


def sections(material: Material) -> tuple[Section, ...]:
    """Return the heading and its parts."""
    return (
        Section(heading=_("重点工作")),
        Section(heading=_("招商引资"), level=2, blocks=_investment(material)),
        Section(heading=_("项目建设"), level=2, blocks=_projects(material)),
        Section(heading=_("投资与资金"), level=2, blocks=_funds(material)),
        Section(heading=_("盘活利用"), level=2, blocks=land.blocks(material)),
    )


def _investment(material: Material) -> tuple[Block, ...]:
    return (
        told(material, "visits", "outreach", "negotiations", "leads_new", "mature_leads"),
        told(material, "signings", "framework_agreements"),
        *_where_known(
            material["signings"],
            _by_month(material),
            _parts_table(material, "industry", _("签约项目按行业分布")),
            _parts_chart(material, "industry", _("签约项目行业分布")),
            _parts_table(material, "origin", _("签约项目按投资来源地分布")),
        ),
    )


def _projects(material: Material) -> tuple[Block, ...]:
    codes = ("started_projects", "started_earlier_signings")
    return (
        *_where_known(
            material["signings"],
            paragraph([_signed(material)]),
            _parts_table(material, "start", _("签约项目开工情况")),
        ),
        told(material, *codes, "in_production", "at_capacity", "at_target"),
        *_where_known(material["started_projects"], _stages(material)),
    )


def _funds(material: Material) -> tuple[Block, ...]:
    return (
        told(material, "signed_planned_wan", "signed_fixed_wan"),
        told(material, "funds_in_place", "funds_domestic", "funds_foreign"),
        *_where_known(
            material["signings"], _parts_table(material, "scale", _("签约项目按投资规模分布"))
        ),
    )


def _where_known(standing: Standing, *blocks: Block) -> tuple[Block, ...]:
    """Return the blocks, or none where the figure that they take apart has no data."""
    return () if standing.value is None else blocks


def _signed(material: Material) -> Runs:
    """Return the partition of the year's signings: 14 = 6 + 8."""
    number = int(material["signings"].value or 0)
    template = ngettext(
        "当年正式签约项目%(signings)s个，其中已开工%(started)s个、待开工%(to_start)s个。",
        "当年正式签约项目%(signings)s个，其中已开工%(started)s个、待开工%(to_start)s个。",
        number,
    )
    return sentence(
        template,
        signings=cells.told(material, "signings"),
        started=cells.told(material, "signed_and_started"),
        to_start=cells.told(material, "signed_to_start"),
    )


def _by_month(material: Material) -> Chart:
    months = [f"{day:%Y-%m}" for day, _value in material.signings_by_month]
    return Chart(
        kind=ChartKind.BAR,
        caption=_("分月签约项目数"),
        categories=tuple(months),
        series=(
            Series(_("签约项目"), tuple(value for _day, value in material.signings_by_month)),
        ),
        unit=_("个"),
    )


def _stages(material: Material) -> Chart:
    return Chart(
        kind=ChartKind.FUNNEL,
        caption=_("项目阶段分布（达到该阶段及以上）"),
        categories=tuple(str(row.stage.label) for row in material.stages),
        series=(Series(_("项目"), tuple(row.reached for row in material.stages)),),
        unit=_("个"),
    )


def _parts_chart(material: Material, code: str, caption: str) -> Chart:
    parts = material.cuts["signings", code].parts[:MOST_PARTS_DRAWN]
    return Chart(
        kind=ChartKind.BAR,
        caption=caption,
        categories=tuple(part.label for part in parts),
        series=(Series(_("签约项目"), tuple(part.records for part in parts)),),
        unit=_("个"),
    )


def _parts_table(material: Material, code: str, caption: str) -> Table:
    """Return 项目个数 / 同比 / 总投资 / 占比 of the signings by one property, with the total."""
    cut = material.cuts["signings", code]
    return Table(
        caption=caption,
        unit_note=_("单位：个、万元"),
        columns=(
            Column(heading=str(cut.dimension.name), weight=4),
            Column(heading=_("项目个数"), align=Align.RIGHT, kind=ColumnKind.NUMBER, weight=2),
            Column(heading=_("同比"), align=Align.RIGHT, kind=ColumnKind.PERCENT, weight=2),
            Column(heading=_("计划总投资"), align=Align.RIGHT, kind=ColumnKind.NUMBER, weight=3),
            Column(heading=_("个数占比"), align=Align.RIGHT, kind=ColumnKind.PERCENT, weight=2),
        ),
        rows=(*(_part_row(material, cut, part) for part in cut.parts), _total_row(material)),
    )


def _part_row(material: Material, cut: Cut, part: Part) -> Row:
    return Row(
        (
            Text(part.label),
            cells.of_part(material, cut, part, "records", part.records, unit=_("个")),
            cells.share_of_part(material, cut, part, "year_on_year", part.change),
            cells.of_part(material, cut, part, "planned", part.amount, unit=_("万元")),
            cells.share_of_part(material, cut, part, "share", part.share),
        )
    )


def _total_row(material: Material) -> Row:
    signings, planned = material["signings"], material["signed_planned_wan"]
    change = shown.change(signings.indicator, signings.year_on_year)
    return Row(
        (
            Text(_("合计"), strong=True),
            cells.beside(material, signings, "total", signings.value),
            cells.growth(material, signings.code, change),
            cells.beside(material, planned, "total", planned.value),
            Text("100%") if signings.value else None,
        ),
        is_total=True,
    )
