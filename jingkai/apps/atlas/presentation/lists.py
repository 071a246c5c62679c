"""From a list to the map; settings.BESIDE_LISTS names this."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.registers.filters import Filters
from jingkai.web.parts import Link

from .. import queries


def beside(asked: Filters, request: ZoneRequest) -> Link | None:
    """Return the way from a list to the same records on the map; None where it has no layer."""
    kind = asked.register.kind
    layer = next((one for one in queries.layers().values() if one.kind == kind), None)
    if layer is None:
        return None
    query = "&".join(
        filter(None, (urlencode({"layer": layer.name}), asked.without(*queries.OF_LIST)))
    )
    url = f"{reverse('map', args=[request.zone.code])}?{query}"
    return Link(label=_("在地图上查看"), url=url, icon="map-2")
