"""What a register's pages show, as the records that components take."""

from .addresses import dialogs, links
from .bulk import asked, batch_lines, outcome_links, verb_name, verbs
from .evidence import chosen_from, files_of, proofs
from .fields import make
from .grid import cell_text, grid_columns, grid_data, grid_problems
from .handovers import counted as hand_over_counted
from .handovers import headings as hand_over_headings
from .handovers import heaps as hand_over_heaps
from .handovers import rows as hand_over_rows
from .handovers import terms as hand_over_terms
from .imports import STEPS, TONES, import_outcome
from .lists import body, choice_counts, heading, kept, kept_for_file, pages
from .mapping import asked_reading, doubled, lacks_units, mapping
from .mending import adjusted
from .merging import MergedColumn, Side, merge, side_of
from .notes import beside
from .places import lacks_system
from .records import history, lacking, revealable, terms
from .saved import EVERYTHING, audience_of, audiences, link_of, saved_views
from .search import found
from .summaries import group_links, grouped, total_cells
from .values import terms_with_history

__all__ = [
    "EVERYTHING",
    "STEPS",
    "TONES",
    "MergedColumn",
    "Side",
    "adjusted",
    "asked",
    "asked_reading",
    "audience_of",
    "audiences",
    "batch_lines",
    "beside",
    "body",
    "cell_text",
    "choice_counts",
    "chosen_from",
    "dialogs",
    "doubled",
    "files_of",
    "found",
    "grid_columns",
    "grid_data",
    "grid_problems",
    "group_links",
    "grouped",
    "hand_over_counted",
    "hand_over_headings",
    "hand_over_heaps",
    "hand_over_rows",
    "hand_over_terms",
    "heading",
    "history",
    "import_outcome",
    "kept",
    "kept_for_file",
    "lacking",
    "lacks_system",
    "lacks_units",
    "link_of",
    "links",
    "make",
    "mapping",
    "merge",
    "outcome_links",
    "pages",
    "proofs",
    "revealable",
    "saved_views",
    "side_of",
    "terms",
    "terms_with_history",
    "total_cells",
    "verb_name",
    "verbs",
]
