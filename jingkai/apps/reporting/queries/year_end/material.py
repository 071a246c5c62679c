"""What the year-end report is made of, read once from the figures."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jingkai.apps.accounts.models import Zone
from jingkai.apps.projects import queries as projects
from jingkai.apps.registers.indicator import Dimension, Number
from jingkai.core.indicators import Discrepancy, Partition, Period

from ...facts import Holdings
from .. import breakdowns, catalogue, standings
from ..breakdowns import Part
from ..links import Links
from ..standings import Standing

# The figures that the report takes apart, and by what.
BY_MEASURE = (
    "finished_disposals",
    "reused_land",
    "reused_plants",
    "reused_plant_area",
    "regained_rent",
    "regained_output",
)
CUTS = (
    *(("signings", code) for code in ("industry", "origin", "scale", "start")),
    *(("land_area", found.code) for found in breakdowns.of_register("parcels")),
    *((code, "measure") for code in BY_MEASURE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A figure by one property of its records."""

    indicator: str
    dimension: Dimension
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The figures of one zone and year as of a day, ready to be told."""

    zone: Zone
    year: int
    as_of: date
    generated_at: datetime
    period: Period
    links: Links
    figures: dict[str, Standing]
    cuts: dict[tuple[str, str], Cut]
    stages: list[Any]
    signings_by_month: list[tuple[date, Number | None]]
    discrepancies: list[tuple[Partition, Discrepancy]]

    def __getitem__(self, code: str) -> Standing:
        """Return one figure."""
        return self.figures[code]


def gather(*, zone: Zone, year: int, as_of: date, generated_at: datetime) -> Material:
    """Return everything that the report of the zone in scope tells."""
    period = standings.to_date(year, as_of)
    held = Holdings()
    figures = standings.readings(period, holdings=held)
    signings = catalogue.find("signings")
    return Material(
        zone=zone,
        year=year,
        as_of=period.end,
        generated_at=generated_at,
        period=period,
        links=Links(zone.code, year, period.end),
        figures=figures,
        cuts={pair: _cut(*pair, period, held) for pair in CUTS},
        stages=projects.stage_table(on=period.end),
        signings_by_month=standings.monthly(signings, period, held),
        discrepancies=standings.discrepancies(figures),
    )


def _cut(indicator: str, dimension: str, period: Period, held: Holdings) -> Cut:
    figure = catalogue.find(indicator)
    found = breakdowns.dimensions(figure)[dimension]
    parts = breakdowns.parts(figure, found, period, held)
    return Cut(indicator=indicator, dimension=found, parts=parts)
