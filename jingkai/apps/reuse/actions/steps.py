"""One step of a disposal, planned or done, through its gate."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User
from jingkai.apps.audit import actions as audit
from jingkai.core.land.measures import Step, StepCode, weigh

from .. import facts, queries
from ..models import OPEN, Disposal, DisposalStep, Status
from .disposals import NotDisposed
from .told import Told


@transaction.atomic
def record_step(  # noqa: PLR0913 - one step as it is reported
    *,
    disposal: Disposal,
    step: str,
    by: str,
    at: datetime,
    planned_on: date | None = None,
    done_on: date | None = None,
    document: str = "",
    officer: User | None = None,
    note: str = "",
    source: str = "",
    code: str = "",
) -> DisposalStep:
    """
    Record when a step is planned or was done, and return it; done, it passes its gate.

    :param code: number of a new row; made up where none is given
    :raises NotDisposed: when the measure has no such step, an earlier one is open, a document is
        missing, or the law's condition is not met or not known to be
    """
    told = Told(by, at)
    found = Disposal.everywhere.select_for_update(of=("self",)).get(pk=disposal.pk)
    one = _step(found, step)
    row = _row(found, step, code)
    if done_on is not None:
        _refuse_closed_gate(found, one, done_on, document, told.today)
    values = {
        "planned_on": planned_on or row.planned_on,
        "done_on": done_on,
        "document": document.strip(),
        "officer": officer,
        "note": note.strip(),
        "source": source,
    }
    changes = [*_kept(row, values, told), *_started(found, done_on, told)]
    _record(row, told, changes)
    return row


def _row(disposal: Disposal, step: str, code: str) -> DisposalStep:
    """Return the row of a step that is not done, a new one where there is none."""
    row = DisposalStep.everywhere.filter(disposal=disposal, step=step).first()
    if row is None:
        code = code or f"{disposal.code}-{step}"[:40]
        return DisposalStep(zone=disposal.zone, code=code, disposal=disposal, step=step)
    if row.done_on is not None:
        raise NotDisposed(_("“%(step)s”已完成") % {"step": queries.step_label(step)}, "step")
    return row


def _kept(row: DisposalStep, values: dict[str, Any], told: Told) -> list[audit.Changed]:
    if row.recorded_by:  # it stands already
        return told.kept(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    return [told.made(row, ("disposal", "step", *values))]


def _step(disposal: Disposal, step: str) -> Step:
    if disposal.status not in OPEN:
        said = {"code": disposal.code, "status": disposal.get_status_display()}
        raise NotDisposed(_("处置 %(code)s 为“%(status)s”，不能再办理") % said, "step")
    found = queries.route(disposal).step(step)
    if found is None:
        said = {"measure": disposal.get_measure_display()}
        raise NotDisposed(_("“%(measure)s”没有这个步骤") % said, "step")
    return found


def _refuse_closed_gate(
    disposal: Disposal, step: Step, on: date, document: str, today: date
) -> None:
    rows = {row.step: row for row in disposal.steps.all()}
    said = {"step": queries.step_label(step.code)}
    waits_for = queries.waiting(disposal, step, rows)
    if waits_for:
        names = _("、").join(queries.step_label(code) for code in waits_for)
        raise NotDisposed(_("请先完成：%(steps)s") % {"steps": names}, "step")
    if on > today:
        raise NotDisposed(_("完成日期不能晚于今天"), "done_on")
    if on < disposal.planned_on:
        early = {"on": disposal.planned_on}
        raise NotDisposed(_("完成日期不能早于立项日期 %(on)s") % early, "done_on")
    before = [rows[one.code].done_on for one in queries.route(disposal).before(step.code)]
    latest = max((day for day in before if day is not None), default=None)
    if latest is not None and on < latest:
        raise NotDisposed(_("完成日期不能早于前一步的 %(on)s") % {"on": latest}, "done_on")
    if step.needs_document and not document.strip():
        raise NotDisposed(_("“%(step)s”须填写文号或合同号") % said, "document")
    _refuse_unlawful(disposal, step, today)


def _refuse_unlawful(disposal: Disposal, step: Step, today: date) -> None:
    """Refuse what the law's conditions rule out, or what nobody knows to meet them."""
    weighed = weigh(step.conditions, facts.of_disposal(disposal, on=today))
    said = {"step": queries.step_label(step.code)}
    if weighed.unmet:
        what = queries.condition_labels(weighed.unmet)
        raise NotDisposed(
            _("不能办理“%(step)s”，不符合：%(what)s") % {**said, "what": what}, "step"
        )
    if weighed.unknown:
        raise NotDisposed(
            _("不能办理“%(step)s”，无法确认：%(what)s；请先登记：%(facts)s")
            % {
                **said,
                "what": queries.condition_labels(weighed.unknown),
                "facts": queries.fact_labels(weighed.missing),
            },
            "step",
        )


def _started(disposal: Disposal, done_on: date | None, told: Told) -> list[audit.Changed]:
    """Let the first step that is done start the disposal."""
    if done_on is None or disposal.status != Status.PLANNED:
        return []
    values = {"status": Status.UNDER_WAY, "started_on": done_on}
    return told.kept(disposal, values)


def _record(row: DisposalStep, told: Told, changes: list[audit.Changed]) -> None:
    audit.record(
        verb="reuse.disposal.step-recorded",
        actor=told.by,
        target_kind="disposals",
        target_id=str(row.disposal_id),
        target_label=str(row.disposal),
        zone_code=row.zone.code,
        at=told.at,
        details={"step": str(StepCode(row.step)), "done_on": row.done_on},
        changes=changes,
    )
