"""The zone's year at a glance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jingkai.apps.projects import queries as projects
from jingkai.apps.registers.indicator import Dimension, Indicator, Number
from jingkai.core.indicators import Discrepancy, Partition, Period

from ..facts import Holdings
from . import breakdowns, catalogue, kept, standings
from .breakdowns import Part
from .standings import Standing

HEADLINES = (
    "visits",
    "negotiations",
    "signings",
    "signed_and_started",
    "signed_to_start",
    "mature_leads",
)
MONEY = ("signed_planned_wan", "signed_fixed_wan", "funds_in_place", "funds_foreign")
CONSTRUCTION = (
    "started_projects",
    "started_earlier_signings",
    "in_production",
    "overdue_projects",
)
GLANCE = ("visits", "signings", "started_projects", "mature_leads")
STALLS = (
    "signed_not_settled",
    "supplied_not_started",
    "started_not_completed",
    "completed_not_producing",
    "producing_not_at_capacity",
    "at_capacity_not_at_target",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the dashboard shows of a period."""

    figures: dict[str, Standing]
    partitions: list[tuple[Partition, Discrepancy | None]]
    stages: list[Any]
    months: list[tuple[date, Number | None]]
    industries: tuple[Part, ...]
    origins: tuple[Part, ...]

    @property
    def headlines(self) -> list[Standing]:
        """Return the six figures that a zone is known by."""
        return [self.figures[code] for code in HEADLINES]

    @property
    def money(self) -> list[Standing]:
        """Return investment and funds."""
        return [self.figures[code] for code in MONEY]

    @property
    def construction(self) -> list[Standing]:
        """Return what is being built."""
        return [self.figures[code] for code in CONSTRUCTION]

    @property
    def stalls(self) -> list[Standing]:
        """Return the 六未."""
        return [self.figures[code] for code in STALLS]

    @property
    def freshness(self) -> datetime | None:
        """Return when a record behind any of the figures was last changed."""
        known = [found.reading.freshness for found in self.figures.values()]
        return max((moment for moment in known if moment is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, its months and its parts; one read from dated steps costs as much each time."""

    standing: Standing
    months: list[tuple[date, Number | None]]
    parts: tuple[Part, ...]


def overview(period: Period) -> Overview:
    """Return the zone's year up to the period's end."""
    return kept.once("overview", period, lambda held: _overview(period, held))


def everything(period: Period) -> dict[str, Standing]:
    """Return every figure by code, as the catalogue page shows them."""
    return kept.once("everything", period, lambda held: standings.readings(period, holdings=held))


def one(indicator: Indicator, period: Period, *, of_year: Period, cut: Dimension | None) -> Figure:
    """Return one figure with the months of the year, cut where it can be."""
    return kept.once(
        f"{indicator.code} in {of_year} by {cut.code if cut else ''}",
        period,
        lambda held: Figure(
            standing=standings.readings(period, [indicator.code], holdings=held)[indicator.code],
            months=standings.monthly(indicator, of_year, held),
            parts=breakdowns.parts(indicator, cut, period, held) if cut else (),
        ),
    )


def glance(period: Period) -> list[Standing]:
    """Return the few figures of the workbench."""
    return kept.once(
        "glance",
        period,
        lambda held: [*standings.readings(period, GLANCE, holdings=held).values()],
    )


def _overview(period: Period, held: Holdings) -> Overview:
    signings = catalogue.find("signings")
    compared = standings.readings(period, (*HEADLINES, *MONEY, *CONSTRUCTION), holdings=held)
    figures = compared | standings.readings(period, STALLS, compare=False, holdings=held)
    values = {code: found.value for code, found in figures.items()}
    dimensions = breakdowns.dimensions(signings)
    return Overview(
        figures=figures,
        partitions=[
            (partition, partition.check(values))
            for partition in catalogue.partitions()
            if {partition.whole, *partition.parts} <= values.keys()
        ],
        stages=projects.stage_table(on=period.end),
        months=standings.monthly(signings, period, held),
        industries=breakdowns.parts(signings, dimensions["industry"], period, held),
        origins=breakdowns.parts(signings, dimensions["origin"], period, held),
    )
