"""The figures of land and plants that the workbench, the dashboard and the report show."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jingkai.apps.land.models import Supply
from jingkai.apps.reuse.models import MEASURES
from jingkai.core.indicators import Discrepancy, Partition, Period

from ..facts import Holdings
from . import kept, standings
from .standings import Standing

WHOLE = "land_area"
BY_SUPPLY: dict[str, str | Promise] = {
    **{f"land_{state}": label for state, label in Supply.choices},
    "land_unknown": _("未登记"),
}
BY_STEP: dict[str, str | Promise] = {
    "idle_cases_inquired": _("调查与认定"),
    "idle_cases_determined": _("已认定待处置"),
    "idle_cases_decided": _("已决定待履行"),
}
BY_MEASURE: dict[str, str | Promise] = {
    f"finished_by_{measure}": label for measure, label in MEASURES
}
HEADLINES = (
    "approved_unsupplied_area",
    "idle_area",
    "idle_cases",
    "idle_plant_area",
    "reused_land_m2",
    "reused_plants",
)
GLANCE = ("approved_unsupplied_area", "idle_area", "reused_land_m2", "idle_plants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the dashboard shows of land."""

    headlines: list[Standing]
    whole: Standing
    by_supply: list[tuple[str, Standing]]
    discrepancies: list[tuple[Partition, Discrepancy]]

    @property
    def is_bare(self) -> bool:
        """Whether no parcel is on record."""
        return self.whole.value is None


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
    headlines = standings.readings(period, HEADLINES, holdings=held)
    cut = standings.readings(period, (WHOLE, *BY_SUPPLY), compare=False, holdings=held)
    return Ground(
        headlines=list(headlines.values()),
        whole=cut[WHOLE],
        by_supply=[(str(label), cut[code]) for code, label in BY_SUPPLY.items()],
        discrepancies=standings.discrepancies(cut),
    )
