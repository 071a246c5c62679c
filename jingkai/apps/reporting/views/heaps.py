"""The workbench's panels beside the to-dos: what is one's own, and what goes wrong in the zone."""

from collections.abc import Iterable
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
}
_BEYOND_LIBRARY = [("stage", stage.value) for stage in projects.ORDER[1:]]


def panels(request: ZoneRequest) -> dict[str, object]:
    """Return what lies on the person's own heaps, and on the zone's for those without any."""
    reads = {Permission.READ_INVESTMENT, Permission.READ_PROJECTS, Permission.READ_FIGURES}
    if not reads <= request.permissions:
        return {"mine": [], "watched": [], "watches": False}
    today = clock.today()
    mine = _panel(request, workbench.mine(user=request.user, on=today))
    watched = [] if mine else _panel(request, workbench.watched(on=today))
    return {"mine": mine, "watched": watched, "watches": not mine}


def _panel(request: ZoneRequest, heaps: Iterable[Heaped]) -> list[dict[str, Any]]:
    return [_shown(request, heaped) for heaped in heaps]


def _shown(request: ZoneRequest, heaped: Heaped) -> dict[str, Any]:
    label, tone, kind = _SHOWN[heaped.heap]
    zone = request.zone.code
    return {
        "label": label,
        "tone": tone,
        "count": heaped.count,
        "url": _list_url(heaped.heap, kind, zone, request.user.name),
        "first": [
            (_named(heaped.heap, record), reverse(f"{kind}-detail", args=[zone, record.pk]))
            for record in heaped.first
        ],
    }


def _named(heap: Heap, record: Any) -> str:
    if heap is Heap.OVERDUE_PROMISES:
        return f"{record.signing} · {record.get_kind_display()}"
    return str(record)


def _list_url(heap: Heap, kind: str, zone: str, name: str) -> str:
    """Return the list of the whole heap: the register filtered, or the figure that counts it."""
    if heap is Heap.OVERDUE_PROMISES:
        return reverse("figure", args=[zone, "obligations_overdue"])
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
    }
    return f"{reverse(f'{kind}-list', args=[zone])}?{urlencode(filters[heap])}"
