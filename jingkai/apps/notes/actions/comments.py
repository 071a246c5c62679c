"""Comments: said, changed and withdrawn by their author; what stood before is in the trail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.notices import actions as notices
from jingkai.apps.notices import queries as readers

from .. import queries
from ..models import Comment
from .records import About, record

LONGEST = 2_000


class NotSaid(Exception):
    """The comment stays as it is; the message says why."""


@transaction.atomic
def add_comment(*, about: About, text: str, by: str, at: datetime) -> Comment:
    """
    Say something about a record; those named with @ who may read it are told.

    :raises NotSaid: when nothing is said, or too much
    """
    said = _checked(text)
    made = Comment(**about.fields, text=said, by=by, at=at)
    made.mentions = _mentioned(about, said, at)
    made.save(force_insert=True)
    record(verb="comment.added", beside=made, by=by, at=at, changes=[_change(made, None, said)])
    _tell(about, made.mentions, by, at)
    return made


@transaction.atomic
def edit_comment(*, about: About, comment: Comment, text: str, by: str, at: datetime) -> Comment:
    """
    Change one's own comment; who is named for the first time is told.

    :raises NotSaid: when it is somebody else's, withdrawn, or nothing is said
    """
    found, said = _own(comment, by), _checked(text)
    before, named = found.text, set(found.mentions)
    if said == before:
        return found
    found.text, found.edited_at = said, at
    found.mentions = _mentioned(about, said, at)
    found.save(update_fields=["text", "edited_at", "mentions"])
    changes = [_change(found, before, said)]
    record(verb="comment.changed", beside=found, by=by, at=at, changes=changes)
    _tell(about, [person for person in found.mentions if person not in named], by, at)
    return found


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: str, at: datetime) -> Comment:
    """
    Take one's own comment back: its place stays, its words are only in the trail.

    :raises NotSaid: when it is somebody else's or withdrawn already
    """
    found = _own(comment, by)
    changes = [_change(found, found.text, None)]
    found.text, found.mentions, found.withdrawn_at = "", [], at
    found.save(update_fields=["text", "mentions", "withdrawn_at"])
    record(verb="comment.withdrawn", beside=found, by=by, at=at, changes=changes)
    return found


def _checked(text: str) -> str:
    said = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not said:
        raise NotSaid(_("评论没有内容，请写明后再发表"))
    if len(said) > LONGEST:
        raise NotSaid(
            _("评论有 %(length)s 字，最多 %(most)s 字，请精简")
            % {"length": len(said), "most": LONGEST}
        )
    return said


def _own(comment: Comment, by: str) -> Comment:
    rows = Comment.everywhere.select_for_update(of=("self",)).select_related("zone")
    found = rows.get(pk=comment.pk)
    if found.by != by:
        raise NotSaid(_("只有评论人本人可以修改或撤回"))
    if found.withdrawn_at is not None:
        raise NotSaid(_("这条评论已经撤回"))
    return found


def _mentioned(about: About, text: str, at: datetime) -> list[str]:
    """Return who is named: the longest name first, log-ins where two bear the name."""
    if "@" not in text:
        return []
    on = timezone.localdate(at)
    people = list(readers.readers(about.zone, about.permission, on=on))
    return queries.named(text, people)


def _tell(about: About, people: list[str], by: str, at: datetime) -> None:
    """Tell that one was named and where; the words themselves are read at the record."""
    notices.send(
        zone=about.zone,
        to=people,
        kind="mention",
        title=_("评论中提到了您：%(record)s") % {"record": about.label},
        text="",
        url=f"{about.url}#notes",
        by=by,
        at=at,
        permission=about.permission,
        about=about.key,
    )


def _change(comment: Comment, before: str | None, after: str | None) -> audit.Changed:
    return audit.Changed(
        "comments",
        str(comment.pk),
        comment.label,
        None if before is None else {"text": before},
        None if after is None else {"text": after},
    )
