"""What the pages show of the area, as components take it."""

from .areas import measure_name, mu
from .board import (
    STATUSES,
    disposal_rows,
    group_rows,
    result_stats,
    status_names,
    survey_stats,
)
from .disposals import history, money, steps, terms
from .land import FIRST_VERDICT, VERDICTS, findings, in_short, linkage, stock_items, verdict_name
from .measures import choices
from .panels import of_parcel, of_plant

__all__ = [
    "FIRST_VERDICT",
    "STATUSES",
    "VERDICTS",
    "choices",
    "disposal_rows",
    "findings",
    "group_rows",
    "history",
    "in_short",
    "linkage",
    "measure_name",
    "money",
    "mu",
    "of_parcel",
    "of_plant",
    "result_stats",
    "status_names",
    "steps",
    "stock_items",
    "survey_stats",
    "terms",
    "verdict_name",
]
