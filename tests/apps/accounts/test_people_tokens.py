"""An administrator sees and ends the tokens of everybody in the zone, and of nobody elsewhere."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from jingkai.apps.accounts import actions, queries
from jingkai.apps.accounts.models import AccessToken, User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.web import clock as wall_clock

PAGE = "/z/home/people/tokens/"
Hire = Callable[[Zone, Role], User]
Issue = Callable[..., AccessToken]


@pytest.fixture
def officer(zone: Zone, hire: Hire) -> User:
    """Return somebody whose program has a token."""
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def issue(zone: Zone, clock: datetime) -> Issue:
    """Return a function that gives somebody's program a token."""

    def issued(user: User, where: Zone = zone, name: str = "取数") -> AccessToken:
        token, _secret = actions.issue_token(
            user=user,
            zone=where,
            name=name,
            may_write=True,
            until=wall_clock.today() + timedelta(days=30),
            by=user.username,
            at=clock,
        )
        return token

    return issued


@pytest.fixture
def administrator(zone: Zone, hire: Hire, log_in: Callable[[User], Client]) -> Client:
    """Return the administrator's browser."""
    return log_in(hire(zone, Role.ADMINISTRATOR))


def test_the_administrator_sees_whose_tokens_there_are(
    administrator: Client, officer: User, issue: Issue
) -> None:
    token = issue(officer, name="数据中台")

    page = administrator.get(PAGE).content.decode()
    people = administrator.get("/z/home/people/").content.decode()

    assert all(text in page for text in (officer.name, "数据中台", f"…{token.tail}", "有效"))
    assert token.digest not in page
    assert f'href="{PAGE}"' in people


@pytest.mark.parametrize(
    ("text", "is_found"), [("数据", True), ("investment", True), ("没有这个人", False)]
)
def test_tokens_are_found_by_person_and_purpose(
    text: str, is_found: bool, administrator: Client, officer: User, issue: Issue
) -> None:
    token = issue(officer, name="数据中台")

    page = administrator.get(PAGE, {"q": text}).content.decode()

    assert (f"…{token.tail}" in page) is is_found


def test_the_token_of_somebody_who_left_is_said_to_open_nothing(
    administrator: Client, officer: User, issue: Issue, clock: datetime
) -> None:
    issue(officer)
    officer.memberships.update(valid_until=clock.date())

    assert "本人已不在任" in administrator.get(PAGE).content.decode()


def test_revoking_somebodys_token_ends_it_and_stands_in_the_trail_with_its_reason(
    administrator: Client, officer: User, issue: Issue, zone: Zone
) -> None:
    token = issue(officer)

    answer = administrator.post(f"{PAGE}{token.pk}/revoke/", {"reason": "人员调离"})

    token.refresh_from_db()
    event = Event.objects.filter(verb="accounts.token.revoked").get()
    assert (answer.status_code, token.revoked_at is None) == (302, False)
    assert (event.zone_code, event.reason, event.actor) == (
        zone.code,
        "人员调离",
        "home-administrator",
    )
    page = administrator.get(PAGE).content.decode()
    assert "已吊销" in page
    assert "确认吊销" not in page
    assert administrator.post(f"{PAGE}{token.pk}/revoke/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_elses_token_is_revoked_without_a_reason(
    reason: str, administrator: Client, officer: User, issue: Issue
) -> None:
    token = issue(officer)

    answer = administrator.post(f"{PAGE}{token.pk}/revoke/", {"reason": reason}, follow=True)

    token.refresh_from_db()
    assert token.revoked_at is None
    assert "必须说明理由" in answer.content.decode()


def test_a_token_for_another_zone_is_neither_seen_nor_revoked_here(
    administrator: Client, officer: User, neighbour: Zone, issue: Issue, clock: datetime
) -> None:
    actions.give_role(
        user=officer,
        zone=neighbour,
        role=Role.INVESTMENT,
        since=date(2020, 1, 1),
        by="x",
        at=clock,
    )
    there = issue(officer, neighbour)

    page = administrator.get(PAGE).content.decode()
    theirs = administrator.post(f"{PAGE}{there.pk}/revoke/", {"reason": "x"})
    none = administrator.post(f"{PAGE}999999/revoke/", {"reason": "x"})

    there.refresh_from_db()
    assert f"…{there.tail}" not in page
    assert (theirs.status_code, theirs.content) == (404, none.content)
    assert there.revoked_at is None


def test_who_does_not_manage_people_sees_only_their_own(
    officer: User, issue: Issue, log_in: Callable[[User], Client]
) -> None:
    token = issue(officer)
    browser = log_in(officer)

    seen = browser.get(PAGE)
    revoked = browser.post(f"{PAGE}{token.pk}/revoke/", {"reason": "x"})

    assert (seen.status_code, revoked.status_code) == (403, 403)


def test_tokens_that_are_good_stand_before_those_that_were_revoked(
    officer: User, issue: Issue, zone: Zone, clock: datetime
) -> None:
    first, second, third = (issue(officer, name=name) for name in ("一", "二", "三"))
    actions.revoke_token(token=second, by=officer.username, at=clock)

    found = queries.tokens_in(zone, "", on=wall_clock.today())

    assert [token.pk for token in found] == [third.pk, first.pk, second.pk]
