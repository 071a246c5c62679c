"""What every test may ask for, and what no test may do."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.databases import django_db_keepdb, migrated, template
from tests.environment import rounds

__all__ = ["django_db_keepdb", "migrated", "template"]

E2E = "tests/e2e/"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client"}


class NetworkIsOff(Exception):
    """A test asked for an address that is not this machine."""


@pytest.fixture
def clock() -> datetime:
    """Return the instant at which tests happen: the last day of 2024, nine in the morning."""
    return datetime(2024, 12, 31, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True, scope="session")
def network_off() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_here(this: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not _is_here(str(address[0])):
            raise NetworkIsOff(f"a test tried to reach {address[0]}")
        connect(this, address)  # type: ignore[arg-type]

    socket.socket.connect = connect_here  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def passwords_are_quick() -> Iterator[None]:
    """Hash passwords as the product does, at less cost."""
    from django.test import override_settings  # noqa: PLC0415 - needs the settings

    with override_settings(PASSWORD_HASHERS=["tests.hashing.QuickHasher"]):
        yield


@pytest.fixture(autouse=True)
def trail_gives_way_to_the_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the trail's triggers after a test that commits, which is undone by emptying tables."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool({"transactional_db", "live_server"} & set(request.fixturenames))
    if not (commits or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    from django.db import connection  # noqa: PLC0415 - needs the settings

    from tests.apps.audit import trails  # noqa: PLC0415

    trails.install_triggers(connection)
    yield
    trails.remove_triggers(connection)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what touches no database: a second database need not repeat it",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        absent = pytest.mark.skip(reason="DATABASE_URL names no PostgreSQL")
        for item in items:
            if item.get_closest_marker("postgresql") is not None:
                item.add_marker(absent)
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep tests/e2e on one process, so that its server starts once; spread all else singly."""
    # pytest-xdist 3.8 offers this as --dist loadgroup, which has no effect under pytest 9.2.
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - there only with -n

    class OneServer(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return E2E if nodeid.startswith(E2E) else nodeid

    return OneServer(config, log)


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database") is not None and rounds(1, 0):
        return False
    if item.get_closest_marker("postgresql") is not None:
        return True
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
