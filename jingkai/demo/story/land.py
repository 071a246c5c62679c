"""The zone's land: approvals, parcels in every state, their contracts, works and delays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from jingkai.core import units
from jingkai.demo import names
from jingkai.demo.ground import Plot

from . import days
from .situations import SITUATIONS, Situation

Row = dict[str, Any]

PRICE_WAN_PER_MU = 24
REGION = "379999"  # is no division's code: no parcel code made with it can be a real parcel's
DELAY_CAUSES = ("g1", "g2", "g4", "g5", "g6", "g7")


USES = ("industrial",) * 8 + ("warehouse", "research")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A plot in its situation, with what its rows have in common."""

    plot: Plot
    number: int
    situation: Situation
    use: str
    start_on: date | None
    holder: str
    holder_code: str

    @property
    def code(self) -> str:
        """Return the natural key of the parcel."""
        return f"ZD-{self.number:03d}"

    @property
    def area_m2(self) -> Decimal:
        """Return what the certificate says; of every fortieth it is not what the plan shows."""
        measured = self.plot.shape.area_m2 or Decimal(0)
        return round(measured * (Decimal("1.06") if self.number % 40 == 7 else 1), 2)

    @property
    def agrees_none(self) -> bool:
        """Whether the contract says no day of start, so that it is not on record."""
        return self.number % 9 == 4

    @property
    def signed_on(self) -> date | None:
        """Return the day of the contract, half a year before the agreed start."""
        return days.after(self.start_on, -182) if self.start_on else None

    @property
    def price_wan(self) -> Decimal:
        """Return the price of the land."""
        return Decimal(round(units.mu_from_m2(self.area_m2)) * PRICE_WAN_PER_MU)

    @property
    def investment_wan(self) -> Decimal:
        """Return what the contract asks to be invested, the price apart."""
        return self.price_wan * 10


def holdings(random: Random, plots: list[Plot], *, until: date) -> list[Holding]:
    """Return the plots, each in one of the situations."""
    situations = [
        situation
        for situation in SITUATIONS
        for _number in range(max(1, round(situation.of_300 * len(plots) / 300)))
    ]
    random.shuffle(situations)
    situations += [SITUATIONS[0]] * (len(plots) - len(situations))
    return [
        _holding(random, plot, number, situation, until)
        for number, (plot, situation) in enumerate(zip(plots, situations, strict=False), 1)
    ]


def _holding(
    random: Random, plot: Plot, number: int, situation: Situation, until: date
) -> Holding:
    start = days.after(until, -random.randint(*situation.age)) if situation.age else None
    return Holding(
        plot=plot,
        number=number,
        situation=situation,
        use=random.choice(USES),
        start_on=start,
        holder=names.investor(random, 240 + number) if start else "",
        holder_code=names.credit_code(40_000 + number) if start else "",
    )


def approval_rows(held: list[Holding], until: date) -> list[Row]:
    """Return the approvals under which land of the zone was converted, a few blocks each."""
    areas: dict[str, Decimal] = {}
    for holding in held:
        name = _approval(holding)
        areas[name] = areas.get(name, Decimal(0)) + holding.area_m2
    return [
        {
            "code": code,
            "document_number": f"示范政土字〔{until.year - 8 + number}〕{100 + number}号",
            "approved_on": date(until.year - 8 + number, 5, 18),
            "area_m2": area,
            "expropriated_on": date(until.year - 7 + number, 3, 20),
            "source": names.SOURCE,
        }
        for number, (code, area) in enumerate(sorted(areas.items()))
    ]


def _approval(holding: Holding) -> str:
    return f"PC-{holding.plot.block[0]}"


def parcel_rows(held: list[Holding], officers: list[str]) -> list[Row]:
    """Return the parcels."""
    return [_parcel(holding, officers) for holding in held]


def _parcel(holding: Holding, officers: list[str]) -> Row:
    situation, plot = holding.situation, holding.plot
    code = f"{REGION}001001GB{holding.number:05d}"
    row: Row = {
        "code": holding.code,
        "name": f"{plot.block} 街区 {plot.number} 号地",
        "parcel_code": code,
        "approval": _approval(holding),
        "location": f"示范园区 {plot.block} 街区",
        "area_m2": holding.area_m2,
        "use": holding.use,
        "outline": plot.shape,
        "outline_source": "示范绘制",
        "supply": situation.supply,
        "stage": situation.stage,
        "occupancy": situation.occupancy,
        "statutory": situation.statutory,
        "follow_up": situation.follow_up,
        "measure": situation.measure,
        "obstacle": situation.obstacle,
        "obstacle_owner": situation.obstacle_owner,
        "officer": officers[holding.number % len(officers)],
        "source": names.SOURCE,
    }
    return row | (_held(holding, code) if holding.signed_on else {})


