"""The pages of the area."""

from .dashboard import dashboard
from .figures import figure, figure_export, figures
from .periods import freeze, period, periods
from .workbench import workbench
from .year_end import year_end, year_end_file

__all__ = [
    "dashboard",
    "figure",
    "figure_export",
    "figures",
    "freeze",
    "period",
    "periods",
    "workbench",
    "year_end",
    "year_end_file",
]
