"""What stands on the zone's land: plants, their halls, and to whom they are let."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from jingkai.core.geometry import Shape
from jingkai.demo import ground, names

from . import days
from .land import Holding

Row = dict[str, Any]

MOST_ON_A_PLOT = 2
HEIGHTS = (Decimal(8), Decimal("9.5"), Decimal(11), Decimal("12.6"), Decimal(15))
SPANS = (Decimal(18), Decimal(24), Decimal(30))
CRANES = (None, Decimal(5), Decimal(10), Decimal(16), Decimal(32))
POWER_KVA = (315, 630, 1_000, 1_600, 2_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A plant of the story: where it stands, how large it is, and since when part is vacant."""

    holding: Holding
    number: int
    outline: Shape
    floors: int
    vacant: Decimal
    idle_since: date | None

    @property
    def code(self) -> str:
        """Return the natural key of the plant."""
        return f"CF-{self.number:03d}"

    @property
    def floor_area_m2(self) -> Decimal:
        """Return the area of all floors."""
        return Decimal(round((self.outline.area_m2 or Decimal(0)) * self.floors))

    @property
    def idle_area_m2(self) -> Decimal:
        """Return what of it is vacant."""
        return Decimal(round(self.floor_area_m2 * self.vacant))


def buildings(random: Random, held: list[Holding], count: int, *, until: date) -> list[Building]:
    """Return so many plants on the plots that are built upon, those that are vacant among them."""
    found: list[Building] = []
    built = [one for one in held if one.situation.is_plant]
    for holding in built:
        outlines = ground.halls(random, holding.plot, MOST_ON_A_PLOT)
        for outline in outlines[: count - len(found)]:
            found.append(_building(random, holding, len(found) + 1, outline, until))
    return found


def _building(
    random: Random, holding: Holding, number: int, outline: Shape, until: date
) -> Building:
    vacant = {"vacant": Decimal(1), "partly": Decimal("0.4")}
    share = vacant.get(holding.situation.occupancy, Decimal(0))
    since = days.after(until, -random.randint(60, 900)) if share else None
    return Building(
        holding=holding,
        number=number,
        outline=outline,
        floors=random.choice((1, 1, 1, 2, 3)),
        vacant=share,
        idle_since=since,
    )


def plant_rows(
    random: Random, found: list[Building], officers: list[str], until: date
) -> list[Row]:
    """Return the plants; of every eighth nobody has measured anything."""
    return [_plant(random, building, officers, until) for building in found]


def _plant(random: Random, building: Building, officers: list[str], until: date) -> Row:
    holding, is_idle = building.holding, bool(building.vacant)
    situation = holding.situation
    row: Row = {
        "code": building.code,
        "name": f"{names.investor(random, 240 + holding.number)[:4]}厂房 {building.number} 号",
        "parcel": holding.code,
        "address": f"示范园区 {holding.plot.block} 街区 {building.number} 号",
        "owner_name": holding.holder,
        "owner_credit_code": holding.holder_code,
        "floor_area_m2": building.floor_area_m2,
        "idle_area_m2": building.idle_area_m2,
        "idle_since": building.idle_since,
        "occupancy": situation.occupancy if is_idle else random.choice(("own_use", "let")),
        "follow_up": situation.follow_up,
        "measure": "lease" if is_idle else "",
        "is_public": is_idle,
        "outline": building.outline,
        "outline_source": "示范绘制",
        "officer": officers[building.number % len(officers)],
        "source": names.SOURCE,
    }
    return row if building.number % 8 == 5 else row | _measured(random, building, until)


