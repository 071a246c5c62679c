"""The tables of registers: the base of every row, and the log of imports."""

from .batches import Batch, BatchRow, BatchState, RowOutcome
from .fields import ColumnSecrecy, CustomField, FieldRule, Fitting
from .handovers import HandOver
from .imports import ImportMapping, ImportRun, Outcome, StagedRow, State
from .records import Record
from .views import DefaultView, FiledForm, SavedView

__all__ = [
    "Batch",
    "BatchRow",
    "BatchState",
    "ColumnSecrecy",
    "CustomField",
    "DefaultView",
    "FieldRule",
    "FiledForm",
    "Fitting",
    "HandOver",
    "ImportMapping",
    "ImportRun",
    "Outcome",
    "Record",
    "RowOutcome",
    "SavedView",
    "StagedRow",
    "State",
]
