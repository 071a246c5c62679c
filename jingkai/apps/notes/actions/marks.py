"""Bookmarks and what was opened last: a person's own; and the end of a record."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from jingkai.apps.accounts.models import Zone
from jingkai.apps.notices import actions as notices

from ..models import Bookmark, Comment, FollowUp, Seen
from .records import About, record

_KEPT = timedelta(days=90)
_AT_ONCE = 500


@transaction.atomic
def bookmark(*, about: About, by: str, at: datetime) -> None:
    """Keep the record at hand for the person."""
    mark, is_new = Bookmark.everywhere.get_or_create(
        zone=about.zone,
        kind=about.kind,
        object_id=about.object_id,
        by=by,
        defaults={"label": about.label[:200], "permission": about.permission, "at": at},
    )
    if is_new:
        record(verb="bookmark.added", beside=mark, by=by, at=at)


@transaction.atomic
def unbookmark(*, about: About, by: str, at: datetime) -> None:
    """Keep the record at hand no longer."""
    held = Bookmark.everywhere.filter(
        zone=about.zone, kind=about.kind, object_id=about.object_id, by=by
    )
    if held.delete()[0]:
        record(verb="bookmark.removed", beside=about, by=by, at=at)


def see(*, about: About, by: str, at: datetime) -> None:
    """Remember, in one statement, that the person opened the record; no act, so no event."""
    Seen.everywhere.bulk_create(
        [Seen(**about.fields, by=by, at=at)],
        update_conflicts=True,
        unique_fields=["zone", "by", "kind", "object_id"],
        update_fields=["label", "permission", "at"],
    )


def sweep(*, zone: Zone, at: datetime) -> None:
    """Forget what was opened long ago."""
    Seen.everywhere.filter(zone=zone, at__lt=at - _KEPT).delete()


@transaction.atomic
def release(*, zone: Zone, kind: str, object_ids: Iterable[str]) -> None:
    """
    Let go of everything beside records that are deleted, under the event of their deletion.

    Every word of the comments stands in the trail since it was said.
    """
    every = list(object_ids)
    for start in range(0, len(every), _AT_ONCE):
        ids = every[start : start + _AT_ONCE]
        for model in (Comment, FollowUp, Bookmark, Seen):
            model.everywhere.filter(zone=zone, kind=kind, object_id__in=ids).delete()
        notices.forget(zone=zone, about=[f"{kind}:{object_id}" for object_id in ids])
