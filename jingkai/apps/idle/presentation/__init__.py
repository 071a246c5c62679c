"""What the pages of idle land show, as the records that components take."""

from .cases import page as case_page
from .doing import beside_paper, beside_row, beside_step
from .panel import panel
from .statuses import board
from .statuses import page as status_page

__all__ = [
    "beside_paper",
    "beside_row",
    "beside_step",
    "board",
    "case_page",
    "panel",
    "status_page",
]
