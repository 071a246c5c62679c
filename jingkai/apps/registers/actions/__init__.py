"""Writes on any register, each with its audit event."""

from .exports import note_export
from .records import Conflict, change_record, create_record, delete_record
from .workbooks import NotClean, check_workbook, import_workbook

__all__ = [
    "Conflict",
    "NotClean",
    "change_record",
    "check_workbook",
    "create_record",
    "delete_record",
    "import_workbook",
    "note_export",
]
