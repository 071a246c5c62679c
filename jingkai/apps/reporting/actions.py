"""Freezing a period: its figures, definitions and records are kept as they stand."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.registers.indicator import Indicator, Number
from jingkai.core.indicators import Period

from . import facts, queries
from .models import Freeze, FrozenFigure


class NotOver(Exception):
    """The period has not ended yet, so its figures are not final."""


@transaction.atomic
def freeze_period(
    *, zone: Zone, label: str, period: Period, by: str, at: datetime, today: date, note: str = ""
) -> Freeze:
    """
    Keep every figure of the period with its definition and records, and return the freeze.

    :raises NotOver: when the period ends after ``today``
    """
    if period.end > today:
        raise NotOver(
            _("期间截止 %(end)s，今天是 %(today)s；期间结束后才能封存")
            % {"end": period.end.isoformat(), "today": today.isoformat()}
        )
    freeze = Freeze.everywhere.create(
        zone=zone,
        label=label,
        starts_on=period.start,
        ends_on=period.end,
        frozen_at=at,
        frozen_by=by,
        note=note,
    )
    with scope.zones(zone.pk), scope.unsealed():
        holdings = facts.Holdings()
        figures = [_frozen(freeze, found, period, holdings) for found in queries.indicators()]
    FrozenFigure.everywhere.bulk_create(figures)
    _record(freeze, figures)
    return freeze


def _record(freeze: Freeze, figures: list[FrozenFigure]) -> None:
    audit.record(
        verb="reporting.period.frozen",
        actor=freeze.frozen_by,
        target_kind="periods",
        target_id=str(freeze.pk),
        target_label=freeze.label,
        zone_code=freeze.zone.code,
        at=freeze.frozen_at,
        reason=freeze.note,
        details={
            "starts_on": freeze.starts_on.isoformat(),
            "ends_on": freeze.ends_on.isoformat(),
            "figures": {figure.indicator: _text(figure.value) for figure in figures},
        },
    )


def _frozen(
    freeze: Freeze, indicator: Indicator, period: Period, holdings: facts.Holdings
) -> FrozenFigure:
    reading = facts.read(indicator, period, holdings)
    kept = facts.contributions(indicator, period)
    return FrozenFigure(
        zone=freeze.zone,
        freeze=freeze,
        indicator=indicator.code,
        definition=facts.snapshot(indicator.definition),
        value=reading.value,  # type: ignore[misc]  # the stubs see an integer column
        records=reading.records,
        contributions={pk: [label, _text(share)] for pk, (label, share) in kept.items()},
    )


def _text(number: Number | None) -> str | None:
    return None if number is None else f"{Decimal(number):f}"
