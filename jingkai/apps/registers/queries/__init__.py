"""Reads over any register."""

from .bulk import (
    CHANGE,
    DELETE,
    HERE,
    MOST,
    batch,
    batch_counts,
    batch_rows,
    permission_for,
    rows_asked,
    settable,
    transition,
    transitions,
)
from .catalogue import find, of_model, origin, registers
from .columns import Chosen, choosable, chosen_columns
from .counting import MOST_COUNTED, choice_counts
from .everywhere import Finding, Heap, holders, newest
from .fields import Make, field_rules, makes, own_fields, secrecies
from .grouping import Group, Level, groups, level, levels
from .handovers import Given, Work, hand_overs, kinds_of_work, to_sign, todos, work_of
from .imports import (
    abandoned_imports,
    import_run,
    import_runs,
    known_mapping,
    same_imports,
    staged_rows,
)
from .judging import Proposal, Verdict, judge, locked, unlocked
from .lists import COUNTED, Page, page, rows_of, total, values, with_expressions
from .ordering import sorting
from .paging import LAST, Edge, behind, slice_of
from .records import details, next_code, record, suggestions
from .saved import (
    MOST_QUERY,
    default_view,
    filed_form,
    filed_forms,
    view_query,
    views_for,
    what_is_gone,
)
from .todays import Today
from .totals import Total, Totals, together, totals
from .verbs import verb_words

__all__ = [
    "CHANGE",
    "COUNTED",
    "DELETE",
    "HERE",
    "LAST",
    "MOST",
    "MOST_COUNTED",
    "MOST_QUERY",
    "Chosen",
    "Edge",
    "Finding",
    "Given",
    "Group",
    "Heap",
    "Level",
    "Make",
    "Page",
    "Proposal",
    "Today",
    "Total",
    "Totals",
    "Verdict",
    "Work",
    "abandoned_imports",
    "batch",
    "batch_counts",
    "batch_rows",
    "behind",
    "choice_counts",
    "choosable",
    "chosen_columns",
    "default_view",
    "details",
    "field_rules",
    "filed_form",
    "filed_forms",
    "find",
    "groups",
    "hand_overs",
    "holders",
    "import_run",
    "import_runs",
    "judge",
    "kinds_of_work",
    "known_mapping",
    "level",
    "levels",
    "locked",
    "makes",
    "newest",
    "next_code",
    "of_model",
    "origin",
    "own_fields",
    "page",
    "permission_for",
    "record",
    "registers",
    "rows_asked",
    "rows_of",
    "same_imports",
    "secrecies",
    "settable",
    "slice_of",
    "sorting",
    "staged_rows",
    "suggestions",
    "to_sign",
    "todos",
    "together",
    "total",
    "totals",
    "transition",
    "transitions",
    "unlocked",
    "values",
    "verb_words",
    "view_query",
    "views_for",
    "what_is_gone",
    "with_expressions",
    "work_of",
]
