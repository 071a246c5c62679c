"""一项目一档 says what the zone asks for and the project lacks, as every record's page does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Effect
from jingkai.apps.registers.fitting import Asked


def test_the_page_names_each_column_that_the_zone_requires_and_the_project_lacks(
    make: Any,
    zone: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
    clock: datetime,
) -> None:
    project = make.project()
    browser = log_in(hire(zone, Role.LEADER))
    before = browser.get(f"/z/home/projects/{project.pk}/page/").content.decode()

    actions.add_rule(
        register=queries.registers()["projects"],
        zone=zone,
        asked=Asked(column="enterprise_name", effect=Effect.REQUIRED),
        by="a",
        at=clock,
    )
    after = browser.get(f"/z/home/projects/{project.pk}/page/").content.decode()

    assert "资料未填全" not in before
    assert "“项目公司”尚未填写" in after
