"""What follows from the steps of a case: where it stands, what its parcel says."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.land import actions as land
from jingkai.core.idle_land.procedure import StepCode

from ..models import IdleCase
from ..queries import Standing, determination, standing, statutory_state
from . import told

_KEPT = (
    *("track", "cause", "disposal", "step", "due_step", "due_on", "fee_wan"),
    *("version", "changed_at", "changed_by"),
)


class CaseClosed(Exception):
    """The case has ended; nothing more is recorded on it."""


def locked(*, case: IdleCase) -> IdleCase:
    """Return the case as it now stands, locked until the transaction ends."""
    rows = IdleCase.everywhere.select_for_update(of=("self",))
    return rows.select_related("zone", "parcel", "parcel__zone").get(pk=case.pk)


def locked_open(*, case: IdleCase) -> IdleCase:
    """
    Return the case, locked.

    :raises CaseClosed: if it has ended
    """
    found = locked(case=case)
    if found.closed_on is not None:
        told_on = {"case": found, "on": found.closed_on}
        raise CaseClosed(_("案件“%(case)s”已于 %(on)s 结案") % told_on)
    return found


def keep(
    *, case: IdleCase, by: str, at: datetime, also: tuple[str, ...] = ()
) -> list[audit.Changed]:
    """Write what follows from the steps, and return what it changed of case and parcel."""
    before = told.of_case(case=IdleCase.everywhere.get(pk=case.pk))
    found = standing(case, on=timezone.localdate(at))
    _conclude(found)
    _stand(found)
    case.version += 1
    case.changed_at, case.changed_by = at, by
    case.save(update_fields=[*_KEPT, *also])
    return [
        *told.case_changed(case=case, before=before),
        *_note_statutory(found, by, at),
    ]


def _conclude(found: Standing) -> None:
    """Keep what the determination concluded, by the facts of its day; it stands from then on."""
    case, row = found.case, found.done.get(StepCode.DETERMINATION)
    if row is None:
        case.track = case.cause = case.disposal = ""
    elif not case.track:
        concluded = determination(case.parcel, on=row.done_on)
        case.track = concluded.track or ""
        case.cause = concluded.cause or ""
        case.disposal = concluded.disposal or ""


def _stand(found: Standing) -> None:
    case = found.case
    last = max(found.done.values(), key=lambda row: (row.done_on, row.pk), default=None)
    case.step = last.step if last is not None else ""
    pressing = found.next_clock
    case.due_step = pressing.step.value if pressing is not None else ""
    due = pressing.reading.due if pressing is not None else None
    case.due_on = due.on if due is not None else None
    decided = found.done.get(StepCode.FEE_DECISION)
    case.fee_wan = decided.amount_wan if decided is not None else None


def _note_statutory(found: Standing, by: str, at: datetime) -> list[audit.Changed]:
    """
    Let the parcel say what the authority has said; told in the event of the step.

    Of a parcel that was split or merged away nothing is changed any more.
    """
    case = found.case
    if case.parcel.retired_on is not None:
        return []
    state, number = statutory_state(found)
    with audit.gathered(zone_code=case.zone.code) as gathered:
        land.note_statutory(
            parcel=case.parcel, statutory=state.value, document=number, by=by, at=at
        )
    return gathered.changes
