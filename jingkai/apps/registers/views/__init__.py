"""The pages of a register. Bound to each register by urls."""

from .files import export, template
from .imports import import_errors, import_run, upload
from .lists import index, listing, suggest, total
from .records import delete, detail, edit, new

__all__ = [
    "delete",
    "detail",
    "edit",
    "export",
    "import_errors",
    "import_run",
    "index",
    "listing",
    "new",
    "suggest",
    "template",
    "total",
    "upload",
]
