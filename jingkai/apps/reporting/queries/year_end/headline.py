"""一、主要指标完成情况: one table of what the year was measured by."""

from django.utils.translation import gettext as _

from jingkai.documents.model import Align, Cell, Column, ColumnKind, Row, Section, Table, Text

from .. import shown
from ..standings import Standing
from . import cells
from .material import Material
from .wording import paragraph, sentence

HEADLINES = (
    "visits",
    "outreach",
    "negotiations",
    "leads_new",
    "mature_leads",
    "signings",
    "signed_and_started",
    "signed_to_start",
    "framework_agreements",
    "signed_planned_wan",
    "signed_fixed_wan",
    "started_projects",
    "started_earlier_signings",
    "in_production",
    "at_capacity",
    "at_target",
    "funds_in_place",
    "funds_domestic",
    "funds_foreign",
    "reused_land",
    "reused_plants",
    "reused_plant_area",
    "unsupplied_disposal_rate",
    "idle_disposal_rate",
)


def section(material: Material) -> Section:
    """Return the section with its table."""
    intro = sentence(
        _("统计期间为%(start)s至%(end)s。各项数字均由台账记录推导，口径见脚注。"),
        start=material.period.start.isoformat(),
        end=material.period.end.isoformat(),
    )
    return Section(heading=_("主要指标完成情况"), blocks=(paragraph([intro]), table(material)))


def table(material: Material) -> Table:
    """Return target, actual, attainment, base and growth of each main figure."""
    return Table(
        caption=_("%(year)s年主要指标完成情况") % {"year": material.year},
        columns=(
            Column(heading=_("指标"), weight=8),
            Column(heading=_("计量单位"), align=Align.CENTER, weight=5),
            _numbers(_("年度目标")),
            _numbers(_("实际完成")),
            _numbers(_("完成率"), ColumnKind.PERCENT, weight=5),
            _numbers(_("上年同期")),
            _numbers(_("同比"), ColumnKind.PERCENT),
        ),
        rows=tuple(_row(material, material[code]) for code in _codes(material)),
    )


def _codes(material: Material) -> list[str]:
    """Return the main figures, then whatever else has a target this year."""
    targeted = [code for code, found in material.figures.items() if found.target is not None]
    return list(dict.fromkeys([*HEADLINES, *targeted]))


def _numbers(heading: str, kind: ColumnKind = ColumnKind.NUMBER, weight: int = 4) -> Column:
    return Column(heading=heading, align=Align.RIGHT, kind=kind, weight=weight)


def _row(material: Material, standing: Standing) -> Row:
    definition = standing.indicator.definition
    base = standing.year_on_year.base if standing.year_on_year else None
    change = shown.change(standing.indicator, standing.year_on_year)
    found: tuple[Cell, ...] = (
        Text(str(definition.name)),
        Text(str(definition.unit)),
        cells.beside(material, standing, "target", standing.target),
        cells.main(material, standing),
        cells.attained(material, standing),
        cells.beside(material, standing, "last_year", base),
        cells.growth(material, standing.code, change),
    )
    return Row(found)
