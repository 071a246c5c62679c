"""Every register as an API: reads and writes generated from the declarations, as the pages are."""

from .operations import listing
from .routes import operation, router
from .schemas import components

__all__ = ["components", "listing", "operation", "router"]
