"""The pages on which a zone makes its registers its own, and the form that follows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment.models import Visit
from jingkai.apps.registers.models import ColumnSecrecy, CustomField, FieldRule

FIELD = {"label": "接待标准", "type": "exact", "places": "2", "unit": "元", "position": "0"}


@pytest.fixture
def administrator(
    zone: Zone, hire: Callable[[Zone, Role], User], log_in: Callable[[User], Client]
) -> Client:
    """Return the browser of the zone's administrator, who reads no business."""
    return log_in(hire(zone, Role.ADMINISTRATOR))


@pytest.fixture
def browser(officer: User, log_in: Callable[[User], Client]) -> Client:
    """Return the browser of an officer."""
    return log_in(officer)


def _address(zone: Zone, rest: str = "") -> str:
    return f"/z/{zone.code}/fields/visits/{rest}"


def test_a_field_is_added_filled_in_and_shown(
    administrator: Client, browser: Client, zone: Zone
) -> None:
    added = administrator.post(_address(zone, "new/"), FIELD)
    field = CustomField.everywhere.get()
    typed = {
        "code": "LF-1",
        "direction": "inbound",
        "visited_on": "2024-03-01",
        "delegation": "考察团（示范）",
        "people": "3",
        "level": "",
        "purpose": "考察",
        field.code: "1,234.50",
    }

    saved = browser.post(f"/z/{zone.code}/visits/new/", typed)

    visit = Visit.everywhere.get()
    page = browser.get(f"/z/{zone.code}/visits/{visit.pk}/").content.decode()
    assert (added.status_code, saved.status_code) == (302, 302)
    assert field.code == "x1_exact2"
    assert visit.custom == {field.code: 123450}
    assert "接待标准（元）" in page
    assert "1,234.5" in page


def test_what_is_wrong_with_a_field_stands_at_it(administrator: Client, zone: Zone) -> None:
    answer = administrator.post(_address(zone, "new/"), FIELD | {"label": "日期"})

    assert answer.status_code == 400
    assert "本台账已有“日期”列" in answer.content.decode()
    assert not CustomField.everywhere.exists()


def test_a_field_is_renamed_retired_and_restored(administrator: Client, zone: Zone) -> None:
    administrator.post(_address(zone, "new/"), FIELD)
    field = CustomField.everywhere.get()

    administrator.post(_address(zone, f"{field.pk}/"), FIELD | {"label": "餐标"})
    administrator.post(_address(zone, f"{field.pk}/use/"))
    field.refresh_from_db()
    retired = field.retired_at
    administrator.post(_address(zone, f"{field.pk}/use/"))

    field.refresh_from_db()
    assert field.label == "餐标"
    assert retired is not None
    assert field.retired_at is None


def test_a_rule_is_made_with_its_condition_and_taken_back(
    administrator: Client, browser: Client, zone: Zone
) -> None:
    said = {"column": "place", "effect": "required", "among": ["direction:outbound"]}

    administrator.post(_address(zone, "rules/new/"), said)

    rule = FieldRule.everywhere.get()
    form = browser.get(f"/z/{zone.code}/visits/new/").content.decode()
    told = administrator.get(_address(zone)).content.decode()
    assert (rule.when, rule.among) == ("direction", ["outbound"])
    assert "&quot;when&quot;: &quot;direction&quot;" in form
    assert "外出" in told
    administrator.post(_address(zone, f"rules/{rule.pk}/"))
    assert not FieldRule.everywhere.exists()


def test_a_rule_depends_on_one_column(administrator: Client, zone: Zone) -> None:
    among = ["direction:outbound", "level:city"]

    answer = administrator.post(
        _address(zone, "rules/new/"), {"column": "place", "effect": "required", "among": among}
    )

    assert answer.status_code == 400


def test_a_secrecy_is_set_for_a_field_of_the_zone(administrator: Client, zone: Zone) -> None:
    administrator.post(_address(zone, "new/"), FIELD)
    code = CustomField.everywhere.get().code

    administrator.post(_address(zone, "secrecy/"), {"column": code, "secrecy": "confidential"})

    assert ColumnSecrecy.everywhere.get().secrecy == "confidential"


def test_the_pages_show_columns_and_no_records(
    administrator: Client, zone: Zone, browser: Client
) -> None:
    typed = {"code": "LF-77", "direction": "inbound", "visited_on": "2024-03-01"}
    rest = {"delegation": "秘密考察团", "people": "3", "purpose": "考察"}
    browser.post(f"/z/{zone.code}/visits/new/", typed | rest)

    pages = [administrator.get(f"/z/{zone.code}/fields/"), administrator.get(_address(zone))]

    assert Visit.everywhere.exists()
    assert all("秘密考察团" not in page.content.decode() for page in pages)


@pytest.mark.parametrize("rest", ["1/", "1/use/", "rules/1/"])
def test_another_zones_field_is_not_there(
    rest: str,
    administrator: Client,
    zone: Zone,
    neighbour: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    other = log_in(hire(neighbour, Role.ADMINISTRATOR))
    other.post(_address(neighbour, "new/"), FIELD)
    said: dict[str, Any] = {"column": "place", "effect": "required"}
    other.post(_address(neighbour, "rules/new/"), said)
    with scope.zones(neighbour.pk):
        pk = CustomField.objects.get().pk if "rules" not in rest else FieldRule.objects.get().pk

    answer = administrator.post(_address(zone, rest.replace("1", str(pk))), FIELD)

    assert answer.status_code == 404
    assert CustomField.everywhere.get().label == FIELD["label"]
