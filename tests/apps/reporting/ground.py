"""Random land of a zone: parcels, plants, statutory cases, disposals, written into the tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.land.models import LandApproval, Parcel, Plant, Supply
from jingkai.apps.reuse.models import (
    MEASURES,
    OPEN,
    Disposal,
    DisposalMoney,
    Status,
    StockItem,
    StockTarget,
)

if TYPE_CHECKING:
    from tests.apps.reporting.world import Maker

LAST = date(2024, 12, 31)
STEPS = ("determination", "fee_decision")


def fill(made: "Maker", size: int) -> None:
    """Write ``size`` parcels with what stands on them and what is done about them."""
    pick = made.chance.choice
    approvals = made.made(
        LandApproval,
        (
            {
                "document_number": f"示政土〔{n}〕号",
                "approved_on": made.day(),
                "area_m2": Decimal(900_000),
            }
            for n in range(3)
        ),
    )
    parcels = made.made(Parcel, (_parcel(made, n, approvals) for n in range(size)))
    plants = made.made(Plant, (_plant(made, n, pick(parcels)) for n in range(size)))
    cases(made, parcels[: size // 2])
    disposals(made, parcels, plants)
    stock(made, parcels[: size // 3])


def _parcel(made: "Maker", n: int, approvals: list[LandApproval]) -> dict[str, Any]:
    pick = made.chance.choice
    return {
        "name": f"示范宗地{n}",
        "area_m2": pick([None, Decimal(20_000), Decimal("33333.33"), Decimal(90_000)]),
        "supply": pick(["", *Supply.values]),
        "statutory": pick(["", "not_idle"]),
        "approval": pick([None, *approvals]),
        "term_from_on": made.day(),
        "retired_on": pick([None, None, None, made.day()]),
    }


def _plant(made: "Maker", n: int, parcel: Parcel) -> dict[str, Any]:
    pick = made.chance.choice
    return {
        "name": f"示范厂房{n}",
        "parcel": parcel,
        "occupancy": pick(["", "vacant", "partly", "let"]),
        "floor_area_m2": Decimal(8_000),
        "idle_area_m2": pick([None, Decimal(500), Decimal("1250.5")]),
        "idle_since": pick([None, made.day()]),
        "measured_by": "示范测绘",
        "measured_on": made.day(),
    }


def cases(made: "Maker", parcels: list[Parcel]) -> None:
    """Write a case on each parcel: open or closed, determined and decided by day or not."""
    found = made.made(IdleCase, (_case(made, parcel) for parcel in parcels))
    made.made(CaseStep, (row for case in found for row in _steps(made, case)))


def _case(made: "Maker", parcel: Parcel) -> dict[str, Any]:
    opened_on, is_closed = made.day(), made.chance.random() < 0.4
    return {
        "parcel": parcel,
        "opened_on": opened_on,
        "due_on": made.chance.choice([None, made.day()]),
        "due_step": "answer",
        "closed_on": made.day(opened_on) if is_closed else None,
        "result": made.chance.choice(["not_idle", "by_option", "fee_paid"]) if is_closed else "",
    }


def _steps(made: "Maker", case: IdleCase) -> Iterator[dict[str, Any]]:
    day = case.opened_on
    for step in STEPS[: made.chance.randrange(len(STEPS) + 1)]:
        day = made.day(day, max(day, LAST))
        is_approved = made.chance.random() < 0.8
        yield {
            "case": case,
            "step": step,
            "done_on": day,
            "needs_approval": True,
            "approved_at": made.at if is_approved else None,
            "approved_by": "checker" if is_approved else "",
            "amount_wan": Decimal(120) if step == "fee_decision" else None,
        }
        if not is_approved:
            return


def disposals(made: "Maker", parcels: list[Parcel], plants: list[Plant]) -> None:
    """Write one disposal a subject, at every status, with rent and output."""
    subjects: list[Any] = [*parcels, *plants[: len(plants) // 2]]
    found = made.made(Disposal, (_disposal(made, subject) for subject in subjects))
    kept = [row for row in found if row.status != Status.WITHDRAWN]
    made.made(DisposalMoney, (_money(made, made.chance.choice(kept)) for _row in kept))


def _disposal(made: "Maker", subject: Any) -> dict[str, Any]:
    planned_on = made.day()
    started_on = made.day(planned_on)
    status = made.chance.choice(Status.values)
    said = {
        Status.PLANNED: {},
        Status.UNDER_WAY: {"started_on": started_on},
        Status.FINISHED: {
            "started_on": started_on,
            "finished_on": made.day(started_on),
            "reused_area_m2": made.chance.choice([None, Decimal(500)]),
            "proof": "rent",
            "proof_document": "示租〔2024〕1号",
        },
        Status.WITHDRAWN: {"withdrawn_on": made.day(planned_on), "withdrawn_reason": "方案调整"},
    }
    return {
        "parcel" if isinstance(subject, Parcel) else "plant": subject,
        "measure": made.chance.choice([code for code, _label in MEASURES]),
        "planned_on": planned_on,
        "due_on": made.chance.choice([None, made.day(planned_on)]),
        "area_m2": Decimal(600),
        "status": status,
        **said[Status(status)],
    }


def _money(made: "Maker", disposal: Disposal) -> dict[str, Any]:
    is_rent = made.chance.random() < 0.5
    return {
        "disposal": disposal,
        "category": "rent" if is_rent else "output",
        "payer": "user" if is_rent else "",
        "payee": "holder" if is_rent else "",
        "amount_wan": Decimal(made.chance.randrange(1, 100_000)) / 100,
        "state": made.chance.choice(["planned", "actual"]),
        "on": made.day(disposal.planned_on),
        "source": "示范合同",
    }


def stock(made: "Maker", parcels: list[Parcel]) -> None:
    """Write what stood idle when 2024 began."""
    [target] = made.made(
        StockTarget, [{"year": 2024, "kind": "idle", "base_on": date(2023, 12, 31)}]
    )
    areas = [parcel.area_m2 or Decimal(1_000) for parcel in parcels]
    StockItem.everywhere.bulk_create(
        StockItem(zone=made.zone, target=target, parcel=parcel, area_m2=area)
        for parcel, area in zip(parcels, areas, strict=True)
    )


def forget_after(day: date) -> None:
    """Take back whatever of land happened after the day."""
    next_day = day + timedelta(days=1)
    CaseStep.objects.filter(done_on__gt=day).delete()
    CaseStep.objects.filter(case__opened_on__gt=day).delete()
    IdleCase.objects.filter(opened_on__gt=day).delete()
    IdleCase.objects.filter(closed_on__gt=day).update(closed_on=None, result="")
    DisposalMoney.objects.filter(on__gt=day).delete()
    Disposal.objects.filter(status=Status.FINISHED, finished_on__gte=next_day).update(
        status=Status.UNDER_WAY, finished_on=None, reused_area_m2=None, proof=""
    )
    Disposal.objects.filter(status=Status.WITHDRAWN, withdrawn_on__gte=next_day).update(
        status=OPEN[0], withdrawn_on=None, withdrawn_reason=""
    )
    DisposalMoney.objects.filter(disposal__planned_on__gt=day).delete()
    Disposal.objects.filter(planned_on__gt=day).delete()
