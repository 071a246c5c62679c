"""Reads over any register."""

from .catalogue import find, of_model, registers
from .imports import import_run, import_runs
from .lists import COUNTED, FAR, Page, page, rows_of, total, values, with_expressions
from .records import details, next_code, record, suggestions

__all__ = [
    "COUNTED",
    "FAR",
    "Page",
    "details",
    "find",
    "import_run",
    "import_runs",
    "next_code",
    "of_model",
    "page",
    "record",
    "registers",
    "rows_of",
    "suggestions",
    "total",
    "values",
    "with_expressions",
]
