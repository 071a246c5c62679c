"""Frozen periods, and what has changed behind a figure since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.registers.indicator import Indicator, Number
from jingkai.core import indicators as core
from jingkai.core.indicators import Difference, Period

from .. import facts
from ..models import Freeze, FrozenFigure
from . import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A record that came, went or changed since the freeze, with its share then and now."""

    way: str
    pk: str
    label: str
    frozen: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class Since:
    """A frozen figure beside the same figure today."""

    frozen: FrozenFigure
    value: Number | None
    difference: Difference[str]
    moved: tuple[Moved, ...]

    @property
    def delta(self) -> Number | None:
        """Return by how much the number has changed, None when one side is not on record."""
        if self.value is None or self.frozen.value is None:
            return None
        return self.value - self.frozen.value

    @property
    def is_same(self) -> bool:
        """Whether neither the number nor any record behind it has changed."""
        return self.frozen.value == self.value and not self.moved


def freezes() -> QuerySet[Freeze]:
    """Return the frozen periods in scope, the latest first."""
    figures = Prefetch(
        "figures", FrozenFigure.objects.defer("contributions").order_by("id"), to_attr="kept"
    )
    return Freeze.objects.prefetch_related(figures).order_by("-frozen_at", "-pk")


def freeze(pk: int) -> Freeze | None:
    """Return one frozen period in scope."""
    return Freeze.objects.select_related("zone").filter(pk=pk).first()


def frozen_figures(found: Freeze) -> list[FrozenFigure]:
    """Return what was kept, in the order of the catalogue at that time."""
    return list(FrozenFigure.objects.filter(freeze=found).order_by("id"))


def frozen_of(code: str) -> FrozenFigure | None:
    """Return the indicator's latest frozen figure in scope."""
    rows = FrozenFigure.objects.filter(indicator=code).select_related("freeze")
    return rows.order_by("-freeze__frozen_at", "-pk").first()


def period_of(found: Freeze) -> Period:
    """Return the period that was frozen."""
    return Period(found.starts_on, found.ends_on)


def difference(frozen: FrozenFigure) -> Since:
    """
    Return what has changed behind the figure since it was frozen.

    :raises UnknownIndicator: when the product no longer has the indicator
    """
    indicator = catalogue.find(frozen.indicator)
    period = period_of(frozen.freeze)
    with scope.zones(frozen.zone_id), scope.unsealed():
        now = facts.contributions(indicator, period)
        value = facts.value(indicator, period, facts.Holdings())
    then = {
        pk: (label, None if share is None else Decimal(share))
        for pk, (label, share) in frozen.contributions.items()
    }
    found = core.difference(_shares(then), _shares(now))
    return Since(frozen, value, found, _named(indicator, _moved(found, then, now)))


def _named(indicator: Indicator, moved: tuple[Moved, ...]) -> tuple[Moved, ...]:
    """Return the records without the names of those that are sealed, or gone and may have been."""
    if scope.present_seal() is None:
        return moved
    rows = facts.register(indicator.register).model.objects
    found = rows.filter(pk__in=[one.pk for one in moved])
    seen = {str(pk) for pk in found.values_list("pk", flat=True)}
    hidden = _("您无权查看的记录")
    return tuple(one if one.pk in seen else replace(one, label=hidden) for one in moved)


def _shares(contributions: Mapping[str, facts.Contribution]) -> dict[str, Number | None]:
    return {pk: share for pk, (_label, share) in contributions.items()}


def _moved(
    found: Difference[str],
    then: Mapping[str, facts.Contribution],
    now: Mapping[str, facts.Contribution],
) -> tuple[Moved, ...]:
    """Return the records that differ, those that came first."""
    ways = (("added", found.added), ("removed", found.removed), ("changed", found.changed))
    return tuple(
        Moved(
            way=way,
            pk=pk,
            label=(now.get(pk) or then[pk])[0],
            frozen=then[pk][1] if pk in then else None,
            now=now[pk][1] if pk in now else None,
        )
        for way, pks in ways
        for pk in pks
    )
