"""The workbench's panels beside the to-dos: what is one's own, and what goes wrong in the zone."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.investment.queries import StateOf
from jingkai.apps.projects import queries as projects
from jingkai.web import clock

from ..queries import workbench
from ..queries.workbench import Heap, Heaped

_SHOWN = {  # words, tone, the register of the records
    Heap.MY_PROJECTS: (_("我服务的项目"), "blue", "projects"),
    Heap.MY_LEADS: (_("我跟进的线索"), "blue", "leads"),
    Heap.OVERDUE_PROJECTS: (_("红灯项目"), "red", "projects"),
    Heap.OVERDUE_PROMISES: (_("逾期承诺"), "red", "obligations"),
    Heap.UNSERVED_PROJECTS: (_("无服务专员的项目"), "amber", "projects"),
    Heap.UNASSIGNED_LEADS: (_("待分派线索"), "amber", "leads"),
    Heap.MY_PARCELS: (_("我经办的宗地"), "blue", "parcels"),
    Heap.OVERDUE_CASES: (_("超期的闲置土地案件"), "red", "idle-cases"),
    Heap.IDLE_WITHOUT_CASE: (_("应立案未立案的宗地"), "red", "parcels"),
    Heap.LATE_DISPOSALS: (_("落后于计划的处置"), "amber", "disposals"),
}
LAND_WORK = {Permission.EDIT_LAND, Permission.HANDLE_IDLE_LAND, Permission.APPROVE_LAND}
_BEYOND_LIBRARY = [("stage", stage.value) for stage in projects.ORDER[1:]]


def panels(request: ZoneRequest) -> dict[str, object]:
    """
    Return what lies on the person's own heaps, and on the zone's for those without any.

    Who handles the zone's idle land always sees its land, and nothing of the rest.
    """
    reads = {Permission.READ_INVESTMENT, Permission.READ_PROJECTS, Permission.READ_FIGURES}
    if not reads <= request.permissions:
        return {"mine": [], "watched": [], "watches": False}
    mine = _panel(request, workbench.mine(user=request.user, on=clock.today()))
    watches = is_of_land(request) or not mine
    watched = _panel(request, _watched(request)) if watches else []
    return {
        "mine": mine,
        "watched": watched,
        "watches": watches,
        "is_of_land": is_of_land(request),
    }


def is_of_land(request: ZoneRequest) -> bool:
    """Whether the person's work is the zone's land, and not its investors."""
    permissions = request.permissions
    return (
        Permission.HANDLE_IDLE_LAND in permissions
        and Permission.EDIT_INVESTMENT not in permissions
    )


def _watched(request: ZoneRequest) -> list[Heaped]:
    today = clock.today()
    of_land = workbench.watched_land(on=today) if LAND_WORK & request.permissions else []
    return of_land if is_of_land(request) else [*workbench.watched(on=today), *of_land]


def _panel(request: ZoneRequest, heaps: Iterable[Heaped]) -> list[dict[str, Any]]:
    return [_shown(request, heaped) for heaped in heaps]


def _shown(request: ZoneRequest, heaped: Heaped) -> dict[str, Any]:
    label, tone, kind = _SHOWN[heaped.heap]
    return {
        "label": label,
        "tone": tone,
        "count": heaped.count,
        "url": _list_url(heaped.heap, kind, request.zone.code, request.user.name),
        "first": [_one(request, heaped.heap, kind, record) for record in heaped.first],
    }


def _one(request: ZoneRequest, heap: Heap, kind: str, record: Any) -> tuple[str, str]:
    """Return how a record of the heap is called, and where its page is."""
    found = record.parcel if heap is Heap.IDLE_WITHOUT_CASE else record
    url = reverse(f"{kind}-detail", args=[request.zone.code, found.pk])
    match heap:
        case Heap.OVERDUE_PROMISES:
            return f"{record.signing} · {record.get_kind_display()}", url
        case Heap.OVERDUE_CASES:
            return f"{record.parcel} · {record.get_due_step_display()}", url
        case Heap.LATE_DISPOSALS:
            return f"{record.parcel or record.plant} · {record.get_measure_display()}", url
        case _:
            return str(found), url


def _list_url(heap: Heap, kind: str, zone: str, name: str) -> str:
    """Return the list of the whole heap: the register filtered, or the figure that counts it."""
    if heap is Heap.OVERDUE_PROMISES:
        return reverse("figure", args=[zone, "obligations_overdue"])
    if heap is Heap.IDLE_WITHOUT_CASE:
        return f"{reverse('idle', args=[zone])}?{urlencode({'case': 'none'})}"
    was_due = ("due_on__to", (clock.today() - timedelta(days=1)).isoformat())
    filters: dict[Heap, list[tuple[str, str]]] = {
        Heap.MY_PROJECTS: [("service_officer", name)],
        Heap.MY_LEADS: [
            ("assigned_to__name", name),
            ("state", StateOf.FOLLOWED.value),
            ("state", StateOf.REVIVED.value),
        ],
        Heap.OVERDUE_PROJECTS: [("light", "red")],
        Heap.UNSERVED_PROJECTS: [("service_officer__empty", "1"), *_BEYOND_LIBRARY],
        Heap.UNASSIGNED_LEADS: [
            ("assigned_to__name__empty", "1"),
            ("state", StateOf.UNASSIGNED.value),
            ("state", StateOf.REVIVED.value),
        ],
        Heap.MY_PARCELS: [("officer__name", name), ("retired_on__empty", "1")],
        Heap.OVERDUE_CASES: [("closed_on__empty", "1"), was_due],
        Heap.LATE_DISPOSALS: [
            was_due,
            *(("status", status) for status in workbench.UNFINISHED),
        ],
    }
    return f"{reverse(f'{kind}-list', args=[zone])}?{urlencode(filters[heap])}"
