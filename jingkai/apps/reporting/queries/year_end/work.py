"""二、重点工作: what was done, told from the figures, with tables and charts."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jingkai.documents.model import (
    Align,
    Block,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Paragraph,
    Row,
    Section,
    Series,
    Table,
    Text,
)

from .. import shown
from ..breakdowns import Part
from ..standings import Standing
from . import cells
from .material import Cut, Material
from .wording import Runs, paragraph, sentence

MOST_PARTS_DRAWN = 12


def sections(material: Material) -> tuple[Section, ...]:
    """Return the heading and its three parts."""
    return (
        Section(heading=_("重点工作")),
        Section(heading=_("招商引资"), level=2, blocks=_investment(material)),
        Section(heading=_("项目建设"), level=2, blocks=_projects(material)),
        Section(heading=_("投资与资金"), level=2, blocks=_funds(material)),
    )


def _investment(material: Material) -> tuple[Block, ...]:
    return (
        _told(material, "visits", "outreach", "negotiations", "leads_new", "mature_leads"),
        _told(material, "signings", "framework_agreements"),
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
        _told(material, *codes, "in_production", "at_capacity", "at_target"),
        *_where_known(material["started_projects"], _stages(material)),
    )


def _funds(material: Material) -> tuple[Block, ...]:
    return (
        _told(material, "signed_planned_wan", "signed_fixed_wan"),
        _told(material, "funds_in_place", "funds_domestic", "funds_foreign"),
        *_where_known(
            material["signings"], _parts_table(material, "scale", _("签约项目按投资规模分布"))
        ),
    )


def _where_known(standing: Standing, *blocks: Block) -> tuple[Block, ...]:
    """Return the blocks, or none where the figure that they take apart has no data."""
    return () if standing.value is None else blocks


def _told(material: Material, *codes: str) -> Paragraph:
    """Return one paragraph: a sentence a figure, with how it compares."""
    return paragraph(_figure_told(material, material[code]) for code in codes)


def _figure_told(material: Material, standing: Standing) -> Runs:
    if standing.value is None:
        name = str(standing.indicator.definition.name)
        return sentence(_("%(name)s无数据：台账中没有截至统计日的记录。"), name=name)
    template = _CLAUSES[standing.code](int(standing.value))
    told = sentence(template, figure=cells.told(material, standing.code))
    match _compared(material, standing):
        case [change, reached]:
            whole = _("%(told)s，%(change)s，%(reached)s。")
            return sentence(whole, told=told, change=change, reached=reached)
        case [compared]:
            return sentence(_("%(told)s，%(compared)s。"), told=told, compared=compared)
        case _:
            return sentence(_("%(told)s。"), told=told)


def _compared(material: Material, standing: Standing) -> list[Runs]:
    """Return how the figure stands against last year and its target, where that is known."""
    found: list[Runs] = []
    change = shown.change(standing.indicator, standing.year_on_year)
    size = cells.growth(
        material, standing.code, change, "" if change is None else shown.size(change)
    )
    if change is not None and size is not None:
        template = _CHANGES[(change > 0) - (change < 0)]
        found.append(sentence(str(template), change=size))
    reached = cells.attained(material, standing)
    if reached is not None:
        found.append(sentence(_("完成年度目标的%(attained)s"), attained=reached))
    return found


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
    parts = material.cuts[code].parts[:MOST_PARTS_DRAWN]
    return Chart(
        kind=ChartKind.BAR,
        caption=caption,
        categories=tuple(part.label for part in parts),
        series=(Series(_("签约项目"), tuple(part.records for part in parts)),),
        unit=_("个"),
    )


def _parts_table(material: Material, code: str, caption: str) -> Table:
    """Return 项目个数 / 同比 / 总投资 / 占比 of the signings by one property, with the total."""
    cut = material.cuts[code]
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
    dimension = cut.dimension
    planned = part.planned_wan
    return Row(
        (
            Text(part.label),
            cells.of_part(material, dimension, part, "records", part.records),
            cells.share_of_part(material, dimension, part, "year_on_year", part.change),
            cells.of_part(material, dimension, part, "planned", planned),
            cells.share_of_part(material, dimension, part, "share", part.share),
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


_CHANGES = {
    1: gettext_lazy("同比增长%(change)s"),
    0: gettext_lazy("与上年同期持平"),
    -1: gettext_lazy("同比下降%(change)s"),
}
_CLAUSES: dict[str, Callable[[int], str]] = {
    "visits": lambda n: ngettext("接待客商来访%(figure)s批次", "接待客商来访%(figure)s批次", n),
    "outreach": lambda n: ngettext("外出招商%(figure)s批次", "外出招商%(figure)s批次", n),
    "negotiations": lambda n: ngettext("开展项目洽谈%(figure)s次", "开展项目洽谈%(figure)s次", n),
    "leads_new": lambda n: ngettext("新增招商线索%(figure)s条", "新增招商线索%(figure)s条", n),
    "mature_leads": lambda n: ngettext(
        "期末项目库有成熟线索%(figure)s条", "期末项目库有成熟线索%(figure)s条", n
    ),
    "signings": lambda n: ngettext("正式签约项目%(figure)s个", "正式签约项目%(figure)s个", n),
    "framework_agreements": lambda n: ngettext(
        "另签订框架协议%(figure)s份，不计入签约", "另签订框架协议%(figure)s份，不计入签约", n
    ),
    "started_projects": lambda n: ngettext(
        "开工建设项目%(figure)s个", "开工建设项目%(figure)s个", n
    ),
    "started_earlier_signings": lambda n: ngettext(
        "其中往年签约今年开工%(figure)s个", "其中往年签约今年开工%(figure)s个", n
    ),
    "in_production": lambda n: ngettext("投产项目%(figure)s个", "投产项目%(figure)s个", n),
    "at_capacity": lambda n: ngettext("达产项目%(figure)s个", "达产项目%(figure)s个", n),
    "at_target": lambda n: ngettext("达效项目%(figure)s个", "达效项目%(figure)s个", n),
    "signed_planned_wan": lambda _n: _("签约项目计划总投资%(figure)s"),
    "signed_fixed_wan": lambda _n: _("其中固定资产投资%(figure)s"),
    "funds_in_place": lambda _n: _("到位资金%(figure)s"),
    "funds_domestic": lambda _n: _("其中内资%(figure)s"),
    "funds_foreign": lambda _n: _("外资%(figure)s"),
}
