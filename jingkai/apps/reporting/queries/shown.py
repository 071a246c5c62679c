"""Figures as people read them, in the units of their definitions."""

from fractions import Fraction

from django.utils.translation import gettext as _

from jingkai.apps.registers.indicator import Indicator, Number
from jingkai.core import units
from jingkai.core.indicators import Comparison, Definition
from jingkai.web import figures


def is_money(indicator: Indicator) -> bool:
    """Whether the figure is an amount of 万元."""
    return indicator.contribution.endswith("_wan")


def in_words(indicator: Indicator, value: Number) -> str:
    """Return the number for a sentence or a card, money with its unit: 12.35 亿元."""
    return figures.wan(value) if is_money(indicator) else figures.number(value)


def equal(indicator: Indicator, value: Number) -> str:
    """Return an area in the units that other offices use, nothing of any other figure."""
    if not indicator.contribution.endswith("_mu"):
        return ""
    said = {
        "area_m2": figures.number(units.rounded(units.m2_from_mu(value), places=0)),
        "area_ha": figures.number(units.rounded(units.hectares_from_mu(value), places=2)),
    }
    return _("约 %(area_m2)s 平方米（%(area_ha)s 公顷）") % said


def in_cell(value: Number) -> str:
    """Return the number for a table whose unit stands apart."""
    return figures.number(value)


def change(indicator: Indicator, comparison: Comparison | None) -> Fraction | None:
    """Return the growth to show; between percentages a growth would mislead."""
    if comparison is None or str(indicator.definition.unit) == "%":
        return None
    return comparison.share


def size(share: Fraction) -> str:
    """Return a growth or a fall without its sign, for a sentence that names the direction."""
    return figures.percent(abs(share))


def meaning(definition: Definition) -> list[str]:
    """Return the definition (口径) as sentences; what it does not say is left out."""
    told = [_("%(name)s：%(counts)s。") % _pair("name", definition.name, definition.counts)]
    optional = (
        (definition.date_used, _("统计日期：%(text)s。")),
        (definition.exclusions, _("不计入：%(text)s。")),
        (definition.not_to_be_confused_with, _("注意区别：%(text)s。")),
        (definition.basis, _("依据：%(text)s。")),
    )
    for text, template in optional:
        if str(text):
            told.append(template % {"text": _bare(text)})
    return told


def _pair(key: str, name: object, counts: object) -> dict[str, str]:
    return {key: str(name), "counts": _bare(counts)}


def _bare(text: object) -> str:
    return str(text).rstrip("。.")
