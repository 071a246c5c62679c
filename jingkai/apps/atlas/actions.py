"""Writes on the map of a zone: what it shows to everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from . import queries
from .models import MapPublication

KIND = "map-publication"
_TOLD = ("is_open", "title", "contact", "note", "shown")


class NotPublished(Exception):
    """The map can't be shown as asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What guests are to see: the columns by layer, the title, whom they may turn to."""

    title: str
    contact: str
    note: str
    layers: Mapping[str, tuple[str, ...]]


@transaction.atomic
def publish_map(*, zone: Zone, shown: Shown, by: str, at: datetime) -> MapPublication:
    """
    Show the map of the zone to everybody, or change what they see of it.

    :raises NotPublished: where nothing is to be shown, or a column that no guest may see
    """
    _refuse(shown)
    layers = {name: list(columns) for name, columns in sorted(shown.layers.items())}
    values = {"is_open": True, "title": shown.title, "contact": shown.contact}
    values |= {"note": shown.note, "shown": layers}
    return _put(zone, values, verb="atlas.map.published", by=by, at=at)


@transaction.atomic
def withdraw_map(*, zone: Zone, by: str, at: datetime) -> MapPublication:
    """
    Show the map of the zone to nobody but its own people.

    :raises NotPublished: where it is not shown
    """
    if queries.open_publication(zone) is None:
        raise NotPublished(_("招商地图没有公开，无需撤下"))
    return _put(zone, {"is_open": False}, verb="atlas.map.withdrawn", by=by, at=at)


def _refuse(shown: Shown) -> None:
    if not shown.title.strip():
        raise NotPublished(_("请填写招商地图的标题"))
    if not shown.layers:
        raise NotPublished(_("至少选择一个公开的图层"))
    known = {layer.name: layer for layer in queries.publishable()}
    for name, columns in shown.layers.items():
        layer = known.get(name)
        allowed = layer.guest.columns if layer and layer.guest else ()
        if layer is None or not set(columns) <= set(allowed):
            raise NotPublished(_("图层“%(layer)s”含有不能公开的内容") % {"layer": name})


def _put(
    zone: Zone, values: Mapping[str, Any], *, verb: str, by: str, at: datetime
) -> MapPublication:
    found = MapPublication.everywhere.select_for_update().filter(zone=zone).first()
    before = _told(found) if found else None
    found = found or MapPublication(zone=zone, version=0)
    for name, value in {**values, "changed_by": by, "changed_at": at}.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    audit.record(
        verb=verb,
        actor=by,
        at=at,
        zone_code=zone.code,
        target_kind=KIND,
        target_id=str(found.pk),
        target_label=found.title,
        changes=[audit.Changed(KIND, str(found.pk), found.title, before, _told(found))],
    )
    return found


def _told(found: MapPublication) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _TOLD}
