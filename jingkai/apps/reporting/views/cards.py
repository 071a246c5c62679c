"""Figures as the cards, tables and charts that pages show."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.registers.indicator import Dimension, Indicator, Number
from jingkai.core.indicators import Better, PeriodRule
from jingkai.web import figures
from jingkai.web.components.status import badge, figure_link, progress
from jingkai.web.parts import Chart, Heading, Row, Series, Stat, Term

from ..queries import Part, Standing, land, shown
from ..queries.links import Links

RULES = {
    PeriodRule.FLOW: gettext_lazy("期间发生数"),
    PeriodRule.STOCK: gettext_lazy("期末存量"),
    PeriodRule.COHORT: gettext_lazy("同批次追踪"),
}
MONTHLY = {
    PeriodRule.FLOW: gettext_lazy("%(name)s（分月）"),
    PeriodRule.STOCK: gettext_lazy("%(name)s（各月末）"),
    PeriodRule.COHORT: gettext_lazy("%(name)s（年初至各月末）"),
}
ICONS = {
    "visits": "users-group",
    "negotiations": "messages",
    "signings": "signature",
    "signed_and_started": "crane",
    "signed_to_start": "hourglass",
    "mature_leads": "seedling",
    "approved_unsupplied_area": "file-certificate",
    "idle_area": "hourglass",
    "idle_cases": "gavel",
    "idle_plants": "building-warehouse",
    "idle_plant_area": "building-warehouse",
    "reused_land": "recycle",
    "reused_plants": "building-factory-2",
}
MOST_PARTS = 12
LARGE = 10_000
NOT_APPLICABLE = "—"  # no target was set, no growth from nothing: not the same as no data


def stat(standing: Standing, links: Links, *, is_exact: bool = False) -> Stat:
    """Return the card of one figure, with what one needs to believe it."""
    indicator, reading = standing.indicator, standing.reading
    money = shown.is_money(indicator)
    written = shown.in_words if is_exact else _briefly
    value = None if reading.value is None else written(indicator, reading.value)
    target = None if standing.target is None else written(indicator, standing.target)
    return Stat(
        label=str(indicator.definition.name),
        value=value,
        unit="" if money else str(indicator.definition.unit),
        url=links.figure(standing.code),
        delta=shown.change(indicator, standing.year_on_year),
        falling_is_good=indicator.definition.better is Better.LOWER,
        attainment=standing.attainment.share,
        target=target or "",
        fresh="" if reading.freshness is None else figures.day(reading.freshness),
        note=_lacking(standing),
        icon=ICONS.get(standing.code, ""),
    )


def _briefly(indicator: Indicator, value: Number) -> str:
    """Return the number without the decimals of a large area, which its own page has."""
    if not shown.is_money(indicator) and value >= LARGE:
        return figures.number(value, places=0)
    return shown.in_words(indicator, value)


def _lacking(standing: Standing) -> str:
    completeness = standing.reading.completeness
    if completeness.is_full:
        return ""
    lacking = completeness.total - completeness.known
    return _("%(count)s 条缺信息") % {"count": figures.number(lacking)}


def catalogue(standings: Iterable[Standing], links: Links) -> tuple[list[Heading], list[Row]]:
    """Return the table of every figure of the year."""
    headings = [
        Heading(label=_("指标")),
        Heading(label=_("数值"), numeric=True),
        Heading(label=_("计量单位")),
        Heading(label=_("同比"), numeric=True),
        Heading(label=_("年度目标"), numeric=True),
        Heading(label=_("完成率")),
        Heading(label=_("记录"), numeric=True),
        Heading(label=_("信息完整")),
        Heading(label=_("最近更新"), numeric=True),
        Heading(label=_("口径")),
    ]
    return headings, [_catalogue_row(standing, links) for standing in standings]


def _catalogue_row(standing: Standing, links: Links) -> Row:
    definition, reading = standing.indicator.definition, standing.reading
    change = shown.change(standing.indicator, standing.year_on_year)
    url = links.figure(standing.code)
    value = None if reading.value is None else shown.in_cell(reading.value)
    return Row(
        url=url,
        cells=(
            str(definition.name),
            figure_link(value, url),
            str(definition.unit),
            NOT_APPLICABLE if change is None else figures.delta(change),
            NOT_APPLICABLE if standing.target is None else shown.in_cell(standing.target),
            progress(standing.attainment.share) if standing.target is not None else "",
            figures.number(reading.records),
            _complete(standing),
            None if reading.freshness is None else figures.day(reading.freshness),
            str(definition.counts),
        ),
    )


def _complete(standing: Standing) -> object:
    share = standing.reading.completeness.share
    if share is None:
        return ""
    return badge(figures.percent(share), "green" if share == 1 else "amber")


def part_stat(part: Part, standing: Standing, dimension: Dimension) -> Stat:
    """Return the card of one part of a figure, with its share in the whole."""
    indicator, share = standing.indicator, part.share
    said = {
        "share": "" if share is None else figures.percent(share),
        "name": indicator.definition.name,
    }
    return Stat(
        label=_("%(dimension)s：%(part)s") % {"dimension": dimension.name, "part": part.label},
        value=None if part.value is None else shown.in_words(indicator, part.value),
        unit="" if shown.is_money(indicator) else str(indicator.definition.unit),
        note="" if share is None else _("占%(name)s的 %(share)s") % said,
    )


def by_dimension(
    parts: Iterable[Part], indicator: Indicator, dimension: Dimension, links: Links, chosen: str
) -> tuple[list[Heading], list[Row]]:
    """Return the table of a figure's parts; each opens its records, the chosen one stands out."""
    counted = bool(indicator.contribution)
    headings = [Heading(label=str(dimension.name)), Heading(label=_("记录"), numeric=True)]
    if counted:
        headings.append(Heading(label=str(indicator.definition.unit), numeric=True))
    headings.append(Heading(label=_("占比"), numeric=True))
    if dimension.has_past and indicator.has_past:
        headings.append(Heading(label=_("同比"), numeric=True))
    rows = []
    for part in parts:
        if part.is_bare:
            continue
        cells: list[object] = [part.label, figures.number(part.records)]
        if counted:
            cells.append(None if part.value is None else shown.in_cell(part.value))
        cells.append(NOT_APPLICABLE if part.share is None else figures.percent(part.share))
        if len(cells) < len(headings):
            cells.append(NOT_APPLICABLE if part.change is None else figures.delta(part.change))
        url = links.figure(indicator.code, by=dimension.code, part=part.key)
        rows.append(Row(cells=cells, url=url, tone="blue" if part.key == chosen else ""))
    return headings, rows


