"""Saved views as their owner, a colleague and a stranger see them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.apps.notices.models import Notice
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import SavedView

Browser = Callable[[User], Client]
Hire = Callable[[Zone, Role], User]
LIST = "/z/home/visits/"


@pytest.fixture
def browser(officer: User, log_in: Browser) -> Client:
    """Return the officer's browser."""
    return log_in(officer)


@pytest.fixture
def colleague(zone: Zone, hire: Hire, log_in: Browser) -> Client:
    """Return the browser of a colleague in another role."""
    return log_in(hire(zone, Role.LAND))


@pytest.fixture
def visit(
    visits: Register, inside: Zone, values: Callable[..., dict[str, Any]], clock: datetime
) -> Any:
    """Return one visit on record."""
    return actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)


def _save(browser: Client, name: str = "大团", audience: str = "owner", **more: str) -> SavedView:
    query = "people__from=3&sort=-people&columns=code,people&page=7&zone=other"
    data = {"name": name, "audience": audience, "query": query} | more
    assert browser.post(f"{LIST}views/", data).status_code == 302
    return SavedView.everywhere.get(name=name)


def _page(browser: Client, query: str) -> str:
    return browser.get(f"{LIST}?{query}").content.decode()


def test_a_view_keeps_what_is_the_registers_and_nothing_else(browser: Client) -> None:
    view = _save(browser)

    assert view.query == "people__from=3&sort=-people&columns=code%2Cpeople"


def test_a_saved_view_is_a_tab_that_opens_it(browser: Client, visit: Any) -> None:
    view = _save(browser)

    page = _page(browser, f"{view.query}&view={view.pk}")

    assert 'aria-current="page">大团' in page
    assert "人数" in page
    assert "考察团" not in page.split("<tbody>")[1].split("</tbody>")[0]


def test_a_view_of_ones_own_is_hidden_from_others_and_a_shared_one_is_not(
    browser: Client, colleague: Client
) -> None:
    _save(browser, "自用")
    _save(browser, "大家的", "zone")
    _save(browser, "土地的", "role:land")
    _save(browser, "财政的", "role:finance")

    mine, theirs = _page(browser, ""), _page(colleague, "")

    assert all(name in mine for name in ("自用", "大家的", "土地的", "财政的"))
    assert "大家的" in theirs
    assert "土地的" in theirs
    assert "自用" not in theirs
    assert "财政的" not in theirs


def test_only_the_owner_changes_or_deletes_a_shared_view(
    browser: Client, colleague: Client
) -> None:
    view = _save(browser, audience="zone")

    for do in ("change", "delete"):
        colleague.post(f"{LIST}views/{view.pk}/", {"do": do, "name": "改名", "audience": "owner"})

    view.refresh_from_db()
    assert view.name == "大团"


def test_a_colleague_copies_a_shared_view_and_owns_the_copy(
    browser: Client, colleague: Client
) -> None:
    view = _save(browser, audience="zone")

    colleague.post(f"{LIST}views/{view.pk}/", {"do": "copy"})

    copied = SavedView.everywhere.get(owner="home-land")
    assert (copied.query, copied.audience) == (view.query, "owner")


def test_the_view_of_somebody_who_does_not_share_it_is_not_there(
    browser: Client, colleague: Client
) -> None:
    view = _save(browser)

    assert colleague.post(f"{LIST}views/{view.pk}/", {"do": "copy"}).status_code == 404


def test_a_view_is_renamed_renewed_and_taken_back(browser: Client) -> None:
    view = _save(browser, audience="zone")
    change = {"do": "change", "name": "小团", "audience": "owner", "query": "people__to=2"}

    browser.post(f"{LIST}views/{view.pk}/", change)
    view.refresh_from_db()
    assert (view.name, view.audience) == ("小团", "owner")
    assert view.query.startswith("people__from=3")

    browser.post(f"{LIST}views/{view.pk}/", change | {"renew": "1"})
    view.refresh_from_db()
    assert view.query == "people__to=2"


