"""Workbooks in and out: rows with their true numbers from Excel or CSV, templates and exports."""

from ..sandbox.books import ENCODINGS, SheetHead
from ..sandbox.cells import CellError, Merge
from ..sandbox.problems import Problem
from .annotating import annotate
from .filling import MOST_FILLED, Filling, fill
from .filling import check as check_form
from .filling import columns as form_columns
from .headings import depths, headings
from .maps import outline_of, write_map
from .official import PAPERS, Paper
from .official import write as write_official
from .reading import HEADER_WITHIN, MOST_BYTES, Book, Sheet, opened, read, refuse_other
from .refusals import Unreadable
from .spreadsheet import Unwritable
from .templates import REQUIRED, heading, template
from .writing import quoted, table, write_csv, write_xlsx

__all__ = [
    "ENCODINGS",
    "HEADER_WITHIN",
    "MOST_BYTES",
    "MOST_FILLED",
    "PAPERS",
    "REQUIRED",
    "Book",
    "CellError",
    "Filling",
    "Merge",
    "Paper",
    "Problem",
    "Sheet",
    "SheetHead",
    "Unreadable",
    "Unwritable",
    "annotate",
    "check_form",
    "depths",
    "fill",
    "form_columns",
    "heading",
    "headings",
    "opened",
    "outline_of",
    "quoted",
    "read",
    "refuse_other",
    "table",
    "template",
    "write_csv",
    "write_map",
    "write_official",
    "write_xlsx",
]
