"""What stands beside records, as the parts of a page."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jingkai.web import figures
from jingkai.web.parts import Link

from . import queries
from .models import Beside, Comment, FollowUp

# An address inside the product: a path of a zone, as the address bar shows it behind the host.
_OWN = re.compile(r"(?<![\w/.:&;=?-])/z/[a-z0-9-]+/[\w./?=&;#%-]*[\w/=#-]")


def words(text: str, names: Mapping[str, str]) -> SafeString:
    """
    Return a text as markup: everything escaped, lines kept, people and own addresses marked.

    Only a path of the product becomes a link; whatever leads elsewhere stays plain text.

    :param names: the names and log-ins of those mentioned
    """
    shown = str(conditional_escape(text))
    calls = {str(conditional_escape(call)) for pair in names.items() for call in pair}
    shown = _OWN.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', shown)
    if calls:
        named = "|".join(re.escape(call) for call in sorted(calls, key=len, reverse=True))
        shown = re.sub(f"@({named})", r'<span class="jk-mention">@\1</span>', shown)
    return mark_safe(shown.replace("\n", "<br>"))  # noqa: S308  escaped first


def said(comments: Iterable[Comment], names: Mapping[str, str], me: str) -> list[dict[str, Any]]:
    """Return comments as their record shows them."""
    return [
        {
            "pk": comment.pk,
            "by": names.get(comment.by, comment.by),
            "at": figures.minute(comment.at),
            "text": comment.text,
            "words": words(comment.text, {who: names.get(who, who) for who in comment.mentions}),
            "edited": figures.minute(comment.edited_at) if comment.edited_at else "",
            "is_withdrawn": comment.withdrawn_at is not None,
            "is_mine": comment.by == me and comment.withdrawn_at is None,
        }
        for comment in comments
    ]


def planned(
    rows: Iterable[FollowUp], names: Mapping[str, str], *, on: date
) -> list[dict[str, Any]]:
    """Return follow-ups, each with how it stands on the day."""
    return [
        {
            "pk": row.pk,
            "what": row.what,
            "label": row.label,
            "url": queries.page_of(row),
            "finish_url": reverse("follow-up-finish", args=[row.zone.code, row.pk]),
            "person": names.get(row.person, row.person),
            "by": names.get(row.by, row.by),
            "due_on": row.due_on,
            "result": row.result,
            "done": figures.minute(row.done_at) if row.done_at else "",
            "done_by": names.get(row.done_by, row.done_by),
            "parties": {row.person, row.by},
            "standing": _standing(row, on),
        }
        for row in rows
    ]


def _standing(row: FollowUp, on: date) -> tuple[str, str]:
    """Return a word and its tone."""
    if row.done_at is not None:
        return _("已办结"), "green"
    days = (on - row.due_on).days
    if days > 0:
        return _("逾期 %(days)s 天") % {"days": days}, "red"
    return (_("今天到期"), "amber") if days == 0 else (_("待跟进"), "blue")


def marked(rows: Iterable[Beside]) -> list[dict[str, Any]]:
    """Return records that a person keeps or opened, with where they are."""
    return [
        {
            "label": row.label,
            "kind": row.kind,
            "at": figures.minute(row.at),
            "url": reverse(f"{row.kind}-detail", args=[row.zone.code, row.object_id]),
        }
        for row in rows
    ]


def tabs(base: str, *, is_done: bool) -> list[Link]:
    """Return the two parts of the follow-ups' page."""
    return [
        Link(label=_("待跟进"), url=base, active=not is_done),
        Link(label=_("已办结"), url=f"{base}?done=1", active=is_done),
    ]
