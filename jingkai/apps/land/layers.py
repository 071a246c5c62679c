"""Parcels and plants on the map."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.atlas.layers import Axis, Guest, Layer
from jingkai.core.land import axes

_SUPPLY = {
    axes.Supply.APPROVED_UNSUPPLIED.value: "orange",
    axes.Supply.SUPPLIED_UNUSED.value: "vermilion",
    axes.Supply.PARTLY_USED.value: "yellow",
    axes.Supply.BUILT_NOT_PRODUCING.value: "purple",
    axes.Supply.BELOW_TARGET.value: "sky",
    axes.Supply.IN_USE.value: "green",
}
_STATUTORY = {
    axes.Statutory.NOT_IDLE.value: "green",
    axes.Statutory.SUSPECTED.value: "yellow",
    axes.Statutory.UNDER_INQUIRY.value: "orange",
    axes.Statutory.IDLE_BY_HOLDER.value: "vermilion",
    axes.Statutory.IDLE_BY_GOVERNMENT.value: "purple",
    axes.Statutory.FEE_DECIDED.value: "wine",
    axes.Statutory.RECOVERED.value: "indigo",
    axes.Statutory.DISPOSED.value: "sky",
}
_OCCUPANCY = {
    axes.Occupancy.VACANT.value: "vermilion",
    axes.Occupancy.PARTLY.value: "orange",
    axes.Occupancy.OWN_USE.value: "green",
    axes.Occupancy.LET.value: "sky",
    axes.Occupancy.STORAGE.value: "yellow",
    axes.Occupancy.OCCUPIED.value: "purple",
}
_HANDLING = ("follow_up", "measure", "obstacle", "obstacle_owner")


def _not_retired(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(retired_on__isnull=True)


def _to_be_had(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the land that nobody holds yet and that is ready: 批而未供 and 净地."""
    return rows.filter(
        supply=axes.Supply.APPROVED_UNSUPPLIED.value, stage=axes.Stage.CLEARED.value
    )


def _shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(is_public=True)


PARCELS = Layer(
    name="parcels",
    label=_("宗地"),
    kind="parcels",
    icon="polygon",
    title="name",
    area="area_m2",
    axes=(
        Axis(column="supply", colours=_SUPPLY),
        Axis(column="statutory", colours=_STATUTORY),
        Axis(column="stage"),
        Axis(column="occupancy", colours=_OCCUPANCY),
        Axis(column="use"),
        *(Axis(column=name) for name in _HANDLING),
    ),
    facts=(
        "code",
        "parcel_code",
        "holder_name",
        "area_m2",
        "use",
        "supply",
        "stage",
        "occupancy",
        "statutory",
        "follow_up",
        "obstacle",
        "location",
    ),
    present=_not_retired,
    guest=Guest(
        columns=("name", "location", "use", "area_m2"), records=_to_be_had, colour="orange"
    ),
)
PLANTS = Layer(
    name="plants",
    label=_("厂房"),
    kind="plants",
    icon="building-factory-2",
    title="name",
    area="floor_area_m2",
    axes=(
        Axis(column="occupancy", colours=_OCCUPANCY),
        Axis(column="structure"),
        Axis(column="fire_class"),
        Axis(column="hazard_class"),
        *(Axis(column=name) for name in _HANDLING),
    ),
    facts=(
        "code",
        "owner_name",
        "address",
        "floor_area_m2",
        "idle_area_m2",
        "idle_since",
        "occupancy",
        "power_kva",
        "rent_yuan_per_m2_month",
        "measured_on",
    ),
    guest=Guest(
        columns=(
            "name",
            "address",
            "floor_area_m2",
            "idle_area_m2",
            "structure",
            "floors",
            "built_year",
            "fire_class",
            "hazard_class",
            "power_kva",
            "water_t_per_day",
            "gas_m3_per_h",
            "steam_t_per_h",
            "wastewater_t_per_day",
            "occupancy",
        ),
        records=_shown,
    ),
)
LAYERS = (PARCELS, PLANTS)
