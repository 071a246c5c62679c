"""What the law asks of a disposal is asked before it binds; what happened is on record first."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.land import actions as land
from jingkai.apps.land.models import GrantContract, Parcel, WorksProgress
from jingkai.apps.registers import actions as registers
from jingkai.apps.registers import queries as catalogue
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.reuse import actions, queries

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 1)
DETERMINED = {"statutory": "idle_by_government", "statutory_document": "认〔2024〕1号"}
BY_HOLDER = {"statutory": "idle_by_holder", "statutory_document": "认〔2024〕1号"}


def _never_started(make: Any, start_on: date, **values: Any) -> Parcel:
    usual = {"supply": "supplied_unused", "stage": "not_commenced", "obstacle": "none"}
    parcel = make.parcel(**usual | values)
    make.row(GrantContract, parcel=parcel, signed_on=date(2021, 1, 4), agreed_start_on=start_on)
    return parcel


def _case(make: Any, parcel: Parcel, **values: Any) -> IdleCase:
    return make.row(IdleCase, parcel=parcel, opened_on=date(2024, 1, 10), **values)


def _until(make: Any, disposal: Any, step: str) -> None:
    """Do every step that must be done before this one."""
    for one in queries.route(disposal).before(step):
        make.step(disposal, one.code.value, MAY)


@pytest.mark.parametrize("measure", ["reclaim_by_agreement", "swap", "temporary_use", "extension"])
def test_no_option_binds_for_idle_land_until_it_is_filed(make: Any, measure: str) -> None:
    parcel = make.transferable(**DETERMINED)
    GrantContract.objects.update(funds_in_place=True)
    disposal = make.plan(
        parcel=parcel,
        measure=measure,
        agreed_from_on=date(2024, 7, 1),
        agreed_until_on=date(2025, 7, 1),
    )
    _until(make, disposal, "agreement")

    with pytest.raises(actions.NotDisposed, match=r"动态监测监管系统备案（.*第二十五条"):
        make.step(disposal, "agreement", MAY)


def test_a_case_that_filed_the_land_answers_for_the_option(make: Any) -> None:
    parcel = make.transferable(**DETERMINED)
    case = _case(make, parcel)
    make.row(CaseStep, case=case, step="registration", done_on=date(2024, 2, 1))
    disposal = make.plan(parcel=parcel, measure="reclaim_by_agreement")
    _until(make, disposal, "agreement")

    assert make.step(disposal, "agreement", MAY).pk


def test_a_swap_is_asked_for_funds_and_a_changed_plan_before_it_binds(make: Any) -> None:
    parcel = make.transferable()
    disposal = make.plan(parcel=parcel, measure="swap")
    _until(make, disposal, "agreement")

    with pytest.raises(actions.NotDisposed, match="第十二条第一款第五项") as error:
        make.step(disposal, "agreement", MAY)

    assert "因规划依法修改造成闲置" in str(error.value)
    assert "项目开发建设资金已落实" in str(error.value)


def test_nothing_is_taken_back_before_it_is_determined(make: Any) -> None:
    parcel = _never_started(make, date(2022, 1, 4))
    disposal = make.plan(parcel=parcel, measure="reclaim_without_compensation")
    with pytest.raises(actions.NotDisposed, match="告知听证权利"):
        make.step(disposal, "decide", MAY)
    _until(make, disposal, "decide")

    with pytest.raises(actions.NotDisposed, match=r"无法确认：已认定为企业原因.*第十四条第二项"):
        make.step(disposal, "decide", MAY)
    Parcel.objects.filter(pk=parcel.pk).update(**BY_HOLDER)

    assert make.step(disposal, "decide", MAY).pk


def test_land_within_its_second_year_is_not_taken_back(make: Any) -> None:
    early = _never_started(make, date(2023, 1, 1), **BY_HOLDER)
    ripe = _never_started(make, date(2022, 12, 31), **BY_HOLDER)

    with pytest.raises(actions.NotDisposed, match=r"未动工开发满两年（.*第十四条第二项"):
        make.plan(parcel=early, measure="reclaim_without_compensation")
    assert make.plan(parcel=ripe, measure="reclaim_without_compensation").pk


@pytest.mark.parametrize("measure", ["transfer", "lease", "cooperation"])
def test_land_of_who_hoards_it_is_neither_sold_nor_let(make: Any, measure: str) -> None:
    parcel = make.transferable(**DETERMINED)
    disposal = make.plan(parcel=parcel, measure=measure) if measure == "cooperation" else None
    _case(make, parcel, hoarding_on=date(2024, 2, 1), hoarding_document="囤〔2024〕1号")

    with pytest.raises(actions.NotDisposed, match=r"囤地炒地.*第二十四条"):
        make.plan(parcel=parcel, measure=measure)
    if disposal is not None:
        _until(make, disposal, "agreement")
        with pytest.raises(actions.NotDisposed, match=r"囤地炒地.*第二十四条"):
            make.step(disposal, "agreement", MAY)


def test_a_mortgagee_on_record_is_told_before_the_plan_is_approved(make: Any) -> None:
    parcel = make.transferable(mortgagee_name="示范银行")
    disposal = make.plan(parcel=parcel, measure="reclaim_by_agreement")
    _until(make, disposal, "approve")

    with pytest.raises(actions.NotDisposed, match=r"已书面告知抵押权人（.*第十三条第二款"):
        make.step(disposal, "approve", MAY)
    make.step(disposal, "tell_mortgagee", MAY)

    assert make.step(disposal, "approve", MAY).pk


def test_a_supply_ends_with_a_contract_on_record_and_the_parcel_is_supplied(make: Any) -> None:
    parcel = make.parcel(supply="approved_unsupplied", obstacle="none")
    disposal = make.plan(parcel=parcel, measure="supply")
    _until(make, disposal, "hand_over")

    with pytest.raises(actions.NotDisposed, match="已登记签订的出让合同或划拨决定书"):
        make.step(disposal, "hand_over", MAY)
    make.row(GrantContract, parcel=parcel, signed_on=date(2024, 4, 20))
    make.step(disposal, "hand_over", MAY)
    actions.change_disposal(
        disposal=disposal, values={"note": "按合同交付"}, by="officer", at=make.at
    )
    make.finish(disposal)

    parcel.refresh_from_db()
    assert (parcel.supply, parcel.follow_up) == ("supplied_unused", "settled")
    with pytest.raises(actions.NotDisposed, match="土地尚未供应"):
        make.plan(parcel=parcel, measure="supply")


def test_a_parcel_without_a_contract_is_not_noted_as_supplied(make: Any) -> None:
    parcel = make.parcel(supply="approved_unsupplied")

    with pytest.raises(land.Unsupplied, match="不能记为已供应"):
        land.note_supplied(parcel=parcel, by="officer", at=make.at)


def test_a_disposal_of_a_parcel_that_was_split_is_still_carried_to_its_end(make: Any) -> None:
    parcel = make.transferable()
    done, left = (make.plan(parcel=parcel, area_m2=Decimal(1)) for _number in range(2))
    make.all_steps(done)
    halves = [land.Part(code=f"F-{n}", name=f"F-{n}", area_m2=Decimal(30_000)) for n in (1, 2)]
    land.split_parcel(
        parcel=parcel, parts=halves, on=date(2024, 8, 1), document="分", by="m", at=make.at
    )

    finished = make.finish(done)
    actions.withdraw_disposal(disposal=left, reason="宗地已分割", by="officer", at=make.at)

    left.refresh_from_db()
    assert (finished.status, left.status) == ("finished", "withdrawn")
    assert Parcel.objects.get(pk=parcel.pk).follow_up == "in_disposal"
    with pytest.raises(actions.NotDisposed, match="请选择变更后的宗地"):
        make.plan(parcel=Parcel.objects.get(pk=parcel.pk))


@pytest.mark.usefixtures("today")
def test_money_that_flowed_did_not_flow_tomorrow(make: Any, zone: Any) -> None:
    disposal = make.plan(parcel=make.transferable())
    register = catalogue.registers()["disposal-money"]
    line = {column.name: None for column in register.typed} | {
        "code": "S-1",
        "disposal": disposal,
        "category": "rent",
        "payer": "user",
        "payee": "holder",
        "amount_wan": Decimal(3),
        "on": date(2025, 1, 1),
        "source": "合同",
    }

    def add(state: str) -> Any:
        values = line | {"state": state}
        return registers.create_record(
            register=register, zone=zone, values=values, by="a", at=make.at
        )

    with pytest.raises(Refused, match="实际收支的日期不能晚于今天"):
        add("actual")
    assert add("planned").pk


def test_a_sale_is_judged_by_what_was_invested_without_the_price(make: Any) -> None:
    parcel = make.transferable()
    WorksProgress.objects.update(invested_wan=Decimal("4999.99"))

    with pytest.raises(actions.NotDisposed, match=r"25%（.*第三十九条第一款第二项"):
        make.plan(parcel=parcel, measure="transfer", planned_on=date(2024, 7, 1))
