"""What the page of the map is made of: its layers, its legend, what was drawn around."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import presentation as registers
from jingkai.apps.registers.filters import Filters
from jingkai.web.parts import Chip, Term

from .. import queries
from ..layers import Axis
from ..queries import Seen
from .amounts import area_of

SHOWN = 20
SHOWN_TO_GUESTS = 200
MOST_COLUMNS = 5  # of the guests' table
FILES = {
    "gpkg": "GeoPackage",
    "shp": "Shapefile",
    "geojson": "GeoJSON",
    "kml": "KML",
    "xlsx": "Excel",
    "csv": "CSV",
}
_HOSTS = ("https://*.tianditu.gov.cn",)
# What the address of a map says besides its filters; atlas-address.js reads and writes the rest.
_OURS = ("layer", "axis", "figure", "off", "without", "record", "window")
_OF_SHEET = ("title", "unit", "labels", "format")
_PLACE = "/0/0/0.mvt"


def outside() -> Sequence[str]:
    """Return the hosts whose pictures stand under the map: none without a key."""
    return _HOSTS if settings.TIANDITU_KEY else ()


def active(seen: Sequence[Seen], data: QueryDict) -> Seen:
    """Return the layer that is asked for, or the first."""
    return next((one for one in seen if one.layer.name == data.get("layer")), seen[0])


def map_url(request: ZoneRequest) -> str:
    """Return the way back to the map, as it was filtered, coloured and drawn upon."""
    kept = request.GET.copy()
    for name in (*_OF_SHEET, *queries.OF_LIST):
        kept.pop(name, None)
    return f"{reverse('map', args=[request.zone.code])}?{kept.urlencode()}"


def page(request: ZoneRequest, seen: list[Seen], chosen: Seen, asked: Filters) -> dict[str, Any]:
    """Return the context of the map's page."""
    zone, kind = request.zone.code, chosen.layer.kind
    layers = [_layer(one, zone, asked if one is chosen else None) for one in seen]
    config = _config(layers, chosen, asked) | {
        "search": reverse("map-search", args=[zone]),
        "sheet": reverse("map-sheet", args=[zone]),
        "preview": reverse("map-sheet-preview", args=[zone]),
    }
    shown = f"{reverse('map', args=[zone])}?"
    return {
        "config": config,
        "layers": seen,
        "active": chosen,
        "axes": [(axis.column, _label(chosen, axis.column)) for axis in chosen.axes],
        "axis": request.GET.get("axis", ""),
        "asked": asked,
        "register": chosen.register,
        "chips": [*_searched(asked), *asked.chips],
        "filters_url": f"{reverse(f'{kind}-dialog', args=[zone, 'filters'])}?{_filtered(asked)}",
        "exports": exports_of(chosen, zone, _filtered(asked)),
        "can_publish": Permission.PUBLISH_MAP in request.permissions,
        "can_export": Permission.EXPORT in request.permissions,
        "ways": [(one, f"{shown}layer={one.layer.name}") for one in seen],
        "list_url": f"{reverse(f'{kind}-list', args=[zone])}?{_filtered(asked)}",
    }


def exports_of(seen: Seen, zone: str, query: str) -> list[tuple[str, str]]:
    """Return the files in which the records go out, GIS files first: each name and its address."""
    base = reverse(f"{seen.layer.name}-map-export", args=[zone])
    return [(label, f"{base}?{query}&format={code}") for code, label in FILES.items()]


def _searched(asked: Filters) -> list[Chip]:
    """Return the words that are looked for as one more filter that can be taken off."""
    words = asked.data.get("q", "").strip()
    return [Chip(label=_("查找"), value=words, url=f"?{asked.without('q')}")] if words else []


def guest_page(opened: queries.Opened) -> dict[str, Any]:
    """Return the context of the page that guests see."""
    layers = [_guest_layer(one, opened.zone) for one in opened.layers]
    return {
        "config": _config(layers, opened.layers[0], None),
        "publication": opened.publication,
        "map_zone": opened.zone,
        "shown": [(one, one.layer.guest_colour, one.rows().count()) for one in opened.layers],
        "tables": [_table(one) for one in opened.layers],
    }


def _table(seen: Seen) -> dict[str, Any]:
    """Return what guests see of the layer as a table: what says most; the card says the rest."""
    records = queries.first_facts(seen, SHOWN_TO_GUESTS)
    said = {column.name for _spot, told in records for column, value in told if _says(value)}
    shown = [name for name in seen.facts if name in said][:MOST_COLUMNS]
    return {
        "layer": seen.layer,
        "columns": [seen.register.by_name[name] for name in shown],
        "rows": [
            (spot, [(c, c.kind.html(value)) for c, value in told if c.name in shown])
            for spot, told in records
        ],
    }


def guest_terms(seen: Seen, pk: int) -> list[Term]:
    """Return what guests see of a record; what is not on record is left out."""
    return registers.terms((c, value) for c, value in queries.facts(seen, pk) if _says(value))


def _says(value: Any) -> bool:
    return value is not None and value != ""


