"""Files of land that come in: many rows at once, and rows of history."""

from datetime import date
from decimal import Decimal

from jingkai.apps.registers import jobs
from jingkai.apps.registers import queries as registers


def test_an_import_of_works_reads_the_contracts_of_a_batch_at_once(
    make, zone, clock, django_assert_max_num_queries
):
    parcels = [make.parcel() for _number in range(30)]
    for parcel in parcels:
        make.contract(parcel, total_investment_wan=Decimal(100))
    rows = [f"W-{n},{p.code},2024-11-01,{n}" for n, p in enumerate(parcels, 90)]
    headings = "编号,宗地编号,核查日期,已投资额（万元，不含价款税费）"
    content = "\n".join([headings, *rows]).encode()
    register = registers.registers()["works-progress"]
    told = {"register": register, "by": "a", "at": clock}
    run, _same = jobs.receive(zone=zone, content=content, file_name="a.csv", **told)

    with django_assert_max_num_queries(40):
        run = jobs.check(run=run, **told)

    refused = run.rows.filter(outcome="refused").count()
    assert (run.rows.count(), refused) == (30, 19)  # 101 to 119 of 100


def test_a_file_may_name_a_parcel_of_history_but_not_change_it(make, zone, clock):
    make.parcel(code="A-1", name="历史", retired_on=date(2024, 1, 1))
    told = {"register": registers.registers()["parcels"], "by": "a", "at": clock}

    outcomes = []
    for name in ("历史", "改名"):
        content = f"编号,宗地名称\nA-1,{name}\n".encode()
        run, _same = jobs.receive(zone=zone, content=content, file_name="a.csv", **told)
        outcomes.append(jobs.check(run=run, **told).rows.get().outcome)

    assert outcomes == ["unchanged", "refused"]