def _held(holding: Holding, code: str) -> Row:
    signed = holding.signed_on or date.min
    built = holding.situation.is_plant
    return {
        "real_estate_unit_code": f"{code}{'F00010001' if built else 'W00000000'}",
        "certificate_number": f"示范（{signed.year}）不动产权第{holding.number:07d}号",
        "right": "grant",
        "term_years": 50,
        "term_from_on": signed,
        "term_until_on": signed.replace(year=signed.year + 50, day=min(signed.day, 28)),
        "holder_name": holding.holder,
        "holder_credit_code": holding.holder_code,
        "mortgagee_name": "示范商业银行钢城支行" if holding.number % 5 == 0 else "",
        "price_wan": holding.price_wan,
        "price_paid_wan": holding.price_wan,
        "price_paid_on": days.after(signed, 15),
        "monitoring_number": f"示范监管{signed.year}{holding.number:04d}",
        "registered_in_monitoring_on": days.after(signed, 20),
    }


def contract_rows(held: list[Holding]) -> list[Row]:
    """Return the grant contracts; every ninth agrees no day of start, so that hand-over counts."""
    rows = []
    for holding in held:
        if holding.start_on is None or holding.signed_on is None:
            continue
        rows.append(
            {
                "code": f"示范出让-{holding.number:03d}",
                "parcel": holding.code,
                "right": "grant",
                "signed_on": holding.signed_on,
                "agreed_start_on": None if holding.agrees_none else holding.start_on,
                "agreed_completion_on": days.after(holding.start_on, 730),
                "handed_over_on": days.after(holding.signed_on, 20),
                "hand_over_document": f"示范交地{holding.number:03d}",
                "total_investment_wan": holding.investment_wan,
                "required_area_m2": holding.area_m2,
                "funds_in_place": holding.situation.obstacle != "capital",
                "floor_area_ratio_min": Decimal("1.0"),
                "source": names.SOURCE,
            }
        )
    return rows


def works_rows(held: list[Holding], until: date) -> list[Row]:
    """Return what was reported of the works of each parcel on which something was built."""
    return [row for holding in held for row in _works(holding, until)]


def _works(holding: Holding, until: date) -> Iterator[Row]:
    situation, start = holding.situation, holding.start_on
    if start is None or not situation.built:
        return
    permit = days.after(start, -20)
    is_done = situation.built == 1
    stopped = days.after(until, -situation.suspended) if situation.suspended else None
    yield {
        "code": f"示范进度-{holding.number:03d}",
        "parcel": holding.code,
        "reported_on": days.after(until, -200 if stopped else -20),
        "construction_permit_on": permit,
        "construction_permit_number": f"示范施许{holding.number:03d}",
        "foundation": "piles" if holding.number % 3 else "other",
        "foundation_share": Decimal(1),
        "commenced_on": days.after(start, 15),
        "developed_area_m2": round(holding.area_m2 * situation.built, 2),
        "invested_wan": round(holding.investment_wan * situation.built * Decimal("0.9"), 2),
        "invested_includes_price": False,
        "suspended_since": stopped,
        "completed_on": days.after(start, 500) if is_done else None,
        "in_production_on": days.after(start, 620) if situation.stage == "in_production" else None,
        "source": names.SOURCE,
    }


def delay_rows(held: list[Holding], until: date) -> list[Row]:
    """Return the delays that are the government's; every second one is accepted."""
    rows = []
    delayed = [one for one in held if one.situation.delay and one.start_on]
    for number, holding in enumerate(delayed):
        start = holding.start_on or until
        is_accepted = number % 2 == 0
        rows.append(
            {
                "code": f"示范延误-{holding.number:03d}",
                "parcel": holding.code,
                "cause": DELAY_CAUSES[number % len(DELAY_CAUSES)],
                "from_on": days.after(start, 30),
                "until_on": days.after(start, 330) if number % 3 else None,
                "basis": f"示范规划调整通告第{number + 1}号",
                "accepted_on": days.after(start, 200) if is_accepted else None,
                "accepted_document": f"示范自然资函〔{until.year}〕{number + 1}号"
                if is_accepted
                else "",
                "source": names.SOURCE,
            }
        )
    return rows
