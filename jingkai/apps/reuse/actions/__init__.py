"""The writes of the area: disposals and their steps, standards, the stock."""

from .disposals import (
    AGREED,
    NotDisposed,
    change_disposal,
    finish_disposal,
    plan_disposal,
    withdraw_disposal,
)
from .standards import (
    NotPublished,
    add_criterion,
    appraise_parcels,
    confirm_criterion,
    draft_standard,
    drop_criterion,
    publish_standard,
)
from .steps import record_step
from .stock import NotTaken, take_stock

__all__ = [
    "AGREED",
    "NotDisposed",
    "NotPublished",
    "NotTaken",
    "add_criterion",
    "appraise_parcels",
    "change_disposal",
    "confirm_criterion",
    "draft_standard",
    "drop_criterion",
    "finish_disposal",
    "plan_disposal",
    "publish_standard",
    "record_step",
    "take_stock",
    "withdraw_disposal",
]
