"""The demonstration's departments and log-ins, one for each role."""

from datetime import date, datetime

from django.conf import settings

from jingkai.apps.accounts import actions, queries, scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role

SINCE = date(2020, 1, 1)

_DEPARTMENTS = (
    ("DZB", "党政办公室", False),
    ("ZSJ", "招商服务局", False),
    ("XMJ", "项目服务中心", False),
    ("GHJ", "规划建设局", False),
    ("AQJ", "安全环保局", False),
    ("ZRZ", "自然资源局", True),
    ("SPJ", "行政审批服务局", True),
)
_PEOPLE = (
    ("leader", "周主任（示范）", Role.LEADER, "DZB"),
    ("investment", "李专员（示范）", Role.INVESTMENT, "ZSJ"),
    ("services", "王专员（示范）", Role.SERVICES, "XMJ"),
    ("auditor", "沈审计（示范）", Role.AUDITOR, "DZB"),
    ("admin", "韩管理员（示范）", Role.ADMINISTRATOR, "DZB"),
    ("investment2", "孙专员（示范）", Role.INVESTMENT, "ZSJ"),
    ("services2", "郑专员（示范）", Role.SERVICES, "XMJ"),
    ("land", "吴科长（示范）", Role.LAND, "GHJ"),
    ("planning", "冯科长（示范）", Role.PLANNING, "GHJ"),
    ("policy", "陈科长（示范）", Role.POLICY, "ZSJ"),
    ("finance", "褚科长（示范）", Role.FINANCE, "DZB"),
    ("safety", "卫科长（示范）", Role.SAFETY, "AQJ"),
    ("discipline", "蒋书记（示范）", Role.DISCIPLINE, "DZB"),
    ("liaison", "杨联络员（示范）", Role.LIAISON, "ZRZ"),
)
OFFICERS = ("investment", "investment2")
SERVICE_OFFICERS = ("services", "services2")
LAND_OFFICERS = ("land",)
CHECKER = "planning"  # who approves what others drafted
BY = "system"


def found_zone(*, code: str, name: str, name_en: str, at: datetime) -> Zone:
    """Return the zone with its departments, made if it does not exist."""
    zone = queries.zone(code)
    if zone is not None:
        return zone
    zone = actions.found_zone(
        code=code, name=name, name_en=name_en, is_demonstration=True, by=BY, at=at
    )
    for department, label, is_external in _DEPARTMENTS:
        actions.open_department(
            zone=zone, code=department, name=label, is_external=is_external, by=BY, at=at
        )
    return zone


def sign_up(*, zone: Zone, prefix: str, at: datetime) -> None:
    """Give the zone one log-in a role, each named ``prefix`` and the role."""
    with scope.zones(zone.pk):
        departments = {department.code: department for department in queries.departments()}
    for username, name, role, department in _PEOPLE:
        user = queries.person(prefix + username) or _new(prefix + username, name, at)
        if not queries.roles_in(user, zone, on=SINCE):
            actions.give_role(
                user=user,
                zone=zone,
                role=role,
                since=SINCE,
                department=departments[department],
                by=BY,
                at=at,
            )


def _new(username: str, name: str, at: datetime) -> User:
    return actions.sign_up(
        username=username,
        name=name,
        password=settings.DEMONSTRATION_PASSWORD,
        is_demonstration=True,
        by=BY,
        at=at,
    )
