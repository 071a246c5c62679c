"""
What a column holds: how it is read from a cell or a form, written, shown and filtered.

One ``Kind`` serves the web form, the Excel and CSV import, the list, the export and the filter, so
that a value means the same on every way in and out.
"""

from . import custom
from .choices import Choice, Yes
from .days import Day
from .implied import of_field
from .masked import Masked, bare, is_mask
from .numbers import Exact, Whole
from .outline import Outline
from .references import Person, Reference
from .texts import CreditCode, Industry, Kind, LongText, Refused, Veiled, alike, narrow, plain

__all__ = [
    "Choice",
    "CreditCode",
    "Day",
    "Exact",
    "Industry",
    "Kind",
    "LongText",
    "Masked",
    "Outline",
    "Person",
    "Reference",
    "Refused",
    "Veiled",
    "Whole",
    "Yes",
    "alike",
    "bare",
    "custom",
    "is_mask",
    "narrow",
    "of_field",
    "plain",
]
