"""What a person has to do for land and plants, derived from the records each time it is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.web.parts import Todo

from ..models import Parcel, Plant
from .contracts import starting
from .obligations import DUE_AHEAD, obligations_due
from .plants import ENDING_AHEAD, leases_ending, stale_plants

START_AHEAD = timedelta(days=90)  # a product choice
MOST = 100  # of one kind; the list behind it has them all


class Task(StrEnum):
    """What is to be done."""

    URGE_START = "urge_start"
    RENEW_LEASE = "renew_lease"
    MEASURE_PLANT = "measure_plant"
    CHECK_STANDARD = "check_standard"


def todos(*, user: User, on: date) -> list[Todo]:
    """Return what the person has to do in the zones in scope, the most urgent first."""
    return accounts.todos(_READERS, user=user, on=on)


def _of(user: User, path: str) -> Q:
    """Return what is the person's own, or nobody's."""
    return Q(**{path: user}) | Q(**{f"{path}__isnull": True})


def _starting(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    found = starting(on=on, by=on + START_AHEAD).filter(_of(user, "parcel__officer"), zone=zone)
    for row in found.select_related("parcel__zone").order_by("agreed_start_on", "pk")[:MOST]:
        title = _("约定动工日期临近：%(name)s") % {"name": row.parcel}
        yield _todo(Task.URGE_START, row.parcel, title, row.agreed_start_on)


def _ending(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    found = leases_ending(on=on, by=on + ENDING_AHEAD).filter(
        _of(user, "plant__officer"), zone=zone
    )
    for row in found.select_related("plant__zone").order_by("until_on", "pk")[:MOST]:
        title = _("租约到期：%(name)s · %(tenant)s") % {
            "name": row.plant,
            "tenant": row.tenant_name,
        }
        yield _todo(Task.RENEW_LEASE, row.plant, title, row.until_on)


def _stale(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    found = stale_plants(on=on).filter(zone=zone, officer=user)
    for plant in found.select_related("zone").order_by("measured_on", "pk")[:MOST]:
        title = _("空置厂房量测已过一年或从未量测：%(name)s") % {"name": plant}
        yield _todo(Task.MEASURE_PLANT, plant, title, None)


def _due(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    found = obligations_due(by=on + DUE_AHEAD).filter(_of(user, "parcel__officer"), zone=zone)
    for row in found.select_related("parcel__zone").order_by("due_on", "pk")[:MOST]:
        said = {"name": row.parcel, "indicator": row.get_indicator_display()}
        title = _("标准地承诺待核查：%(name)s · %(indicator)s") % said
        yield _todo(Task.CHECK_STANDARD, row.parcel, title, row.due_on)


def _todo(kind: Task, record: Parcel | Plant, title: str, due_on: date | None) -> Todo:
    """Return the to-do, done on the page of the parcel or plant."""
    return Todo(
        kind=kind,
        title=title,
        due_on=due_on,
        url_name="parcel" if isinstance(record, Parcel) else "plant",
        url_kwargs={"zone": record.zone.code, "pk": record.pk},
    )


_READERS: tuple[accounts.TodoReader, ...] = tuple(
    (Permission.EDIT_LAND, read) for read in (_starting, _ending, _stale, _due)
)
