"""The year-end report of one zone, as a neutral document."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.documents.model import Document, Language
from jingkai.web import figures

from . import headline, land, outlook, work
from .material import Material, gather
from .wording import language


def year_end(
    *, zone: Zone, year: int, as_of: date, generated_at: datetime, base_url: str = ""
) -> Document:
    """
    Return the report of the zone in scope, in the active language.

    :param as_of: the last day that counts; beyond the year it is the year's last day
    :param base_url: where the product is served, so that figures of a file link to their records
    """
    material = gather(zone=zone, year=year, as_of=as_of, generated_at=generated_at)
    issuer = _name(zone)
    return Document(
        title=_("%(zone)s%(year)s年岁末答卷") % {"zone": issuer, "year": year},
        subtitle=_("年度工作总结报告"),
        issuer=issuer,
        dated_on=material.as_of,
        generated_at=generated_at,
        language=language(),
        sections=(
            headline.section(material),
            *work.sections(material),
            outlook.problems(material),
            outlook.next_steps(material),
            *land.appendix(material),
        ),
        foot=_foot(material),
        meta={
            "zone": zone.code,
            "year": str(year),
            "as_of": material.as_of.isoformat(),
            "generated_at": generated_at.isoformat(),
        },
        base_url=base_url,
        watermark=_("示范数据") if zone.is_demonstration else "",
    )


def _name(zone: Zone) -> str:
    english = language() is Language.ENGLISH
    return zone.name_en if english and zone.name_en else zone.name


def _foot(material: Material) -> tuple[str, ...]:
    """Return data as of, generated at, the head of the trail, and that a demonstration is one."""
    lines = [
        _("数据截至：%(day)s") % {"day": material.as_of.isoformat()},
        _("生成时间：%(minute)s") % {"minute": figures.minute(material.generated_at)},
        _("操作留痕链首：%(head)s") % {"head": trail.head(material.zone.code)},
    ]
    if material.zone.is_demonstration:
        lines.append(_("示范数据：所有人物、企业、协议均为虚构。"))
    return tuple(lines)
