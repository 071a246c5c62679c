"""What the pages of a parcel and of a plant have alike."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import fitting, kinds, presentation
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import Record
from jingkai.web import figures
from jingkai.web.parts import Term, Tone

from .. import queries
from ..models import Lease

WIDE, HIGH = 360, 240  # of the sketch
TONES: dict[str, Tone] = {
    "approved_unsupplied": "amber",
    "supplied_unused": "red",
    "partly_used": "amber",
    "built_not_producing": "amber",
    "below_target": "amber",
    "in_use": "green",
    "not_commenced": "amber",
    "suspended": "red",
    "completed": "green",
    "in_production": "green",
    "vacant": "red",
    "partly": "amber",
    "own_use": "green",
    "let": "green",
    "not_idle": "green",
    "suspected": "amber",
    "under_inquiry": "amber",
    "idle_by_holder": "red",
    "idle_by_government": "red",
    "fee_decided": "red",
    "settled": "green",
    "disposed": "green",
    "none": "green",
    "not_applicable": "grey",
}
LEASES: dict[str, Tone] = {
    queries.LeaseState.UPCOMING: "blue",
    queries.LeaseState.RUNNING: "green",
    queries.LeaseState.ENDING: "amber",
    queries.LeaseState.ENDED: "grey",
}


def frame(register: Register, record: Any, request: ZoneRequest, *, on: date) -> dict[str, Any]:
    """Return what stands around the page: ways onward, files, notes, panels, history."""
    fitted = fitting.of(request, register)
    may_edit = accounts.is_leaf(request.zone) and Permission.EDIT_LAND in request.permissions
    changes = list(trail.history(register.kind, str(record.pk)))
    return {
        "record": record,
        "register": fitted,
        "may_edit": may_edit,
        "can_attach": may_edit,
        "links": presentation.links(fitted, request.zone.code, pk=record.pk),
        "lacking": presentation.lacking(fitted, record),
        "revealable": presentation.revealable(fitted, record),
        "proofs": presentation.proofs(register, request.zone.code, record),
        "notes": presentation.beside(register, record, request, on=on),
        "entries": presentation.history(fitted, changes),
        "panels": panels(register.kind, record, request, on=on),
    }


def panels(
    kind: str, record: Record, request: ZoneRequest, *, on: date
) -> list[tuple[str, dict[str, Any]]]:
    """Return what higher areas show of the record: each a template and its context."""
    found = [
        import_string(path)(record=record, request=request, on=on)
        for path in settings.PANELS[kind]
    ]
    return [panel for panel in found if panel is not None]


def axes(record: Any, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the axes of a record: how each is called, what is on record, in which tone."""
    return [
        {
            "label": record._meta.get_field(name).verbose_name,
            "word": getattr(record, f"get_{name}_display")(),
            "tone": TONES.get(getattr(record, name), "blue"),
        }
        for name in names
    ]


def terms(register: Register, record: Record, names: Iterable[str]) -> list[Term]:
    """Return the named columns of the register and the zone's own fields."""
    found = {column.name: (column, value) for column, value in registers.details(register, record)}
    ordered = [found[name] for name in names if name in found]
    ordered += [pair for name, pair in found.items() if kinds.custom.is_code(name)]
    return presentation.terms(ordered)


def place(record: Any, zone: str) -> dict[str, Any] | None:
    """Return the sketch of the outline and how its area stands to the registered; or None."""
    if record.outline is None:
        return None
    longitude, latitude = record.outline.centre
    return {
        "sketch": kinds.outline.sketch(record.outline, wide=WIDE, high=HIGH),
        "computed_m2": record.computed_area_m2,
        "source": record.outline_source,
        "system": record.outline_system,
        "map_url": f"{_map_url(record, zone)}#16/{latitude:.6f}/{longitude:.6f}",
    }


def _map_url(record: Any, zone: str) -> str:
    """Return where the map shows the record with its card open."""
    register = registers.of_model(type(record))
    kind = register.kind if register else ""
    return f"{reverse('map', args=[zone])}?layer={kind}&record={kind}:{record.pk}"


def leases(rows: Iterable[Lease], zone: str, *, on: date) -> list[dict[str, Any]]:
    """Return the leases, each with where it stands and what is doubtful."""
    found = []
    for row in rows:
        state = queries.state_of(row, on=on)
        found.append(
            {
                "row": row,
                "state": state.label,
                "tone": LEASES[state],
                "url": reverse("leases-detail", args=[zone, row.pk]),
                "doubts": queries.warnings.of_lease(row),
            }
        )
    return found


def measured(row: Any, *, on: date) -> dict[str, Any]:
    """Return who measured a plant or hall and when, and whether that is long ago."""
    if row.measured_on is None:
        return {"text": _("未量测"), "tone": "amber"}
    days = (on - row.measured_on).days
    said = {"by": row.measured_by, "on": figures.day(row.measured_on), "days": days}
    if on - row.measured_on > queries.STALE_AFTER:
        return {"text": _("%(by)s %(on)s · 量测已过 %(days)s 天") % said, "tone": "amber"}
    return {"text": _("%(by)s %(on)s") % said, "tone": ""}
