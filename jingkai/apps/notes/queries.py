"""What stands beside a record, and what of it is one person's."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User
from jingkai.apps.notices import queries as notices
from jingkai.web.parts import Todo

from .models import Beside, Bookmark, Comment, FollowUp, Seen

RECENT = 20
MOST_COMMENTS = 200
MOST = 100  # to-dos of a kind; the list behind it has them all

B = TypeVar("B", bound=Beside)


def comments(kind: str, object_id: str) -> list[Comment]:
    """Return the latest comments on a record, oldest first."""
    found = _of(Comment.objects, kind, object_id).order_by("-id")[:MOST_COMMENTS]
    return list(reversed(found))


def comment(kind: str, object_id: str, pk: int) -> Comment | None:
    """Return one comment on the record."""
    return _of(Comment.objects, kind, object_id).select_related("zone").filter(pk=pk).first()


def follow_ups(kind: str, object_id: str) -> QuerySet[FollowUp]:
    """Return the record's follow-ups, what is open first."""
    found = _of(FollowUp.objects, kind, object_id)
    return found.order_by("done_at", "due_on", "id")


def follow_up(kind: str, object_id: str, pk: int) -> FollowUp | None:
    """Return one follow-up of the record."""
    return _of(FollowUp.objects, kind, object_id).select_related("zone").filter(pk=pk).first()


def is_bookmarked(kind: str, object_id: str, by: str) -> bool:
    """Return whether the person keeps the record at hand."""
    return _of(Bookmark.objects, kind, object_id).filter(by=by).exists()


def mine(
    person: str, permissions: Iterable[str], *, is_done: bool | None = False
) -> QuerySet[FollowUp]:
    """Return the person's follow-ups on records that they may read; ``is_done`` None: all."""
    found = FollowUp.objects.filter(person=person, permission__in=list(permissions))
    if is_done is not None:
        found = found.filter(done_at__isnull=not is_done)
    return found.select_related("zone").order_by("due_on", "id")


def one_of_mine(pk: int, person: str, permissions: Iterable[str]) -> FollowUp | None:
    """Return one of the person's follow-ups."""
    return mine(person, permissions, is_done=None).filter(pk=pk).first()


def bookmarks(by: str, permissions: Iterable[str]) -> QuerySet[Bookmark]:
    """Return the records that the person keeps at hand, the latest first."""
    found = Bookmark.objects.filter(by=by, permission__in=list(permissions))
    return found.select_related("zone").order_by("-id")


def recent(by: str, permissions: Iterable[str]) -> list[Seen]:
    """Return the records that the person opened last."""
    found = Seen.objects.filter(by=by, permission__in=list(permissions))
    return list(found.select_related("zone").order_by("-at", "-id")[:RECENT])


def page_of(row: Beside) -> str:
    """Return the address of the record, at what stands beside it."""
    return reverse(f"{row.kind}-detail", args=[row.zone.code, row.object_id]) + "#notes"


def todos(*, user: User, permissions: Iterable[str]) -> list[Todo]:
    """Return the person's open follow-ups and the mentions not read yet, as to-dos."""
    allowed = list(permissions)
    found = [
        Todo(
            kind="follow_up",
            title=_("跟进：%(what)s（%(record)s）") % {"what": row.what, "record": row.label},
            due_on=row.due_on,
            url_name=f"{row.kind}-detail",
            url_kwargs={"zone": row.zone.code, "pk": int(row.object_id)},
        )
        for row in mine(user.username, allowed)[:MOST]
    ]
    unread = notices.unread(user.username, allowed, kind="mention").select_related("zone")[:MOST]
    return found + [_mention(notice) for notice in unread]


def to_hand_over(person: str, *, everything: bool) -> QuerySet[FollowUp]:
    """Return the person's follow-ups, open or all, whatever their successor may read."""
    found = FollowUp.objects.filter(person=person).order_by("id")
    return found if everything else found.filter(done_at=None)


def named(text: str, people: Iterable[User]) -> list[str]:
    """Return the log-ins of those whom the text names with @; a name that two bear names none."""
    calls: dict[str, list[str]] = {}
    for person in people:
        for call in {person.name, person.username}:
            calls.setdefault(call, []).append(person.username)
    found: list[str] = []
    rest = text
    for call in sorted(filter(None, calls), key=len, reverse=True):
        if f"@{call}" in rest:
            rest = rest.replace(f"@{call}", "\n")
            found += calls[call] if len(calls[call]) == 1 else []
    return sorted(set(found))


def due(on: date) -> QuerySet[FollowUp]:
    """Return the open follow-ups in scope that are due and of which nobody was told yet."""
    found = FollowUp.objects.filter(done_at=None, reminded_at=None, due_on__lte=on)
    return found.order_by("id")


def _mention(notice: Any) -> Todo:
    return Todo(
        kind="mention",
        title=notice.title,
        due_on=None,
        url_name="notice",
        url_kwargs={"zone": notice.zone.code, "pk": notice.pk},
    )


def _of(rows: Any, kind: str, object_id: str) -> "QuerySet[Any]":
    found: QuerySet[Any] = rows.filter(kind=kind, object_id=object_id)
    return found
