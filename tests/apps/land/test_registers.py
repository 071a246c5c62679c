"""What the registers of land refuse, derive and take from a file."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.land import queries
from jingkai.apps.land.models import Lease
from jingkai.apps.land.register import REGISTERS
from jingkai.apps.registers import actions, exports, jobs
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.kinds import Refused
from tests.apps.land.conftest import listed, square

CODE = "370117001001GB00001"
UNIT = f"{CODE}F00010001"


@pytest.fixture(autouse=True)
def today(settings, clock):
    settings.CLOCK = clock.isoformat()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (CODE[:-1], "应为 19 位，现为 18 位"),
        ("37011700100100000001", "应为 19 位，现为 20 位"),
        ("3701170010010000001", "2 位字母"),
    ],
)
def test_a_parcel_code_that_is_made_otherwise_is_refused(written, sentence):
    kind = registers.registers()["parcels"].by_name["parcel_code"].kind

    assert kind.parse(" 370117 001001 gb00001 ") == CODE
    assert kind.parse("") is None
    with pytest.raises(Refused, match=sentence):
        kind.parse(written)


@pytest.mark.parametrize("written", [UNIT[:-1], f"{CODE}X00010001", UNIT + "1"])
def test_a_real_estate_unit_has_28_characters(written):
    kind = registers.registers()["parcels"].by_name["real_estate_unit_code"].kind

    assert kind.parse(UNIT.lower()) == UNIT
    with pytest.raises(Refused, match="不动产单元号"):
        kind.parse(written)


def test_a_real_estate_unit_begins_with_its_parcels_code(create):
    other = f"370117001001GB00002{UNIT[19:]}"
    values = {"name": "地块", "parcel_code": CODE}

    with pytest.raises(Refused, match="前 19 位"):
        create("parcels", code="A", **values, real_estate_unit_code=other)
    assert create("parcels", code="A", **values, real_estate_unit_code=UNIT).pk


def test_a_decision_without_the_authoritys_number_is_refused(create):
    with pytest.raises(Refused, match="办法第四条"):
        create("parcels", code="A", name="地块", statutory="idle_by_holder")


def test_a_parcel_that_was_split_is_not_edited(make, zone, clock):
    parcel = make.parcel(retired_on=date(2024, 1, 1))

    with pytest.raises(Refused, match="已分割或合并"):
        actions.change_record(
            register=registers.registers()["parcels"],
            record=parcel,
            values={"name": "另名"},
            version=parcel.version,
            by="a",
            at=clock,
        )


@pytest.mark.parametrize(
    ("column", "value", "article"),
    [
        ("invested_wan", "20000.000001", "第二条、第三十条"),
        ("developed_area_m2", "27000.01", "第二条"),
    ],
)
def test_more_than_the_contract_says_is_refused(column, value, article, make, create):
    parcel = make.parcel()
    make.contract(parcel, total_investment_wan=Decimal(20_000), required_area_m2=Decimal(27_000))
    row = {"code": "J-1", "parcel": parcel, "reported_on": date(2024, 11, 1)}
    whole = {"invested_wan": Decimal(20_000), "developed_area_m2": Decimal(27_000)}

    with pytest.raises(Refused, match=article):
        create("works-progress", **row, **{column: Decimal(value)})
    assert create("works-progress", **row, **whole).pk


def test_a_supplement_replaces_only_what_it_says(make):
    parcel = make.parcel()
    first = make.contract(parcel, total_investment_wan=Decimal(20_000))
    make.contract(
        parcel,
        supersedes=first,
        signed_on=date(2024, 2, 1),
        agreed_start_on=date(2024, 9, 1),
    )

    agreed = queries.terms(parcel)

    assert agreed.signed_on == date(2023, 1, 10)
    assert agreed.agreed_start_on == date(2024, 9, 1)
    assert agreed.total_investment_wan == Decimal(20_000)


def test_an_amount_with_the_land_price_is_asked_again(make, create):
    with pytest.raises(Refused, match="第三十条"):
        create(
            "works-progress",
            code="J-1",
            parcel=make.parcel(),
            reported_on=date(2024, 11, 1),
            invested_wan=Decimal(1),
            invested_includes_price=True,
        )


def test_what_is_to_be_developed_fits_on_the_parcel(make, create):
    parcel = make.parcel(area_m2=Decimal(30_000))

    with pytest.raises(Refused, match="登记面积"):
        create("grant-contracts", code="H", parcel=parcel, required_area_m2=Decimal("30000.01"))
    assert create("grant-contracts", code="H", parcel=parcel, required_area_m2=Decimal(30_000)).pk


def test_a_supplement_is_of_the_same_parcel(make, create):
    other = make.contract(make.parcel())

    with pytest.raises(Refused, match="同一宗地"):
        create("grant-contracts", code="H", parcel=make.parcel(), supersedes=other)


@pytest.fixture
def lease(make, create):
    """Return what lets a plant of 5,000 m²."""
    plant = make.plant(code="P-1")

    def let(**values):
        usual = {
            "code": "L-1",
            "plant": plant,
            "tenant_name": "示范承租企业",
            "from_on": date(2024, 3, 1),
            "until_on": date(2027, 3, 1),
            "safety_agreement_on": date(2024, 2, 20),
        }
        return create("leases", **usual | values)

    return let


def test_a_lease_of_more_than_twenty_years_is_refused(lease):
    with pytest.raises(Refused, match="第七百零五条"):
        lease(until_on=date(2044, 3, 2))
    assert lease(until_on=date(2044, 3, 1)).pk


def test_twenty_years_from_a_leap_day_end_on_the_first_of_march(lease):
    with pytest.raises(Refused, match="二十年"):
        lease(from_on=date(2104, 2, 29), until_on=date(2124, 3, 2))
    assert lease(from_on=date(2080, 2, 29), until_on=date(2100, 3, 1)).pk


def test_no_more_is_let_than_there_is(make, lease):
    plant = make.plant()
    hall = make.hall(plant, area_m2=Decimal(2_000))

    with pytest.raises(Refused, match="租赁面积"):
        lease(area_m2=Decimal("5000.01"))
    with pytest.raises(Refused, match="租赁面积"):
        lease(plant=plant, hall=hall, area_m2=Decimal("2000.01"))
    with pytest.raises(Refused, match="不属于该厂房"):
        lease(hall=hall)
    assert lease(plant=plant, hall=hall, area_m2=Decimal(2_000)).pk


def test_a_lease_without_a_safety_agreement_is_refused_with_the_law(make, officer, log_in):
    plant = make.plant()
    form = {
        "code": "L-1",
        "plant": plant.code,
        "tenant_name": "示范承租企业",
        "from_on": "2024-03-01",
        "until_on": "2027-03-01",
    }
    browser = log_in(officer)

    refused = browser.post("/z/home/leases/new/", form)
    kept = browser.post("/z/home/leases/new/", form | {"safety_agreement_on": "2024-02-20"})

    assert refused.status_code == 400
    assert kept.status_code == 302
    assert Lease.objects.count() == 1
    kind = registers.registers()["leases"].by_name["safety_agreement_on"].kind
    with pytest.raises(Refused, match="《安全生产法》第四十九条"):
        kind.parse("")


def test_what_is_approved_and_not_supplied_is_derived(make):
    approval = make.approval(area_m2=Decimal(90_000))
    make.parcel(approval=approval, supply="supplied_unused", area_m2=Decimal(30_000))
    make.parcel(approval=approval, supply="in_use", area_m2=Decimal("10000.5"))
    make.parcel(approval=approval, supply="approved_unsupplied", area_m2=Decimal(20_000))
    make.parcel(approval=approval, area_m2=Decimal(5_000))
    gone = {"supply": "in_use", "retired_on": date(2024, 1, 1)}
    make.parcel(approval=approval, area_m2=Decimal(7_000), **gone)

    row = listed("land-approvals", approval)

    assert row["supplied_m2"] == "40,000.5"
    assert row["unsupplied_m2"] == "49,999.5"
    assert row["unverified_m2"] == "5,000"
    assert row["area_mu"] == "135"


def test_an_approval_without_parcels_is_not_supplied_at_all(make):
    row = listed("land-approvals", make.approval(area_m2=Decimal(90_000)))

    assert (row["supplied_m2"], row["unsupplied_m2"]) == ("0", "90,000")


def test_a_parcel_shows_its_mu_and_how_far_the_outline_is_off(make):
    outline = square()
    exact = make.parcel(outline=outline, area_m2=outline.area_m2)
    double = make.parcel(outline=outline, area_m2=round(outline.area_m2 / 2, 2))
    bare = make.parcel(area_m2=None)

    assert listed("parcels", exact)["area_difference"] == "0"
    assert listed("parcels", double)["area_difference"].startswith("100")
    assert listed("parcels", bare)["area_mu"] == ""
    assert listed("parcels", make.parcel(area_m2=Decimal("666.67")))["area_mu"] == "1"


def test_a_plant_shows_since_when_it_is_vacant_and_measured(make, clock):
    day = clock.date()
    fresh = {"measured_by": "张工", "measured_on": day - timedelta(days=365)}
    stale = {"measured_by": "张工", "measured_on": day - timedelta(days=366)}

    rows = [
        listed("plants", make.plant(**found))
        for found in (fresh | {"idle_since": day - timedelta(days=40)}, stale, {})
    ]

    assert [row["days_vacant"] for row in rows] == ["40", "", ""]
    assert registers.registers()["plants"].by_name["days_vacant"].kind.align == "is-numeric"
    assert [row["is_stale"] for row in rows] == ["否", "是", ""]
    assert rows[0]["since_measured"] == "365 天前量测"
    assert rows[1]["since_measured"] == "量测已过 366 天，应复测"
    assert rows[2]["since_measured"] == "未量测"


@pytest.mark.parametrize(
    ("from_on", "until_on", "state"),
    [
        (date(2025, 1, 1), date(2026, 1, 1), "未起租"),
        (date(2024, 12, 31), date(2026, 1, 1), "租赁中"),
        (date(2024, 1, 1), date(2025, 4, 1), "租赁中"),
        (date(2024, 1, 1), date(2025, 3, 31), "90 天内到期"),
        (date(2024, 1, 1), date(2025, 1, 1), "90 天内到期"),
        (date(2024, 1, 1), date(2024, 12, 31), "已到期"),
    ],
)
def test_a_lease_stands_where_its_dates_say(from_on, until_on, state, make, clock):
    lease = make.lease(make.plant(), from_on=from_on, until_on=until_on)

    assert listed("leases", lease)["state"] == state
    assert queries.state_of(lease, on=clock.date()).label == state


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ({"kept_value": Decimal(20)}, "已兑现"),
        ({"kept_value": Decimal("19.9999")}, "未兑现"),
        ({"kept_value": Decimal(20), "indicator": "energy_per_output"}, "已兑现"),
        ({"kept_value": Decimal("20.0001"), "indicator": "energy_per_output"}, "未兑现"),
        ({}, "考核日期未登记"),
        ({"due_on": date(2024, 12, 30)}, "到期未核查"),
        ({"due_on": date(2024, 12, 31)}, "即将到期"),
        ({"due_on": date(2025, 3, 1)}, "即将到期"),
        ({"due_on": date(2025, 3, 2)}, "未到期"),
    ],
)
def test_a_promise_stands_where_its_check_and_day_say(values, standing, make, clock):
    checked = {"checked_on": clock.date()} if "kept_value" in values else {}
    row = make.obligation(make.parcel(), **values, **checked)

    assert listed("standard-obligations", row)["standing"] == standing
    assert queries.standing_of(row, on=clock.date()).label == standing


@pytest.fixture
def one_of_each(make, officer):
    """Return a record of each register, with as much in it as it holds."""
    approval = make.approval(note="备注", expropriated_on=date(2023, 8, 1))
    parcel = make.parcel(
        approval=approval,
        parcel_code=CODE,
        real_estate_unit_code=UNIT,
        use="industrial",
        right="grant",
        supply="supplied_unused",
        stage="not_commenced",
        obstacle="plan",
        obstacle_owner="committee",
        price_wan=Decimal("1234.567891"),
        officer=officer,
        outline=square(),
        outline_source="测绘报告",
    )
    contract = make.contract(parcel, right="grant", required_area_m2=Decimal(20_000))
    plant = make.plant(parcel=parcel, power_kva=Decimal("630.5"), is_public=True)
    hall = make.hall(plant, floor=1, crane_t=Decimal(10), column_grid="8×24")
    return {
        "land-approvals": approval,
        "parcels": parcel,
        "grant-contracts": contract,
        "works-progress": make.works(
            parcel, foundation="piles", foundation_share=Decimal("0.3334"), officer=officer
        ),
        "delays": make.delay(
            parcel, accepted_on=date(2024, 5, 1), accepted_document="济政字〔2024〕1号"
        ),
        "plants": plant,
        "halls": hall,
        "leases": make.lease(plant, hall=hall, area_m2=Decimal(800)),
        "standard-obligations": make.obligation(parcel, due_on=date(2025, 6, 30)),
    }


@pytest.mark.parametrize("kind", [register.kind for register in REGISTERS])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_is_exported_is_imported_as_unchanged(kind, suffix, one_of_each, zone, clock):
    register = registers.registers()[kind]
    rows = registers.rows_of(register).order_by("pk")
    content = exports.write(register, rows, suffix)

    run, _again = jobs.receive(
        register=register, zone=zone, content=content, file_name=f"a.{suffix}", by="a", at=clock
    )
    report = jobs.check(register=register, run=run, by="a", at=clock).report

    assert report["errors"] == []
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 1)


@pytest.mark.parametrize("kind", [register.kind for register in REGISTERS])
def test_a_file_brings_back_what_was_taken_out(kind, one_of_each, zone, clock):
    register = registers.registers()[kind]
    gone = one_of_each[kind]
    told = {column.name: getattr(gone, column.name) for column in register.typed}
    content = exports.write(register, registers.rows_of(register).order_by("pk"), "xlsx")
    for other in reversed(one_of_each):
        one_of_each[other].delete()
        if other == kind:
            break
    run, _again = jobs.receive(
        register=register, zone=zone, content=content, file_name="a.xlsx", by="a", at=clock
    )

    checked = jobs.check(register=register, run=run, by="a", at=clock)
    actions.import_workbook(register=register, run=checked, by="a", at=clock)

    made = register.model.objects.get(code=gone.code)
    assert {name: getattr(made, name) for name in told} == told