def _measured(random: Random, building: Building, until: date) -> Row:
    size = min(building.number % len(POWER_KVA), len(POWER_KVA) - 1)
    return {
        "built_year": until.year - random.randint(2, 15),
        "structure": "steel" if building.floors == 1 else "concrete",
        "floors": building.floors,
        "rent_yuan_per_m2_month": Decimal(random.randint(90, 180)) / 10,
        "fire_class": "2",
        "hazard_class": random.choice("cde"),
        "environmental_limits": "不得新增挥发性有机物排放（示范）" if size == 0 else "",
        "power_kva": POWER_KVA[size],
        "water_t_per_day": random.choice((50, 120, 300)),
        "gas_m3_per_h": random.choice((None, 80, 200)),
        "steam_t_per_h": random.choice((None, None, 4)),
        "wastewater_t_per_day": random.choice((20, 60, 150)),
        "measured_by": "示范测绘人员",
        "measured_on": days.after(until, -random.randint(20, 700)),
    }


def hall_rows(random: Random, found: list[Building], until: date) -> list[Row]:
    """Return one hall a floor of each plant that was measured."""
    return [row for building in found for row in _halls(random, building, until)]


def _halls(random: Random, building: Building, until: date) -> Iterator[Row]:
    if building.number % 8 == 5:
        return
    span = random.choice(SPANS)
    area = round(building.floor_area_m2 / building.floors)
    for floor in range(1, building.floors + 1):
        is_ground = floor == 1
        yield {
            "code": f"{building.code}-{floor}",
            "plant": building.code,
            "floor": floor,
            "area_m2": area,
            "vacant_area_m2": round(area * building.vacant),
            "clear_height_m": random.choice(HEIGHTS) if is_ground else Decimal("4.5"),
            "span_m": span if is_ground else Decimal(9),
            "column_grid": f"{span}×7.5" if is_ground else "9×9",
            "floor_load_kn_per_m2": Decimal(50) if is_ground else Decimal("7.5"),
            "crane_t": random.choice(CRANES) if building.floors == 1 else None,
            "vacant_from_on": building.idle_since,
            "measured_by": "示范测绘人员",
            "measured_on": days.after(until, -random.randint(20, 700)),
            "source": names.SOURCE,
        }


def lease_rows(random: Random, found: list[Building], until: date) -> list[Row]:
    """Return a lease of every third plant that is in use, each with its safety agreement."""
    rows = []
    for building in found:
        if building.vacant == 1 or building.number % 3:
            continue
        first = days.after(until, -random.randint(100, 900))
        rows.append(
            {
                "code": f"ZL-{building.number:03d}",
                "plant": building.code,
                "tenant_name": names.investor(random, 620 + building.number),
                "tenant_credit_code": names.credit_code(60_000 + building.number),
                "from_on": first,
                "until_on": days.after(first, 1_096),
                "area_m2": building.floor_area_m2 - building.idle_area_m2,
                "rent_yuan_per_m2_month": Decimal(random.randint(90, 180)) / 10,
                "safety_agreement_on": first,
                "safety_agreement_number": f"示范安协{building.number:03d}",
                "filed_on": days.after(first, 20),
                "source": names.SOURCE,
            }
        )
    return rows


def obligation_rows(held: list[Holding], until: date) -> list[Row]:
    """Return what the 标准地 contracts of every fourth parcel that was built upon ask."""
    rows: list[Row] = []
    built = [one for one in held if one.situation.is_plant and one.start_on]
    for holding in built[::4]:
        due = days.after(holding.start_on or until, 1_500)
        is_checked = due < until
        weak = holding.situation.supply == "below_target"
        asked = (
            ("investment_per_mu", "万元/亩", 240, 210 if weak else 262),
            ("tax_per_mu", "万元/亩", 15, 6 if weak else 17),
            ("floor_area_ratio", "比值", 1, Decimal("1.15")),
        )
        rows += [
            {
                "code": f"BZD-{holding.number:03d}-{place}",
                "parcel": holding.code,
                "indicator": indicator,
                "unit": unit,
                "promised": promised,
                "due_on": due,
                "checked_on": days.after(due, 60) if days.after(due, 60) < until else None,
                "kept_value": kept if is_checked and days.after(due, 60) < until else None,
                "basis": f"示范投资建设合同第{holding.number}号",
                "source": names.SOURCE,
            }
            for place, (indicator, unit, promised, kept) in enumerate(asked, 1)
        ]
    return rows
