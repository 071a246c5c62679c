"""The pages of a register. Bound to each register by urls."""

from .dialogs import dialog
from .evidence import attach, choose, detach, download, known, thumbnail
from .fields import (
    edit_field,
    end_rule,
    fields,
    fields_of,
    new_field,
    new_rule,
    secrecy,
    use_field,
)
from .files import add_form, export, export_options, remove_form, template
from .imports import (
    import_absent,
    import_adjust,
    import_copy,
    import_errors,
    import_mapping,
    import_recheck,
    import_run,
    import_undo,
    upload,
)
from .lists import counts, index, listing, suggest, total
from .records import delete, detail, edit, new
from .reveal import export_personal, reveal
from .saved import change_view, save_view
from .search import search, search_while_typing
from .summaries import grouped, totals

__all__ = [
    "add_form",
    "attach",
    "change_view",
    "choose",
    "counts",
    "delete",
    "detach",
    "detail",
    "dialog",
    "download",
    "edit",
    "edit_field",
    "end_rule",
    "export",
    "export_options",
    "export_personal",
    "fields",
    "fields_of",
    "grouped",
    "import_absent",
    "import_adjust",
    "import_copy",
    "import_errors",
    "import_mapping",
    "import_recheck",
    "import_run",
    "import_undo",
    "index",
    "known",
    "listing",
    "new",
    "new_field",
    "new_rule",
    "remove_form",
    "reveal",
    "save_view",
    "search",
    "search_while_typing",
    "secrecy",
    "suggest",
    "template",
    "thumbnail",
    "total",
    "totals",
    "upload",
    "use_field",
]
