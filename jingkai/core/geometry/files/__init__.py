"""
Spatial files, in and out.

Made for a child process with limits: what is foreign is opened by its content, never larger than
a batch in memory where its format allows, and refused with a code.
"""

from .layers import Format, Layer, Note, Reason, Remark, Row, Source, Unreadable
from .opening import START, format_of, open_source
from .tables import EXPLANATION, Field, Losses, Record, Type
from .writing import ENDINGS, write

__all__ = [
    "ENDINGS",
    "EXPLANATION",
    "START",
    "Field",
    "Format",
    "Layer",
    "Losses",
    "Note",
    "Reason",
    "Record",
    "Remark",
    "Row",
    "Source",
    "Type",
    "Unreadable",
    "format_of",
    "open_source",
    "write",
]
