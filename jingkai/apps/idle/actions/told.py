"""How the writes of cases are told in the trail."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jingkai.apps.audit import actions as audit

from ..models import CaseStep, IdleCase

CASES = "idle-cases"
STEPS = "idle-case-steps"
_STEP = (
    "step",
    "done_on",
    "served_on",
    "document_number",
    "option",
    "from_on",
    "until_on",
    "amount_wan",
    "note",
    "approved_by",
    "force_reason",
    "missing",
    "withdrawn_by",
    "withdrawn_reason",
)
_CASE = (
    "ground",
    "is_mortgaged",
    "hoarding_on",
    "hoarding_document",
    "note",
    "track",
    "cause",
    "disposal",
    "step",
    "due_step",
    "due_on",
    "fee_wan",
    "closed_on",
    "result",
)


def of_case(*, case: IdleCase) -> dict[str, Any]:
    """Return what the trail keeps of a case."""
    officer = case.officer.get_username() if case.officer else None
    return {"officer": officer} | {name: plain(value=getattr(case, name)) for name in _CASE}


def of_step(*, step: CaseStep) -> dict[str, Any]:
    """Return what the trail keeps of a step."""
    return {name: plain(value=getattr(step, name)) for name in _STEP}


def case_changed(
    *, case: IdleCase, before: Mapping[str, Any] | None = None
) -> list[audit.Changed]:
    """Return the change of a case: what differs, nothing where nothing does; None: it is new."""
    return _changed(CASES, case, before, of_case(case=case))


def step_changed(
    *, step: CaseStep, before: Mapping[str, Any] | None = None
) -> list[audit.Changed]:
    """Return the change of a step; None before: it is new."""
    return _changed(STEPS, step, before, of_step(step=step))


def record(
    *,
    verb: str,
    case: IdleCase,
    changes: Iterable[audit.Changed],
    by: str,
    at: datetime,
    reason: str = "",
) -> None:
    """Tell one verb on a case."""
    audit.record(
        verb=verb,
        actor=by,
        target_kind=CASES,
        target_id=str(case.pk),
        target_label=str(case),
        zone_code=case.zone.code,
        at=at,
        reason=reason,
        changes=changes,
    )


def plain(*, value: Any) -> Any:
    """Return the value as the trail writes it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value


def _changed(
    kind: str, row: Any, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> list[audit.Changed]:
    if before is None:
        given = {name: value for name, value in after.items() if value not in {None, ""}}
        return [audit.Changed(kind, str(row.pk), str(row), None, given)]
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return []
    was = {name: before.get(name) for name in names}
    return [audit.Changed(kind, str(row.pk), str(row), was, {name: after[name] for name in names})]
