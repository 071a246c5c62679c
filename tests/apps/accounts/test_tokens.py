"""A program's token: what it opens, and everything that ends it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts import actions, forms, queries
from jingkai.apps.accounts.models import AccessToken, Membership, User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.apps.work.models import FormKey
from jingkai.web import clock as wall_clock

LIST = "/api/z/home/registers/visits"
PAGE = "/z/home/tokens/"
ASKED = {"name": "数据中台", "until": (wall_clock.today() + timedelta(days=30)).isoformat()}
GOOD = {
    "code": "LF-9",
    "direction": "inbound",
    "visited_on": "2024-05-06",
    "delegation": "接口考察团（示范）",
}


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    """Return somebody who may edit the register."""
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def issue(officer: User, zone: Zone, clock: datetime) -> Callable[..., str]:
    """Return a function that gives the officer's program a token."""

    def issued(**asked: Any) -> str:
        until = wall_clock.today() + timedelta(days=30)
        said = {"name": "取数", "may_write": False, "until": until} | asked
        _token, secret = actions.issue_token(
            user=officer, zone=zone, by=officer.username, at=clock, **said
        )
        return secret

    return issued


def _get(secret: str, path: str = LIST) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"})


def _post(secret: str) -> Any:
    return Client(enforce_csrf_checks=True).post(
        LIST,
        {"values": GOOD},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )


def test_a_token_reads_what_its_person_reads_without_a_session(
    issue: Callable[..., str],
) -> None:
    secret = issue()

    answer = _get(secret)

    assert answer.status_code == 200
    assert not answer.cookies
    assert _get(secret, "/api/openapi.json").status_code == 200


def test_a_token_is_for_the_api_alone(issue: Callable[..., str]) -> None:
    secret = issue(may_write=True)

    pages = [_get(secret, path).status_code for path in ("/z/home/visits/", PAGE, "/")]

    assert pages == [302, 302, 302]


@pytest.mark.parametrize(("may_write", "status"), [(False, 403), (True, 201)])
def test_only_a_token_that_may_write_writes_and_needs_no_csrf_token(
    may_write: bool, status: int, issue: Callable[..., str], officer: User
) -> None:
    answer = _post(issue(may_write=may_write))

    assert answer.status_code == status
    written = Event.objects.filter(verb="registers.visits.created")
    assert [event.actor for event in written] == ([officer.username] if may_write else [])


def test_a_token_opens_no_other_zone_of_its_person(
    issue: Callable[..., str], officer: User, neighbour: Zone, clock: datetime
) -> None:
    actions.give_role(
        user=officer,
        zone=neighbour,
        role=Role.INVESTMENT,
        since=date(2020, 1, 1),
        by="x",
        at=clock,
    )
    secret = issue()

    other = _get(secret, "/api/z/neighbour/registers/visits")
    none = _get(secret, "/api/z/no-such-zone/registers/visits")

    assert (other.status_code, other.content) == (404, none.content)


def _revoke(officer: User, at: datetime) -> None:
    actions.revoke_token(token=officer.tokens.get(), by=officer.username, at=at)


def _expire(officer: User, at: datetime) -> None:
    officer.tokens.update(valid_until=at.date())


def _leave(officer: User, at: datetime) -> None:
    Membership.objects.filter(user=officer).update(valid_until=at.date())


def _close(officer: User, _at: datetime) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)


def _change_password(officer: User, at: datetime) -> None:
    actions.set_password(user=officer, password="a new one, long", by="x", at=at)


@pytest.mark.parametrize(
    ("end", "status"),
    [(_revoke, 401), (_expire, 401), (_close, 401), (_change_password, 401), (_leave, 404)],
)
def test_everything_that_ends_a_token_holds_for_the_next_request(
    end: Callable[[User, datetime], None],
    status: int,
    issue: Callable[..., str],
    officer: User,
    clock: datetime,
) -> None:
    secret = issue()
    before = _get(secret).status_code

    end(officer, clock)

    assert (before, _get(secret).status_code) == (200, status)


