"""What stands beside a record: comments, follow-ups, the bookmark."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.notes import presentation as shown
from jingkai.apps.notes import queries as notes
from jingkai.apps.notices import queries as notices

from ..declaration import Register
from ..models import Record

_PLACES = ("comment", "follow-up", "bookmark", "seen", "readers")


def beside(
    register: Register, record: Record, request: ZoneRequest, *, on: date
) -> dict[str, Any]:
    """Return the context of ``registers/_notes.html`` and ``registers/_bookmark.html``."""
    kind, object_id, me = register.kind, str(record.pk), request.user.username
    comments = notes.comments(kind, object_id)
    follow_ups = list(notes.follow_ups(kind, object_id))
    people = {person for row in comments for person in (row.by, *row.mentions)}
    people |= {who for row in follow_ups for who in (row.by, row.person, row.done_by) if who}
    names = accounts.names(people)
    said, planned = shown.said(comments, names, me), shown.planned(follow_ups, names, on=on)

    def address(name: str, *more: object) -> str:
        return reverse(f"{kind}-{name}", args=[request.zone.code, record.pk, *more])

    _acts_on_comments(said, address)
    _acts_on_follow_ups(planned, address, me)
    return {
        "comments": said,
        "follow_ups": planned,
        "is_bookmarked": notes.is_bookmarked(kind, object_id, me),
        "urls": {name.replace("-", "_"): address(name) for name in _PLACES},
        "readers": notices.readers(record.zone, register.read, on=on),
        "me": me,
        "today": on,
    }


def _acts_on_comments(lines: list[dict[str, Any]], address: Callable[..., str]) -> None:
    for line in lines:
        if line["is_mine"]:
            for act in ("edit", "withdraw"):
                line[act] = address(f"comment-{act}", line["pk"])


def _acts_on_follow_ups(lines: list[dict[str, Any]], address: Callable[..., str], me: str) -> None:
    for line in lines:
        line["finish_url"] = address("follow-up-done", line["pk"])
        line["may_finish"] = me in line["parties"]
