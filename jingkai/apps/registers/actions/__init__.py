"""Writes on any register, each with its audit event."""

from ..imports.staged import Outdated
from .bulk import (
    NotApplied,
    WantedOfMany,
    apply_batch,
    may_be_undone,
    open_batch,
    plan_batch,
    undo_batch,
)
from .changes import Edit, NotSaved, Problem, Saved, Why, change_records
from .exports import note_export
from .fields import (
    add_field,
    add_rule,
    change_field,
    remove_rule,
    restore_field,
    retire_field,
    set_secrecy,
)
from .handovers import NotHandedOver, acknowledge_hand_over, hand_over_work
from .importing import Held, NotClean, import_workbook
from .imports import (
    choose_absent,
    conclude_check,
    discard_staged,
    map_workbook,
    receive_workbook,
    recheck_workbook,
    refuse_workbook,
    reread_workbook,
)
from .records import Conflict, change_record, create_record, delete_record
from .reveal import reveal
from .reversing import steps_of, take_back
from .undoing import WorkedOn, undo_import
from .views import (
    Wanted,
    add_form,
    change_view,
    choose_default,
    delete_view,
    remove_form,
    save_view,
)

__all__ = [
    "Conflict",
    "Edit",
    "Held",
    "NotApplied",
    "NotClean",
    "NotHandedOver",
    "NotSaved",
    "Outdated",
    "Problem",
    "Saved",
    "Wanted",
    "WantedOfMany",
    "Why",
    "WorkedOn",
    "acknowledge_hand_over",
    "add_field",
    "add_form",
    "add_rule",
    "apply_batch",
    "change_field",
    "change_record",
    "change_records",
    "change_view",
    "choose_absent",
    "choose_default",
    "conclude_check",
    "create_record",
    "delete_record",
    "delete_view",
    "discard_staged",
    "hand_over_work",
    "import_workbook",
    "map_workbook",
    "may_be_undone",
    "note_export",
    "open_batch",
    "plan_batch",
    "receive_workbook",
    "recheck_workbook",
    "refuse_workbook",
    "remove_form",
    "remove_rule",
    "reread_workbook",
    "restore_field",
    "retire_field",
    "reveal",
    "save_view",
    "set_secrecy",
    "steps_of",
    "take_back",
    "undo_batch",
    "undo_import",
]
