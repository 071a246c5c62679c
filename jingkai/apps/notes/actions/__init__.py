"""What people write beside a record; each act of weight leaves its audit event."""

from .comments import NotSaid, add_comment, edit_comment, withdraw_comment
from .follow_ups import (
    NotPlanned,
    finish_follow_up,
    give_follow_ups,
    plan_follow_up,
    remind,
)
from .marks import bookmark, release, see, sweep, unbookmark
from .records import About

__all__ = [
    "About",
    "NotPlanned",
    "NotSaid",
    "add_comment",
    "bookmark",
    "edit_comment",
    "finish_follow_up",
    "give_follow_ups",
    "plan_follow_up",
    "release",
    "remind",
    "see",
    "sweep",
    "unbookmark",
    "withdraw_comment",
]
