"""The figures of projects: each one definition and one query, read as of the period's end."""

from jingkai.apps.registers.indicator import Indicator
from jingkai.core.indicators import Partition

from ..models import Stage
from .flows import FUNDS_FIGURES, REACHED_FIGURES
from .signed import SIGNED_FIGURES
from .stocks import STOCK_FIGURES

INDICATORS: tuple[Indicator, ...] = (
    *SIGNED_FIGURES,
    *REACHED_FIGURES,
    *STOCK_FIGURES,
    *FUNDS_FIGURES,
)

PARTITIONS = (
    Partition("signings", ("signed_and_started", "signed_to_start")),
    Partition("projects", tuple(f"projects_{stage.value}" for stage in Stage)),
    Partition("funds_in_place", ("funds_domestic", "funds_foreign")),
)
