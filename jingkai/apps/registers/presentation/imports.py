"""An import as the records that components take."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.web.parts import Link, Pages, Tone

from ..declaration import BoundColumn, Register
from ..imports import Reading, findings
from ..imports.looking import Look
from ..models import ImportRun, Outcome, StagedRow, State
from .addresses import links
from .mending import manner, mending

STEPS = (gettext_lazy("上传"), gettext_lazy("校验"), gettext_lazy("确认导入"))
PAGE = 50
MOST_ERRORS_SHOWN = 200
TONES: dict[State, Tone] = {
    State.UNMAPPED: "amber",
    State.CHECKING: "blue",
    State.REFUSED: "red",
    State.READY: "amber",
    State.IMPORTED: "green",
    State.UNDONE: "grey",
}
_OUTCOME_TONES: dict[str, Tone] = {
    Outcome.CREATED: "green",
    Outcome.CHANGED: "amber",
    Outcome.UNCHANGED: "grey",
    Outcome.REFUSED: "red",
    Outcome.ABSENT: "blue",
}
_STEP_OF = {State.UNMAPPED: 2, State.CHECKING: 2, State.REFUSED: 2, State.READY: 3}
_OF_RUN = ("run", "errors", "copy", "mapping", "adjust", "recheck", "undo", "absent")


def import_links(register: Register, run: ImportRun) -> dict[str, str]:
    """Return the URLs of an import's pages."""
    zone = run.zone.code
    return links(register, zone) | {
        name: reverse(f"{register.kind}-import-{name}", args=[zone, run.pk]) for name in _OF_RUN
    }


def import_outcome(
    register: Register,
    run: ImportRun,
    asked: tuple[str, str],
    number: int,
    rows: Sequence[StagedRow],
) -> dict[str, Any]:
    """
    Return what the page of one import shows: its state, and one page of its rows.

    :param asked: the outcome or the finding whose rows are shown; both empty for all
    """
    outcome, finding = asked
    report = run.report
    errors = report.get("errors", [])
    changes = report.get("created", 0) + report.get("updated", 0)
    closing = report.get("outcomes", {}).get(Outcome.ABSENT, 0)
    return {
        "register": register,
        "links": import_links(register, run),
        **_notes(register, run),
        "steps": STEPS,
        "step": _STEP_OF.get(State(run.state), 4),
        "run": run,
        "report": report,
        "tone": TONES[State(run.state)],
        "errors": errors[:MOST_ERRORS_SHOWN],
        "error_count": len(errors) + report.get("more_errors", 0),
        "nothing_to_do": not changes and not closing,
        "can_undo": run.state == State.IMPORTED
        and (register.is_editable or report.get("may_be_undone"))
        and (changes or report.get("closed")),
        "closing": register.closes.label if register.closes else _("移除"),
        "outcome": outcome,
        "tabs": _tabs(report, outcome, finding),
        "rows": [_row(register, row) for row in rows[:PAGE]],
        "pages": _pages(asked, number, rows),
    }


def _notes(register: Register, run: ImportRun) -> dict[str, Any]:
    """Return how the file was read, what of it could be mended, and what it lacks."""
    look = run.report.get("look")
    return {
        "manner": manner(register, Look.of(look), Reading.of(run.reading)) if look else [],
        "mending": mending(register, run),
        "lacking": _lacking(register, run),
    }


def _lacking(register: Register, run: ImportRun) -> list[str]:
    """Return the required columns that a checked file has not, where that refused rows of it."""
    names = run.report.get("look", {}).get("missing", ())
    is_refused = run.state == State.REFUSED
    return [str(register.by_name[name].label) for name in names] if is_refused else []


def _tabs(report: Mapping[str, Any], chosen: str, finding: str) -> list[Link]:
    counts, warned = report.get("outcomes", {}), report.get("findings", {})
    everything = Link(
        label=str(gettext_lazy("全部")),
        url="?",
        active=not chosen and not finding,
        count=sum(counts.values()),
    )
    return [
        everything,
        *(
            Link(
                label=str(Outcome(name).label),
                url=f"?outcome={name}",
                active=name == chosen,
                count=counts[name],
            )
            for name in Outcome.values
            if counts.get(name)
        ),
        *(
            Link(
                label=str(label),
                url=f"?finding={code}",
                active=code == finding,
                count=warned[code],
            )
            for code, label in findings.LABELS.items()
            if warned.get(code)
        ),
    ]


def _pages(asked: tuple[str, str], number: int, rows: Sequence[StagedRow]) -> Pages:
    first = (number - 1) * PAGE
    outcome, finding = asked
    query = f"?outcome={outcome}&finding={finding}&page="
    return Pages(
        first=first + 1 if rows else 0,
        last=first + min(len(rows), PAGE),
        previous_url=f"{query}{number - 1}" if number > 1 else "",
        next_url=f"{query}{number + 1}" if len(rows) > PAGE else "",
    )


def _row(register: Register, row: StagedRow) -> dict[str, Any]:
    refused = row.outcome == Outcome.REFUSED
    return {
        "row": row,
        "label": Outcome(row.outcome).label,
        "tone": _OUTCOME_TONES[row.outcome],
        "cells": [
            {
                "label": column.label,
                "before": column.told(row.before.get(name)) if row.before.get(name) else "",
                "after": str(value) if refused else _told(column, value),
            }
            for name, value in row.values.items()
            if (column := register.by_name.get(name)) and name != register.key
        ],
        "is_change": row.outcome == Outcome.CHANGED,
    }


def _told(column: BoundColumn, value: Any) -> str:
    return column.told(value) if value is not None else ""
