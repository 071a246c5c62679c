"""One sentence a figure: what it counts, and how it compares with last year and its target."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jingkai.documents.model import Paragraph

from .. import shown
from ..standings import Standing
from . import cells
from .material import Material
from .wording import Runs, paragraph, sentence


def told(material: Material, *codes: str) -> Paragraph:
    """Return one paragraph: a sentence a figure, with how it compares."""
    return paragraph(_figure_told(material, material[code]) for code in codes)


def _figure_told(material: Material, standing: Standing) -> Runs:
    if standing.value is None:
        return _unknown(standing)
    template = _CLAUSES[standing.code](int(standing.value))
    clause = sentence(template, figure=cells.told(material, standing.code))
    match _compared(material, standing):
        case [change, reached]:
            whole = _("%(told)s，%(change)s，%(reached)s。")
            return sentence(whole, told=clause, change=change, reached=reached)
        case [compared]:
            return sentence(_("%(told)s，%(compared)s。"), told=clause, compared=compared)
        case _:
            return sentence(_("%(told)s。"), told=clause)


def _unknown(standing: Standing) -> Runs:
    """Return that there is no data, and whether for want of records or of what they say."""
    name = str(standing.indicator.definition.name)
    if not standing.reading.records:
        return sentence(_("%(name)s无数据：台账中没有截至统计日的记录。"), name=name)
    return sentence(_("%(name)s无数据：有关记录未登记计算所需的信息。"), name=name)


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
    "land_area": lambda _n: _("期末登记宗地面积%(figure)s亩"),
    "approved_unsupplied_area": lambda _n: _("批而未供面积%(figure)s亩"),
    "idle_plants": lambda n: ngettext("空置厂房%(figure)s处", "空置厂房%(figure)s处", n),
    "idle_plant_area": lambda _n: _("厂房空置面积%(figure)s平方米"),
    "idle_plant_days": lambda _n: _("空置厂房平均空置%(figure)s天"),
    "idle_parcels": lambda n: ngettext(
        "期末经认定的闲置土地%(figure)s宗", "期末经认定的闲置土地%(figure)s宗", n
    ),
    "idle_area": lambda _n: _("认定闲置土地面积%(figure)s亩"),
    "idle_area_disposed": lambda _n: _("当年处置闲置土地%(figure)s亩"),
    "idle_fee_decided": lambda _n: _("决定征缴土地闲置费%(figure)s"),
    "idle_cases": lambda n: ngettext(
        "期末在办闲置土地案件%(figure)s件", "期末在办闲置土地案件%(figure)s件", n
    ),
    "finished_disposals": lambda n: ngettext(
        "当年办结处置%(figure)s件", "当年办结处置%(figure)s件", n
    ),
    "open_disposals": lambda n: ngettext(
        "期末在办处置%(figure)s件", "期末在办处置%(figure)s件", n
    ),
    "reused_land": lambda _n: _("盘活土地%(figure)s亩"),
    "reused_plants": lambda n: ngettext("盘活厂房%(figure)s处", "盘活厂房%(figure)s处", n),
    "reused_plant_area": lambda _n: _("盘活厂房面积%(figure)s平方米"),
    "regained_rent": lambda _n: _("盘活带来租金%(figure)s"),
    "regained_output": lambda _n: _("盘活带来产值%(figure)s"),
    "unsupplied_disposal_rate": lambda _n: _("批而未供土地处置率%(figure)s"),
    "idle_disposal_rate": lambda _n: _("闲置土地处置率%(figure)s"),
}
