"""How land and plants are put back to use: disposals, their steps and their money."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from jingkai.core.land.axes import Measure
from jingkai.core.land.measures import ROUTES, StepCode
from jingkai.demo import names

from . import days
from .land import Holding
from .plants import Building

Row = dict[str, Any]

LEASES, REDEVELOPMENTS = 9, 6
DONE = (99, 99, 99, 6, 4, 2, 0)  # steps that are done: of the first disposals all of them
# What else is done with land: the measure, in which situation, and how many steps of each.
OTHERS = (
    ("supply", "approved, not supplied", (99, 99, 4)),
    ("transfer", "built, not producing", (99, 3)),
    ("cooperation", "suspended, far built", (99, 2)),
    ("bond_purchase", "late, not idle yet", (5,)),
    ("reclaim_by_agreement", "delayed by the government", (3,)),
    ("swap", "delayed by the government", (2,)),
    ("temporary_use", "delayed by the government", (3,)),
    ("extension", "delayed by the government", (1,)),
)
_DONE = {measure: done for measure, _situation, done in OTHERS}
TERMED = {"temporary_use", "extension"}
# Tax in 万元 of a mu and year on land that produces.
YIELDS = {"in_use": Decimal(18), "below_target": Decimal(4)}
# A standard of the zone's own, as fictitious as its number.
STANDARD = {
    "code": "DX-2024",
    "name": "示范区低效工业用地认定标准（示范）",
    "document_number": "示范管发〔2024〕3号",
    "effective_from": date(2024, 3, 1),
    "combination": "any",
    "source": names.SOURCE,
}
CRITERIA = (
    ("tax_wan_per_mu", "below", Decimal(5), "第三条第一项"),
    ("floor_area_ratio", "below", Decimal("0.4"), "第三条第二项"),
    ("stopped_months", "at_least", Decimal(12), "第三条第三项"),
)
# Who pays whom for what when a disposal is finished; else the holder pays for building.
PAID = {
    "lease": ("rent", "user", "holder"),
    "supply": ("land_price", "user", "public"),
    "transfer": ("purchase", "user", "holder"),
}
PRICES_WAN_PER_M2 = {
    "rent": Decimal("0.0144"),  # a year, at 12 元 a month
    "land_price": Decimal("0.03"),
    "purchase": Decimal("0.06"),
}


def disposal_rows(
    held: list[Holding], built: list[Building], officers: list[str], until: date
) -> list[Row]:
    """Return the disposals: plants are let, plots built upon anew; a few by each other measure."""
    found = [*_leases(built, officers, until), *_redevelopments(held, officers, until)]
    return [*found, *_others(held, officers, until)]


def _leases(built: list[Building], officers: list[str], until: date) -> Iterator[Row]:
    vacant = [one for one in built if one.vacant][:LEASES]
    for number, building in enumerate(vacant, 1):
        yield _disposal(f"CZ-{number:02d}", "lease", officers, until) | {
            "plant": building.code,
            "area_m2": building.idle_area_m2,
            "investor_name": f"{building.holding.holder[:2]}示范承租企业",
            "agreed_from_on": days.after(until, -60),
            "agreed_until_on": days.after(until, 1_035),
        }


def _redevelopments(held: list[Holding], officers: list[str], until: date) -> Iterator[Row]:
    weak = [one for one in held if one.situation.supply == "below_target"][:REDEVELOPMENTS]
    for number, holding in enumerate(weak, LEASES + 1):
        yield _disposal(f"CZ-{number:02d}", "redevelopment", officers, until) | {
            "parcel": holding.code,
            "area_m2": round(holding.area_m2 / 3, 2),
            "project_name": "示范技改扩产项目",
        }


def _others(held: list[Holding], officers: list[str], until: date) -> Iterator[Row]:
    number, taken = LEASES + REDEVELOPMENTS, set[str]()
    for measure, situation, done in OTHERS:
        free = [one for one in held if one.situation.name == situation and one.code not in taken]
        for holding in free[: len(done)]:
            number += 1
            taken.add(holding.code)
            yield _disposal(f"CZ-{number:02d}", measure, officers, until) | {
                "parcel": holding.code,
                "area_m2": holding.area_m2,
                "investor_name": f"示范{holding.plot.block}承接企业",
                "agreed_from_on": days.after(until, 30) if measure in TERMED else None,
                "agreed_until_on": days.after(until, 330) if measure in TERMED else None,
            }


def target_rows(until: date) -> list[Row]:
    """Return the year's two targets of 增存挂钩, whose basis nobody has confirmed yet."""
    return [
        {
            "code": f"CL-{until.year}-{kind}",
            "year": until.year,
            "kind": kind,
            "base_on": date(until.year - 1, 12, 31),
            "target_percent": Decimal(15),
            "is_confirmed": False,
            "source": names.SOURCE,
        }
        for kind in ("unsupplied", "idle")
    ]