def test_the_default_view_opens_with_the_register_until_it_is_given_up(browser: Client) -> None:
    view = _save(browser)
    browser.post(f"{LIST}views/{view.pk}/", {"do": "default"})

    opened = browser.get(LIST)
    everything = browser.get(f"{LIST}?view=all")

    assert opened.status_code == 302
    assert opened.url == f"{LIST}?{view.query}&view={view.pk}"
    assert everything.status_code == 200
    browser.post(f"{LIST}views/{view.pk}/", {"do": "no-default"})
    assert browser.get(LIST).status_code == 200


def test_a_deleted_view_is_nobodys_default_any_more(browser: Client) -> None:
    view = _save(browser)
    browser.post(f"{LIST}views/{view.pk}/", {"do": "default"})

    browser.post(f"{LIST}views/{view.pk}/", {"do": "delete"})

    assert browser.get(LIST).status_code == 200


def test_a_view_whose_column_is_gone_says_so_and_still_works(browser: Client, visit: Any) -> None:
    view = _save(browser)
    SavedView.everywhere.update(query="columns=code,gone_column&group=gone_column&lost__from=1")

    answer = browser.get(f"{LIST}?columns=code,gone_column&lost__from=1&view={view.pk}")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "部分内容已不在台账中" in page
    assert "gone_column" in page
    assert "LF-1" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": " "}, "请填写视图名称"),
        ({"name": "一", "audience": "role:nobody"}, "不能共享给这个范围"),
        ({"name": "一", "query": "q=" + "a" * 3_000}, "筛选条件过多"),
    ],
)
def test_what_cannot_be_a_view_is_refused_with_its_reason(
    browser: Client, data: dict[str, str], said: str
) -> None:
    answer = browser.post(f"{LIST}views/", data, follow=True)

    assert said in answer.content.decode()
    assert not SavedView.everywhere.exists()


def test_a_name_is_taken_once_a_person(browser: Client, colleague: Client) -> None:
    _save(browser, audience="zone")

    again = browser.post(f"{LIST}views/", {"name": "大团", "query": ""}, follow=True)
    other = colleague.post(f"{LIST}views/", {"name": "大团", "query": ""})

    assert "您已有名为" in again.content.decode()
    assert other.status_code == 302
    assert SavedView.everywhere.count() == 2


def test_every_change_of_a_view_leaves_its_event(browser: Client) -> None:
    view = _save(browser)
    for do in ("default", "copy", "change", "delete"):
        browser.post(f"{LIST}views/{view.pk}/", {"do": do, "name": "新", "audience": "zone"})

    verbs = list(
        Event.objects.filter(verb__contains="view").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == [
        f"registers.visits.{done}"
        for done in (
            "view-saved",
            "default-view-chosen",
            "view-saved",
            "view-changed",
            "view-deleted",
        )
    ]


def test_a_view_of_another_zone_is_not_there(
    browser: Client, neighbour: Zone, clock: datetime
) -> None:
    there = SavedView.everywhere.create(
        zone=neighbour, kind="visits", name="邻居的", owner="x", audience="zone", changed_at=clock
    )

    assert browser.post(f"{LIST}views/{there.pk}/", {"do": "copy"}).status_code == 404
    assert "邻居的" not in _page(browser, "")


@pytest.mark.parametrize(("audience", "role"), [("role", ""), ("zone", "land"), ("owner", "land")])
def test_a_view_names_a_role_exactly_when_it_is_shared_with_one(
    zone: Zone, clock: datetime, audience: str, role: str
) -> None:
    told = {"kind": "visits", "name": "a", "owner": "a", "changed_at": clock}

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.everywhere.create(zone=zone, audience=audience, role=role, **told)


def test_those_with_whom_a_view_is_shared_are_told_once(
    browser: Client, colleague: Client
) -> None:
    view = _save(browser, audience="role:land")
    change = {"do": "change", "name": "新名", "audience": "role:land"}
    browser.post(f"{LIST}views/{view.pk}/", change)

    told = Notice.everywhere.filter(kind="share").values_list("to", "title")

    assert list(told) == [("home-land", "与您共享了列表视图“大团”")]
    browser.post(f"{LIST}views/{view.pk}/", {"do": "delete"})
    assert not Notice.everywhere.filter(kind="share").exists()
