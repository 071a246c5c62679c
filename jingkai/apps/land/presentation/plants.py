"""Everything that a plant's page shows."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jingkai.apps.accounts.access import ZoneRequest

from .. import queries
from ..models import Plant
from ..register.plants import PLANTS
from . import shared

AXES = ("occupancy", "follow_up", "measure", "obstacle", "obstacle_owner")
FACTS = (
    "code",
    "parcel__name",
    "address",
    "owner_name",
    "owner_credit_code",
    "contact_name",
    "contact_phone",
    "built_year",
    "structure",
    "floors",
    "floor_area_m2",
    "idle_area_m2",
    "idle_since",
    "days_vacant",
    "rent_yuan_per_m2_month",
    "sale_price_wan",
    "is_public",
    "officer__name",
    "note",
    "source",
)
SUPPLIES = (
    "power_kva",
    "water_t_per_day",
    "gas_m3_per_h",
    "steam_t_per_h",
    "wastewater_t_per_day",
    "fire_class",
    "hazard_class",
    "environmental_limits",
)


def plant_page(plant: Plant, request: ZoneRequest, *, on: date) -> dict[str, Any]:
    """Return everything that the page shows on the day."""
    context = shared.frame(PLANTS, plant, request, on=on)
    zone, register = request.zone.code, context["register"]
    return context | {
        "plant": plant,
        "axes": shared.axes(plant, AXES),
        "facts": shared.terms(register, plant, FACTS),
        "supplies": shared.terms(register, plant, SUPPLIES),
        "warnings": queries.warnings.of_plant(plant),
        "measured": shared.measured(plant, on=on),
        "place": shared.place(plant, zone),
        "halls": [
            {
                "row": hall,
                "url": reverse("halls-detail", args=[zone, hall.pk]),
                "measured": shared.measured(hall, on=on),
            }
            for hall in plant.halls.all()
        ],
        "leases": shared.leases(plant.leases.all(), zone, on=on),
        "add": {
            kind: f"{reverse(f'{kind}-new', args=[zone])}?{urlencode({'plant': plant.code})}"
            for kind in ("halls", "leases")
        },
    }
