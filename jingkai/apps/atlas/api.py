"""The map as an API: the outlines of a layer as GeoJSON, page by page of a window."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from jingkai.apps.accounts import access
from jingkai.apps.registers import api as registers
from jingkai.apps.registers.api import schemas
from jingkai.apps.registers.api.requests import filters_of
from jingkai.web import answers
from jingkai.web.answers import Problem

from . import queries
from .forms import window_of
from .layers import Layer

ROOT = "/z/{slug:zone}/map"
_OURS = ("bbox", "after")
_NOT_OURS = ("sort", "cursor")  # a page of a map goes by its records' keys
_MOST_KEY = 2**62
_FEATURES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": {"type": "object"}},
        "next": {"type": ["integer", "null"], "description": gettext_lazy("下一页的 after")},
    },
    "required": ["type", "features", "next"],
}


def router() -> Router:
    """Return the API of every layer of the map."""
    found = Router(tags=["map"])
    for layer in queries.layers().values():
        _add(found, layer)
    return found


def features(request: Any, layer: Layer) -> HttpResponse:
    """Answer one page of the layer's outlines, in the order of their keys."""
    seen = queries.seen(request, layer)
    asked = filters_of(seen.register, request.GET, besides=_OURS)
    refused = {name: _("没有这个参数") for name in _NOT_OURS if name in request.GET}
    if refused:
        raise Problem(422, fields=refused)
    window = _window(request.GET.get("bbox", ""))
    after = _key(request.GET.get("after", "0"))
    page = queries.features(seen, asked, window=window, after=after)
    last = page[-1]["id"] if len(page) == asked.length else None
    return answers.data({"type": "FeatureCollection", "features": page, "next": last})


def _add(found: Router, layer: Layer) -> None:
    register = queries.register_of(layer)

    def behind(request: Any) -> HttpResponse:
        return features(request, layer)

    whole = {"type": "integer"}
    found.get(
        f"{ROOT}/{layer.name}",
        operation_id=f"map-{layer.name}",
        openapi_extra={
            "summary": layer.label,
            "parameters": [
                schemas.parameter(
                    "bbox", {"type": "string"}, gettext_lazy("范围：西,南,东,北（经纬度）")
                ),
                schemas.parameter("after", whole, gettext_lazy("从哪一条之后读：上一页的 next")),
                *(
                    link
                    for link in schemas.parameter_links(register)
                    if not link["$ref"].endswith((".cursor", ".sort"))
                ),
            ],
            "responses": {200: schemas.content(_FEATURES)} | schemas.problems(401, 403, 404, 422),
        },
    )(registers.operation(behind, access.api("GET", read=[register.read])))


def _window(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    found = window_of(text)
    if found is None:
        raise Problem(422, fields={"bbox": _("应为“西,南,东,北”，四个经纬度，以逗号分开")})
    return found


def _key(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:20]) <= _MOST_KEY:
        return int(text[:20])
    raise Problem(422, fields={"after": _("应为上一页 next 给出的整数")})
