"""What is read: 一地一档, and one plant."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock

from .. import presentation, queries


@access.page(Permission.READ_LAND)
def parcel(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one parcel: its axes, what was agreed, built and promised, what it came from."""
    found = queries.parcel(pk)
    if found is None:
        raise Http404
    context = presentation.parcel_page(found, request, on=clock.today())
    return render(request, "land/parcel.html", context)


@access.page(Permission.READ_LAND)
def plant(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one plant: its halls as somebody measured them, who rents it, what it is supplied."""
    found = queries.plant(pk)
    if found is None:
        raise Http404
    context = presentation.plant_page(found, request, on=clock.today())
    return render(request, "land/plant.html", context)
