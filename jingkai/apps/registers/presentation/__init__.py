"""What a register's pages show, as the records that components take."""

from .addresses import links
from .imports import STEPS, import_outcome
from .lists import heading, kept, pages
from .records import history, terms

__all__ = ["STEPS", "heading", "history", "import_outcome", "kept", "links", "pages", "terms"]
