"""Notices as the parts of a page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.web import figures
from jingkai.web.parts import Link

from . import queries
from .models import Notice

_ICONS = {
    "mention": "at",
    "follow-up": "calendar-due",
    "assigned": "user-check",
    "job-done": "file-check",
    "job-failed": "alert-triangle",
    "hand-over": "transfer",
    "share": "share",
}


def lines(notices: Iterable[Notice]) -> list[dict[str, object]]:
    """Return each notice as its line in the list."""
    return [
        {
            "title": notice.title,
            "text": notice.text,
            "kind": queries.kind_label(notice.kind),
            "icon": _ICONS.get(notice.kind, "bell"),
            "at": figures.minute(notice.at),
            "url": reverse("notice", args=[notice.zone.code, notice.pk]),
            "is_new": notice.read_at is None,
        }
        for notice in notices
    ]


def tabs(base: str, kind: str, only: str) -> list[Link]:
    """Return the ways to narrow the list."""
    found = [
        Link(label=_("全部"), url=base, active=not kind and not only),
        Link(label=_("未读"), url=f"{base}?unread=1", active=bool(only)),
    ]
    return found + [
        Link(label=queries.kind_label(name), url=f"{base}?kind={name}", active=name == kind)
        for name in queries.KINDS
    ]
