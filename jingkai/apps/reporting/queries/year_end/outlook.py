"""三、存在问题 and 四、下步打算: both derived from records, none of it typed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingkai.apps.investment import queries as investment
from jingkai.documents.model import Block, Bullets, Section

from .. import catalogue, shown
from ..standings import Standing
from . import cells
from .material import Material
from .wording import Part, Runs, paragraph, sentence

STALLS = (
    "signed_not_settled",
    "supplied_not_started",
    "started_not_completed",
    "completed_not_producing",
    "producing_not_at_capacity",
    "at_capacity_not_at_target",
)
NAMED = 8
AHEAD = timedelta(days=183)


def problems(material: Material) -> Section:
    """Return what the figures say is not well, and where they themselves are not."""
    items = (
        *_stalls(material),
        *_overdue(material),
        *_overdue_cases(material),
        *_behind_target(material),
        *_not_adding_up(material),
        *_incomplete(material),
    )
    return Section(heading=_("存在问题"), blocks=_bullets(items, _("按现有记录未发现问题。")))


def next_steps(material: Material) -> Section:
    """Return what is agreed, due or under way: projects, leads, promises, land."""
    items = (
        *_projects_to_start(material),
        *_leads_to_sign(material),
        *_promises_due(material),
        *_land_to_dispose_of(material),
    )
    return Section(heading=_("下步打算"), blocks=_bullets(items, _("没有已约定的事项。")))


def _bullets(items: tuple[Runs, ...], nothing: str) -> tuple[Block, ...]:
    return (Bullets(items),) if items else (paragraph([sentence(nothing)]),)


def _stalls(material: Material) -> Iterator[Runs]:
    for code in STALLS:
        standing = material[code]
        if standing.value:
            template = ngettext(
                "%(name)s项目%(figure)s个。", "%(name)s项目%(figure)s个。", int(standing.value)
            )
            name = str(standing.indicator.definition.name)
            yield sentence(template, name=name, figure=cells.told(material, code))


def _overdue(material: Material) -> Iterator[Runs]:
    number = material["overdue_projects"].value
    if number:
        template = ngettext(
            "已过约定时限的项目%(figure)s个。", "已过约定时限的项目%(figure)s个。", int(number)
        )
        yield sentence(template, figure=cells.told(material, "overdue_projects"))


def _overdue_cases(material: Material) -> Iterator[Runs]:
    number = material["idle_cases_overdue"].value
    if number:
        template = ngettext(
            "超过法定期限的闲置土地案件%(figure)s件。",
            "超过法定期限的闲置土地案件%(figure)s件。",
            int(number),
        )
        yield sentence(template, figure=cells.told(material, "idle_cases_overdue"))


def _behind_target(material: Material) -> Iterator[Runs]:
    for standing in material.figures.values():
        reached = cells.attained(material, standing)
        if reached is not None and standing.attainment.met is False:
            yield sentence(
                _("%(name)s未达年度目标，完成%(attained)s。"),
                name=str(standing.indicator.definition.name),
                attained=reached,
            )


def _not_adding_up(material: Material) -> Iterator[Runs]:
    """Yield partitions whose parts do not make the whole: a report must not hide them."""
    for partition, found in material.discrepancies:
        if found.difference is None:
            continue
        yield sentence(
            _("%(whole)s与其各部分之和相差%(difference)s，须先核对台账再使用本报告。"),
            whole=str(material[partition.whole].indicator.definition.name),
            difference=shown.in_cell(found.difference),
        )


def _incomplete(material: Material) -> Iterator[Runs]:
    told = _told_by_their_whole(material)
    for standing in material.figures.values():
        completeness = standing.reading.completeness
        if not completeness.is_full and standing.code not in told:
            lacking = completeness.total - completeness.known
            template = ngettext(
                "%(name)s所依据的%(total)s条记录中，有%(lacking)s条缺少必要信息。",
                "%(name)s所依据的%(total)s条记录中，有%(lacking)s条缺少必要信息。",
                lacking,
            )
            yield sentence(
                template,
                name=str(standing.indicator.definition.name),
                total=str(completeness.total),
                lacking=_lacking(material, standing, lacking),
            )


def _told_by_their_whole(material: Material) -> set[str]:
    """Return the parts that lack nothing which the figure that they make up does not."""
    needs = {
        code: set(found.indicator.definition.needs) for code, found in material.figures.items()
    }
    return {
        part
        for partition in catalogue.partitions()
        for part in partition.parts
        if needs[part] <= needs[partition.whole]
    }


def _lacking(material: Material, standing: Standing, lacking: int) -> Part:
    found = cells.beside(material, standing, "incomplete", lacking)
    return found if found is not None else str(lacking)


def _projects_to_start(material: Material) -> Iterator[Runs]:
    standing = material["signed_to_start"]
    if not standing.value:
        return
    template = ngettext(
        "推动%(figure)s个签约项目开工：%(names)s。",
        "推动%(figure)s个签约项目开工：%(names)s。",
        int(standing.value),
    )
    rows = standing.indicator.rows(material.period).order_by("agreed_start_on", "pk")
    names = _named(rows.values_list("name", "agreed_start_on"))
    yield sentence(template, figure=cells.told(material, "signed_to_start"), names=names)


def _leads_to_sign(material: Material) -> Iterator[Runs]:
    standing = material["mature_leads"]
    if not standing.value:
        return
    template = ngettext(
        "推动%(figure)s条成熟线索签约：%(names)s。",
        "推动%(figure)s条成熟线索签约：%(names)s。",
        int(standing.value),
    )
    rows = standing.indicator.rows(material.period).order_by("pk")
    names = _named((name, None) for name in rows.values_list("name", flat=True))
    yield sentence(template, figure=cells.told(material, "mature_leads"), names=names)


def _promises_due(material: Material) -> Iterator[Runs]:
    due = investment.obligations_due(on=material.as_of, by=material.as_of + AHEAD)
    rows = due.select_related("signing").order_by("due_on", "pk")
    number = due.count()
    if not number:
        return
    template = ngettext(
        "督促履行半年内到期和已逾期的协议承诺%(number)s项：%(names)s。",
        "督促履行半年内到期和已逾期的协议承诺%(number)s项：%(names)s。",
        number,
    )
    names = _named((_promise(row), row.due_on) for row in rows[: NAMED + 1])
    yield sentence(template, number=str(number), names=names)


def _land_to_dispose_of(material: Material) -> Iterator[Runs]:
    cases, disposals = material["idle_cases"].value, material["open_disposals"].value
    if cases:
        template = ngettext(
            "依法办理闲置土地案件%(figure)s件。",
            "依法办理闲置土地案件%(figure)s件。",
            int(cases),
        )
        yield sentence(template, figure=cells.told(material, "idle_cases"))
    if disposals:
        template = ngettext(
            "推进在办处置%(figure)s件。", "推进在办处置%(figure)s件。", int(disposals)
        )
        yield sentence(template, figure=cells.told(material, "open_disposals"))


def _promise(row: Any) -> str:
    return _("%(signing)s · %(kind)s") % {"signing": row.signing, "kind": row.get_kind_display()}


def _named(rows: Iterable[tuple[str, date | None]]) -> str:
    """Return the first names with their agreed dates, and whether there are more."""
    found = list(rows)
    names = [_one(name, on) for name, on in found[:NAMED]]
    joined = _("、").join(names)
    return _("%(names)s等") % {"names": joined} if len(found) > NAMED else joined


def _one(name: str, on: date | None) -> str:
    if on is None:
        return name
    return _("%(name)s（约定%(day)s）") % {"name": name, "day": on.isoformat()}
