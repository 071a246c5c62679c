"""Planted personal data and secrets, and every page, file and address of the API, as each role."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.checks import Route, routes
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Permission, Role
from jingkai.apps.registers import actions, fitting, queries
from jingkai.apps.registers.declaration import Secrecy
from jingkai.apps.registers.fitting import OwnField
from jingkai.apps.registers.kinds.custom import Type
from tests.environment import rounds

PHONE, NAME, GUESTS, IDENTITY = "13977310246", "欧阳鸣谦", "司徒见微与同行", "320102197703124519"
PERSONAL = (PHONE, NAME, GUESTS, IDENTITY)
CLAUSES, FLOOR_PRICE = "底价条款不得外传八九七", "73191.27"
CONFIDENTIAL = (CLAUSES, FLOOR_PRICE)
CANARIES = (*PERSONAL, *CONFIDENTIAL)
ROLES = rounds([Role.LEADER, Role.PLANNING], list(Role))
ASKED = ("", f"?q={PHONE[:-2]}", "?sort=contact_phone", "?format=csv", "?format=json")


def _create(kind_of: str, zone: Zone, at: datetime, **values: Any) -> Any:
    register = fitting.fit(queries.registers()[kind_of], zone, unmasked=True)
    return actions.create_record(register=register, zone=zone, values=values, by="x", at=at)


@pytest.fixture
def own(inside: Zone, clock: datetime) -> dict[str, Any]:
    """Add a personal and a confidential field to the investors; return a canary for each."""
    investors = queries.registers()["investors"]
    about: dict[str, Any] = {"register": investors, "zone": inside, "by": "x", "at": clock}
    identity = OwnField(label="证件号", is_listed=True, is_searchable=True)
    price = OwnField(label="底价", is_listed=True)
    first = actions.add_field(of=Type.TEXT, said=identity, **about)
    second = actions.add_field(of=Type.WAN, said=price, **about)
    actions.set_secrecy(column=first.code, secrecy=Secrecy.PERSONAL, **about)
    actions.set_secrecy(column=second.code, secrecy=Secrecy.CONFIDENTIAL, **about)
    return {first.code: IDENTITY, second.code: Decimal(FLOOR_PRICE)}


@pytest.fixture
def investor(inside: Zone, clock: datetime, own: dict[str, Any]) -> Any:
    """Return an investor full of canaries, in the trail too."""
    held = own | {"code": "I-1", "name": "远方公司", "kind": "enterprise"}
    made = _create("investors", inside, clock, contact_person=NAME, contact_phone=PHONE, **held)
    for version, phone in ((1, "13900000000"), (2, PHONE)):
        made = actions.change_record(
            register=fitting.fit(queries.registers()["investors"], inside),
            record=made,
            values={"contact_phone": phone},
            version=version,
            by="x",
            at=clock,
        )
    return made


@pytest.fixture
def planted(inside: Zone, clock: datetime, investor: Any) -> dict[str, list[str]]:
    """Plant each canary, and return the keys of the records that hold one."""
    talk = {"code": "N-1", "investor": investor, "topic": "议题", "participants": GUESTS}
    deal = {"code": "S-1", "name": "某项目", "investor": investor, "clauses": CLAUSES}
    talked = _create("negotiations", inside, clock, negotiated_on=clock.date(), **talk)
    signed = _create("signings", inside, clock, kind="formal", signed_on=clock.date(), **deal)
    found = {"investors": investor, "negotiations": talked, "signings": signed}
    return {kind: [str(record.pk)] for kind, record in found.items()}


def _paths(route: Route, zone: Zone, planted: dict[str, list[str]]) -> Iterator[str]:
    """Yield the addresses of the route that may lead to what was planted."""
    about = [kind for kind in queries.registers() if f"/{kind}/" in f"/{route.path}/"]
    if about and about[0] not in planted:
        return
    keys = planted[about[0]] if about else ["1", "2", "3"]
    codes = [*planted, "signed-projects"]
    for key in keys if re.search(r":(pk|sequence)>", route.path) else ["1"]:
        for code in codes if re.search(r":(code|kind)>", route.path) else [""]:
            named = {"zone": zone.code, "pk": key, "sequence": key, "year": "2024"}
            path = _path(route, named | {"code": code, "kind": code, "suffix": "json"})
            is_list = bool(about) and ":pk>" not in route.path
            yield from (path + asked for asked in (ASKED if is_list else ASKED[:1]))


def _path(route: Route, named: dict[str, str]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: named.get(match[1], "1"), route.path)


def _texts(content: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
    else:
        yield content.decode("utf-8", "replace")


def _seen(client: Client, zone: Zone, planted: dict[str, list[str]]) -> list[tuple[str, str]]:
    client.raise_request_exception = False  # that none fails is another test's matter
    found = []
    for route in routes():
        if route.rule is None or "GET" not in route.rule.methods or "zone>" not in route.path:
            continue
        for path in _paths(route, zone, planted):
            answer = client.get(path)
            content = b"".join(answer) if answer.streaming else answer.content
            for text in _texts(content):
                found += [(path, canary) for canary in CANARIES if canary in text]
    return found


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_shown_personal_data_and_only_who_may_is_shown_secrets(
    role: Role,
    zone: Zone,
    planted: dict[str, list[str]],
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    client = log_in(hire(zone, role))

    seen = _seen(client, zone, planted)

    may = Permission.READ_CONFIDENTIAL in ROLE_PERMISSIONS[role]
    assert [found for found in seen if found[1] in PERSONAL or not may] == []


def test_the_crawl_does_find_what_is_shown(
    zone: Zone,
    planted: dict[str, list[str]],
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    client = log_in(hire(zone, Role.LEADER))

    answer = client.get(f"/z/{zone.code}/signings/{planted['signings'][0]}/")

    assert CLAUSES in answer.content.decode()
