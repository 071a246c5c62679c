"""The views of a register that a person may open."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import QueryDict

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Role

from ..declaration import Register
from ..filters import parameters, read
from ..models import DefaultView, FiledForm, SavedView
from .columns import chosen_columns
from .grouping import level

MOST_QUERY = 2_000
_FREE = {"q", "sort", "length", "columns", "group", "then"}


def views_for(
    register: Register, zone: Zone, person: str, roles: Iterable[Role]
) -> QuerySet[SavedView]:
    """Return the person's own views and those shared with them, by name."""
    shared = Q(audience=SavedView.Audience.ZONE) | Q(
        audience=SavedView.Audience.ROLE, role__in=[role.value for role in roles]
    )
    found = SavedView.objects.filter(Q(owner=person) | shared, zone=zone, kind=register.kind)
    return found.order_by("name", "pk")


def default_view(register: Register, zone: Zone, person: str) -> int | None:
    """Return the key of the view with which the person opens the register."""
    found = DefaultView.objects.filter(zone=zone, kind=register.kind, person=person)
    return found.values_list("view_id", flat=True).first()


def view_query(register: Register, data: QueryDict) -> str:
    """Return what of a query string a view keeps: nothing that is not the register's."""
    kept = QueryDict(mutable=True)
    ours = _FREE | parameters(register)
    for name in data:
        if name in ours:
            kept.setlist(name, [value for value in data.getlist(name) if value])
    return kept.urlencode()


def what_is_gone(register: Register, query: str) -> list[str]:
    """Return what a view asks for that the reader's register no longer has."""
    data = QueryDict(query)
    known = QueryDict(view_query(register, data))
    gone = [*chosen_columns(register, data).gone, *(name for name in data if name not in known)]
    gone += [
        data[name]
        for name in ("group", "then")
        if data.get(name) and not level(register, data[name])
    ]
    return list(dict.fromkeys([*gone, *read(register, known).errors]))


def filed_forms(register: Register, zone: Zone) -> QuerySet[FiledForm]:
    """Return the zone's workbooks that a list of the register can fill in, by name."""
    found = FiledForm.objects.filter(zone=zone, kind=register.kind).defer("content")
    return found.order_by("name", "pk")


def filed_form(register: Register, zone: Zone, pk: int) -> FiledForm | None:
    """Return one of them."""
    return FiledForm.objects.filter(zone=zone, kind=register.kind, pk=pk).first()
