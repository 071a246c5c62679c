"""What the pages of idle land show, as the records that components take."""

from .cases import page as case_page
from .panel import panel
from .statuses import board
from .statuses import page as status_page

__all__ = ["board", "case_page", "panel", "status_page"]
