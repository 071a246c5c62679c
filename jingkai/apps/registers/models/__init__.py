"""The tables of registers: the base of every row, and the log of imports."""

from .batches import Batch, BatchRow, BatchState, RowOutcome
from .classification import Classification, hidden_keys, names_seen, visible
from .fields import ColumnSecrecy, CustomField, FieldRule, Fitting
from .handovers import HandOver
from .imports import ImportMapping, ImportRun, Outcome, StagedRow, State
from .located import Located
from .records import Classified, Record, sorted_by
from .views import DefaultView, FiledForm, SavedView

__all__ = [
    "Batch",
    "BatchRow",
    "BatchState",
    "Classification",
    "Classified",
    "ColumnSecrecy",
    "CustomField",
    "DefaultView",
    "FieldRule",
    "FiledForm",
    "Fitting",
    "HandOver",
    "ImportMapping",
    "ImportRun",
    "Located",
    "Outcome",
    "Record",
    "RowOutcome",
    "SavedView",
    "StagedRow",
    "State",
    "hidden_keys",
    "names_seen",
    "sorted_by",
    "visible",
]
