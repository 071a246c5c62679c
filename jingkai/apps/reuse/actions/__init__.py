"""The writes of the area: disposals and their steps, standards, the stock."""

from .appraisals import keep_appraisals, start_appraisal
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
    conclude_appraisal,
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
    "change_disposal",
    "conclude_appraisal",
    "confirm_criterion",
    "draft_standard",
    "drop_criterion",
    "finish_disposal",
    "keep_appraisals",
    "plan_disposal",
    "publish_standard",
    "record_step",
    "start_appraisal",
    "take_stock",
    "withdraw_disposal",
]
