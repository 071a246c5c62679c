"""What the dialogs of a list hold: fetched for the list as it is asked for."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers.models import SavedView

DIALOGS = "/z/home/visits/dialogs/"


@pytest.fixture
def browser(officer: User, log_in: Any) -> Client:
    return log_in(officer)


def test_the_drawer_of_filters_holds_what_is_asked_and_where_it_is_counted(
    browser: Client,
) -> None:
    page = browser.get(f"{DIALOGS}filters/?people__from=3&q=团&sort=code").content.decode()

    assert page.count('name="people__from" value="3"') == 1
    assert '<input type="hidden" name="sort" value="code">' in page
    assert 'name="q" value="团"' in page
    assert "/z/home/visits/counts/?people__from=3" in page
    assert "<html" not in page


def test_the_dialog_of_columns_ticks_those_that_are_shown_in_their_order(browser: Client) -> None:
    page = browser.get(f"{DIALOGS}columns/?columns=code,people&sort=code").content.decode()

    assert 'value="people" checked' in page
    assert 'value="purpose">' in page
    assert page.index('value="people"') < page.index('value="purpose"')
    assert 'name="sort" value="code"' in page


def test_a_new_view_keeps_the_query_of_the_list(browser: Client) -> None:
    page = browser.get(f"{DIALOGS}save/?people__from=3&page=7").content.decode()

    assert 'name="query" value="people__from=3"' in page


def test_only_ones_own_view_is_changed(
    browser: Client, zone: Zone, officer: User, clock: datetime
) -> None:
    def keep(owner: str) -> SavedView:
        audience = SavedView.Audience.ZONE
        wanted = {"kind": "visits", "name": owner, "audience": audience, "changed_at": clock}
        return SavedView.everywhere.create(zone=zone, owner=owner, query="", **wanted)

    own, foreign = keep(officer.username), keep("somebody")

    changed = browser.get(f"{DIALOGS}change/?view={own.pk}")
    refused = browser.get(f"{DIALOGS}change/?view={foreign.pk}")

    assert f'action="/z/home/visits/views/{own.pk}/"' in changed.content.decode()
    assert refused.status_code == 404


def test_a_dialog_that_there_is_none_of_is_not_found(browser: Client) -> None:
    assert browser.get(f"{DIALOGS}nothing/").status_code == 404
