"""What a value and a row must be, whichever way they come in: form, workbook, grid, API."""

from .asked import broken_rules, lacking, left_out, of_record
from .values import changed, resolve, stored, value_of

__all__ = [
    "broken_rules",
    "changed",
    "lacking",
    "left_out",
    "of_record",
    "resolve",
    "stored",
    "value_of",
]