def definition(standing: Standing) -> list[Term]:
    """Return the definition in full."""
    found = standing.indicator.definition
    value = standing.value
    terms = (
        (_("折合"), "" if value is None else shown.equal(standing.indicator, value)),
        (_("统计内容"), found.counts),
        (_("计量单位"), found.unit),
        (_("期间规则"), RULES[found.period_rule]),
        (_("统计日期"), found.date_used),
        (_("不计入"), found.exclusions),
        (_("注意区别"), found.not_to_be_confused_with),
        (_("依据"), found.basis),
    )
    return [Term(label=label, value=str(text)) for label, text in terms if str(text)]


def by_month(
    months: Sequence[tuple[date, Number | None]], standing: Standing, links: Links
) -> Chart:
    """Return the figure month by month; a month opens its records, of a cohort those up to it."""
    name, rule = str(standing.indicator.definition.name), standing.indicator.definition.period_rule
    is_cohort = rule is PeriodRule.COHORT
    return Chart(
        kind="bar" if rule is PeriodRule.FLOW else "line",
        title=MONTHLY[rule] % {"name": name},
        summary=_("%(year)s年各月的%(name)s") % {"year": links.year, "name": name},
        categories=[_("%(month)s月") % {"month": day.month} for day, _value in months],
        series=[Series(name=name, values=[value for _day, value in months])],
        unit=str(standing.indicator.definition.unit),
        urls=[
            (links.up_to if is_cohort else links.month)(standing.code, day.month)
            for day, _value in months
        ],
    )


def by_part(parts: Sequence[Part], code: str, dimension: str, title: str, links: Links) -> Chart:
    """Return the figure cut into its parts, the largest first; a bar opens the part's records."""
    drawn = parts[:MOST_PARTS]
    return Chart(
        kind="bar-horizontal",
        title=title,
        summary=_("%(title)s，共%(count)s类") % {"title": title, "count": len(parts)},
        categories=[part.label for part in drawn],
        series=[Series(name=_("项目个数"), values=[part.records for part in drawn])],
        unit=_("个"),
        urls=[links.figure(code, by=dimension, part=part.key) for part in drawn],
    )


def by_supply(parts: Sequence[Part], links: Links) -> Chart:
    """Return the area of land by its supply state; a bar opens its parcels."""
    return Chart(
        kind="bar-horizontal",
        title=_("宗地面积按供应与利用状态"),
        summary=_("截至%(day)s各状态的宗地面积") % {"day": links.as_of.isoformat()},
        categories=[part.label for part in parts],
        series=[Series(name=_("面积"), values=[part.value for part in parts])],
        unit=_("亩"),
        urls=[links.figure(land.WHOLE, by="supply", part=part.key) for part in parts],
    )
