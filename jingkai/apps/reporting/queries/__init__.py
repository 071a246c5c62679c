"""Reads of the area: figures, their breakdowns, frozen periods, the workbench, the report."""

from jingkai.apps.registers.indicator import Dimension

from ..facts import incomplete, is_additive
from . import told, workbench
from .breakdowns import Part, dimensions, of_register, parts, restrict
from .catalogue import UnknownIndicator, find, indicators, partitions
from .periods import Since, difference, freeze, freezes, frozen_figures, frozen_of, period_of
from .standings import (
    Standing,
    discrepancies,
    monthly,
    months,
    reading,
    readings,
    to_date,
    years,
)

__all__ = [
    "Dimension",
    "Part",
    "Since",
    "Standing",
    "UnknownIndicator",
    "difference",
    "dimensions",
    "discrepancies",
    "find",
    "freeze",
    "freezes",
    "frozen_figures",
    "frozen_of",
    "incomplete",
    "indicators",
    "is_additive",
    "monthly",
    "months",
    "of_register",
    "partitions",
    "parts",
    "period_of",
    "reading",
    "readings",
    "restrict",
    "to_date",
    "told",
    "workbench",
    "years",
]
