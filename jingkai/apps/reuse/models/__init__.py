"""Tables of the area: disposals, the standard of inefficient land, the stock to be disposed of."""

from .disposals import (
    MEASURES,
    NOT_MONEY,
    OPEN,
    Assumption,
    Category,
    Disposal,
    DisposalMoney,
    DisposalStep,
    Party,
    Proof,
    Status,
)
from .linkage import Kind, StockItem, StockTarget
from .standards import (
    Appraisal,
    Combination,
    Fact,
    InefficiencyCriterion,
    InefficiencyStandard,
    Operator,
    ParcelOutput,
)

__all__ = [
    "MEASURES",
    "NOT_MONEY",
    "OPEN",
    "Appraisal",
    "Assumption",
    "Category",
    "Combination",
    "Disposal",
    "DisposalMoney",
    "DisposalStep",
    "Fact",
    "InefficiencyCriterion",
    "InefficiencyStandard",
    "Kind",
    "Operator",
    "ParcelOutput",
    "Party",
    "Proof",
    "Status",
    "StockItem",
    "StockTarget",
]
