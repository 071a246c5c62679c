"""工作台: a person's day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.integrity import queries as integrity
from jingkai.apps.registers import queries as registers
from jingkai.web import clock, figures
from jingkai.web.parts import Entry, Link, Stat, Todo

from .. import queries
from ..queries import land
from ..queries.dashboard import glance
from ..queries.links import Links
from . import cards, heaps

QUICK = (
    ("visits", gettext_lazy("登记来访"), "users-group"),
    ("leads", gettext_lazy("登记线索"), "seedling"),
    ("negotiations", gettext_lazy("登记洽谈"), "messages"),
    ("signings", gettext_lazy("登记签约"), "signature"),
    ("projects", gettext_lazy("登记项目"), "building-factory-2"),
    ("funds-receipts", gettext_lazy("登记到位资金"), "cash"),
    ("parcels", gettext_lazy("登记宗地"), "map-2"),
    ("plants", gettext_lazy("登记厂房"), "building-warehouse"),
    ("works-progress", gettext_lazy("登记核查"), "checklist"),
)

AT_ONCE = 10  # to-dos of a group shown before one asks for more


@access.page()
def workbench(request: ZoneRequest) -> HttpResponse:
    """Show what the person has to do, and the zone's year at a glance."""
    today = clock.today()
    found = queries.workbench.day(user=request.user, permissions=request.permissions, on=today)
    shown = _glance(request)
    context = {
        "today": today,
        "groups": _groups(found),
        "is_free": found.is_free,
        "quick": _quick(request),
        "glance": shown,
        "has_data": any(figure.value is not None for figure in shown),
        "changes": _changes(request),
    } | heaps.panels(request)
    return render(request, "reporting/workbench.html", context)


def _groups(found: queries.workbench.Day) -> list[dict[str, object]]:
    named = (
        (_("已逾期"), "red", found.overdue),
        (_("今天"), "amber", found.today),
        (_("七天内"), "blue", found.this_week),
        (_("以后与未定期限"), "grey", found.later),
    )
    return [_group(label, tone, todos) for label, tone, todos in named if todos]


def _group(label: str, tone: str, todos: list[Todo]) -> dict[str, object]:
    items = [_item(todo) for todo in todos]
    return {
        "label": label,
        "tone": tone,
        "count": len(items),
        "first": items[:AT_ONCE],
        "more": items[AT_ONCE:],
    }


def _item(todo: Todo) -> dict[str, object]:
    url = reverse(todo.url_name, kwargs=todo.url_kwargs)
    return {"title": todo.title, "due_on": todo.due_on, "url": url}


def _quick(request: ZoneRequest) -> list[Link]:
    """Return what the person may register with one click; a city registers nothing itself."""
    if not accounts.is_leaf(request.zone):
        return []
    return [
        Link(label=str(label), url=reverse(f"{kind}-new", args=[request.zone.code]), icon=icon)
        for kind, label, icon in QUICK
        if (found := registers.find(kind)) and found.edit in request.permissions
    ]


def _glance(request: ZoneRequest) -> list[Stat]:
    if Permission.READ_FIGURES not in request.permissions:
        return []
    today = clock.today()
    links = Links(request.zone.code, today.year, today)
    read = land.glance if heaps.is_of_land(request) else glance
    return [cards.stat(one, links) for one in read(queries.to_date(today.year, today))]


def _changes(request: ZoneRequest) -> list[Entry]:
    return [
        Entry(
            on=figures.minute(event.at),
            title=integrity.sentence(event.verb, event.target_kind),
            text=event.target_label,
        )
        for event in queries.workbench.my_changes(user=request.user, zone=request.zone)
    ]
