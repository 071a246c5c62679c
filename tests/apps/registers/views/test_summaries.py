"""Totals and groups: exact, equal to what one adds up by hand, each open to its list."""

import random
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from lxml import html

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import filters, presentation, queries
from jingkai.apps.registers.declaration import Register
from tests.environment import rounds

Browser = Callable[[User], Client]
SIGNINGS = "/z/home/signings/"


@pytest.fixture
def signings() -> Register:
    """Return the register of signings: it has money and areas."""
    found = queries.find("signings")
    assert found is not None
    return found


@pytest.fixture
def told(signings: Register, inside: Zone, clock: datetime) -> dict[str, Any]:
    """Return what every signing needs."""
    investors = queries.find("investors")
    assert investors is not None
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock}
    investor = investors.model.everywhere.create(**kept, code="KS-1", name="客商（示范）")
    return kept | {"investor": investor}


@pytest.fixture
def rows(signings: Register, told: dict[str, Any]) -> list[Any]:
    """Return signings with and without money, over two years."""
    rng = random.Random(7)
    kinds = [code for code, _label in signings.by_name["kind"].kind.choices]  # type: ignore[attr-defined]
    made = [
        signings.model(
            **told,
            code=f"QY-{at}",
            name=f"项目{at}",
            kind=rng.choice(kinds),
            signed_on=date(rng.choice([2023, 2024]), rng.randrange(1, 13), rng.randrange(1, 29)),
            planned_wan=rng.choice([None, Decimal(0), Decimal(rng.randrange(10**9)).scaleb(-6)]),
            land_mu=rng.choice([None, Decimal(rng.randrange(10**6)).scaleb(-4)]),
        )
        for at in range(rounds(usual=60, soak=600))
    ]
    return list(signings.model.everywhere.bulk_create(made))


def _sum(rows: list[Any], name: str) -> Decimal | None:
    known = [value for row in rows if (value := getattr(row, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def test_totals_equal_what_one_adds_up_by_hand(signings: Register, rows: list[Any]) -> None:
    found = queries.totals(signings.bound, queries.rows_of(signings))

    assert found.count == len(rows)
    for name in ("planned_wan", "land_mu"):
        assert found.sums[name].value == _sum(rows, name)
        assert found.sums[name].missing == sum(getattr(row, name) is None for row in rows)


def test_what_means_nothing_added_up_is_not_added_up(signings: Register) -> None:
    assert [column.name for column in signings.bound if column.adds_up] == [
        "planned_wan",
        "fixed_investment_wan",
        "land_mu",
    ]


def test_a_sum_past_64_bits_is_still_exact(signings: Register, told: dict[str, Any]) -> None:
    most = Decimal("999999999999.999999")
    common = told | {"planned_wan": most, "signed_on": date(2024, 1, 1)}
    made = [signings.model(**common, code=f"QY-{at}") for at in range(12)]
    signings.model.everywhere.bulk_create(made)

    found = queries.totals(signings.bound, queries.rows_of(signings))

    assert found.sums["planned_wan"].value == most * 12


def test_the_page_tells_zero_from_not_on_record(
    officer: User, log_in: Browser, signings: Register, told: dict[str, Any]
) -> None:
    common = told | {"signed_on": date(2024, 1, 1)}
    signings.model.everywhere.create(**common, code="QY-1", planned_wan=Decimal(0))
    signings.model.everywhere.create(**common, code="QY-2")

    page = log_in(officer).get(f"{SIGNINGS}totals/?columns=planned_wan,land_mu").content.decode()

    *_box, first, planned, land = html.fromstring(f"<table>{page}</table>").xpath("//tr/*")
    assert first.text_content().split() == ["合计2", "条"]
    assert planned.text_content() == "0其中 1 条未登记"
    assert land.text_content() == "—其中 2 条未登记"


@pytest.mark.parametrize("then", ["", "kind", "signed_on:quarter", "signed_on:month"])
@pytest.mark.parametrize("group", ["kind", "signed_on:year", "planned_wan", "industry_code"])
def test_every_group_opens_to_the_list_of_exactly_its_rows(
    signings: Register, rows: list[Any], group: str, then: str
) -> None:
    by = [
        found for code in dict.fromkeys((group, then)) if (found := queries.level(signings, code))
    ]
    if not by:
        return
    asked = filters.read(
        signings, QueryDict("signed_on__from=2023-02-10&signed_on__to=2024-11-20")
    )
    found, is_all = queries.groups(asked.apply(queries.rows_of(signings)), by, signings.bound)
    link = presentation.group_links("", asked, by)

    assert is_all
    assert (
        sum(outer.totals.count for outer in found)
        == asked.apply(queries.rows_of(signings)).count()
    )
    conditions = [(outer.condition, outer) for outer in found]
    conditions += [(o.condition + i.condition, i) for o in found for i in o.inside]
    for condition, outer in conditions:
        opened = filters.read(signings, QueryDict(link(condition).removeprefix("?")))
        inside = queries.totals(signings.bound, opened.apply(queries.rows_of(signings)))
        assert opened.errors == []
        assert inside == outer.totals


def test_money_is_no_group(signings: Register) -> None:
    assert queries.level(signings, "planned_wan") is None
    assert queries.level(signings, "code") is None


def test_every_register_can_be_added_up_and_grouped_by_all_it_offers(inside: Zone) -> None:
    for register in queries.registers().values():
        queries.totals(register.bound, queries.rows_of(register))
        offered = queries.levels(register)
        for level in offered:
            queries.groups(queries.rows_of(register), [level, offered[0]], register.bound)


def test_the_page_of_groups_shows_counts_and_sums(
    officer: User, log_in: Browser, rows: list[Any]
) -> None:
    answer = log_in(officer).get(f"{SIGNINGS}groups/?group=signed_on:year&then=kind")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2023 年" in page
    assert f"{_sum(rows, 'land_mu'):,f}".rstrip("0").rstrip(".") in page


def test_a_page_of_groups_without_a_choice_asks_for_one(officer: User, log_in: Browser) -> None:
    browser = log_in(officer)

    assert "选择按什么分组" in browser.get(f"{SIGNINGS}groups/").content.decode()
    assert browser.get(f"{SIGNINGS}groups/?group=nonsense").status_code == 200


def test_the_list_shows_the_columns_asked_for_in_their_order(
    officer: User, log_in: Browser, rows: list[Any]
) -> None:
    page = log_in(officer).get(f"{SIGNINGS}?columns=land_mu,kind&columns=name").content.decode()

    headings = [th.text_content() for th in html.fromstring(page).xpath("//thead//th")]
    assert [text for text in headings if text] == ["编号", "用地（亩）", "协议类型", "签约项目"]
