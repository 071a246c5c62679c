"""What the pages show of the area, as components take it."""

from .areas import digits, measure_name, mu
from .board import (
    STATUSES,
    disposal_rows,
    group_rows,
    map_links,
    result_stats,
    status_names,
    survey_stats,
)
from .disposals import history, money, outcome, steps, terms
from .land import (
    FIRST_VERDICT,
    VERDICTS,
    appraisals,
    findings,
    in_short,
    linkage,
    pages,
    stock_items,
    verdict_name,
)
from .measures import choices
from .panels import of_parcel, of_plant

__all__ = [
    "FIRST_VERDICT",
    "STATUSES",
    "VERDICTS",
    "appraisals",
    "choices",
    "digits",
    "disposal_rows",
    "findings",
    "group_rows",
    "history",
    "in_short",
    "linkage",
    "map_links",
    "measure_name",
    "money",
    "mu",
    "of_parcel",
    "of_plant",
    "outcome",
    "pages",
    "result_stats",
    "status_names",
    "steps",
    "stock_items",
    "survey_stats",
    "terms",
    "verdict_name",
]
