"""What a zone shows of its map to everybody."""

from dataclasses import dataclass

from jingkai.apps.accounts.models import Zone

from ..layers import Layer
from ..models import MapPublication
from .catalogue import Seen, layers, seen_by_guest


@dataclass(frozen=True, slots=True)
class Opened:
    """The map of a zone as guests see it."""

    zone: Zone
    publication: MapPublication
    layers: list[Seen]


def publication(zone: Zone) -> MapPublication | None:
    """Return what the zone has set for guests, open or not."""
    return MapPublication.everywhere.filter(zone=zone).first()


def open_publication(zone: Zone) -> MapPublication | None:
    """Return what the zone shows to everybody; None where it has no map for guests."""
    return MapPublication.everywhere.filter(zone=zone, is_open=True).first()


def opened(zone: Zone) -> Opened | None:
    """Return the map as guests see it; None where the zone shows none. Ask it in their scope."""
    found = open_publication(zone)
    shown = [_shown(zone, layer, found) for layer in publishable()] if found else []
    seen = [one for one in shown if one is not None]
    return Opened(zone, found, seen) if found and seen else None


def publishable() -> list[Layer]:
    """Return the layers of which a zone may show anything to everybody."""
    return [layer for layer in layers().values() if layer.guest is not None]


def _shown(zone: Zone, layer: Layer, found: MapPublication) -> Seen | None:
    columns = found.shown.get(layer.name)
    return seen_by_guest(zone, layer, columns) if columns else None