@pytest.mark.parametrize("secret", ["", "nonsense", "jk_" + "a" * 43, "钥匙", "a" * 9_000])
def test_a_wrong_token_is_nobodys_even_beside_a_session(
    secret: str, officer: User, log_in: Callable[[User], Client]
) -> None:
    browser = log_in(officer)

    answer = browser.get(LIST, headers={"Authorization": f"Bearer {secret}"})

    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


def test_the_last_day_of_a_token_is_the_day_before_it_ends(
    issue: Callable[..., str], clock: datetime
) -> None:
    secret = issue(until=clock.date() + timedelta(days=1))

    assert queries.token(secret, on=clock.date()) is not None
    assert queries.token(secret, on=clock.date() + timedelta(days=1)) is None


def test_only_a_digest_is_kept_and_the_trail_notes_making_use_and_end(
    issue: Callable[..., str], officer: User, clock: datetime
) -> None:
    secret = issue()
    _get(secret)
    _get(secret)
    _revoke(officer, clock)

    told = Event.objects.filter(verb__startswith="accounts.token.").order_by("id")
    verbs = [event.verb.rpartition(".")[2] for event in told]

    assert verbs == ["issued", "used", "revoked"]
    assert secret not in str([vars(found) for found in (*AccessToken.objects.all(), *told)])
    assert officer.tokens.get().used_on == wall_clock.today()


def test_the_page_shows_a_secret_once_and_a_repetition_shows_none(
    officer: User, log_in: Callable[[User], Client]
) -> None:
    browser = log_in(officer)
    asked = ASKED | {"form-key": "b" * 32}

    made = browser.post(f"{PAGE}new/", asked)
    again = browser.post(f"{PAGE}new/", asked)
    page = browser.get(PAGE).content.decode()

    found = re.search(r"jk_[\w-]{43}", made.content.decode())
    assert found is not None
    secret = found[0]
    assert _get(secret).status_code == 200
    assert made["Cache-Control"] == "no-store"
    assert again.status_code == 409
    assert secret not in again.content.decode() + page
    assert secret.encode() not in bytes(FormKey.objects.get().content)
    assert ASKED["name"] in page
    assert AccessToken.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "is_good"),
    [(0, False), (1, True), (forms.MOST_DAYS, True), (forms.MOST_DAYS + 1, False)],
)
def test_a_token_is_good_until_tomorrow_at_least_and_a_year_at_most(
    days: int, is_good: bool, officer: User, log_in: Callable[[User], Client]
) -> None:
    until = wall_clock.today() + timedelta(days=days)

    answer = log_in(officer).post(f"{PAGE}new/", ASKED | {"until": until.isoformat()})

    assert answer.status_code == (200 if is_good else 400)
    assert AccessToken.objects.exists() is is_good


def test_one_revokes_ones_own_tokens_and_nobody_elses(
    issue: Callable[..., str],
    officer: User,
    zone: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    issue()
    path = f"{PAGE}{officer.tokens.get().pk}/revoke/"

    colleague = log_in(hire(zone, Role.LEADER)).post(path)
    held = officer.tokens.get().revoked_at
    own = log_in(officer).post(path)
    again = log_in(officer).post(path)

    assert (colleague.status_code, held) == (404, None)
    assert (own.status_code, again.status_code) == (302, 404)
    assert officer.tokens.get().revoked_at is not None


def test_a_person_has_only_so_many_good_tokens(
    issue: Callable[..., str], officer: User, log_in: Callable[[User], Client]
) -> None:
    for _number in range(actions.MOST_TOKENS):
        issue()

    answer = log_in(officer).post(f"{PAGE}new/", ASKED)

    assert answer.status_code == 400
    assert officer.tokens.count() == actions.MOST_TOKENS
