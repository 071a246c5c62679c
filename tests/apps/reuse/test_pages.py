"""The pages of reuse, seen by three persons; figures are the rows behind them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jingkai.apps.reuse.models import Assumption, Disposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LogIn = Callable[[Any], Client]


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=["home", *args])


def _page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_an_empty_board_says_what_to_do(officer: Any, log_in: LogIn) -> None:
    page = _page(log_in(officer), _url("reuse"))

    assert "还没有可盘活的土地和厂房" in page
    assert _url("parcels-list") in page


def test_the_board_counts_what_its_links_open(make: Any, officer: Any, log_in: LogIn) -> None:
    make.parcel(supply="supplied_unused")
    make.parcel(supply="in_use")
    done = make.finished(parcel=make.transferable(), area_m2=Decimal(20000))
    make.money(done)
    make.plan(parcel=make.parcel(supply="partly_used"), due_on=date(2024, 12, 1))
    browser = log_in(officer)

    page = _page(browser, _url("reuse"))
    listed = _page(browser, f"{_url('disposals-list')}?measure=redevelopment&status=planned")

    assert "盘活土地" in page
    assert ">30</a><small>亩" in page
    assert "30 万元" in page
    assert "超 30 天" in page
    assert done.code not in listed


def test_the_comparison_shows_every_measure_with_article_and_missing_facts(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    parcel = make.transferable(price_paid_wan=Decimal(1), statutory="")
    make.row(
        Assumption,
        parcel=parcel,
        measure="redevelopment",
        year=2025,
        category="tax",
        payer="user",
        payee="public",
        amount_wan=Decimal(180),
        source="企业再开发方案",
    )

    page = _page(log_in(officer), _url("parcel-measures", parcel.pk))

    assert "城市房地产管理法第三十九条第一款第一项" in page
    assert "尚未登记：法定状态" in page
    assert "企业再开发方案" in page
    assert "180 万元" in page
    assert ">2 万元<" in page  # 180 of 90 亩
    assert f"parcel={parcel.code}&amp;measure=redevelopment" in page
    assert "measure=transfer" not in page.split("并列比较")[1].split("</table>")[0]


def test_the_rent_of_a_plant_comes_from_its_record_or_names_what_is_lacking(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    priced, bare = make.plant(rent_yuan_per_m2_month=Decimal(12)), make.plant()
    browser = log_in(officer)

    with_rent = _page(browser, _url("plant-measures", priced.pk))
    without = _page(browser, _url("plant-measures", bare.pk))

    assert "72 万元" in with_rent  # 12 元 × 5,000 m² × 12 months
    assert "台账缺少：租金" in without


def test_a_disposal_is_chosen_through_the_registers_form(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    parcel, browser = make.transferable(), log_in(officer)
    url = f"{_url('disposals-new')}?parcel={parcel.code}&measure=transfer"
    form = _page(browser, url)
    said = {"code": "CZ-1", "parcel": parcel.code, "measure": "transfer", "area_m2": "30000"}

    refused = browser.post(url, said | {"area_m2": "60000.01"})
    made = browser.post(url, said)

    assert parcel.code in form
    assert refused.status_code == 400
    assert "60000" in refused.content.decode()
    assert made.status_code == 302
    assert Disposal.objects.get().measure == "transfer"


def test_a_step_through_the_form_is_refused_by_name_and_then_recorded(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    disposal, browser = make.plan(parcel=make.transferable()), log_in(officer)
    url = _url("disposal-step", disposal.pk)

    early = browser.post(url, {"step": "plan", "done_on": "2024-05-01", "document": "x"})
    nothing = browser.post(url, {"step": "survey"})
    made = browser.post(url, {"step": "survey", "done_on": "2024-05-01"})
    page = _page(browser, _url("disposal", disposal.pk))

    assert "请先完成：权属与现状核查" in early.content.decode()
    assert "请填写计划日期或完成日期" in nothing.content.decode()
    assert made.status_code == 302
    assert "2024-05-01" in page
    assert "处置中" in page


def test_changing_finishing_and_withdrawing_have_their_forms(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    first, second = (make.plan(parcel=make.transferable()) for _number in range(2))
    make.all_steps(first)
    browser = log_in(officer)

    browser.post(_url("disposal-change", first.pk), {"investor_name": "示范新企业"})
    done = {"on": "2024-09-01", "proof": "production", "document": "投产〔2024〕1号"}
    browser.post(_url("disposal-finish", first.pk), done | {"reused_area_m2": "50000"})
    browser.post(_url("disposal-withdraw", second.pk), {"reason": "企业放弃"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.reused_area_m2) == ("finished", Decimal(50000))
    assert first.investor_name == "示范新企业"
    assert (second.status, second.withdrawn_reason) == ("withdrawn", "企业放弃")


def test_what_is_over_has_no_forms(make: Any, officer: Any, log_in: LogIn) -> None:
    disposal = make.finished(parcel=make.transferable())
    browser = log_in(officer)

    answer = browser.get(_url("disposal-step", disposal.pk), follow=True)
    page = answer.content.decode()

    assert answer.redirect_chain == [(_url("disposal", disposal.pk), 302)]
    assert "不能再办理" in page
    assert _url("disposal-finish", disposal.pk) not in page


def test_a_disposals_page_nets_money_by_party(make: Any, officer: Any, log_in: LogIn) -> None:
    disposal = make.plan(parcel=make.transferable())
    make.money(disposal, category="compensation", payer="public", payee="holder", amount_wan=900)
    make.money(disposal, category="land_price", payer="user", payee="public", amount_wan=2500)
    make.money(disposal, category="output", payer="", payee="", amount_wan=70_000)

    page = _page(log_in(officer), _url("disposal", disposal.pk))

    assert "1,600 万元" in page
    assert "-2,500 万元" in page
    assert "7 亿元" in page


@pytest.mark.parametrize("name", ["disposal-step", "disposal-change", "disposal-finish"])
def test_forms_open_for_those_who_may(make: Any, request: Any, log_in: LogIn, name: str) -> None:
    disposal = make.plan(parcel=make.transferable())

    answers = {
        who: log_in(request.getfixturevalue(who)).get(_url(name, disposal.pk)).status_code
        for who in ("officer", "colleague", "stranger")
    }

    assert answers == {"officer": 200, "colleague": 403, "stranger": 404}


def test_a_neighbours_disposal_parcel_and_stock_are_not_there(
    make: Any, stranger: Any, log_in: LogIn
) -> None:
    disposal = make.plan(parcel=make.transferable())
    browser = log_in(stranger)

    for name, pk in (
        ("disposal", disposal.pk),
        ("disposal-step", disposal.pk),
        ("parcel-measures", disposal.parcel_id),
    ):
        url = reverse(name, args=["neighbour", pk])
        assert browser.get(url).status_code == 404, name


def test_a_sensitive_disposal_is_on_no_board_of_those_not_cleared(
    make: Any, officer: Any, colleague: Any, log_in: LogIn
) -> None:
    parcel = make.transferable(classification="sensitive")
    disposal = make.plan(parcel=parcel, due_on=date(2024, 12, 1))

    seen, hidden = (_page(log_in(who), _url("reuse")) for who in (officer, colleague))

    assert disposal.code in seen
    assert disposal.code not in hidden
    assert log_in(colleague).get(_url("disposal", disposal.pk)).status_code == 404


def test_the_page_of_a_parcel_leads_to_its_disposals_and_measures(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    disposal = make.plan(parcel=make.transferable())

    page = _page(log_in(officer), _url("parcel", disposal.parcel_id))

    assert disposal.code in page
    assert _url("parcel-measures", disposal.parcel_id) in page


@pytest.mark.parametrize(
    "kind",
    [
        "disposals",
        "disposal-steps",
        "disposal-money",
        "disposal-assumptions",
        "parcel-outputs",
        "inefficiency-standards",
        "inefficiency-criteria",
        "stock-targets",
    ],
)
def test_each_register_has_its_list_template_and_file(
    make: Any, officer: Any, log_in: LogIn, kind: str
) -> None:
    disposal = make.finished(parcel=make.transferable())
    make.money(disposal)
    browser = log_in(officer)

    assert browser.get(_url(f"{kind}-list")).status_code == 200
    assert browser.get(_url(f"{kind}-template")).status_code == 200
    assert browser.get(f"{_url(f'{kind}-export')}?format=csv").status_code == 200
