"""The writes of the area: cases with their steps, suspensions and papers; the derived statuses."""

from .cases import (
    CaseClosed,
    Description,
    NotDescribed,
    NotEnded,
    NotOpened,
    describe_case,
    end_case,
    open_case,
)
from .clocks import NotSuspended, resume_clock, suspend_clock
from .papers import NotDrafted, draft_paper, file_paper
from .settings import (
    NotPlanned,
    NotRead,
    name_authority,
    plan_warnings,
    read_anew,
    withdraw_reading,
)
from .statuses import keep_mark, keep_statuses, warn
from .steps import (
    NotApproved,
    NotRecorded,
    NotWithdrawn,
    StepRefused,
    Telling,
    approve_step,
    record_step,
    serve_step,
    withdraw_step,
)

__all__ = [
    "CaseClosed",
    "Description",
    "NotApproved",
    "NotDescribed",
    "NotDrafted",
    "NotEnded",
    "NotOpened",
    "NotPlanned",
    "NotRead",
    "NotRecorded",
    "NotSuspended",
    "NotWithdrawn",
    "StepRefused",
    "Telling",
    "approve_step",
    "describe_case",
    "draft_paper",
    "end_case",
    "file_paper",
    "keep_mark",
    "keep_statuses",
    "name_authority",
    "open_case",
    "plan_warnings",
    "read_anew",
    "record_step",
    "resume_clock",
    "serve_step",
    "suspend_clock",
    "warn",
    "withdraw_reading",
    "withdraw_step",
]
