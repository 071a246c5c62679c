"""Periods, definitions, comparisons, attainment, partitions, and frozen figures against now."""

from .comparisons import Attainment, Comparison, NoShare, attainment, compare
from .definitions import Better, Completeness, Definition, Number, PeriodRule, Reading
from .frozen import Change, Difference, difference, total
from .partitions import Discrepancy, Partition
from .periods import BadPeriod, Period, month, quarter, quarters_to, to_date, year

__all__ = [
    "Attainment",
    "BadPeriod",
    "Better",
    "Change",
    "Comparison",
    "Completeness",
    "Definition",
    "Difference",
    "Discrepancy",
    "NoShare",
    "Number",
    "Partition",
    "Period",
    "PeriodRule",
    "Reading",
    "attainment",
    "compare",
    "difference",
    "month",
    "quarter",
    "quarters_to",
    "to_date",
    "total",
    "year",
]
