"""People and their roles, as the administrator keeps them and as each person logs in."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from jingkai.apps.accounts import actions
from jingkai.apps.accounts.models import Membership, User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit import queries as trail
from tests.apps.conftest import PASSWORD, SINCE

Hire = Callable[[Zone, Role], User]
NEW = {
    "username": "newcomer",
    "name": "新人（示范）",
    "role": "land",
    "since": "2024-01-01",
    "password": "quite-a-long-one",
}


@pytest.fixture
def admin(zone: Zone, hire: Hire, log_in: Callable[[User], Client]) -> Client:
    """Return the administrator's browser."""
    return log_in(hire(zone, Role.ADMINISTRATOR))


def test_a_new_person_can_log_in_and_act_in_the_role(admin: Client, zone: Zone) -> None:
    admin.post("/z/home/people/new/", NEW)

    newcomer = Client()
    answer = newcomer.post("/login/", {"username": "newcomer", "password": NEW["password"]})

    assert answer.status_code == 302
    assert newcomer.get("/z/home/").status_code == 200
    assert newcomer.get("/z/home/people/").status_code == 403


@pytest.mark.parametrize(
    ("field", "value"), [("password", "short"), ("username", "两个 字"), ("role", "emperor")]
)
def test_a_bad_entry_is_refused_and_nobody_is_signed_up(
    field: str, value: str, admin: Client
) -> None:
    answer = admin.post("/z/home/people/new/", NEW | {field: value})

    assert answer.status_code == 400
    assert not User.objects.filter(name="新人（示范）").exists()


def test_a_log_in_is_given_once(admin: Client) -> None:
    admin.post("/z/home/people/new/", NEW)

    assert admin.post("/z/home/people/new/", NEW).status_code == 400


def test_an_ended_role_stops_working_on_the_next_request(
    zone: Zone, hire: Hire, log_in: Callable[[User], Client], admin: Client
) -> None:
    officer = hire(zone, Role.INVESTMENT)
    browser = log_in(officer)
    assert browser.get("/z/home/visits/").status_code == 200
    held = Membership.objects.get(user=officer)

    admin.post(f"/z/home/people/{held.pk}/end/", {"reason": "调离"})

    assert browser.get("/z/home/visits/").status_code == 404


def test_a_role_is_not_ended_without_a_reason(zone: Zone, hire: Hire, clock: datetime) -> None:
    hire(zone, Role.LAND)
    held = Membership.objects.get(zone=zone)

    with pytest.raises(actions.NotEnded):
        actions.end_role(membership=held, until=clock.date(), by="a", at=clock, reason=" ")


def test_another_zones_people_cannot_be_touched(
    neighbour: Zone, hire: Hire, admin: Client
) -> None:
    hire(neighbour, Role.LAND)
    theirs = Membership.objects.get(zone=neighbour)

    assert admin.post(f"/z/home/people/{theirs.pk}/end/", {"reason": "x"}).status_code == 404


def test_a_password_is_changed_with_the_present_one_and_never_written_down(
    zone: Zone, hire: Hire, log_in: Callable[[User], Client]
) -> None:
    officer = hire(zone, Role.LAND)
    browser = log_in(officer)
    new = "a-quite-different-one"

    wrong = browser.post("/password/", {"present": "guess", "future": new})
    right = browser.post("/password/", {"present": PASSWORD, "future": new})

    officer.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (400, 302)
    assert officer.check_password(new)
    assert all(new not in line for line in trail.export())


def test_five_wrong_passwords_lock_the_account_and_address(zone: Zone, hire: Hire) -> None:
    officer = hire(zone, Role.LAND)
    browser = Client()

    for _attempt in range(5):
        browser.post("/login/", {"username": officer.username, "password": "guess"})
    answer = browser.post("/login/", {"username": officer.username, "password": PASSWORD})

    assert answer.status_code == 429


def test_a_department_is_registered_and_offered_to_a_new_person(admin: Client) -> None:
    admin.post("/z/home/departments/new/", {"code": "ZSJ", "name": "招商服务局"})
    again = admin.post("/z/home/departments/new/", {"code": "ZSJ", "name": "又一个"})

    assert again.status_code == 400
    assert "招商服务局" in admin.get("/z/home/people/new/").content.decode()


def test_the_administrator_gives_somebody_a_new_password(
    zone: Zone, hire: Hire, admin: Client
) -> None:
    officer = hire(zone, Role.LAND)
    held = Membership.objects.get(user=officer)
    path = f"/z/home/people/{held.pk}/password/"

    short = admin.post(path, {"future": "short"})
    good = admin.post(path, {"future": "a-quite-different-one"})

    officer.refresh_from_db()
    assert (short.status_code, good.status_code) == (400, 302)
    assert officer.check_password("a-quite-different-one")


@pytest.mark.django_db
def test_a_zone_is_founded_from_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINGKAI_PASSWORD", "a-quite-different-one")

    call_command("zone", "north", "北区", "--administrator", "north-admin")

    browser = Client()
    browser.post("/login/", {"username": "north-admin", "password": "a-quite-different-one"})
    assert browser.get("/z/north/people/").status_code == 200
    with pytest.raises(CommandError, match="north"):
        call_command("zone", "north", "北区", "--administrator", "another")


def test_nobody_gets_into_another_zone_by_resetting_a_password(
    zone: Zone, neighbour: Zone, hire: Hire, admin: Client, clock: datetime
) -> None:
    officer = hire(neighbour, Role.LAND)
    here = actions.give_role(
        user=officer, zone=zone, role=Role.LAND, since=SINCE, by="a", at=clock
    )

    admin.post(f"/z/home/people/{here.pk}/password/", {"future": "a-quite-different-one"})

    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_password_of_somebody_who_has_left_stays(
    zone: Zone, hire: Hire, clock: datetime
) -> None:
    held = Membership.objects.get(user=hire(zone, Role.LAND))
    actions.end_role(membership=held, until=clock.date(), by="a", at=clock, reason="调离")

    with pytest.raises(actions.NotReset):
        actions.reset_password(membership=held, password="x" * 12, by="a", at=clock)
