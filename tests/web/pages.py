"""The pages that the browser looks at, open to everybody: their look is what is tested."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from jingkai.apps.accounts import access
from jingkai.web.parts import Link, Links
from jingkai.web.views import gallery


@access.public()
def exhibition(request: HttpRequest) -> HttpResponse:
    return gallery(request)


@access.public()
def fault(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, f"{code}.html")


@access.public()
def lost(_request: HttpRequest) -> HttpResponse:
    raise Http404


def navigation(_request: HttpRequest) -> dict[str, object]:
    """Return what config.navigation gives a person in a zone, without a zone."""
    return {
        "navigation": (
            Links(
                label="",
                items=(
                    Link(label="工作台", url="/", icon="layout-dashboard", shortcut="h"),
                    Link(label="驾驶舱", url="/lost/", icon="gauge", active=True, shortcut="d"),
                ),
            ),
            Links(
                label="招商引资",
                items=(Link(label="线索", url="/lost/", icon="target-arrow", count=86),),
            ),
        ),
        "zone": SimpleNamespace(local_name="示范园区", is_demonstration=True),
        "zones": [Link(label="示范园区", url="/", active=True), Link(label="邻园区", url="/")],
        "home_url": "/",
        "search_url": "/lost/",
        "role_label": "招商专员",
        "user": SimpleNamespace(is_authenticated=True, name="李示范"),
    }


urlpatterns = [
    path("", include("jingkai.apps.accounts.urls")),
    path("gallery/", exhibition, name="gallery"),
    path("lost/", lost, name="lost"),
    path("fault/<slug:code>/", fault, name="fault"),
]
