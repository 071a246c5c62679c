"""A record's values, each opening its own history: who gave it when, and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.web import figures
from jingkai.web.parts import Term

from ..declaration import BoundColumn


def terms_with_history(
    values: Iterable[tuple[BoundColumn, Any]], changes: Sequence[Any]
) -> list[Term]:
    """Return a record's columns; a value that was changed opens what it was before."""
    authors = accounts.authors({change.event.actor for change in changes})
    return [
        Term(label=str(column.label), value=_value(column, value, changes, authors))
        for column, value in values
    ]


def _value(
    column: BoundColumn, value: Any, changes: Sequence[Any], authors: dict[str, str]
) -> str | None:
    shown = column.kind.drawn(value)
    said = [change for change in changes if column.name in (change.after or {})]
    if not any(change.before for change in said):
        return shown or None
    return format_html(
        '<details class="jk-term-history"><summary title="{}">{}</summary><ol>{}</ol></details>',
        _("查看这一项的变更历史"),
        shown or "—",
        _steps(column, said, authors),
    )


def _steps(column: BoundColumn, said: Sequence[Any], authors: dict[str, str]) -> SafeString:
    return format_html_join(
        "",
        "<li><time>{}</time> {} {}{}</li>",
        (
            (
                figures.minute(change.event.at),
                change.event.actor_label or authors[change.event.actor],
                _step(column, change),
                format_html("<br>{}", change.event.reason) if change.event.reason else "",
            )
            for change in said
        ),
    )


def _step(column: BoundColumn, change: Any) -> str:
    now = column.told(change.after[column.name]) or "—"
    if not change.before:
        return now
    return f"{column.told(change.before.get(column.name)) or '—'} → {now}"
