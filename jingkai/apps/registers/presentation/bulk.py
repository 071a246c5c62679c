"""A batch as its page shows it: what is asked, and row by row what it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jingkai.web.parts import Link

from .. import queries
from ..declaration import BoundColumn, Register
from ..models import Batch, BatchRow, RowOutcome

TONES = {
    RowOutcome.READY: "blue",
    RowOutcome.UNCHANGED: "grey",
    RowOutcome.REFUSED: "red",
    RowOutcome.APPLIED: "green",
    RowOutcome.STALE: "amber",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What one column says and is to say."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One record of a batch."""

    record_id: int
    label: str
    outcome: str
    tone: str
    message: str
    differences: list[Difference]
    is_there: bool


def verbs(register: Register, permissions: Any, *, can_edit: bool) -> list[tuple[str, str]]:
    """Return what can be done to many records, as code and label."""
    found = [(t.name, str(t.label)) for t in queries.transitions(register, permissions)]
    if can_edit and register.is_editable:
        found = [(queries.CHANGE, _("修改列")), *found, (queries.DELETE, _("删除"))]
    return found


def verb_name(register: Register, batch: Batch) -> str:
    """Return what a batch does."""
    found = queries.transition(register, batch.verb)
    if found is not None:
        return str(found.label)
    return _("删除") if batch.verb == queries.DELETE else _("修改列")


def asked(register: Register, batch: Batch) -> list[tuple[str, str]]:
    """Return the values that a batch sets, by label."""
    found = queries.transition(register, batch.verb)
    columns = {c.name: c for c in (found.bound if found else register.typed)}
    return [
        (str(columns[name].label), columns[name].told(value) or _("清空"))
        for name, value in batch.asked.items()
        if name in columns
    ]


def outcome_links(counts: dict[str, int], chosen: str) -> list[Link]:
    """Return the links that show the rows of one outcome, or all."""
    found = [
        Link(label=str(o.label), url=f"?outcome={o}", count=counts[o], active=o == chosen)
        for o in RowOutcome
        if counts.get(o)
    ]
    every = Link(label=_("全部"), url="?", count=sum(counts.values()), active=not chosen)
    return [every, *found] if found else []


def batch_lines(register: Register, batch: Batch, rows: Iterable[BatchRow]) -> list[BatchLine]:
    """Return the rows of a batch, their values as whoever asks may see them."""
    return [
        BatchLine(
            row.record_id,
            row.label,
            str(RowOutcome(row.outcome).label),
            TONES[RowOutcome(row.outcome)],
            row.message,
            _differences(register, row) if row.after else [],
            not (batch.verb == queries.DELETE and row.outcome == RowOutcome.APPLIED),
        )
        for row in rows
    ]


def _differences(register: Register, row: BatchRow) -> list[Difference]:
    return [
        Difference(column.label, _told(column, row.before.get(name)), _told(column, value))
        for name, value in row.after.items()
        if (column := register.by_name.get(name)) is not None
    ]


def _told(column: BoundColumn, value: Any) -> str:
    return column.told(value) or "—"
