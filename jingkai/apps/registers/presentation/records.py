"""One record as the records that components take: terms, history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.web import figures
from jingkai.web.parts import Entry, Term

from .. import checking, queries
from ..declaration import BoundColumn, Register, Text
from ..models import Record

NOTHING = "—"


def terms(values: Iterable[tuple[BoundColumn, Any]]) -> list[Term]:
    """Return a record's columns as a definition list."""
    return [
        Term(label=str(column.label), value=column.kind.drawn(value) or None)
        for column, value in values
    ]


def revealable(register: Register, record: Record) -> list[tuple[str, Text]]:
    """Return the columns of which the person sees a mask and may see the value, with a reason."""
    return [
        (column.name, column.label)
        for column in register.bound
        if column.held and column.is_masked and column.may_read
        if checking.stored(record, column.name) is not None
    ]


def history(
    register: Register, changes: Iterable[Any], verbs: Mapping[str, Text] | None = None
) -> list[Entry]:
    """
    Return a record's changes, each as a sentence of what was and what is.

    :param verbs: what an area calls its own verbs; an event of several is called by one of these
    """
    shown = list(changes)
    authors = accounts.authors({change.event.actor for change in shown})
    return [_entry(register, change, authors, verbs or {}) for change in shown]


def _entry(
    register: Register, change: Any, authors: dict[str, str], verbs: Mapping[str, Text]
) -> Entry:
    event = change.event
    told = [*(event.details or {}).get("verbs", ()), event.verb]
    own = next((verbs[verb] for verb in told if verb in verbs), None)
    known = (queries.verb_words(verb) for verb in told)
    verb = told[0]
    return Entry(
        on=figures.minute(event.at),
        title=str(own or next((name for name in known if name), event.verb)),
        text=_told(register, change.before or {}, change.after or {}, event),
        by=event.actor_label or authors[event.actor],
        tone="red" if verb.endswith("deleted") else "blue",
    )


def _told(register: Register, before: dict[str, Any], after: dict[str, Any], event: Any) -> str:
    """Return what an event did to the record; of a file put to it or taken off, its name."""
    if event.verb.startswith("files."):
        name = (after or before).get("file", "")
        return _("；").join(filter(None, (name, *_reasons(event.reason))))
    return _differences(register, before, after, event.reason)


def _reasons(reason: str) -> list[str]:
    return [_("说明：%(reason)s") % {"reason": reason}] if reason else []


def _differences(
    register: Register, before: dict[str, Any], after: dict[str, Any], reason: str
) -> str:
    if not before:
        return reason
    parts = []
    for name, value in after.items():
        column = register.recorded.get(name)
        label = column.label if column else name
        was, now = _word(column, before.get(name)), _word(column, value)
        if (was, now) != (NOTHING, NOTHING):
            parts.append(f"{label}: {was} → {now}")
    return _("；").join([*parts, *_reasons(reason)])


def _word(column: BoundColumn | None, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    return column.told(value) if column else str(value)


def lacking(register: Register, record: Record) -> list[str]:
    """Return a sentence for each column that the zone asks for and the record lacks."""
    return [
        _("“%(column)s”尚未填写：%(rule)s")
        % {"column": register.recorded[asked.column].label, "rule": asked.message}
        for asked in checking.lacking(register, record)
    ]
