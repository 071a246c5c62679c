"""Every register as an API: reads and writes generated from the declarations, as the pages are."""

from .operations import listing
from .routes import operation, router

__all__ = ["listing", "operation", "router"]
