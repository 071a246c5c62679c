"""The scope of zones: nothing is seen outside it, nothing of others inside it."""

from datetime import date, datetime

import pytest

from jingkai.apps.accounts import actions, queries, scope
from jingkai.apps.accounts.models import Department, Zone
from jingkai.apps.accounts.roles import Role


def test_records_asked_for_outside_any_zone_raise(zone: Zone) -> None:
    with pytest.raises(scope.OutsideScope):
        list(Department.objects.all())


def test_inside_a_zone_only_its_records_are_seen(
    zone: Zone, neighbour: Zone, clock: datetime
) -> None:
    for place in (zone, neighbour):
        actions.open_department(
            zone=place, code="A", name=place.code, is_external=False, by="system", at=clock
        )

    with scope.zones(zone.pk):
        seen = [department.name for department in queries.departments()]

    assert seen == ["home"]


def test_the_scope_ends_with_its_block(zone: Zone) -> None:
    with scope.zones(zone.pk):
        pass

    with pytest.raises(scope.OutsideScope):
        scope.current()


def test_a_city_sees_its_zones_rolled_up(zone: Zone, neighbour: Zone, clock: datetime) -> None:
    city = Zone.objects.create(code="city", name="市", level=Zone.Level.CITY)
    Zone.objects.filter(pk=zone.pk).update(parent=city)
    user = actions.sign_up(
        username="mayor",
        name="市（示范）",
        password="x" * 12,
        is_demonstration=True,
        by="system",
        at=clock,
    )
    actions.give_role(
        user=user, zone=city, role=Role.LEADER, since=date(2020, 1, 1), by="system", at=clock
    )
    zone.refresh_from_db()

    entered = queries.zones_of(user, on=clock.date())

    assert [found.code for found in entered] == ["city", "home"]
    assert queries.roles_in(user, zone, on=clock.date()) == {Role.LEADER}
    assert queries.roles_in(user, neighbour, on=clock.date()) == frozenset()


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        (date(2024, 5, 31), {Role.LEADER}),
        (date(2024, 6, 1), set()),
        (date(2019, 12, 31), set()),
        (date(2020, 1, 1), {Role.LEADER}),
    ],
)
def test_a_role_holds_from_its_first_day_until_before_its_last(
    zone: Zone, clock: datetime, day: date, roles: set[Role]
) -> None:
    user = actions.sign_up(
        username="boss",
        name="某（示范）",
        password="x" * 12,
        is_demonstration=True,
        by="system",
        at=clock,
    )
    held = actions.give_role(
        user=user, zone=zone, role=Role.LEADER, since=date(2020, 1, 1), by="system", at=clock
    )
    actions.end_role(membership=held, until=date(2024, 6, 1), by="system", at=clock, reason="调离")

    assert queries.roles_in(user, zone, on=day) == roles
