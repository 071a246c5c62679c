"""Figures of the report: numbers that open to their records, with definitions as footnotes."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from jingkai.apps.registers.indicator import Number
from jingkai.documents.model import Figure, Footnote, Language
from jingkai.web import figures

from .. import shown
from ..breakdowns import Part
from ..standings import Standing
from .material import Cut, Material
from .wording import Part as Said
from .wording import language

HUNDRED = 100
PERCENT_PLACES = Decimal("0.0001")


def told(material: Material, code: str) -> Said:
    """Return the figure for a sentence, or that there is no data."""
    standing = material[code]
    if standing.value is None:
        return _("无数据")
    text = shown.in_words(standing.indicator, standing.value)
    if language() is Language.CHINESE:
        text = text.replace(" ", "")  # 公文不在数字与单位之间空格
    if str(standing.indicator.definition.unit) == "%":
        text += "%"
    return _figure(material, standing, text)


def main(material: Material, standing: Standing) -> Figure | None:
    """Return the figure for a table, named so that it stands on the workbook's first sheet."""
    if standing.value is None:
        return None
    return _figure(
        material,
        standing,
        shown.in_cell(standing.value),
        name=str(standing.indicator.definition.name),
    )


def beside(
    material: Material, standing: Standing, aspect: str, value: Number | None
) -> Figure | None:
    """Return a number that stands beside the figure in its unit: its target, its base."""
    if value is None:
        return None
    return Figure(
        code=f"{standing.code}.{aspect}",
        text=shown.in_cell(value),
        value=value,
        unit=str(standing.indicator.definition.unit),
        url=material.links.figure(standing.code),
    )


def records(material: Material, standing: Standing, unit: str) -> Figure:
    """Return how many records the figure has, however it measures them."""
    number = standing.reading.records
    return Figure(
        code=f"{standing.code}.records",
        text=shown.in_cell(number),
        value=number,
        unit=unit,
        url=material.links.figure(standing.code),
    )


def percent(material: Material, standing: Standing, aspect: str, share: Fraction) -> Figure:
    """Return a share that the figure has in another, in per cent."""
    code = standing.code
    return _percent(f"{code}.{aspect}", share, figures.percent(share), material, code)


def growth(material: Material, code: str, share: Fraction | None, text: str = "") -> Figure | None:
    """Return a year-on-year change in per cent."""
    if share is None:
        return None
    return _percent(f"{code}.year_on_year", share, text or figures.delta(share), material, code)


def attained(material: Material, standing: Standing) -> Figure | None:
    """Return how much of the year's target is reached, in per cent."""
    share = standing.attainment.share
    if share is None:
        return None
    code = standing.code
    return _percent(f"{code}.attainment", share, figures.percent(share), material, code)


def of_part(
    material: Material, cut: Cut, part: Part, aspect: str, value: Number | None, *, unit: str
) -> Figure | None:
    """Return a number of one part of a figure."""
    if value is None:
        return None
    return Figure(
        code=f"{cut.indicator}.{cut.dimension.code}.{part.key}.{aspect}",
        text=shown.in_cell(value),
        value=value,
        unit=unit,
        url=_to_part(material, cut, part),
    )


def share_of_part(
    material: Material, cut: Cut, part: Part, aspect: str, share: Fraction | None
) -> Figure | None:
    """Return a share or a growth of one part of a figure, in per cent."""
    if share is None:
        return None
    text = figures.delta(share) if aspect == "year_on_year" else figures.percent(share)
    return Figure(
        code=f"{cut.indicator}.{cut.dimension.code}.{part.key}.{aspect}",
        text=text,
        value=percent_value(share),
        unit="%",
        url=_to_part(material, cut, part),
    )


def _to_part(material: Material, cut: Cut, part: Part) -> str:
    return material.links.figure(cut.indicator, by=cut.dimension.code, part=part.key)


def percent_value(share: Fraction) -> Decimal:
    """Return the share in per cent, to four decimals."""
    exact = Decimal(share.numerator) * HUNDRED / Decimal(share.denominator)
    return exact.quantize(PERCENT_PLACES, ROUND_HALF_UP)


def footnote(standing: Standing) -> Footnote:
    """Return the definition (口径) as one note."""
    space = " " if language() is Language.ENGLISH else ""
    return Footnote(text=space.join(shown.meaning(standing.indicator.definition)))


def _figure(material: Material, standing: Standing, text: str, name: str = "") -> Figure:
    return Figure(
        code=standing.code,
        text=text,
        value=standing.value,
        unit=str(standing.indicator.definition.unit),
        url=material.links.figure(standing.code),
        footnote=footnote(standing),
        name=name,
    )


def _percent(code: str, share: Fraction, text: str, material: Material, opens: str) -> Figure:
    return Figure(
        code=code,
        text=text,
        value=percent_value(share),
        unit="%",
        url=material.links.figure(opens),
    )
