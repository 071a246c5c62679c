"""Masks: what they show, that they change nothing, and how one looks behind them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Permission, Role
from jingkai.apps.audit import queries as trail
from jingkai.apps.investment.models import Investor
from jingkai.apps.registers import actions, checking, filters, fitting, queries
from jingkai.apps.registers.declaration import Register, Secrecy
from jingkai.apps.registers.kinds import Refused, Veiled
from jingkai.core.identifiers import mask, scrub

PHONE = "13977310246"
EDIT = {"version": "1", "code": "I-1", "name": "远方公司", "kind": "enterprise"}
NOBODY: frozenset[Permission] = frozenset()


@pytest.fixture
def investors() -> Register:
    """Return the register of investors, as it is declared."""
    return queries.registers()["investors"]


@pytest.fixture
def investor(inside: Zone, clock: datetime, investors: Register) -> Investor:
    """Return an investor with somebody to call."""
    return actions.create_record(  # type: ignore[return-value]
        register=fitting.fit(investors, inside),
        zone=inside,
        values={
            "code": "I-1",
            "name": "远方公司",
            "kind": "enterprise",
            "contact_person": "欧阳鸣谦",
            "contact_phone": PHONE,
        },
        by="x",
        at=clock,
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0512-62345678", "****5678"),
        ("320102197703124519", "320***********4519"),
        ("32010219770312451X", "320***********451X"),
        ("张三", "张*"),
        ("欧阳鸣谦", "欧***"),
        ("aming@example.cn", "a***@example.cn"),
        ("@example.cn", "＊＊＊"),
        ("1381234567", "＊＊＊"),  # a digit short of a number
        ("+86 13812345678", "＊＊＊"),
        ("John Smith", "＊＊＊"),
        ("司徒见微与同行", "＊＊＊"),
    ],
)
def test_a_mask_keeps_enough_to_tell_two_apart(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(st.text(min_size=1))
def test_a_mask_never_shows_the_whole(text: str) -> None:
    assert mask(text) != text or text == "＊＊＊"


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text("，。 a=&联系", max_size=5))
def test_a_log_never_keeps_a_whole_number(phone: str, around: str) -> None:
    assert phone not in scrub(f"{around}{phone}{around}")


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_read_it_may_filter_and_sort_by_and_else_not(
    role: Role, investors: Register, inside: Zone
) -> None:
    register = fitting.fit(investors, inside, ROLE_PERMISSIONS[role])
    column = register.by_name["contact_phone"]
    may = Permission.READ_PERSONAL in ROLE_PERMISSIONS[role]

    assert column.is_masked
    assert (column.sortable, column.filterable, column.typed) == (may, may, may)
    assert ("contact_person" in register.search) == may


def test_a_filter_by_what_one_may_not_read_is_no_filter(
    investor: Investor, investors: Register, inside: Zone
) -> None:
    register = fitting.fit(investors, inside, NOBODY)
    asked = filters.read(register, QueryDict("contact_phone=139&sort=contact_phone&q=欧阳"))

    found = asked.apply(queries.rows_of(register))

    assert list(found) == []  # the search does not look there
    assert asked.chips == []
    assert asked.order == register.order


def test_a_masked_cell_that_comes_back_changes_nothing(
    investor: Investor, investors: Register, inside: Zone
) -> None:
    column = fitting.fit(investors, inside).by_name["contact_phone"]

    with pytest.raises(Veiled):
        checking.value_of(column, column.kind.text(PHONE), {})


def test_the_trail_keeps_the_value_and_its_pages_show_the_mask(
    investor: Investor, investors: Register, inside: Zone
) -> None:
    kept = trail.history("investors", str(investor.pk))[0].after

    column = fitting.fit(investors, inside).recorded["contact_phone"]

    assert kept["contact_phone"] == PHONE
    assert column.told(PHONE) == "139****0246"


def test_an_edit_leaves_what_it_did_not_show(
    investor: Investor, zone: Zone, officer: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(officer)
    url = f"/z/{zone.code}/investors/{investor.pk}/edit/"
    page = client.get(url).content.decode()
    typed = EDIT | {"name": "远方（苏州）公司"}

    client.post(url, typed)

    investor.refresh_from_db()
    assert PHONE not in page
    assert "139****0246" in page
    assert (investor.name, investor.contact_phone) == ("远方（苏州）公司", PHONE)


@pytest.mark.parametrize(("typed", "kept"), [("13800138000", "13800138000"), ("-", "")])
def test_what_is_typed_replaces_the_masked_value_and_a_minus_clears_it(
    typed: str,
    kept: str,
    investor: Investor,
    zone: Zone,
    officer: User,
    log_in: Callable[[User], Client],
) -> None:
    client = log_in(officer)
    url = f"/z/{zone.code}/investors/{investor.pk}/edit/"

    client.post(url, EDIT | {"contact_phone": typed})

    investor.refresh_from_db()
    assert investor.contact_phone == kept


def test_who_says_why_sees_the_value_once_and_the_trail_says_so(
    investor: Investor, zone: Zone, officer: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(officer)
    url = f"/z/{zone.code}/investors/{investor.pk}/reveal/"

    answer = client.post(url, {"column": "contact_phone", "reason": "电话回访"})

    event = trail.events(zone.code, trail.Filters(verb="registers.investors.revealed"))[0]
    assert PHONE in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert (event.actor, event.reason) == (officer.username, "电话回访")
    assert event.details == {"column": "contact_phone"}
    assert PHONE not in client.get(f"/z/{zone.code}/investors/{investor.pk}/").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"column": "contact_phone", "reason": " "},
        {"column": "name", "reason": "电话回访"},
        {"column": "password", "reason": "电话回访"},
    ],
)
def test_without_a_reason_or_for_another_column_nothing_is_shown(
    asked: dict[str, str],
    investor: Investor,
    zone: Zone,
    officer: User,
    log_in: Callable[[User], Client],
) -> None:
    answer = log_in(officer).post(f"/z/{zone.code}/investors/{investor.pk}/reveal/", asked)

    assert answer.status_code == 302
    assert not trail.events(zone.code, trail.Filters(verb="registers.investors.revealed"))


def test_a_colleague_without_the_right_reveals_nothing(
    investor: Investor,
    zone: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    client = log_in(hire(zone, Role.PLANNING))

    answer = client.post(
        f"/z/{zone.code}/investors/{investor.pk}/reveal/",
        {"column": "contact_phone", "reason": "好奇"},
    )

    assert answer.status_code == 403


def test_an_export_in_clear_needs_a_reason(
    investor: Investor, zone: Zone, officer: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(officer)
    masked = client.get(f"/z/{zone.code}/investors/export/?format=csv").content.decode()
    url = f"/z/{zone.code}/investors/export/personal/?format=csv"

    refused = client.post(url, {"reason": ""})
    clear = client.post(url, {"reason": "年度走访"}).content.decode()

    event = trail.events(zone.code, trail.Filters(verb="registers.investors.exported"))[0]
    assert (PHONE in masked, refused.status_code, PHONE in clear) == (False, 400, True)
    assert event.reason == "年度走访"


def test_the_trail_of_exports_keeps_no_number_that_was_filtered_by(
    investor: Investor, zone: Zone, officer: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(officer)

    client.get(f"/z/{zone.code}/investors/export/?format=csv&contact_phone={PHONE}")

    event = trail.events(zone.code, trail.Filters(verb="registers.investors.exported"))[0]
    assert PHONE not in str(event.details)


def test_a_zone_is_stricter_than_the_product_and_never_laxer(
    investors: Register, inside: Zone, clock: datetime
) -> None:
    def set_to(column: str, secrecy: Secrecy) -> None:
        actions.set_secrecy(
            register=investors, zone=inside, column=column, secrecy=secrecy, by="a", at=clock
        )

    set_to("contact_phone", Secrecy.CONFIDENTIAL)
    strict = fitting.fit(investors, inside, NOBODY).by_name["contact_phone"]

    assert strict.kind.shown(PHONE) == "＊＊＊"
    with pytest.raises(Refused):
        set_to("contact_person", Secrecy.OPEN)
    with pytest.raises(Refused):
        set_to("name", Secrecy.CONFIDENTIAL)  # other pages show it


def test_no_column_that_refers_to_a_record_is_secret() -> None:
    wrong: list[Any] = [
        (register.kind, column.name)
        for register in queries.registers().values()
        for column in register.bound
        if column.secrecy is not Secrecy.OPEN
        if column.is_reference or column.name == register.key
    ]

    assert wrong == []
