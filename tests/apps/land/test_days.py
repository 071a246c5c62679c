"""Days of land that can not be, and records that contradict each other."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.land import queries
from jingkai.apps.registers.kinds import Refused
from tests.apps.land.conftest import listed


@pytest.fixture(autouse=True)
def today(settings, clock):
    settings.CLOCK = clock.isoformat()


@pytest.mark.parametrize(
    ("kind", "column", "rest"),
    [
        ("grant-contracts", "signed_on", {}),
        ("grant-contracts", "handed_over_on", {}),
        ("works-progress", "reported_on", {}),
        ("delays", "from_on", {"cause": "g1"}),
        ("parcels", "price_paid_on", {"name": "甲", "price_paid_wan": 1}),
        ("land-approvals", "approved_on", {"document_number": "鲁〔1〕", "area_m2": 1}),
    ],
)
def test_what_happened_did_not_happen_tomorrow(make, create, clock, kind, column, rest):
    about = {} if kind in {"parcels", "land-approvals"} else {"parcel": make.parcel()}
    today = clock.date()

    with pytest.raises(Refused, match="日期不能晚于今天"):
        create(kind, code="A", **about, **rest, **{column: today + timedelta(1)})
    assert create(kind, code="A", **about, **rest, **{column: today}).pk


@pytest.mark.parametrize(
    "column", ["suspended_since", "resumed_on", "completed_on", "in_production_on"]
)
def test_a_statement_says_nothing_of_the_days_after_it(make, create, column):
    said = {"parcel": make.parcel(), "reported_on": date(2024, 11, 1)}
    said |= {"suspended_since": date(2024, 1, 1)} if column == "resumed_on" else {}

    with pytest.raises(Refused, match="不能晚于核查日期"):
        create("works-progress", code="A", **said | {column: date(2024, 11, 2)})
    assert create("works-progress", code="A", **said | {column: date(2024, 11, 1)}).pk


def test_a_contract_is_a_supply_whatever_was_typed(make):
    approval = make.approval()
    typed = {"approval": approval, "area_m2": Decimal(10_000), "supply": "approved_unsupplied"}
    make.contract(make.parcel(**typed))
    unsigned = make.parcel(**typed)
    make.contract(unsigned, signed_on=None)

    row = listed("land-approvals", approval)

    assert row["supplied_m2"] == "10,000"
    assert any(
        "仍为“批而未供”" in doubt
        for doubt in queries.warnings.of_parcel(
            queries.parcel(approval.parcels.order_by("pk")[0].pk), on=date(2024, 12, 31)
        )
    )
    assert queries.warnings.of_parcel(queries.parcel(unsigned.pk), on=date(2024, 12, 31)) == []


def test_a_lease_beyond_the_term_of_the_land_is_doubted(make):
    parcel = make.parcel(term_until_on=date(2026, 12, 31))
    plant = make.plant(parcel=parcel)
    late, kept = make.lease(plant), make.lease(plant, until_on=date(2026, 12, 31))

    doubts = [
        [one for one in queries.warnings.of_lease(lease) if "土地使用期限" in one]
        for lease in (late, kept)
    ]

    assert [len(found) for found in doubts] == [1, 0]
    assert "2026-12-31" in doubts[0][0]
