"""Taking stock of unsupplied and idle land on a base date."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.land.models import LandApproval, Parcel
from jingkai.apps.registers.kinds import Refused

from .. import queries
from ..models import StockItem, StockTarget
from .told import Told


class NotTaken(Refused):
    """The stock stays as it was taken; the message says why."""


@transaction.atomic
def take_stock(*, target: StockTarget, again: bool, by: str, at: datetime) -> int:
    """
    Write down what belongs to the target's stock, and return how many things.

    :param again: whether a stock taken before is taken anew
    :raises NotTaken: before the base date, or over an earlier one without ``again``
    """
    told = Told(by, at)
    found = StockTarget.everywhere.select_for_update(of=("self",)).get(pk=target.pk)
    if found.base_on > told.today:
        raise NotTaken(_("基准日 %(on)s 还没有到") % {"on": found.base_on})
    if found.items.exists() and not again:
        raise NotTaken(_("存量清单已取数；重新取数会替换原清单，请确认"))
    before = found.items.count()
    found.items.all().delete()
    rows = _items(found)
    StockItem.objects.bulk_create(rows, batch_size=500)
    known: list[Any] = [row.area_m2 for row in rows if row.area_m2 is not None]
    audit.record(
        verb="reuse.stock.taken",
        actor=by,
        target_kind="stock-targets",
        target_id=str(found.pk),
        target_label=str(found),
        zone_code=found.zone.code,
        at=at,
        details={
            "count": len(rows),
            "count_before": before,
            "area_m2": sum(known, Decimal(0)),
            "without_area": len(rows) - len(known),
        },
    )
    return len(rows)


def _items(target: StockTarget) -> list[StockItem]:
    things: Iterable[tuple[Any, Any]] = queries.stock(target.kind, target.base_on)
    return [
        StockItem(
            zone=target.zone,
            target=target,
            parcel=thing if isinstance(thing, Parcel) else None,
            approval=thing if isinstance(thing, LandApproval) else None,
            area_m2=area_m2,
        )
        for thing, area_m2 in things
    ]
