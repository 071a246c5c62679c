"""The third wall: what PostgreSQL shows a request that forgot the scope."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.urls import path

from jingkai.apps.accounts import access, actions, checks, scope, wall
from jingkai.apps.accounts.models import Department, User, Zone, ZoneRecord
from jingkai.apps.accounts.roles import Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls(__name__),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such wall"),
]


@access.page()
def careless(_request: HttpRequest) -> JsonResponse:
    """Answer with every department that a query without a zone finds, by two ways."""
    by_name = sorted(Department.everywhere.values_list("name", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_department ORDER BY name")
        by_hand = [name for (name,) in cursor.fetchall()]
    assert by_name == by_hand
    return JsonResponse({"seen": by_hand})


@access.page()
def intruding(_request: HttpRequest) -> JsonResponse:
    """Answer with what another zone's scope shows to who has no business there."""
    with scope.zones(Zone.objects.get(code="neighbour").pk):
        return JsonResponse({"seen": [found.name for found in Department.objects.all()]})


@access.verb()
def planting(_request: HttpRequest) -> JsonResponse:
    """Try to write a row of another zone."""
    other = Zone.objects.get(code="neighbour")
    try:
        with transaction.atomic():
            Department.everywhere.create(zone=other, code="X", name="X")
    except DatabaseError as refusal:
        return JsonResponse({"refused": str(refusal)})
    return JsonResponse({"refused": ""})


@access.verb()
def moving(_request: HttpRequest) -> JsonResponse:
    """Try to change and to delete every row there is, and to hand one to another zone."""
    changed = Department.everywhere.update(is_external=True)
    try:
        with transaction.atomic():
            Department.everywhere.update(zone=Zone.objects.get(code="neighbour"))
    except DatabaseError as refusal:
        return JsonResponse({"changed": changed, "refused": str(refusal)})
    return JsonResponse({"changed": changed, "refused": ""})


@access.page()
def failing(_request: HttpRequest) -> JsonResponse:
    """Break down."""
    raise ZeroDivisionError


urlpatterns = [
    path("careless", careless),
    path("z/<slug:zone>/careless", careless),
    path("z/<slug:zone>/intruding", intruding),
    path("z/<slug:zone>/planting", planting),
    path("z/<slug:zone>/moving", moving),
    path("z/<slug:zone>/failing", failing),
]


@pytest.fixture(autouse=True)
def departments(zone: Zone, neighbour: Zone, clock: datetime) -> None:
    """Give each of the two zones a department named like it."""
    if wall.is_passed_by():
        pytest.skip("connected as a superuser, whom PostgreSQL shows everything")
    for place in (zone, neighbour):
        actions.open_department(
            zone=place, code="A", name=place.code, is_external=False, by="system", at=clock
        )


@pytest.fixture
def browser(
    zone: Zone, hire: Callable[[Zone, Role], User], log_in: Callable[[User], Client]
) -> Client:
    """Return the browser of somebody who works in the first zone."""
    return log_in(hire(zone, Role.LEADER))


def seen_outside_requests() -> list[str]:
    return sorted(Department.everywhere.values_list("name", flat=True))


def test_every_table_of_a_zone_is_behind_the_wall() -> None:
    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, ZoneRecord)}

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND relforcerowsecurity AND polname = %s AND polcmd = '*'",
            [wall.POLICY],
        )
        walled = {name for (name,) in cursor.fetchall()}

    assert walled == tables


def test_a_request_sees_its_zone_however_it_asks(browser: Client) -> None:
    answer = browser.get("/z/home/careless")

    assert answer.json() == {"seen": ["home"]}


def test_a_request_without_a_zone_sees_nothing(browser: Client) -> None:
    answer = browser.get("/careless")

    assert answer.json() == {"seen": []}


def test_a_city_sees_its_zones_and_no_other(
    zone: Zone,
    clock: datetime,
    log_in: Callable[[User], Client],
    hire: Callable[[Zone, Role], User],
) -> None:
    city = Zone.objects.create(code="city", name="市", level=Zone.Level.CITY)
    Zone.objects.filter(pk=zone.pk).update(parent=city)

    answer = log_in(hire(city, Role.LEADER)).get("/z/city/careless")

    assert answer.json() == {"seen": ["home"]}


def test_entering_another_zones_scope_inside_a_request_opens_nothing(browser: Client) -> None:
    answer = browser.get("/z/home/intruding")

    assert answer.json() == {"seen": []}


def test_a_request_cannot_write_a_row_of_another_zone(browser: Client) -> None:
    answer = browser.post("/z/home/planting")

    assert "row-level security" in answer.json()["refused"]
    assert seen_outside_requests() == ["home", "neighbour"]


def test_a_request_changes_its_own_rows_and_gives_none_away(
    browser: Client, neighbour: Zone
) -> None:
    answer = browser.post("/z/home/moving")

    assert answer.json()["changed"] == 1
    assert "row-level security" in answer.json()["refused"]
    assert not Department.everywhere.get(zone=neighbour).is_external


def test_outside_requests_everything_is_seen(browser: Client) -> None:
    before = seen_outside_requests()

    browser.get("/z/home/careless")

    assert before == seen_outside_requests() == ["home", "neighbour"]


@pytest.mark.parametrize("address", ["/z/neighbour/careless", "/z/home/failing", "/nowhere"])
def test_the_wall_is_taken_down_however_a_request_ends(
    zone: Zone, hire: Callable[[Zone, Role], User], address: str
) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(
        hire(zone, Role.LEADER), backend="django.contrib.auth.backends.ModelBackend"
    )

    answer = browser.get(address)

    assert answer.status_code in {404, 500}
    assert seen_outside_requests() == ["home", "neighbour"]


def test_a_connection_that_says_nothing_sees_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jingkai.zones', '', true)")

    assert seen_outside_requests() == []


def test_the_policy_can_be_taken_back() -> None:
    step = wall.ForceZonePolicy("Department")
    state = type("State", (), {"apps": apps})
    connection.check_constraints()  # a table can't be altered while foreign keys wait to be

    with connection.schema_editor() as editor:
        step.database_backwards("accounts", editor, state, state)
    wall.confine(())
    without = seen_outside_requests()
    with connection.schema_editor() as editor:
        step.database_forwards("accounts", editor, state, state)
    behind = seen_outside_requests()
    wall.release()

    assert without == ["home", "neighbour"]
    assert behind == []


def test_a_user_whom_the_wall_holds_is_not_warned() -> None:
    assert checks.the_database_user_obeys_the_wall(databases=["default"]) == []


def test_a_superuser_is_warned() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        if not cursor.fetchone()[0]:
            pytest.skip("no superuser at hand")

    warned = checks.the_database_user_obeys_the_wall(databases=["default"])

    assert [warning.id for warning in warned] == ["accounts.W001"]
