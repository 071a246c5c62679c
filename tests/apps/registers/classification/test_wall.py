"""Every page, file and address of the API, as each role, with a canary in what is sealed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.checks import Route, routes
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Permission, Role
from tests.apps.registers.masking.test_canaries import _paths, _texts
from tests.environment import rounds

from .conftest import CANARY, Planted

UNCLEARED = [r for r in Role if Permission.READ_SENSITIVE not in ROLE_PERMISSIONS[r]]
ROLES = rounds([Role.SERVICES], UNCLEARED)


def _addresses(route: Route, zone: Zone, planted: Planted) -> Iterator[str]:
    keys = {kind: [str(record.pk)] for kind, record in planted.items()}
    for path in _paths(route, zone, keys):
        yield path
        if "?" not in path and not re.search(r"/\d+/", path):  # no page of one record searches
            yield f"{path}?q={CANARY[:2]}"  # less than the canary: a page repeats what is asked


def _seen(client: Client, zone: Zone, planted: Planted) -> Iterator[str]:
    client.raise_request_exception = False  # that none fails is another test's matter
    for route in routes():
        if route.rule is None or "GET" not in route.rule.methods or "zone>" not in route.path:
            continue
        for path in _addresses(route, zone, planted):
            answer: Any = client.get(path)
            content = b"".join(answer) if answer.streaming else answer.content
            if any(CANARY in re.sub("</?mark>", "", text) for text in _texts(content)):
                yield path


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("addressed", ROLES, indirect=True)
def test_no_page_file_or_address_shows_what_is_sensitive_to_who_is_not_cleared(
    zone: Zone, planted: Planted, addressed: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(addressed)

    seen = list(_seen(client, zone, planted))

    assert seen == []


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("addressed", [Role.LEADER], indirect=True)
def test_the_crawl_finds_it_on_every_kind_of_page_for_who_is_cleared(
    zone: Zone, planted: Planted, addressed: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(addressed)

    pages = ("search", "export", "api", "notices", "figures", "follow-ups", "bookmarks")
    missing = {f"/{part}" for part in (*planted, *pages)}
    for path in _seen(client, zone, planted):
        missing -= {part for part in missing if part in path}
        if not missing:
            break

    assert missing == set()


def test_whoever_reads_the_trail_is_cleared_for_what_any_record_ever_held() -> None:
    for role, held in ROLE_PERMISSIONS.items():
        assert Permission.READ_TRAIL not in held or Permission.READ_SENSITIVE in held, role
