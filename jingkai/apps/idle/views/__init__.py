"""The pages of idle land: statuses, the board, one case, and the forms of what is done there."""

from .acts import (
    approve,
    describe,
    end,
    end_despite,
    force,
    open_case,
    record,
    revoke,
    serve,
    withdraw,
)
from .pages import board, case, index, paper_file
from .papers import (
    authority,
    draft,
    file,
    read_anew,
    resume,
    suspend,
    warnings,
    withdraw_reading,
)

__all__ = [
    "approve",
    "authority",
    "board",
    "case",
    "describe",
    "draft",
    "end",
    "end_despite",
    "file",
    "force",
    "index",
    "open_case",
    "paper_file",
    "read_anew",
    "record",
    "resume",
    "revoke",
    "serve",
    "suspend",
    "warnings",
    "withdraw",
    "withdraw_reading",
]