def legend(seen: Seen, asked: Filters, column: str) -> dict[str, Any]:
    """Return the context of a legend: the classes of the axis, counted by the database."""
    axis = seen.axis(column)
    rows = asked.filtered(seen.rows())
    classes = queries.classes(seen, axis, rows) if axis else []
    total = sum(one.count for one in classes) if axis else rows.count()
    return {
        "layer": seen.layer,
        "label": _label(seen, axis.column) if axis else "",
        "classes": [(one, area_of(one.area)) for one in classes],
        "total": total,
        "undrawn": total - sum(one.drawn for one in classes) if axis else 0,
    }


def selection(seen: Seen, found: queries.Found, request: ZoneRequest) -> dict[str, Any]:
    """Return the context of what was drawn around: its count, its area, its first records."""
    zone, query = request.zone.code, request.GET.urlencode()
    name, axis = seen.layer.name, seen.axis(request.GET.get("axis", ""))
    return {
        "layer": seen.layer,
        "kind": seen.layer.kind,
        "count": len(found.keys),
        "area": area_of(found.area),
        "with_area": found.with_area,
        "without_area": len(found.keys) - found.with_area if found.area is not None else 0,
        "axis": _label(seen, axis.column) if axis else "",
        "spots": _listed(seen, axis, found.keys[:SHOWN]),
        "shown": SHOWN,
        "is_too_many": len(found.keys) > queries.MOST_LISTED,
        "list_url": f"{reverse(f'{name}-map-list', args=[zone])}?{query}",
        "exports": exports_of(seen, zone, query),
    }


def _listed(
    seen: Seen, axis: Axis | None, keys: Sequence[int]
) -> list[tuple[queries.Spot, str, str, str]]:
    """Return the records, each with its area and with its class and the colour of that."""
    scheme = (
        {code: (label, colour) for code, label, colour in queries.scheme(seen, axis)}
        if axis
        else {}
    )
    return [
        (spot, area_of(spot.area), *scheme.get(spot.state, ("", "")))
        for spot in queries.listed(seen, axis, keys)
    ]


def _config(layers: list[dict[str, Any]], chosen: Seen, asked: Filters | None) -> dict[str, Any]:
    """Return what the script of the page needs to know."""
    return {
        "layers": layers,
        "active": chosen.layer.name,
        "filters": _filtered(asked) if asked else "",
        "extent": _together([layer["extent"] for layer in layers]),
        "tianditu": settings.TIANDITU_KEY,
        "words": _words(),
    }


def _layer(seen: Seen, zone: str, asked: Filters | None) -> dict[str, Any]:
    name, now = seen.layer.name, queries.version(seen)
    return _told(seen, now) | {
        "tiles": _tiles(f"{name}-map-tile", [zone], now),
        "query": _filtered(asked) if asked else "",
        "legend": reverse(f"{name}-map-legend", args=[zone]),
        "selection": reverse(f"{name}-map-selection", args=[zone]),
        "card": reverse(f"{name}-map-card", args=[zone, 0]),
    }


def _guest_layer(seen: Seen, zone: Zone) -> dict[str, Any]:
    name, now = seen.layer.name, queries.version(seen)
    return _told(seen, now) | {
        "tiles": _tiles("atlas-tile", [zone.code, name], now),
        "query": "",
        "legend": "",
        "selection": "",
        "card": reverse("atlas-card", args=[zone.code, name, 0]),
        "axes": {},
        "colour": seen.layer.guest_colour,
    }


def _told(seen: Seen, now: str) -> dict[str, Any]:
    return {
        "name": seen.layer.name,
        "label": str(seen.layer.label),
        "title": seen.title,
        "extent": queries.extent(seen, now),
        "axes": {
            axis.column: {code: colour for code, _label, colour in queries.scheme(seen, axis)}
            for axis in seen.axes
        },
    }


def _tiles(name: str, arguments: list[str], now: str) -> str:
    """Return the address of tiles as the map's library fills it in."""
    return reverse(name, args=[*arguments, now, 0, 0, 0]).replace(_PLACE, "/{z}/{x}/{y}.mvt")


def _filtered(asked: Filters) -> str:
    return asked.without(*queries.OF_LIST, *_OURS)


def _together(extents: Sequence[Any]) -> list[float] | None:
    known = [extent for extent in extents if extent]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return [min(west), min(south), max(east), max(north)]


def _label(seen: Seen, column: str) -> str:
    return str(seen.register.by_name[column].label)


def _words() -> Mapping[str, str]:
    """Return what the script says, in the language of the page."""
    return {
        "drawing": _("单击加点，双击结束，Esc 取消"),
        "dragging": _("按住并拖动，松开结束，Esc 取消"),
        "counting": _("统计中…"),
        "loading": _("地图载入中…"),
        "failed": _("没有取到数据，请检查网络后重试"),
        "no_tianditu": _("天地图底图没有取到，园区图形照常显示；请检查网络或天地图密钥"),
        "length": _("长度"),
        "area": _("面积"),
        "metres": _("米"),
        "kilometres": _("公里"),
        "square_metres": _("平方米"),
        "hectares": _("公顷"),
        "mu": _("亩"),
        "copied": _("已复制本视图的链接"),
        "not_copied": _("浏览器不允许复制，请直接复制地址栏中的链接"),
        "no_webgl": _("此浏览器不能显示交互地图，以下为图片；清单、筛选与打印不受影响。"),
        "map": _("地图：方向键移动，加减号缩放；同样内容另有清单"),
        "picture": _("地图图片"),
        "attribution": _("地图来源"),
        "zoom_in": _("放大"),
        "zoom_out": _("缩小"),
    }