def output_rows(held: list[Holding], until: date) -> list[Row]:
    """Return what the year brought on the parcels that produce; every twelfth is not told."""
    return [
        {
            "code": f"CC-{until.year}-{holding.number:03d}",
            "parcel": holding.code,
            "year": until.year,
            "tax_wan": round(holding.area_m2 * 3 / 2000 * _tax_per_mu(holding), 2),
            "output_wan": round(holding.area_m2 * 3 / 2000 * _tax_per_mu(holding) * 22, 2),
            "is_hazardous": False,
            "source": names.SOURCE,
        }
        for holding in held
        if holding.situation.supply in YIELDS and holding.number % 12
    ]


def _tax_per_mu(holding: Holding) -> Decimal:
    """Return the tax of a mu in 万元; it varies with the plot by half."""
    return YIELDS[holding.situation.supply] * (50 + holding.number * 37 % 100) / 100


def _disposal(code: str, measure: str, officers: list[str], until: date) -> Row:
    return {
        "code": code,
        "measure": measure,
        "planned_on": days.after(until, -330),
        "due_on": days.after(until, 90),
        "officer": officers[0],
        "basis_document": f"示范管发〔{until.year}〕12号",
        "source": names.SOURCE,
    }


def step_rows(disposals: list[Row], until: date) -> list[Row]:
    """Return the steps that are done, each a month after the one before."""
    return [
        {
            "code": f"{disposal['code']}-{step.code.value}",
            "disposal": disposal["code"],
            "step": step.code.value,
            "done_on": days.after(until, place * 28 - 300),
            "document": f"示范文〔{until.year}〕{place + 1}号",
            "source": names.SOURCE,
        }
        for disposal, done in _progress(disposals)
        for place, step in enumerate(ROUTES[Measure(disposal["measure"])].steps[:done])
    ]


def _progress(disposals: list[Row]) -> Iterator[tuple[Row, int]]:
    seen: dict[str, int] = {}
    for disposal in disposals:
        number = seen[disposal["measure"]] = seen.get(disposal["measure"], -1) + 1
        known = _DONE.get(disposal["measure"], DONE)
        yield disposal, known[number % len(known)]


def contract_rows(disposals: list[Row], until: date) -> list[Row]:
    """Return the contracts by which the supplies that are done were made."""
    places = [step.code for step in ROUTES[Measure.SUPPLY].steps]
    signed_on = days.after(until, places.index(StepCode.AGREEMENT) * 28 - 300)
    return [
        {
            "code": f"示范出让-{disposal['code']}",
            "parcel": disposal["parcel"],
            "right": "grant",
            "signed_on": signed_on,
            "agreed_start_on": days.after(until, 180),
            "agreed_completion_on": days.after(until, 910),
            "handed_over_on": days.after(signed_on, 28),
            "hand_over_document": f"示范交地-{disposal['code']}",
            "total_investment_wan": round(disposal["area_m2"] * Decimal("0.3"), 2),
            "required_area_m2": disposal["area_m2"],
            "funds_in_place": True,
            "source": names.SOURCE,
        }
        for disposal in disposals
        if disposal["measure"] == "supply" and disposal["code"] in finished(disposals)
    ]


def finished(disposals: list[Row]) -> list[str]:
    """Return the numbers of the disposals whose steps are all done."""
    return [disposal["code"] for disposal, done in _progress(disposals) if done == DONE[0]]


def money_rows(random: Random, disposals: list[Row], until: date) -> list[Row]:
    """Return the rent and the output that the finished ones brought, and what they cost."""
    done = set(finished(disposals))
    return [
        line
        for disposal in disposals
        if disposal["code"] in done
        for line in _lines(random, disposal, until)
    ]


def _lines(random: Random, disposal: Row, until: date) -> Iterator[Row]:
    area = Decimal(disposal["area_m2"])
    category, payer, payee = PAID.get(disposal["measure"], ("construction", "holder", "outside"))
    amount_wan = Decimal(random.randint(200, 900))
    if category in PRICES_WAN_PER_M2:
        amount_wan = round(area * PRICES_WAN_PER_M2[category], 2)
    lines: list[Row] = [
        {"category": category, "payer": payer, "payee": payee, "amount_wan": amount_wan}
    ]
    if disposal["measure"] != "supply":
        lines.append({"category": "output", "amount_wan": round(area * Decimal("0.35"), 2)})
    for number, line in enumerate(lines, 1):
        yield line | {
            "code": f"{disposal['code']}-S{number}",
            "disposal": disposal["code"],
            "state": "actual",
            "on": days.after(until, -20),
            "source": names.SOURCE,
        }
