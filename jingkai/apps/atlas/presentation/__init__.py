"""The map as the parts of a page, and as a sheet of paper."""

from .lists import beside
from .pages import (
    active,
    guest_page,
    guest_terms,
    legend,
    map_url,
    outside,
    page,
    selection,
)
from .printing import sheet_of, whole

__all__ = [
    "active",
    "beside",
    "guest_page",
    "guest_terms",
    "legend",
    "map_url",
    "outside",
    "page",
    "selection",
    "sheet_of",
    "whole",
]
