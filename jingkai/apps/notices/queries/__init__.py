"""Notices as their pages and letters ask for them."""

from .hours import mail_at
from .people import may_read, readers
from .rows import (
    COUNTED,
    KINDS,
    find,
    kind_label,
    of_person,
    preference,
    unread,
    unread_count,
    way_of,
)

__all__ = [
    "COUNTED",
    "KINDS",
    "find",
    "kind_label",
    "mail_at",
    "may_read",
    "of_person",
    "preference",
    "readers",
    "unread",
    "unread_count",
    "way_of",
]
