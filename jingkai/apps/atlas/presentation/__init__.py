"""The map as the parts of a page, and as a sheet of paper."""

from .pages import (
    active,
    guest_page,
    legend,
    map_url,
    outside,
    page,
    selection,
)
from .printing import sheet_of

__all__ = ["active", "guest_page", "legend", "map_url", "outside", "page", "selection", "sheet_of"]
