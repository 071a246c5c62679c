"""The pages of the area."""

from .board import board, parcel_measures, plant_measures
from .disposals import change, disposal, finish, step, withdraw
from .standards import appraise, confirm, draft, drop, inefficient, publish
from .stock import stock, stock_target, take_stock

__all__ = [
    "appraise",
    "board",
    "change",
    "confirm",
    "disposal",
    "draft",
    "drop",
    "finish",
    "inefficient",
    "parcel_measures",
    "plant_measures",
    "publish",
    "step",
    "stock",
    "stock_target",
    "take_stock",
    "withdraw",
]
