"""The figures of land and plants that the workbench, the dashboard and the report show."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jingkai.core.indicators import Period

from ..facts import Holdings
from . import breakdowns, catalogue, kept, standings
from .breakdowns import Part
from .standings import Standing

WHOLE = "land_area"
BY_STEP: dict[str, str | Promise] = {
    "idle_cases_inquired": _("调查与认定"),
    "idle_cases_determined": _("已认定待处置"),
    "idle_cases_decided": _("已决定待履行"),
}
HEADLINES = (
    "approved_unsupplied_area",
    "idle_area",
    "idle_cases",
    "idle_plant_area",
    "reused_land",
    "reused_plants",
)
GLANCE = ("approved_unsupplied_area", "idle_area", "reused_land", "idle_plants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the dashboard shows of land."""

    headlines: list[Standing]
    by_supply: tuple[Part, ...]

    @property
    def is_bare(self) -> bool:
        """Whether no parcel is on record."""
        return not any(part.records for part in self.by_supply)


def ground(period: Period) -> Ground:
    """Return the zone's land up to the period's end."""
    return kept.once("ground", period, lambda held: _ground(period, held))


def glance(period: Period) -> list[Standing]:
    """Return the few figures of a land officer's workbench."""
    return kept.once(
        "glance of land",
        period,
        lambda held: [*standings.readings(period, GLANCE, holdings=held).values()],
    )


def _ground(period: Period, held: Holdings) -> Ground:
    whole = catalogue.find(WHOLE)
    supply = breakdowns.dimensions(whole)["supply"]
    return Ground(
        headlines=[*standings.readings(period, HEADLINES, holdings=held).values()],
        by_supply=breakdowns.parts(whole, supply, period, held),
    )
