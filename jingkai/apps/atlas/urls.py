"""The map of a zone: for its people, and what it shows to everybody."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import View, ZoneRequest
from jingkai.apps.accounts.roles import Permission

from . import queries
from .layers import Layer
from .views import guests, pages, publication, selections, sheets, tiles

_MAP = "z/<slug:zone>/map/"
_TILE = "<slug:version>/<int:z>/<int:x>/<int:y>.mvt"
_GUEST = "atlas/<slug:code>/"


def patterns(layer: Layer) -> list[URLPattern]:
    """Return the addresses of one layer, for those who may read its register."""
    read, name = queries.register_of(layer).read, layer.name
    own: list[tuple[str, str, Any, tuple[Permission, ...]]] = [
        (f"tiles/{name}/{_TILE}", "tile", tiles.tile, (read,)),
        (f"{name}/legend/", "legend", pages.legend, (read,)),
        (f"{name}/selection/", "selection", selections.selection, (read,)),
        (f"{name}/list/", "list", selections.as_list, (read,)),
        (f"{name}/export/", "export", selections.export, (read, Permission.EXPORT)),
        (f"{name}/<int:pk>/", "card", pages.card, (read,)),
    ]
    return [
        path(
            f"{_MAP}{suffix}", access.page(*may)(_bound(view, layer)), name=f"{name}-map-{called}"
        )
        for suffix, called, view, may in own
    ]


def _bound(view: Callable[..., HttpResponse], layer: Layer) -> View:
    def bound(request: ZoneRequest, **kwargs: Any) -> HttpResponse:
        return view(request, queries.seen(request, layer), **kwargs)

    return update_wrapper(bound, view)


urlpatterns = [
    path(_MAP, pages.index, name="map"),
    path(f"{_MAP}search/", pages.search, name="map-search"),
    path(f"{_MAP}sheet/", sheets.index, name="map-sheet"),
    path(f"{_MAP}sheet/file/", sheets.download, name="map-sheet-file"),
    path(f"{_MAP}sheet/preview/", sheets.preview, name="map-sheet-preview"),
    path(f"{_MAP}publication/", publication.publication, name="map-publication"),
    path(f"{_MAP}publication/withdraw/", publication.withdraw, name="map-withdraw"),
    *(pattern for layer in queries.layers().values() for pattern in patterns(layer)),
    path(_GUEST, guests.index, name="atlas"),
    path(f"{_GUEST}tiles/<slug:kind>/{_TILE}", guests.tile, name="atlas-tile"),
    path(f"{_GUEST}<slug:kind>/<int:pk>/", guests.card, name="atlas-card"),
]
